// What an account does to alerts, one or many, inside an open transaction; and how the last deed is taken back.
//
// A deed keeps what each alert was before it. Taking it back restores that, of alerts that nobody and nothing has
// changed since: an undo never overwrites what a colleague decided or what new evidence brought.
import { v7 as uuid } from 'uuid'
import { type Actor, appendAudit } from '../../audit/chain.ts'
import type { Alert, DismissReason } from '../../domain/cases/alert.ts'
import { type AlertDecision, assign, decide, undo } from '../../domain/cases/alert-transitions.ts'
import { CodedError, type ErrorCode } from '../../errors.ts'
import type { AlertOperation } from '../../store/alerts.ts'
import type { StoreWriter } from '../../store/store.ts'
import type { AlertBulkResult } from './schema.ts'

/** How long the console offers it. */
export const UNDO_MS = 10_000
/** A click in the last moment may take a while to arrive. */
const UNDO_GRACE_MS = 5000
const KEPT_MS = 60_000

export type Deed = ({ readonly kind: 'decide' } & AlertDecision) | { readonly kind: 'assign'; readonly assigneeId: string | undefined }

const isOpen = (alert: Alert): boolean => alert.status === 'needs_review' || alert.status === 'confirmed'

/** One open alert for each user and policy: what a second one would hold has joined the first. @throws ALERT_TRANSITION */
async function assertOnlyOpen(tx: StoreWriter, alert: Alert, from: string, to: string): Promise<void> {
  if ((await tx.alertsOfUser(alert.userId)).some((other) => other.id !== alert.id && other.policyId === alert.policyId && isOpen(other))) throw new CodedError('ALERT_TRANSITION', { from, to })
}

/** The alert after a deed. @throws ALERT_TRANSITION */
async function done(tx: StoreWriter, alert: Alert, deed: Deed, atMs: number): Promise<Alert> {
  if (deed.kind === 'assign') return assign(alert, deed.assigneeId, atMs)
  if (deed.to === 'needs_review' || deed.to === 'confirmed') await assertOnlyOpen(tx, alert, alert.status, deed.to)
  const outcome = decide(alert, deed, atMs)
  if (outcome.kind === 'refused') throw new CodedError('ALERT_TRANSITION', { from: outcome.from, to: outcome.to })
  return outcome.alert
}

export interface Wanted {
  readonly id: string
  /** That was seen; absent: whatever there is. */
  readonly revision?: number
}

export interface Outcome {
  readonly changed: readonly Alert[]
  readonly failed: readonly { readonly id: string; readonly code: ErrorCode; readonly detail: string }[]
  readonly operation?: AlertOperation
}

/**
 * Does the same to each alert. One that cannot be changed is told and keeps nobody else from it.
 *
 * @param find an alert that the actor may see, or undefined
 * @returns codes of failures: NOT_FOUND, REVISION_CONFLICT, ALERT_TRANSITION
 */
