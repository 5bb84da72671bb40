// What stands in the parts of a bundle: domain objects as plain documents, every text without the names that are hidden.
import type { Alert } from '../domain/cases/alert.ts'
import type { Case, CaseEvent, CaseNote } from '../domain/cases/case.ts'
import { maskText, type NameIndex } from '../domain/people/mask.ts'
import type { User } from '../domain/people/user.ts'
import { dayText } from '../domain/risk/words.ts'
import type { Activity } from '../domain/risk/activity.ts'
import { sentenceOf } from '../domain/risk/sentence.ts'
import { isSealed, unseal } from '../audit/seal.ts'
import type { CaseTicket } from '../store/escalation.ts'
import type { LegalHold } from '../store/privacy.ts'
import type { AlertHistoryRow, AuditEntry } from '../store/store.ts'

export const iso = (ms: number): string => new Date(ms).toISOString()
const at = <K extends string>(name: K, ms: number | undefined): Partial<Record<K, string>> => (ms === undefined ? {} : { [name]: iso(ms) } as Partial<Record<K, string>>)

/** How names appear in one bundle. */
export interface Writing {
  readonly user: User
  readonly text: (text: string) => string
  readonly host: (name: string) => string
  /** Of accounts by id. */
  readonly account: (id: string) => string
  readonly named: boolean
}

/** @param named the person of the case is shown; others never are */
export function createWriting(user: User, others: NameIndex, accounts: ReadonlyMap<string, string>, named: boolean): Writing {
  const shown = new Set(named ? [user.id] : [])
  const text = (value: string): string => maskText(value, user, { others, shown })
  return { user, named, text, host: (name) => others.maskHost(text(name), shown), account: (id) => accounts.get(id) ?? id }
}

/** Values that say nothing of a person and must stay as they are. */
const AS_IT_IS = new Set(['id', 'deviceId', 'userId', 'kind', 'sha256', 'fingerprint', 'location', 'state', 'sensor', 'mimeType', 'attribution', 'caseId', 'policyId', 'triggerId', 'indicator', 'code', 'severity', 'status'])

/** A value with every text in it masked. */
export function maskedIn(value: unknown, text: (value: string) => string): unknown {
  if (typeof value === 'string') return text(value)
  if (Array.isArray(value)) return value.map((item) => maskedIn(item, text))
  if (typeof value === 'object' && value !== null) return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, AS_IT_IS.has(key) && typeof item === 'string' ? item : maskedIn(item, text)]))
  return value
}

export const personRow = ({ user, named }: Writing) => ({
  id: user.id, pseudonym: user.pseudonym, ...(named ? { name: user.displayName, ...(user.email === undefined ? {} : { email: user.email }) } : {}), ...(user.department === undefined ? {} : { department: user.department }), ...(user.title === undefined ? {} : { title: user.title }),
})

/** Who the files are from, for load files. */
export const custodianOf = ({ user, named }: Writing): string => (named ? user.displayName : user.pseudonym)

export const holdRow = (hold: LegalHold, { text, account }: Writing) => ({
  id: hold.id, reason: text(hold.reason), by: account(hold.byId), at: iso(hold.atMs), ...(hold.caseId === undefined ? {} : { caseId: hold.caseId }), ...at('releasedAt', hold.releasedAtMs), ...(hold.releasedById === undefined ? {} : { releasedBy: account(hold.releasedById) }), ...(hold.releaseReason === undefined ? {} : { releaseReason: text(hold.releaseReason) }),
})

export const caseDocument = (found: Case, alerts: readonly Alert[], holds: readonly LegalHold[], tickets: readonly CaseTicket[], writing: Writing) => ({
  id: found.id, name: writing.text(found.name), status: found.status, person: personRow(writing), openedAt: iso(found.openedAtMs), openedBy: writing.account(found.openedBy), ...(found.assigneeId === undefined ? {} : { assignee: writing.account(found.assigneeId) }),
  ...at('dueAt', found.dueAtMs), contributors: found.contributors.map(writing.account), updatedAt: iso(found.updatedAtMs), updatedBy: writing.account(found.updatedBy), revision: found.revision,
  ...(found.resolution === undefined ? {} : { resolution: { outcome: found.resolution.outcome, reason: writing.text(found.resolution.reason), at: iso(found.resolution.atMs), by: writing.account(found.resolution.by) } }),
  alerts: alerts.map(({ id }) => id), holds: holds.map((hold) => holdRow(hold, writing)), tickets: tickets.map((ticket) => ({ id: ticket.id, system: ticket.system, target: ticket.targetName, state: ticket.state, ...(ticket.number === undefined ? {} : { number: ticket.number }), ...(ticket.link === undefined ? {} : { link: ticket.link }) })),
})

