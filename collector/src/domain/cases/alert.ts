// An alert: one user's activity over the line of one policy, open until somebody decides.
import type { ScorePart, Severity } from '../risk/score.ts'

export type AlertStatus = 'needs_review' | 'confirmed' | 'dismissed' | 'resolved'
export const REASONS = ['expected_for_user', 'not_impactful', 'too_much_activity', 'false_detection'] as const
export type DismissReason = (typeof REASONS)[number]

export interface TriggeringEvent {
  /** `indicator_threshold`, `sequence_threshold`, `cumulative_exfiltration`, or a kind of stored trigger such as `hr_resignation` or `manual`. */
  readonly kind: string
  readonly atMs: number
  readonly reason: string
  readonly indicator?: string
  readonly sequence?: string
  /** Of a stored trigger. */
  readonly triggerId?: string
}

export interface Alert {
  /** Deterministic over policy, user and activation, so that scoring twice gives one alert. */
  readonly id: string
  readonly policyId: string
  readonly policyVersion: number
  readonly userId: string
  readonly status: AlertStatus
  readonly severity: Severity
  /** 0 to 100, the sum of parts. */
  readonly score: number
  readonly parts: readonly ScorePart[]
  readonly trigger: TriggeringEvent
  /** Time of the first activity that counts. */
  readonly firstActivityAtMs: number
  readonly lastActivityAtMs: number
  readonly createdAtMs: number
  readonly updatedAtMs: number
  readonly assigneeId?: string
  readonly dismissReason?: DismissReason
  readonly note?: string
  /** When it was dismissed or resolved last; evidence after this may reopen it. */
  readonly decidedAtMs?: number
  /** It was an alert, and what counts now would make none: something was dismissed or excluded, or thresholds changed. */
  readonly belowLine?: true
  /** New evidence came after a dismissal or resolution. */
  readonly newData: boolean
  /** When it came back to review last; absent: never, and the clock of the first decision runs from createdAtMs. */
  readonly reopenedAtMs?: number
  /** The case that it is part of. */
  readonly caseId?: string
  /** Rises with every change; the ETag. */
  readonly revision: number
}
