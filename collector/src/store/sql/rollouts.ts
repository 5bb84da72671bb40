import { kindOfNumber } from '@holdfast/proto'
import { DEVICE_STATES, type Rollout, type RolloutDevice, type RolloutDeviceState } from '../../domain/rollout/rollout.ts'
import type { DeviceFacts } from '../../domain/rollout/step.ts'
import type { RevisionRole, RolloutReader, RolloutRevision, RolloutWriter } from '../rollouts.ts'
import { Conditions, page } from './conditions.ts'
import type { Connection } from './connection.ts'
import { decodeCursor, encodeCursor } from './cursor.ts'
import { activityEdge } from './retention.ts'
import { type AgentPolicyRow, toAgentPolicy } from './rows.ts'

/** Activities that an estimate of a group's volume looks at, at most: the latest. */
const VOLUME_ROWS = 1_000_000

/** Roll-outs, the revisions that they know, and where each device is. `open`: devices may run it while it is not the group's own. */
export const rolloutMigration = `
  CREATE TABLE rollout (k INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, grp TEXT NOT NULL, state TEXT NOT NULL, open INTEGER NOT NULL, created_at INTEGER NOT NULL, doc TEXT NOT NULL) STRICT;
  CREATE INDEX rollout_group ON rollout (grp, k);
  CREATE INDEX rollout_open ON rollout (grp, k) WHERE open = 1;
  CREATE TABLE rollout_revision (rollout TEXT NOT NULL, role TEXT NOT NULL, grp TEXT NOT NULL, version INTEGER NOT NULL, hash TEXT NOT NULL, signed BLOB NOT NULL, readable TEXT NOT NULL, created_at INTEGER NOT NULL, expires_at INTEGER NOT NULL, sources TEXT, PRIMARY KEY (rollout, role)) STRICT;
  CREATE TABLE rollout_device (rollout TEXT NOT NULL, device TEXT NOT NULL, ring INTEGER NOT NULL, state TEXT NOT NULL, moved_at INTEGER, doc TEXT NOT NULL, PRIMARY KEY (rollout, device)) STRICT, WITHOUT ROWID;
  CREATE INDEX rollout_device_of ON rollout_device (device, rollout) WHERE moved_at IS NOT NULL;
  `

interface DocRow { readonly k: number; readonly id: string; readonly doc: string }
/** Documents that this backend wrote itself. */
const toRollout = (row: DocRow): Rollout => JSON.parse(row.doc) as Rollout
const toDevice = (row: { readonly doc: string }): RolloutDevice => JSON.parse(row.doc) as RolloutDevice

interface RevisionRow extends AgentPolicyRow { readonly rollout: string; readonly role: string; readonly sources: string | null }
const toRevision = (row: RevisionRow): RolloutRevision => ({ ...toAgentPolicy(row), rolloutId: row.rollout, role: row.role as RevisionRole, ...(row.sources === null ? {} : { sources: row.sources }) })

export interface FactsRow {
  readonly id: string; readonly member: number; readonly last_seen_at: number | null; readonly running_version: number | null; readonly running_hash: string | null; readonly refused_version: number | null; readonly refused_reason: string | null
  readonly received_version: number | null; readonly verified_version: number | null; readonly cpu: number | null; readonly watchdog: number | null; readonly sensor_restarts: number; readonly blind: number; readonly dropped: number | null; readonly safe_mode: string | null
  readonly unexplained: number; readonly own_version: number | null; readonly own_hash: string | null
}

export const toFacts = (row: FactsRow): DeviceFacts => ({
  isMember: row.member === 1, lastSeenAtMs: row.last_seen_at ?? undefined, runningVersion: row.running_version ?? 0, runningHash: row.running_hash ?? '', refusedVersion: row.refused_version ?? 0, refusedReason: row.refused_reason ?? '',
  receivedVersion: row.received_version ?? 0, verifiedVersion: row.verified_version ?? 0, ...(row.own_version === null || row.own_hash === null ? {} : { own: { version: row.own_version, hash: row.own_hash } }),
  now: { cpuMillis: row.cpu ?? 0, restarts: (row.watchdog ?? 0) + row.sensor_restarts, lost: row.dropped ?? 0, unexplained: row.unexplained, blind: row.blind, safeMode: (row.safe_mode ?? '') !== '' },
})

