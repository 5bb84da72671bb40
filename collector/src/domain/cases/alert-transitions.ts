// What may become of an alert. A table; everything else is refused.
import type { Alert, AlertStatus, DismissReason } from './alert.ts'

const allowed: Readonly<Record<AlertStatus, readonly AlertStatus[]>> = {
  needs_review: ['confirmed', 'dismissed', 'resolved'],
  confirmed: ['resolved', 'dismissed', 'needs_review'],
  dismissed: ['needs_review'],
  resolved: ['needs_review'],
}

export interface AlertDecision {
  readonly to: AlertStatus
  readonly reason?: DismissReason
  readonly note?: string
}

export type TransitionOutcome = { readonly kind: 'changed'; readonly alert: Alert } | { readonly kind: 'refused'; readonly from: AlertStatus; readonly to: AlertStatus }

/** Applies a decision; the revision rises. */
export function decide(alert: Alert, decision: AlertDecision, nowMs: number): TransitionOutcome {
  if (!allowed[alert.status].includes(decision.to)) return { kind: 'refused', from: alert.status, to: decision.to }
  const { dismissReason: _reason, note: _note, decidedAtMs: _decided, ...rest } = alert
  const closed = decision.to === 'dismissed' || decision.to === 'resolved'
  return {
    kind: 'changed',
    alert: {
      ...rest, status: decision.to, newData: false, revision: alert.revision + 1, updatedAtMs: nowMs,
      // Back in review, it waits for a decision anew.
      ...(decision.to === 'needs_review' ? { reopenedAtMs: nowMs } : {}),
      ...(closed ? { decidedAtMs: nowMs } : {}),
      ...(decision.reason === undefined ? {} : { dismissReason: decision.reason }),
      ...(decision.note === undefined ? {} : { note: decision.note }),
    },
  }
}

/** Gives an alert to an account, or to nobody. */
export function assign(alert: Alert, assigneeId: string | undefined, nowMs: number): Alert {
  const { assigneeId: _before, ...rest } = alert
  return { ...rest, ...(assigneeId === undefined ? {} : { assigneeId }), revision: alert.revision + 1, updatedAtMs: nowMs }
}

/**
 * What an alert was before a change, for an undo. The revision rises all the same: whoever looks at it has seen another one.
 *
 * @returns undefined when somebody, or new evidence, has changed it since
 */
export function undo(current: Alert, change: { readonly before: Alert; readonly revision: number }): Alert | undefined {
  return current.revision === change.revision ? { ...change.before, revision: current.revision + 1 } : undefined
}
