// What each retention class takes away, in steps small enough that nobody waits for them.
import type { RetentionClass, RetentionCount } from '../privacy.ts'
import type { Connection, SqlValue } from './connection.ts'
import { COUNT_DROPPED } from './exports.ts'

const ROWS = 500
export const ACTIVITY_ROWS = 2000
const PEOPLE = 200
const DAY_MS = 86_400_000

const HELD = 'SELECT p.k FROM legal_hold h JOIN person p ON p.id = h.user_id WHERE h.released_at IS NULL'
const IN_CASE = "SELECT person FROM case_file WHERE status = 'active'"
/** Of rows with a `person`: nothing keeps them. */
export const NOT_KEPT = `person NOT IN (${HELD}) AND person NOT IN (${IN_CASE})`

interface Rows {
  readonly table: string
  /** Rows past the limit `?1`. */
  readonly old: string
  /** Column that names a person by key; absent: rows belong to nobody. */
  readonly person?: string
  /** What goes with the chosen rows, before them; `?` is a JSON list of their keys. */
  readonly before?: readonly string[]
  /** Column that tells the rows apart; `id` when nothing is said. A list of them is `each_text`, or `each_number` where `isNumber`. */
  readonly key?: { readonly column: string; readonly isNumber?: true }
}

const NO_CASE = 'NOT EXISTS (SELECT 1 FROM case_file c WHERE c.id = t.case_id)'
const ALERT_PARTS = [
  'DELETE FROM alert_history WHERE alert_id IN (SELECT value FROM each_text(?))',
]
const PARTS_OF_CASES = ['case_note', 'case_event', 'notice', 'case_bundle', 'case_ticket']

const simple: Partial<Record<RetentionClass, Rows>> = {
  alerts_needing_review: { table: 'alert', old: `t.status = 'needs_review' AND t.created_at < ?1 AND ${NO_CASE}`, person: 'person', before: ALERT_PARTS },
  alerts_decided: { table: 'alert', old: `t.status <> 'needs_review' AND coalesce(t.decided_at, t.updated_at) < ?1 AND ${NO_CASE}`, person: 'person', before: ALERT_PARTS },
  triggers: { table: 'trigger_event', old: "max(t.at, coalesce(CAST(t.doc ->> '$.untilMs' AS BIGINT), 0)) < ?1", person: 'person' },
  requests: { table: 'privacy_request', old: "t.state NOT IN ('pending', 'live') AND t.requested_at < ?1", person: '(SELECT k FROM person WHERE id = t.user_id)' },
  connector_runs: { table: 'connector_run', old: 't.at < ?1' },
  quarantine: { table: 'quarantine', old: 't.at < ?1', key: { column: 'id', isNumber: true } },
  sessions: { table: 'session', old: 't.expires_at < ?1', key: { column: 'token_hash' } },
  reports: { table: 'activity_report', old: "t.state IN ('done', 'failed') AND t.created_at < ?1", person: 'person' },
  fleet_notices: { table: 'fleet_notice', old: 't.cleared_at < ?1' },
  rollouts: {
    table: 'rollout', old: "t.open = 0 AND t.state IN ('completed', 'rolled_back', 'superseded') AND coalesce(CAST(t.doc ->> '$.endedAtMs' AS BIGINT), t.created_at) < ?1 AND t.k < (SELECT max(o.k) FROM rollout o WHERE o.grp = t.grp)",
    before: ['rollout_device', 'rollout_revision'].map((part) => `DELETE FROM ${part} WHERE rollout IN (SELECT value FROM each_text(?))`),
  },
  media_exceptions: { table: 'media_exception', old: "t.state NOT IN ('pending', 'granted') AND t.requested_at < ?1", person: '(SELECT k FROM person WHERE id = t.user_id)' },
  questions: { table: 'asking', old: "t.state NOT IN ('waiting', 'open') AND t.asked_at < ?1", before: ['DELETE FROM device_answer WHERE asking IN (SELECT value FROM each_text(?))'] },
  drills: { table: 'device_drill', old: 't.first_at < ?1', key: { column: "device || ' ' || id" } },
  outbox: { table: 'outbox', old: 't.at < ?1', before: [COUNT_DROPPED], key: { column: 'seq', isNumber: true } },
}

