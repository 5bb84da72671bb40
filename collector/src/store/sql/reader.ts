// Everything that only reads. Filters and order come from closed lists; values are always bound.
import { activityKinds } from '@holdfast/proto'
import type { LedgerRange } from '../../domain/people/device.ts'
import { completePolicy } from '../../domain/policies/policy-document.ts'
import type { Policy } from '../../domain/policies/policy.ts'
import { contiguous } from '../ranges.ts'
import type { StoreReader } from '../store.ts'
import { accessReads } from './access.ts'
import type { Connection, SqlValue } from './connection.ts'
import { alertReads } from './alerts.ts'
import { analysisReads } from './analysis.ts'
import { caseReads } from './cases.ts'
import { evidenceReads } from './evidence.ts'
import { exportReads } from './exports.ts'
import { reportReads } from './reports.ts'
import { escalationReads } from './escalation.ts'
import { Conditions, page } from './conditions.ts'
import { drillReads, LAST_DRILL_STATE } from './drills.ts'
import { fleetReads } from './fleet.ts'
import { liveReads } from './live.ts'
import { enrolmentReads } from './enrolment.ts'
import { agentPackageReads } from './agent-packages.ts'
import { rolloutReads } from './rollouts.ts'
import { decodeCursor, decodeRowCursor, encodeCursor } from './cursor.ts'
import { connectorReads } from './connectors.ts'
import { privacyReads } from './privacy.ts'
import { FIRST_DAYS, toInsight } from './insight-rows.ts'
import { populationCells } from './population.ts'
import * as rows from './rows.ts'
import { userPage } from './user-list.ts'

/** Host name, system and its version in part; id, version of the agent and a tag as a whole. */
const SEARCHED = `(hostname LIKE ?1 ESCAPE '\\' OR os LIKE ?1 ESCAPE '\\' OR report ->> '$.osVersion' LIKE ?1 ESCAPE '\\' OR device.id = ?2 OR report ->> '$.agentVersion' = ?2
  OR EXISTS (SELECT 1 FROM each_text(device.doc, '$.tags') t WHERE t.value = lower(?2)))`.replaceAll(/\?[12]/g, '?')

