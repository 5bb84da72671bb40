// Everything that changes, inside one open transaction.
import { createHash } from 'node:crypto'
import type { User } from '../../domain/people/user.ts'
import type { StoreWriter } from '../store.ts'
import { accessWrites } from './access.ts'
import type { Connection } from './connection.ts'
import { alertWrites } from './alerts.ts'
import { analysisWrites } from './analysis.ts'
import { caseWrites } from './cases.ts'
import { drillWrites } from './drills.ts'
import { fleetWrites } from './fleet.ts'
import { liveWrites } from './live.ts'
import { enrolmentWrites } from './enrolment.ts'
import { agentPackageWrites } from './agent-packages.ts'
import { rolloutWrites } from './rollouts.ts'
import { evidenceWrites } from './evidence.ts'
import { exportWrites } from './exports.ts'
import { reportWrites } from './reports.ts'
import { escalationWrites } from './escalation.ts'
import { connectorWrites } from './connectors.ts'
import { privacyWrites } from './privacy.ts'
import { type IngestWays, ingestRuns, type Interned } from './ingest.ts'
import { markEverybody, markKeys } from './marks.ts'
import { createReader } from './reader.ts'
import { accountDoc, deviceDoc, personDoc } from './rows.ts'

export function createWriter(db: Connection, interned: Interned, ways: IngestWays): StoreWriter {
  const reader = createReader(db)
  const personKey = async (id: string): Promise<number> => interned.people.get(id) ?? (await db.get<{ k: number }>('SELECT k FROM person WHERE id = ?', id))?.k ?? -1
  const saveUser = async (user: User): Promise<void> => {
    await db.run(
      'INSERT INTO person (id, pseudonym, display_name, kind, doc) VALUES (?1, ?2, ?3, ?4, ?5) ON CONFLICT (id) DO UPDATE SET display_name = ?3, kind = ?4, doc = ?5',
      user.id, user.pseudonym, user.displayName, user.kind, personDoc(user))
    const key = await personKey(user.id)
    await db.run('DELETE FROM identity WHERE person = ?', key)
    for (const identity of user.identities) await db.run('INSERT INTO identity (kind, value, person) VALUES (?1, ?2, ?3) ON CONFLICT (kind, value) DO UPDATE SET person = ?3', identity.kind, identity.value, key)
  }

  return {
    ...reader,
    ...connectorWrites(db),
    ...accessWrites(db),
    ...analysisWrites(db),
    ...alertWrites(db, personKey),
    ...caseWrites(db),
    ...drillWrites(db), ...fleetWrites(db), ...liveWrites(db), ...evidenceWrites(db),
    ...exportWrites(db),
    ...reportWrites(db),
    ...escalationWrites(db),
    ...rolloutWrites(db),
    ...agentPackageWrites(db),
    ...enrolmentWrites(db),
    ...privacyWrites(db),
    ingest: (runs, count, merge) => ingestRuns(db, interned, ways, runs, count, merge),
    takeMarks: async (marks) =>
      (await db.all<{ id: string }>('SELECT p.id FROM each_row(?) w JOIN person p ON p.id = w.value ->> 0 JOIN mark m ON m.person = p.k AND m.mark BETWEEN CAST(w.value ->> 1 AS BIGINT) AND CAST(w.value ->> 1 AS BIGINT) + 1000000', JSON.stringify(marks.map(({ userId, mark }) => [userId, mark])))).map(({ id }) => id),
    async clearMarks(marks) {
      if (marks.length === 0) return
      const seen = JSON.stringify(marks.map(({ userId, mark, againAtMs }) => [userId, mark, againAtMs ?? null]))
      await db.run('DELETE FROM mark WHERE (person, mark) IN (SELECT p.k, CAST(w.value ->> 1 AS BIGINT) FROM each_row(?) w JOIN person p ON p.id = w.value ->> 0 WHERE w.value ->> 2 IS NULL)', seen)
      const later = marks.filter((mark) => mark.againAtMs !== undefined)
      if (later.length > 0) await db.run('UPDATE mark SET due = CAST(w.value ->> 2 AS BIGINT) FROM each_row(?) w JOIN person p ON p.id = w.value ->> 0 WHERE mark.person = p.k AND mark.mark = CAST(w.value ->> 1 AS BIGINT)', JSON.stringify(later.map(({ userId, mark, againAtMs }) => [userId, mark, againAtMs])))
    },
    markUser: async (userId) => markKeys(db, [await personKey(userId)]),
    markAllUsers: () => markEverybody(db),
    async ensureUser(identity, make) {
      const known = await reader.userByIdentity(identity)
      if (known !== undefined) return known
      const user = make()
      await saveUser(user)
      return user
    },
    saveUser,
    saveDevice: async (device) => {
      await db.run(
        `INSERT INTO device (id, hostname, os, grp, hardware_id, public_key, status, enrolled_at, doc) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)
         ON CONFLICT (id) DO UPDATE SET hostname = ?2, os = ?3, grp = ?4, hardware_id = ?5, public_key = ?6, status = ?7, enrolled_at = ?8, doc = ?9`,
        device.id, device.hostname, device.os, device.group, device.hardwareId, device.publicKey, device.status, device.enrolledAtMs, deviceDoc(device))
    },
    saveReport: async (deviceId, report) => void (await db.run('UPDATE device SET report = ?, last_seen_at = ?, hostname = ? WHERE id = ?', JSON.stringify(report), report.receivedAtMs, report.hostname, deviceId)),
    async appendAlertHistory(...history) {
      if (history.length === 0) return
      await db.run(
        'INSERT INTO alert_history (alert_id, at, actor_id, what, from_value, to_value, note) SELECT w.value ->> 0, CAST(w.value ->> 1 AS BIGINT), w.value ->> 2, w.value ->> 3, w.value ->> 4, w.value ->> 5, w.value ->> 6 FROM each_row(?) w',
        JSON.stringify(history.map((row) => [row.alertId, row.atMs, row.actorId, row.what, row.from ?? null, row.to ?? null, row.note ?? null])))
    },
    savePolicy: async (policy) => void (await db.run('INSERT INTO policy (id, name, doc) VALUES (?1, ?2, ?3) ON CONFLICT (id) DO UPDATE SET name = ?2, doc = ?3', policy.id, policy.name, JSON.stringify(policy))),
    deletePolicy: async (id) => void (await db.run('DELETE FROM policy WHERE id = ?', id)),
    saveAgentPolicy: async (revision) =>
      void (await db.run('INSERT INTO agent_policy (grp, version, hash, signed, readable, created_at, expires_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7) ON CONFLICT (grp) DO UPDATE SET version = ?2, hash = ?3, signed = ?4, readable = ?5, created_at = ?6, expires_at = ?7', revision.group, revision.version, revision.hash, revision.signed, revision.readable, revision.createdAtMs, revision.expiresAtMs)),
    saveDevicePolicy: async (revision) =>
      void (await db.run('INSERT INTO device_policy (device, grp, version, hash, signed, readable, created_at, expires_at, why) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9) ON CONFLICT (device) DO UPDATE SET grp = ?2, version = ?3, hash = ?4, signed = ?5, readable = ?6, created_at = ?7, expires_at = ?8, why = ?9',
        revision.deviceId, revision.group, revision.version, revision.hash, revision.signed, revision.readable, revision.createdAtMs, revision.expiresAtMs, revision.why === undefined ? null : JSON.stringify(revision.why))),
    deleteDevicePolicy: async (deviceId) => void (await db.run('DELETE FROM device_policy WHERE device = ?', deviceId)),
    saveSetting: async (key, value) => void (await db.run('INSERT INTO setting (key, value) VALUES (?1, ?2) ON CONFLICT (key) DO UPDATE SET value = ?2', key, value)),
    saveAccount: async (account) =>
      void (await db.run(
        'INSERT INTO account (id, name, password_hash, roles, disabled, created_at, password_changed_at, doc) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8) ON CONFLICT (id) DO UPDATE SET name = ?2, password_hash = ?3, roles = ?4, disabled = ?5, password_changed_at = ?7, doc = ?8',
        account.id, account.name, account.passwordHash, JSON.stringify(account.roles), account.disabled ? 1 : 0, account.createdAtMs, account.passwordChangedAtMs, accountDoc(account))),
    saveSession: async (session) =>
      void (await db.run('INSERT INTO session (token_hash, account_id, created_at, last_seen_at, expires_at, address, user_agent, doc) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8) ON CONFLICT (token_hash) DO UPDATE SET account_id = ?2, created_at = ?3, last_seen_at = ?4, expires_at = ?5, address = ?6, user_agent = ?7, doc = ?8', session.tokenHash, session.accountId, session.createdAtMs, session.lastSeenAtMs, session.expiresAtMs, session.address, session.userAgent, JSON.stringify({ method: session.method, secondFactor: session.secondFactor, oidc: session.oidc }))),
    deleteSession: async (tokenHash) => void (await db.run('DELETE FROM session WHERE token_hash = ?', tokenHash)),
    deleteSessionsOf: async (accountId) => void (await db.run('DELETE FROM session WHERE account_id = ?', accountId)),
    deleteExpiredSessions: (nowMs) => db.run('DELETE FROM session WHERE expires_at <= ?', nowMs),
    saveEnrolmentCode: async (code) =>
      void (await db.run(
        'INSERT INTO enrolment_code (id, secret_hash, grp, max_uses, uses, created_at, expires_at, created_by, revoked, approval) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10) ON CONFLICT (id) DO UPDATE SET max_uses = ?4, expires_at = ?7, revoked = ?9',
        code.id, code.secretHash, code.group, code.maxUses, code.uses, code.createdAtMs, code.expiresAtMs, code.createdBy, code.revoked ? 1 : 0, code.needsApproval === true ? 1 : 0)),
    useEnrolmentCode: async (id, nowMs) => (await db.run('UPDATE enrolment_code SET uses = uses + 1 WHERE id = ? AND uses < max_uses AND expires_at > ? AND revoked = 0', id, nowMs)) === 1,
    appendAudit: async (entry) =>
      void (await db.run('INSERT INTO audit (seq, at, actor_id, actor_name, action, target_kind, target_id, detail, hash) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)', entry.seq, entry.atMs, entry.actorId, entry.actorName, entry.action, entry.targetKind, entry.targetId, entry.detail, entry.hash)),
    quarantine: async (row) =>
      void (await db.run(
        'INSERT INTO quarantine (at, subject, reason, detail, tries, bytes, bytes_hash) VALUES (?, ?, ?, ?, 1, ?, ?) ON CONFLICT (subject, bytes_hash) DO UPDATE SET tries = quarantine.tries + 1',
        row.atMs, row.subject, row.reason, row.detail, row.bytes, createHash('sha256').update(row.bytes).digest('hex'))),
    markReplayed: async (id, atMs) => void (await db.run('UPDATE quarantine SET replayed_at = ? WHERE id = ?', atMs, id)),
  }
}