export const noteRow = (note: CaseNote, { text, account }: Writing) => ({ id: note.id, at: iso(note.atMs), author: account(note.authorId), kind: note.kind, text: text(note.text) })

export const eventRow = (event: CaseEvent, { text, account }: Writing) => ({
  at: iso(event.atMs), actor: account(event.actorId), what: event.what, detail: Object.fromEntries(Object.entries(event.detail).map(([key, value]) => [key, typeof value === 'string' ? text(account(value)) : value])),
})

export const alertRow = (alert: Alert, policyName: string, { text, account }: Writing) => ({
  id: alert.id, policyId: alert.policyId, policy: policyName, policyVersion: alert.policyVersion, status: alert.status, severity: alert.severity, score: alert.score,
  parts: alert.parts.map((part) => ({ code: part.code, points: part.points, reason: text(part.reason), ...(part.indicator === undefined ? {} : { indicator: part.indicator }), ...(part.day === undefined ? {} : { day: dayText(part.day) }), activities: part.evidence })),
  trigger: { kind: alert.trigger.kind, at: iso(alert.trigger.atMs), reason: text(alert.trigger.reason), ...(alert.trigger.indicator === undefined ? {} : { indicator: alert.trigger.indicator }), ...(alert.trigger.sequence === undefined ? {} : { sequence: alert.trigger.sequence }) },
  firstActivityAt: iso(alert.firstActivityAtMs), lastActivityAt: iso(alert.lastActivityAtMs), createdAt: iso(alert.createdAtMs), updatedAt: iso(alert.updatedAtMs), ...at('decidedAt', alert.decidedAtMs),
  ...(alert.assigneeId === undefined ? {} : { assignee: account(alert.assigneeId) }), ...(alert.dismissReason === undefined ? {} : { dismissReason: alert.dismissReason }), ...(alert.note === undefined ? {} : { note: text(alert.note) }),
})

export const historyRow = (alertId: string, row: AlertHistoryRow, { text, account }: Writing) => ({
  alertId, at: iso(row.atMs), actor: account(row.actorId), what: row.what, ...(row.from === undefined ? {} : { from: account(row.from) }), ...(row.to === undefined ? {} : { to: account(row.to) }), ...(row.note === undefined ? {} : { note: text(row.note) }),
})

export function activityRow(activity: Activity, hostname: string | undefined, { text, host }: Writing) {
  const { occurredAtMs, observedAtMs, ...rest } = activity
  return { ...(maskedIn(rest, text) as Omit<Activity, 'occurredAtMs' | 'observedAtMs'>), occurredAt: iso(occurredAtMs), observedAt: iso(observedAtMs), device: hostname === undefined ? activity.deviceId : host(hostname), what: text(sentenceOf(activity)) }
}
export type ActivityRow = ReturnType<typeof activityRow>

export const activityColumns: Readonly<Record<string, (row: ActivityRow) => string | number | boolean | undefined>> = {
  id: (row) => row.id, occurred_at: (row) => row.occurredAt, kind: (row) => row.kind, what: (row) => row.what, device: (row) => row.device, device_id: (row) => row.deviceId, account: (row) => row.account, path: (row) => row.file?.path, location: (row) => row.file?.location,
  size_bytes: (row) => row.file?.sizeBytes, sha256: (row) => row.file?.sha256, source_path: (row) => row.source?.path, old_path: (row) => row.oldPath, process: (row) => row.process?.executable ?? row.process?.name, medium: (row) => [row.media?.vendor, row.media?.model, row.media?.serial].filter((part) => part !== undefined).join(' '),
  findings: (row) => row.findings?.map(({ type, count }) => `${type} ${count}`).join('; '), recovered: (row) => row.recovered, sensor: (row) => row.sensor,
}

/**
 * An entry as it is in the log, with the hash before it, and beside it the words that are sealed in it, opened and masked.
 * An entry whose own fields hold a name that must stay hidden goes without them: its hashes stay, and the installation can show it.
 */
export function auditRow(entry: AuditEntry, previous: string, key: Uint8Array | undefined, { text }: Writing) {
  const { seq, atMs, actorId, actorName, action, targetKind, targetId, detail, hash } = entry
  const { sealed } = JSON.parse(detail) as Readonly<Record<string, unknown>>
  const opened = isSealed(sealed) && key !== undefined ? unseal(sealed, key) : undefined
  const read = opened === undefined ? {} : { read: maskedIn(opened, text) }
  if (text(detail) !== detail.normalize('NFC') || text(targetId) !== targetId) return { seq, at: iso(atMs), action, targetKind, withheld: true as const, previous, hash, ...read }
  return { seq, atMs, actorId, actorName, action, targetKind, targetId, detail, previous, hash, ...read }
}