export function createReader(db: Connection): StoreReader {
  const personKey = async (id: string): Promise<number> => (await db.get<{ k: number }>('SELECT k FROM person WHERE id = ?', id))?.k ?? -1
  const one = async <R, T>(map: (row: R) => T, sql: string, ...values: readonly SqlValue[]): Promise<T | undefined> => {
    const row = await db.get<R>(sql, ...values)
    return row === undefined ? undefined : map(row)
  }
  const many = async <R, T>(map: (row: R) => T, sql: string, ...values: readonly SqlValue[]): Promise<readonly T[]> => (await db.all<R>(sql, ...values)).map(map)

  return {
    ...connectorReads(db),
    ...analysisReads(db),
    ...alertReads(db),
    ...caseReads(db),
    ...evidenceReads(db),
    ...exportReads(db),
    ...reportReads(db),
    ...escalationReads(db),
    ...rolloutReads(db),
    ...agentPackageReads(db),
    ...enrolmentReads(db),
    ...accessReads(db),
    ...privacyReads(db),
    device: (id) => one(rows.toDevice, `SELECT ${rows.DEVICE_COLUMNS} FROM device WHERE id = ?`, id),
    deviceByHardwareId: (hardwareId) => one(rows.toDevice, 'SELECT * FROM device WHERE hardware_id = ?', hardwareId),
    ...drillReads(db),
    ...fleetReads(db),
    ...liveReads(db),
    async devices({ limit, cursor, group, groups, search, seesLess, drill, tag, fault, status, gone }) {
      const filter = new Conditions()
      // What imports come from is no computer of the fleet.
      filter.add("os <> 'connector'")
      if (group !== undefined) filter.add('grp = ?', group)
      filter.anyOf('grp', groups)
      if (search !== undefined) {
        const part = `%${search.replaceAll(/[\\%_]/g, '\\$&')}%`
        filter.add(SEARCHED, part, part, part, search, search, search)
      }
      if (tag !== undefined) filter.add("EXISTS (SELECT 1 FROM each_text(device.doc, '$.tags') t WHERE t.value = ?)", tag)
      if (fault !== undefined) filter.add('EXISTS (SELECT 1 FROM each_text(device.faults) f WHERE f.value IN (SELECT o.value FROM each_text(?) o))', JSON.stringify(fault))
      if (status !== undefined) filter.add('status = ?', status)
      if (gone !== true) filter.add("doc ->> '$.retired' IS NULL AND doc ->> '$.mergedInto' IS NULL")
      if (seesLess === true) filter.add("status = 'active' AND EXISTS (SELECT 1 FROM each_row(device.report, '$.sensors') s WHERE s.value ->> '$.tier' IN ('degraded', 'blind'))")
      if (drill !== undefined) filter.oneOf(LAST_DRILL_STATE, drill)
      const total = (await db.get<{ n: number }>(`SELECT count(*) AS n FROM device${filter.where()}`, ...filter.values))?.n ?? 0
      if (cursor !== undefined) filter.add('k > ?', decodeCursor(cursor).value)
      const found = await db.all<rows.DeviceRow>(`SELECT ${rows.DEVICE_COLUMNS} FROM device${filter.where()} ORDER BY k LIMIT ?`, ...filter.values, limit + 1)
      return { ...page(found, limit, rows.toDevice, (row) => encodeCursor(row.k, row.id)), total }
    },
    deviceGroups: () => many((row: { grp: string }) => row.grp, "SELECT grp FROM device UNION SELECT grp FROM agent_policy UNION SELECT substr(key, 7) FROM setting WHERE key LIKE 'group:%' ORDER BY 1"),
    ledger: (deviceId) =>
      many(
        (row: { epoch: string; first_seq: number; last_seq: number; kind: string; reason: string | null }): LedgerRange => ({ epoch: row.epoch, firstSeq: row.first_seq, lastSeq: row.last_seq, kind: row.kind === 'gap' ? 'gap' : 'received', ...(row.reason === null ? {} : { reason: row.reason }) }),
        'SELECT e.epoch, l.first_seq, l.last_seq, l.kind, l.reason FROM device d JOIN epoch e ON e.device = d.k JOIN ledger l ON l.epoch = e.k WHERE d.id = ? ORDER BY e.k, l.first_seq', deviceId),
    async watermark(deviceId, epoch) {
      const found = await db.all<{ first: number; last: number }>('SELECT l.first_seq AS first, l.last_seq AS last FROM device d JOIN epoch e ON e.device = d.k JOIN ledger l ON l.epoch = e.k WHERE d.id = ? AND e.epoch = ? ORDER BY l.first_seq', deviceId, epoch)
      return contiguous(found)
    },
    user: (id) => one(rows.toUser, `SELECT ${rows.PERSON_COLUMNS} FROM person WHERE id = ?`, id),
    async usersByIds(ids) {
      if (ids.length === 0) return []
      return many(rows.toUser, `SELECT ${rows.PERSON_COLUMNS} FROM person WHERE id IN (SELECT value FROM each_text(?))`, JSON.stringify(ids))
    },
    userByIdentity: ({ kind, value }) => one(rows.toUser, `SELECT ${rows.PERSON_COLUMNS} FROM person WHERE k = (SELECT person FROM identity WHERE kind = ? AND value = ?)`, kind, value),
    users: (query) => userPage(db, query),
    async activities({ limit, cursor, userId, deviceId, fromMs, toMs, kinds, visible }) {
      const filter = new Conditions()
      filter.seen(visible, 'a.person')
      if (userId !== undefined) filter.add('a.person = ?', await personKey(userId))
      if (deviceId !== undefined) filter.add('a.epoch IN (SELECT e2.k FROM epoch e2 JOIN device d2 ON d2.k = e2.device WHERE d2.id = ?)', deviceId)
      if (fromMs !== undefined) filter.add('a.occurred_at >= ?', fromMs)
      if (toMs !== undefined) filter.add('a.occurred_at < ?', toMs)
      filter.oneOf('a.kind', kinds?.map((kind) => activityKinds[kind].number))
      // A person's pages follow their index; the newest of everybody follow the order of arrival.
      const byPerson = userId !== undefined
      if (cursor !== undefined) {
        const { value, id } = decodeRowCursor(cursor)
        if (byPerson) filter.add('(a.occurred_at, a.k) < (?, ?)', value, id)
        else filter.add('a.k < ?', id)
      }
      const found = await db.all<rows.ActivityRow & { occurred_at: number }>(`SELECT a.occurred_at, ${rows.ACTIVITY_COLUMNS}${filter.where()} ORDER BY ${byPerson ? 'a.occurred_at DESC, a.k DESC' : 'a.k DESC'} LIMIT ?`, ...filter.values, limit + 1)
      return page(found, limit, rows.toActivity, (row) => encodeCursor(row.occurred_at, row.k))
    },
    async activitiesByIds(ids) {
      const wanted = ids.map((id) => id.split('.')).filter((parts) => parts.length === 3).map(([device, epoch, seq]) => [device, epoch, Number(seq)] as const).filter(([, , seq]) => Number.isSafeInteger(seq))
      if (wanted.length === 0) return []
      return many(
        rows.toActivity,
        `SELECT ${rows.ACTIVITY_COLUMNS} WHERE a.k IN (
           SELECT a2.k FROM each_row(?) w JOIN device d2 ON d2.id = w.value ->> 0 JOIN epoch e2 ON e2.device = d2.k AND e2.epoch = w.value ->> 1 JOIN activity a2 ON a2.epoch = e2.k AND a2.seq = CAST(w.value ->> 2 AS BIGINT))
         ORDER BY a.occurred_at, a.k`,
        JSON.stringify(wanted))
    },
    activityCount: async () => (await db.get<{ n: number }>('SELECT coalesce(sum(last_seq - first_seq + 1), 0) AS n FROM ledger WHERE kind = ?', 'received'))?.n ?? 0,
    async insights(userId, fromDay, toDay) {
      return many(toInsight, 'SELECT p.id AS person_id, i.* FROM person p JOIN insight i ON i.person = p.k WHERE p.id = ? AND i.day BETWEEN ? AND ? ORDER BY i.day, i.indicator', userId, fromDay, toDay)
    },
    async insightsOfUsers(userIds, fromDay, toDay) {
      if (userIds.length === 0) return []
      return many(toInsight, 'SELECT p.id AS person_id, i.* FROM each_text(?) w JOIN person p ON p.id = w.value JOIN insight i ON i.person = p.k WHERE i.day BETWEEN ? AND ? ORDER BY p.k, i.day, i.indicator', JSON.stringify(userIds), fromDay, toDay)
    },
    async firstDays(userIds) {
      if (userIds.length === 0) return new Map()
      const found = await db.all<{ id: string; observed: number | null; media: number | null }>(FIRST_DAYS, JSON.stringify(userIds))
      return new Map(found.flatMap(({ id, observed, media }) => (observed === null ? [] : [[id, { observed, ...(media === null ? {} : { media }) }] as const])))
    },
    populationCells: (week) => populationCells(db, week),
    alertHistory: (id) => many(rows.toHistory, 'SELECT * FROM alert_history WHERE alert_id = ? ORDER BY k', id),
    policy: (id) => one((row: { doc: string }) => completePolicy(JSON.parse(row.doc) as Policy), 'SELECT doc FROM policy WHERE id = ?', id),
    policyByName: (name) => one((row: { doc: string }) => completePolicy(JSON.parse(row.doc) as Policy), 'SELECT doc FROM policy WHERE name = ?', name),
    policies: () => many((row: { doc: string }) => completePolicy(JSON.parse(row.doc) as Policy), 'SELECT doc FROM policy ORDER BY name'),
    agentPolicy: (group) => one(rows.toAgentPolicy, 'SELECT * FROM agent_policy WHERE grp = ?', group),
    devicePolicy: (deviceId) => one(rows.toDevicePolicy, 'SELECT * FROM device_policy WHERE device = ?', deviceId),
    devicePolicies: () => many(rows.toDevicePolicy, 'SELECT * FROM device_policy ORDER BY device'),
    devicesOfUsers: async (userIds, fromMs) =>
      db.all<{ userId: string; deviceId: string }>(
        `SELECT p.id AS "userId", d.id AS "deviceId" FROM (SELECT DISTINCT a.person, a.epoch FROM each_text(?1) w JOIN person p ON p.id = w.value JOIN activity a ON a.person = p.k AND a.occurred_at >= ?2) s
         JOIN person p ON p.k = s.person JOIN epoch e ON e.k = s.epoch JOIN device d ON d.k = e.device GROUP BY p.id, d.id`, JSON.stringify(userIds), fromMs),
    setting: async (key) => (await db.get<{ value: string }>('SELECT value FROM setting WHERE key = ?', key))?.value,
    account: (id) => one(rows.toAccount, 'SELECT * FROM account WHERE id = ?', id),
    accountByName: (name) => one(rows.toAccount, 'SELECT * FROM account WHERE name = ?', name),
    accounts: () => many(rows.toAccount, 'SELECT * FROM account ORDER BY name'),
    session: (tokenHash) => one(rows.toSession, 'SELECT * FROM session WHERE token_hash = ?', tokenHash),
    enrolmentCodes: () => many(rows.toCode, 'SELECT * FROM enrolment_code ORDER BY created_at DESC, id LIMIT 1000'),
    enrolmentCodeBySecretHash: (secretHash) => one(rows.toCode, 'SELECT * FROM enrolment_code WHERE secret_hash = ?', secretHash),
    auditHead: () => one(rows.toAudit, 'SELECT * FROM audit ORDER BY seq DESC LIMIT 1'),
    async auditEntries({ limit, cursor, prefixes, action, actorId, actorName, subjectId, targetId, fromMs, toMs, ascending }) {
      const filter = new Conditions()
      filter.oneOf("substr(action, 1, instr(action || '.', '.') - 1)", prefixes)
      if (action !== undefined) filter.add('action = ?', action)
      if (actorId !== undefined) filter.add('actor_id = ?', actorId)
      if (actorName !== undefined) filter.add('actor_name = ?', actorName)
      if (subjectId !== undefined) filter.add('seq IN (SELECT s.seq FROM audit_subject s WHERE s.user_id = ?)', subjectId)
      if (targetId !== undefined) filter.add('target_id = ?', targetId)
      if (fromMs !== undefined) filter.add('at >= ?', fromMs)
      if (toMs !== undefined) filter.add('at < ?', toMs)
      if (cursor !== undefined) filter.add(ascending === true ? 'seq > ?' : 'seq < ?', decodeCursor(cursor).value)
      const found = await db.all<rows.AuditRow>(`SELECT * FROM audit${filter.where()} ORDER BY seq ${ascending === true ? 'ASC' : 'DESC'} LIMIT ?`, ...filter.values, limit + 1)
      return page(found, limit, rows.toAudit, (row) => encodeCursor(row.seq, row.seq))
    },
    async quarantined({ limit, cursor }) {
      const found = await db.all<rows.QuarantineRow>('SELECT * FROM quarantine WHERE id < ? ORDER BY id DESC LIMIT ?', cursor === undefined ? Number.MAX_SAFE_INTEGER : decodeCursor(cursor).value, limit + 1)
      const total = (await db.get<{ n: number }>('SELECT count(*) AS n FROM quarantine WHERE replayed_at IS NULL'))?.n ?? 0
      return { ...page(found, limit, rows.toQuarantined, (row) => encodeCursor(row.id, row.id)), total }
    },
    quarantinedById: (id) => one(rows.toQuarantined, 'SELECT * FROM quarantine WHERE id = ?', id),
    markedUsers: (limit, nowMs = 0) => many((row: { id: string; mark: number }) => ({ userId: row.id, mark: row.mark }), 'SELECT p.id, m.mark FROM mark m JOIN person p ON p.k = m.person WHERE m.due <= ? ORDER BY m.since, m.person LIMIT ?', nowMs, limit),
  }
}