/** Ranges of one epoch never overlap, so what is missing below the highest is a subtraction. A device that sends its riskiest first still holds the rest. */
const UNEXPLAINED = `CASE WHEN CAST(d.report ->> '$.spool.outOfOrder' AS BOOLEAN) THEN 0 ELSE coalesce((SELECT sum(x.missing) FROM (SELECT max(l.last_seq) - sum(l.last_seq - l.first_seq + 1) AS missing FROM epoch e JOIN ledger l ON l.epoch = e.k WHERE e.device = d.k GROUP BY e.k) x), 0) END`

/** Of the devices in a table of a roll-out; ?1 the roll-out, ?2 the group. */
export const factsQuery = (table: string, more = ''): string => `SELECT d.id, CASE WHEN d.status = 'active' AND d.grp = ?2 THEN 1 ELSE 0 END AS member, d.last_seen_at,
  CAST(d.report ->> '$.policy.runningVersion' AS DOUBLE PRECISION) AS running_version, d.report ->> '$.policy.runningHash' AS running_hash, CAST(d.report ->> '$.policy.refusedVersion' AS DOUBLE PRECISION) AS refused_version, d.report ->> '$.policy.refusedReason' AS refused_reason,
  CAST(d.report ->> '$.policy.receivedVersion' AS DOUBLE PRECISION) AS received_version, CAST(d.report ->> '$.policy.verifiedVersion' AS DOUBLE PRECISION) AS verified_version,
  CAST(d.report ->> '$.usage.cpuMillis' AS DOUBLE PRECISION) AS cpu, CAST(d.report ->> '$.watchdogRestarts' AS DOUBLE PRECISION) AS watchdog, CAST(d.report ->> '$.spool.dropped' AS DOUBLE PRECISION) AS dropped, d.report ->> '$.safeMode' AS safe_mode,
  coalesce((SELECT sum(CAST(s.value ->> '$.restarts' AS DOUBLE PRECISION)) FROM each_row(d.report, '$.sensors') s), 0) AS sensor_restarts,
  (SELECT count(*) FROM each_row(d.report, '$.sensors') s WHERE s.value ->> '$.tier' = 'blind') AS blind,
  ${UNEXPLAINED} AS unexplained, p.version AS own_version, p.hash AS own_hash${more}
  FROM ${table} r JOIN device d ON d.id = r.device LEFT JOIN device_policy p ON p.device = d.id AND p.grp = ?2 WHERE r.rollout = ?1`

const FACTS = factsQuery('rollout_device')

/** What needs somebody comes first. */
const STATE_ORDER: readonly RolloutDeviceState[] = ['rejected', 'applied', 'offered', 'received', 'verified', 'offline', 'pending', 'confirmed', 'gone']
export const DEVICE_ORDER = `(r.ring * 10 + CASE r.state ${STATE_ORDER.map((state, index) => `WHEN '${state}' THEN ${index}`).join(' ')} ELSE 9 END)`

/** Of people who were active on devices of a table of a roll-out that moved; ?1 the roll-out, ?2 and ?3 from and to. */
export const alertsQuery = (table: string): string =>
  `SELECT count(*) AS n FROM alert a WHERE a.created_at >= ?2 AND a.created_at < ?3 AND EXISTS (
     SELECT 1 FROM activity v JOIN epoch e ON e.k = v.epoch JOIN device d ON d.k = e.device JOIN ${table} r ON r.rollout = ?1 AND r.device = d.id AND r.moved_at IS NOT NULL WHERE v.person = a.person AND v.occurred_at >= ?2 - 86400000)`