const personOf = ({ person }: Rows): string | undefined => (person === undefined ? undefined : person.startsWith('(') ? person : `t.${person}`)

/** The last row that arrived before a time. Rows arrive in the order of their keys, so a search by halves finds it. */
export async function activityEdge(db: Connection, beforeMs: number): Promise<number> {
  const ends = await db.get<{ low: number | null; high: number | null }>('SELECT (SELECT k FROM activity ORDER BY k LIMIT 1) AS low, (SELECT k FROM activity ORDER BY k DESC LIMIT 1) AS high')
  if (ends === undefined || ends.low === null || ends.high === null) return 0
  let low = ends.low - 1
  let high = ends.high
  while (low < high) {
    const middle = Math.ceil((low + high) / 2)
    const row = await db.get<{ k: number; received_at: number }>('SELECT k, received_at FROM activity WHERE k <= ? ORDER BY k DESC LIMIT 1', middle)
    if (row === undefined || row.received_at < beforeMs) low = middle
    else high = row.k - 1
  }
  return low
}

/** @param from FROM and WHERE @param person expression of the key of the person that a row belongs to */
export async function countRows(db: Connection, from: string, person: string | undefined, values: readonly SqlValue[]): Promise<RetentionCount> {
  if (person === undefined) return { due: (await db.get<{ n: number }>(`SELECT count(*) AS n ${from}`, ...values))?.n ?? 0, held: 0, inCases: 0 }
  const row = await db.get<{ total: number; held: number | null; cases: number | null }>(
    `SELECT count(*) AS total, count(*) FILTER (WHERE w IN (${HELD})) AS held, count(*) FILTER (WHERE w NOT IN (${HELD}) AND w IN (${IN_CASE})) AS cases FROM (SELECT coalesce(${person}, -1) AS w ${from}) due`, ...values)
  const held = row?.held ?? 0
  const inCases = row?.cases ?? 0
  return { due: (row?.total ?? 0) - held - inCases, held, inCases }
}

const OLD_EVIDENCE = "t.captured_at < ?1 AND t.state <> 'deleted' AND json_array_length(t.doc, '$.holds') = 0"
const EVIDENCE_PERSON = '(SELECT k FROM person WHERE id = t.person)'

/** Ids of copies that may go; their room removes them, with a tombstone. */
export const evidenceDue = async (db: Connection, beforeMs: number): Promise<readonly string[]> =>
  (await db.all<{ id: string }>(`SELECT t.id FROM evidence t WHERE ${OLD_EVIDENCE} AND coalesce(${EVIDENCE_PERSON}, -1) NOT IN (${HELD}) AND coalesce(${EVIDENCE_PERSON}, -1) NOT IN (${IN_CASE}) ORDER BY t.captured_at LIMIT 100`, beforeMs)).map(({ id }) => id)

const RESOLVED = "t.status = 'closed' AND CAST(t.doc ->> '$.resolution.atMs' AS BIGINT) < ?1"
const cutDay = (beforeMs: number): number => Math.floor(beforeMs / DAY_MS)

/** What a class would take away, and what keeps the rest. */
export async function countClass(db: Connection, cls: Exclude<RetentionClass, 'audit'>, beforeMs: number): Promise<RetentionCount> {
  if (cls === 'activities') return countRows(db, 'FROM activity t WHERE t.k <= ?1', 't.person', [await activityEdge(db, beforeMs)])
  if (cls === 'evidence') return countRows(db, `FROM evidence t WHERE ${OLD_EVIDENCE}`, EVIDENCE_PERSON, [beforeMs])
  if (cls === 'insights') return countRows(db, 'FROM insight t WHERE t.day < ?1', 't.person', [cutDay(beforeMs)])
  if (cls === 'cases_resolved') return countRows(db, `FROM case_file t WHERE ${RESOLVED}`, 't.person', [beforeMs])
  const rows = simple[cls]
  return rows === undefined ? { due: 0, held: 0, inCases: 0 } : countRows(db, `FROM ${rows.table} t WHERE ${rows.old}`, personOf(rows), [beforeMs])
}

async function removeCases(db: Connection, beforeMs: number): Promise<number> {
  const found = await db.all<{ id: string }>(`SELECT t.id FROM case_file t WHERE ${RESOLVED} AND t.person NOT IN (${HELD}) AND t.person NOT IN (${IN_CASE}) LIMIT 20`, beforeMs)
  if (found.length === 0) return 0
  await removeCaseRows(db, found.map(({ id }) => id))
  return found.length
}