export async function act(tx: StoreWriter, { actor, wanted, deed, atMs, find, from }: {
  readonly actor: Actor; readonly wanted: readonly Wanted[]; readonly deed: Deed; readonly atMs: number; readonly find: (id: string) => Promise<Alert | undefined>
  /** The deed is for alerts in this status only. */
  readonly from?: Alert['status']
}): Promise<Outcome> {
  const pairs: { readonly before: Alert; readonly after: Alert }[] = []
  const failed: Outcome['failed'][number][] = []
  for (const { id, revision } of wanted) {
    try {
      const before = await find(id)
      if (before === undefined) throw new CodedError('NOT_FOUND', { what: 'alert' })
      if (revision !== undefined && before.revision !== revision) throw new CodedError('REVISION_CONFLICT')
      if (from !== undefined && before.status !== from) throw new CodedError('ALERT_TRANSITION', { from: before.status, to: deed.kind === 'decide' ? deed.to : before.status })
      pairs.push({ before, after: await done(tx, before, deed, atMs) })
    } catch (error) {
      if (!(error instanceof CodedError)) throw error
      failed.push({ id, code: error.code, detail: error.message })
    }
  }
  if (pairs.length === 0) return { changed: [], failed }
  const changed = pairs.map(({ after }) => after)
  const operation: AlertOperation = { id: `op_${uuid().replaceAll('-', '')}`, actorId: actor.id, atMs, what: deed.kind === 'assign' ? 'assigned' : deed.to, changes: pairs.map(({ before, after }) => ({ before, revision: after.revision })) }
  await tx.saveAlerts(changed)
  await tx.appendAlertHistory(...pairs.map(({ before, after }) => deed.kind === 'assign'
    ? { alertId: after.id, atMs, actorId: actor.name, what: 'assigned', ...(deed.assigneeId === undefined ? {} : { to: deed.assigneeId }) }
    : { alertId: after.id, atMs, actorId: actor.name, what: 'status', from: before.status, to: after.status, ...(deed.note === undefined ? {} : { note: deed.note }) }))
  const many = pairs.length > 1 ? { operation: operation.id, of: pairs.length } : {}
  for (const { before, after } of pairs) {
    const detail = deed.kind === 'assign' ? { assigneeId: deed.assigneeId ?? null, before: before.assigneeId ?? null } : { from: before.status, ...(deed.reason === undefined ? {} : { reason: deed.reason }) }
    await appendAudit(tx, { actor, action: `alert.${operation.what}`, targetKind: 'alert', targetId: after.id, detail: { ...detail, ...many }, atMs })
  }
  await tx.saveAlertOperation(operation, atMs - KEPT_MS)
  return { changed, failed, operation }
}

/**
 * Takes a deed back, once, by whoever did it.
 *
 * @throws NOT_FOUND for a deed of somebody else or of long ago, UNDO_EXPIRED
 * @returns alerts that are as they were, and those that somebody or something has changed since
 */
export async function takeBack(tx: StoreWriter, { actor, operationId, atMs }: { readonly actor: Actor; readonly operationId: string; readonly atMs: number }): Promise<Outcome> {
  const operation = await tx.alertOperation(operationId)
  if (operation === undefined || operation.actorId !== actor.id) throw new CodedError('NOT_FOUND', { what: 'change' })
  if (atMs > operation.atMs + UNDO_MS + UNDO_GRACE_MS) throw new CodedError('UNDO_EXPIRED', { seconds: UNDO_MS / 1000 })
  const now = new Map((await tx.alertsByIds(operation.changes.map(({ before }) => before.id))).map((alert) => [alert.id, alert]))
  const restored: { readonly current: Alert; readonly alert: Alert }[] = []
  const failed: Outcome['failed'][number][] = []
  for (const change of operation.changes) {
    const { id } = change.before
    try {
      const current = now.get(id)
      const alert = current === undefined ? undefined : undo(current, change)
      if (current === undefined || alert === undefined) throw new CodedError('REVISION_CONFLICT')
      if (isOpen(alert) && !isOpen(current)) await assertOnlyOpen(tx, alert, current.status, alert.status)
      restored.push({ current, alert })
    } catch (error) {
      if (!(error instanceof CodedError)) throw error
      failed.push({ id, code: error.code, detail: error.message })
    }
  }
  await tx.saveAlerts(restored.map(({ alert }) => alert))
  await tx.appendAlertHistory(...restored.map(({ current, alert }) => ({ alertId: alert.id, atMs, actorId: actor.name, what: 'undone', from: operation.what, to: current.status === alert.status ? (alert.assigneeId ?? 'nobody') : alert.status })))
  for (const { alert } of restored) await appendAudit(tx, { actor, action: 'alert.undone', targetKind: 'alert', targetId: alert.id, detail: { operation: operation.id, was: operation.what, status: alert.status }, atMs })
  await tx.deleteAlertOperation(operation.id)
  return { changed: restored.map(({ alert }) => alert), failed }
}

export const presentUndo = (operation: AlertOperation): NonNullable<AlertBulkResult['undo']> => ({ operationId: operation.id, until: new Date(operation.atMs + UNDO_MS).toISOString() })

export const dismissal = (reason: DismissReason, note: string): Deed => ({ kind: 'decide', to: 'dismissed', reason, note })