export function rolloutReads(db: Connection): RolloutReader {
  const members = (sql: string, ...values: readonly string[]) => db.all<{ deviceId: string; hostname: string }>(`SELECT d.id AS "deviceId", d.hostname FROM device d WHERE d.grp = ? AND d.status = 'active' AND d.public_key <> ''${sql} ORDER BY d.k`, ...values)
  return {
    async rollout(id) {
      const row = await db.get<DocRow>('SELECT * FROM rollout WHERE id = ?', id)
      return row === undefined ? undefined : toRollout(row)
    },
    async rollouts({ limit, cursor, group, groups, states }) {
      const filter = new Conditions()
      if (group !== undefined) filter.add('grp = ?', group)
      filter.anyOf('grp', groups)
      filter.oneOf('state', states)
      const total = (await db.get<{ n: number }>(`SELECT count(*) AS n FROM rollout${filter.where()}`, ...filter.values))?.n ?? 0
      if (cursor !== undefined) filter.add('k < ?', decodeCursor(cursor).value)
      const found = await db.all<DocRow>(`SELECT * FROM rollout${filter.where()} ORDER BY k DESC LIMIT ?`, ...filter.values, limit + 1)
      return { ...page(found, limit, toRollout, (row) => encodeCursor(row.k, row.id)), total }
    },
    openRollouts: async (group) => (await (group === undefined ? db.all<DocRow>('SELECT * FROM rollout WHERE open = 1 ORDER BY k DESC') : db.all<DocRow>('SELECT * FROM rollout WHERE open = 1 AND grp = ? ORDER BY k DESC', group))).map(toRollout),
    latestRollouts: async () => (await db.all<DocRow>('SELECT * FROM rollout WHERE k IN (SELECT max(k) FROM rollout GROUP BY grp) ORDER BY k')).map(toRollout),
    async rolloutRevision(rolloutId, role) {
      const row = await db.get<RevisionRow>('SELECT * FROM rollout_revision WHERE rollout = ? AND role = ?', rolloutId, role)
      return row === undefined ? undefined : toRevision(row)
    },
    rolloutDevices: async (rolloutId) => (await db.all<{ doc: string }>('SELECT doc FROM rollout_device WHERE rollout = ? ORDER BY device', rolloutId)).map(toDevice),
    async rolloutDevicePage({ limit, cursor, rolloutId, states, ring }) {
      const filter = new Conditions()
      filter.add('r.rollout = ?', rolloutId)
      filter.oneOf('r.state', states)
      if (ring !== undefined) filter.add('r.ring = ?', ring)
      const total = (await db.get<{ n: number }>(`SELECT count(*) AS n FROM rollout_device r${filter.where()}`, ...filter.values))?.n ?? 0
      if (cursor !== undefined) {
        const { value, id } = decodeCursor(cursor)
        filter.add(`(${DEVICE_ORDER}, r.device) > (?, ?)`, value, id)
      }
      const found = await db.all<{ device: string; doc: string; hostname: string | null; place: number }>(`SELECT r.device, r.doc, d.hostname, ${DEVICE_ORDER} AS place FROM rollout_device r LEFT JOIN device d ON d.id = r.device${filter.where()} ORDER BY place, r.device LIMIT ?`, ...filter.values, limit + 1)
      return { ...page(found, limit, (row) => ({ ...toDevice(row), hostname: row.hostname ?? row.device }), (row) => encodeCursor(row.place, row.device)), total }
    },
    rolloutCounts: async (rolloutId) => {
      const rows = await db.all<{ ring: number; state: string; devices: number; moved: number }>('SELECT ring, state, count(*) AS devices, count(moved_at) AS moved FROM rollout_device WHERE rollout = ? GROUP BY ring, state ORDER BY ring, state', rolloutId)
      return rows.flatMap((row) => DEVICE_STATES.filter((state) => state === row.state).map((state) => ({ ...row, state })))
    },
    rolloutMoves: async (deviceId, rolloutIds) => (await db.all<{ id: string }>('SELECT r.rollout AS id FROM each_text(?2) w JOIN rollout_device r ON r.rollout = w.value AND r.device = ?1 WHERE r.moved_at IS NOT NULL', deviceId, JSON.stringify(rolloutIds))).map(({ id }) => id),
    rolloutFacts: async (rolloutId, group) => new Map((await db.all<FactsRow>(FACTS, rolloutId, group)).map((row) => [row.id, toFacts(row)])),
    rolloutNewcomers: (rolloutId, group) => members(' AND NOT EXISTS (SELECT 1 FROM rollout_device r WHERE r.rollout = ? AND r.device = d.id)', group, rolloutId),
    groupMembers: (group) => members('', group),
    rolloutAlerts: async (rolloutId, fromMs, toMs) =>
      (await db.get<{ n: number }>(alertsQuery('rollout_device'), rolloutId, fromMs, toMs))?.n ?? 0,
    async groupVolume(group, fromMs) {
      const ends = await db.get<{ high: number | null }>('SELECT max(k) AS high FROM activity')
      const edge = Math.max(await activityEdge(db, fromMs), (ends?.high ?? 0) - VOLUME_ROWS)
      const rows = await db.all<{ kind: number; activities: number; bytes: number; first: number }>(
        'SELECT v.kind, count(*) AS activities, sum(length(v.body)) AS bytes, min(v.received_at) AS first FROM activity v WHERE v.k > ? AND v.epoch IN (SELECT e.k FROM device d JOIN epoch e ON e.device = d.k WHERE d.grp = ?) GROUP BY v.kind', edge, group)
      const oldest = await db.get<{ at: number }>('SELECT received_at AS at FROM activity WHERE k > ? ORDER BY k LIMIT 1', edge)
      return { fromMs: Math.max(fromMs, oldest?.at ?? fromMs), kinds: rows.map(({ kind, activities, bytes }) => ({ kind: kindOfNumber(kind) ?? String(kind), activities, bytes })).toSorted((a, b) => b.activities - a.activities) }
    },
  }
}

