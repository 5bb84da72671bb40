// Rows of the tables and the domain values that they hold. Private to this backend.
import type { Alert } from '../../domain/cases/alert.ts'
import type { Device, DeviceReport } from '../../domain/people/device.ts'
import type { User, UserIdentity } from '../../domain/people/user.ts'
import type { Activity } from '../../domain/risk/activity.ts'
import { decodeActivity } from '../../domain/wire/decode.ts'
import type { Account, AgentPolicyRevision, DevicePolicyRevision, AlertHistoryRow, AuditEntry, EnrolmentCode, Quarantined, Session } from '../store.ts'

/** Text that this backend wrote itself. */
const stored = <T>(text: string): T => JSON.parse(text) as T

export interface DeviceRow { k: number; id: string; hostname: string; os: string; grp: string; hardware_id: string; public_key: string; status: string; enrolled_at: number; last_seen_at: number | null; report: string | null; doc: string; conflicts?: number; rejected?: number }
type DeviceDoc = Pick<Device, 'tags' | 'owner' | 'maintenance' | 'retired' | 'mergedInto' | 'keepsGroup' | 'cutOff' | 'address'>

export const toDevice = (row: DeviceRow): Device => ({
  id: row.id, hostname: row.hostname, os: row.os, group: row.grp, hardwareId: row.hardware_id, publicKey: row.public_key, status: row.status === 'revoked' ? 'revoked' : 'active', enrolledAtMs: row.enrolled_at,
  ...(row.last_seen_at === null ? {} : { lastSeenAtMs: row.last_seen_at }),
  ...(row.report === null ? {} : { report: stored<DeviceReport>(row.report) }),
  ...(row.conflicts === undefined || row.conflicts === 0 ? {} : { conflicts: row.conflicts }),
  ...(row.rejected === undefined || row.rejected === 0 ? {} : { rejected: row.rejected }),
  ...(row.doc === '{}' ? {} : stored<DeviceDoc>(row.doc)),
})

export const deviceDoc = ({ tags, owner, maintenance, retired, mergedInto, keepsGroup, cutOff, address }: Device): string =>
  JSON.stringify({ tags: tags === undefined || tags.length === 0 ? undefined : tags, owner, maintenance, retired, mergedInto, keepsGroup, cutOff, address } satisfies Record<keyof DeviceDoc, unknown>)

/** A device with what is in quarantine of it: numbers that came twice are `device.epoch.number`, single activities `activity.device.epoch.number`, whole messages the subject that it sends on. Ranges of the index. */
export const DEVICE_COLUMNS = `device.*, (SELECT count(*) FROM quarantine q WHERE q.subject > device.id || '.' AND q.subject < device.id || '/' AND q.reason = 'SEQ_CONFLICT') AS conflicts,
  (SELECT count(*) FROM quarantine q WHERE q.replayed_at IS NULL AND q.subject > 'activity.' || device.id || '.' AND q.subject < 'activity.' || device.id || '/')
  + (SELECT count(*) FROM quarantine q WHERE q.replayed_at IS NULL AND q.subject = 'hf.v1.activity.' || device.id) AS rejected`

export interface PersonRow { k: number; id: string; pseudonym: string; display_name: string; kind: string; doc: string; identities: string }
type PersonDoc = Omit<User, 'id' | 'pseudonym' | 'displayName' | 'kind' | 'identities' | 'groups'> & Partial<Pick<User, 'groups'>>

export const PERSON_COLUMNS = `person.*, (SELECT json_group_array(json_object('kind', i.kind, 'value', i.value) ORDER BY i.kind, i.value) FROM identity i WHERE i.person = person.k) AS identities`

export const toUser = (row: PersonRow): User => ({
  id: row.id, pseudonym: row.pseudonym, displayName: row.display_name, kind: row.kind === 'system' ? 'system' : 'person', identities: stored<UserIdentity[]>(row.identities), groups: [], ...stored<PersonDoc>(row.doc),
})

export function personDoc(user: User): string {
  const { id: _id, pseudonym: _pseudonym, displayName: _name, kind: _kind, identities: _identities, ...rest } = user
  return JSON.stringify(rest)
}

export interface ActivityRow { k: number; device_id: string; epoch: string; seq: number; person_id: string; received_at: number; body: Uint8Array }

export const ACTIVITY_COLUMNS = 'a.k, d.id AS device_id, e.epoch, a.seq, p.id AS person_id, a.received_at, a.body FROM activity a JOIN epoch e ON e.k = a.epoch JOIN device d ON d.k = e.device JOIN person p ON p.k = a.person'

export const activityId = (deviceId: string, epoch: string, seq: number): string => `${deviceId}.${epoch}.${seq}`