/** Cases with everything in them, and the alerts that they took up. */
export async function removeCaseRows(db: Connection, ids: readonly string[]): Promise<void> {
  const list = JSON.stringify(ids)
  // Notes and events can only go when their case has gone; the references are looked at when the transaction ends.
  await db.exec('PRAGMA defer_foreign_keys = ON')
  await db.run('DELETE FROM case_file WHERE id IN (SELECT value FROM each_text(?))', list)
  for (const table of PARTS_OF_CASES) await db.run(`DELETE FROM ${table} WHERE case_id IN (SELECT value FROM each_text(?))`, list)
  await db.run('DELETE FROM share_link WHERE ref IN (SELECT value FROM each_text(?))', list)
  const alerts = JSON.stringify((await db.all<{ id: string }>('SELECT id FROM alert WHERE case_id IN (SELECT value FROM each_text(?))', list)).map(({ id }) => id))
  for (const statement of ALERT_PARTS) await db.run(statement, alerts)
  await db.run('DELETE FROM alert WHERE id IN (SELECT value FROM each_text(?))', alerts)
}

/** Dismissals go with the activities that they speak of. */
export const dismissedBefore = (db: Connection, beforeMs: number): Promise<number> => db.run(`DELETE FROM dismissed_activity WHERE occurred_at < ?1 AND ${NOT_KEPT}`, beforeMs)

/** One step; see PrivacyWriter.retentionStep. */
export async function stepClass(db: Connection, cls: Exclude<RetentionClass, 'audit'>, beforeMs: number, cursor: number): Promise<{ readonly removed: number; readonly cursor?: number }> {
  const more = (removed: number, full: boolean) => (full ? { removed, cursor: cursor + 1 } : { removed })
  if (cls === 'cases_resolved') {
    const removed = await removeCases(db, beforeMs)
    return more(removed, removed > 0)
  }
  if (cls === 'activities') {
    const edge = await activityEdge(db, beforeMs)
    const found = await db.all<{ k: number }>(`SELECT k FROM activity WHERE k > ?1 AND k <= ?2 AND ${NOT_KEPT} ORDER BY k LIMIT ${ACTIVITY_ROWS}`, cursor, edge)
    const removed = await db.run('DELETE FROM activity WHERE k IN (SELECT value FROM each_number(?))', JSON.stringify(found.map(({ k }) => k)))
    const last = found.at(-1)?.k
    if (found.length === ACTIVITY_ROWS && last !== undefined) return { removed, cursor: last }
    await dismissedBefore(db, beforeMs)
    return { removed }
  }
  if (cls === 'insights') {
    const people = await db.all<{ k: number }>(`SELECT k FROM person WHERE k > ? ORDER BY k LIMIT ${PEOPLE}`, cursor)
    const last = people.at(-1)?.k
    if (last === undefined) return { removed: 0 }
    const removed = await db.run(`DELETE FROM insight WHERE person > ?1 AND person <= ?2 AND day < ?3 AND ${NOT_KEPT}`, cursor, last, cutDay(beforeMs))
    return people.length === PEOPLE ? { removed, cursor: last } : { removed }
  }
  const rows = simple[cls]
  if (rows === undefined) return { removed: 0 }
  const person = personOf(rows)
  const kept = person === undefined ? '' : ` AND coalesce(${person}, -1) NOT IN (${HELD}) AND coalesce(${person}, -1) NOT IN (${IN_CASE})`
  const { column, isNumber }: NonNullable<Rows['key']> = rows.key ?? { column: 'id' }
  const chosen = JSON.stringify((await db.all<{ key: string | number }>(`SELECT ${column} AS key FROM ${rows.table} t WHERE ${rows.old}${kept} LIMIT ${ROWS}`, beforeMs)).map(({ key }) => key))
  for (const statement of rows.before ?? []) await db.run(statement, chosen)
  const removed = await db.run(`DELETE FROM ${rows.table} WHERE ${column} IN (SELECT value FROM ${isNumber === true ? 'each_number' : 'each_text'}(?))`, chosen)
  return more(removed, removed === ROWS)
}