export function rolloutWrites(db: Connection): RolloutWriter {
  return {
    saveRollout: async (rollout, isOpen) => void (await db.run(
      'INSERT INTO rollout (id, grp, state, open, created_at, doc) VALUES (?1, ?2, ?3, ?4, ?5, ?6) ON CONFLICT (id) DO UPDATE SET state = ?3, open = ?4, doc = ?6', rollout.id, rollout.group, rollout.state, isOpen ? 1 : 0, rollout.createdAtMs, JSON.stringify(rollout))),
    saveRolloutRevision: async (revision) => void (await db.run(
      'INSERT INTO rollout_revision (rollout, role, grp, version, hash, signed, readable, created_at, expires_at, sources) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10) ON CONFLICT (rollout, role) DO UPDATE SET grp = ?3, version = ?4, hash = ?5, signed = ?6, readable = ?7, created_at = ?8, expires_at = ?9, sources = ?10',
      revision.rolloutId, revision.role, revision.group, revision.version, revision.hash, revision.signed, revision.readable, revision.createdAtMs, revision.expiresAtMs, revision.sources ?? null)),
    async saveRolloutDevices(rolloutId, devices) {
      if (devices.length === 0) return
      await db.run(
        `INSERT INTO rollout_device (rollout, device, ring, state, moved_at, doc) SELECT ?1, w.value ->> 0, CAST(w.value ->> 1 AS BIGINT), w.value ->> 2, CAST(w.value ->> 3 AS BIGINT), w.value ->> 4 FROM each_row(?2) w WHERE true
         ON CONFLICT (rollout, device) DO UPDATE SET ring = excluded.ring, state = excluded.state, moved_at = excluded.moved_at, doc = excluded.doc`, rolloutId, JSON.stringify(devices.map((row) => [row.deviceId, row.ring, row.state, row.movedAtMs ?? null, JSON.stringify(row)])))
    },
    closeRollouts: async (group) => void (await db.run('UPDATE rollout SET open = 0 WHERE grp = ? AND open = 1', group)),
  }
}