export function toActivity(row: ActivityRow): Activity {
  const { actor: _actor, ...activity } = decodeActivity(row.body, activityId(row.device_id, row.epoch, row.seq), row.device_id)
  return { ...activity, userId: row.person_id }
}

export interface AlertRow { id: string; status: string; doc: string }
/** The columns are there for filters and order; the document is the alert. */
export const toAlert = (row: AlertRow): Alert => stored<Alert>(row.doc)

export interface HistoryRow { alert_id: string; at: number; actor_id: string; what: string; from_value: string | null; to_value: string | null; note: string | null }
export const toHistory = (row: HistoryRow): AlertHistoryRow => ({
  alertId: row.alert_id, atMs: row.at, actorId: row.actor_id, what: row.what,
  ...(row.from_value === null ? {} : { from: row.from_value }), ...(row.to_value === null ? {} : { to: row.to_value }), ...(row.note === null ? {} : { note: row.note }),
})

export interface AgentPolicyRow { grp: string; version: number; hash: string; signed: Uint8Array; readable: string; created_at: number; expires_at: number }
export const toAgentPolicy = (row: AgentPolicyRow): AgentPolicyRevision => ({ group: row.grp, version: row.version, hash: row.hash, signed: row.signed, readable: row.readable, createdAtMs: row.created_at, expiresAtMs: row.expires_at })

export interface DevicePolicyRow extends AgentPolicyRow { device: string; why: string | null }
export const toDevicePolicy = (row: DevicePolicyRow): DevicePolicyRevision => ({ ...toAgentPolicy(row), deviceId: row.device, ...(row.why === null ? {} : { why: stored<NonNullable<DevicePolicyRevision['why']>>(row.why) }) })

type AccountDoc = Omit<Account, 'id' | 'name' | 'passwordHash' | 'roles' | 'disabled' | 'createdAtMs' | 'passwordChangedAtMs'>
export function accountDoc(account: Account): string {
  const { id: _id, name: _name, passwordHash: _hash, roles: _roles, disabled: _disabled, createdAtMs: _created, passwordChangedAtMs: _changed, ...rest } = account
  return JSON.stringify(rest)
}
export interface AccountRow { id: string; name: string; password_hash: string; roles: string; disabled: number; created_at: number; password_changed_at: number; doc: string }
export const toAccount = (row: AccountRow): Account => ({ ...stored<AccountDoc>(row.doc), id: row.id, name: row.name, passwordHash: row.password_hash, roles: stored<string[]>(row.roles), disabled: row.disabled === 1, createdAtMs: row.created_at, passwordChangedAtMs: row.password_changed_at })

export interface SessionRow { token_hash: string; account_id: string; created_at: number; last_seen_at: number; expires_at: number; address: string; user_agent: string; doc: string }
export const toSession = (row: SessionRow): Session => ({ ...stored<Pick<Session, 'method' | 'secondFactor' | 'oidc'>>(row.doc), tokenHash: row.token_hash, accountId: row.account_id, createdAtMs: row.created_at, lastSeenAtMs: row.last_seen_at, expiresAtMs: row.expires_at, address: row.address, userAgent: row.user_agent })

export interface CodeRow { id: string; secret_hash: string; grp: string; max_uses: number; uses: number; created_at: number; expires_at: number; created_by: string; revoked: number; approval: number }
export const toCode = (row: CodeRow): EnrolmentCode => ({ id: row.id, secretHash: row.secret_hash, group: row.grp, maxUses: row.max_uses, uses: row.uses, createdAtMs: row.created_at, expiresAtMs: row.expires_at, createdBy: row.created_by, revoked: row.revoked === 1, ...(row.approval === 1 ? { needsApproval: true } : {}) })

export interface AuditRow { seq: number; at: number; actor_id: string; actor_name: string; action: string; target_kind: string; target_id: string; detail: string; hash: string }
export const toAudit = (row: AuditRow): AuditEntry => ({ seq: row.seq, atMs: row.at, actorId: row.actor_id, actorName: row.actor_name, action: row.action, targetKind: row.target_kind, targetId: row.target_id, detail: row.detail, hash: row.hash })

export interface QuarantineRow { id: number; at: number; subject: string; reason: string; detail: string; tries: number; bytes: Uint8Array; replayed_at: number | null }
export const toQuarantined = (row: QuarantineRow): Quarantined => ({ id: row.id, atMs: row.at, subject: row.subject, reason: row.reason, detail: row.detail, tries: row.tries, bytes: row.bytes, ...(row.replayed_at === null ? {} : { replayedAtMs: row.replayed_at }) })
