// The alert queue: filters, counts and statistics that read indexes only, and what is done to alerts.
//
// A document is some kilobytes, so a queue of 100,000 alerts that were read as rows would be hundreds of megabytes.
// `alert_queue` holds every column that a filter or an order may ask for, some hundred bytes an alert: which alerts are on
// a page is found there, and only those are read. It is named in the statements, because the planner does not know that
// columns behind a document cost as much as the document.
import type { Alert } from '../../domain/cases/alert.ts'
import { openedAtMs } from '../../domain/cases/decision-clock.ts'
import { factorBits, factorsOf } from '../../domain/cases/risk-factors.ts'
import { activityKinds } from '@holdfast/proto'
import type { AlertFlow, AlertOperation, AlertReader, AlertSelection, AlertStatistics, AlertWriter, SavedView } from '../alerts.ts'
import { Conditions, page } from './conditions.ts'
import type { Connection, SqlValue } from './connection.ts'
import { decodeCursor, decodeRowCursor, encodeCursor } from './cursor.ts'
import { enqueueAlerts } from './exports.ts'
import * as rows from './rows.ts'

const DAY_MS = 86_400_000
const STATISTICS_DAYS = 30

export const alertMigration = `
  ALTER TABLE alert ADD COLUMN opened_at INTEGER NOT NULL DEFAULT 0;
  ALTER TABLE alert ADD COLUMN factors INTEGER NOT NULL DEFAULT 0;
  ALTER TABLE alert ADD COLUMN trigger_kind TEXT NOT NULL DEFAULT '';
  ALTER TABLE alert ADD COLUMN dismiss_reason TEXT;
  UPDATE alert SET opened_at = coalesce(doc ->> '$.reopenedAtMs', created_at), trigger_kind = coalesce(doc ->> '$.trigger.kind', ''), dismiss_reason = doc ->> '$.dismissReason', factors =
    (SELECT coalesce(max(p.value ->> 'code' IN ('booster.above_own_usual', 'booster.above_peers', 'booster.above_organisation', 'booster.off_hours', 'booster.first_removable_media')), 0)
      | 2 * max(coalesce(max(p.value ->> 'code' LIKE 'sequence.%'), 0), alert.doc ->> '$.trigger.sequence' IS NOT NULL) | 4 * max(coalesce(max(p.value ->> 'code' LIKE 'cumulative.%'), 0), alert.doc ->> '$.trigger.kind' = 'cumulative_exfiltration')
      | 8 * coalesce(max(p.value ->> 'code' = 'booster.priority_content'), 0) | 16 * coalesce(max(p.value ->> 'code' = 'booster.unallowed_domain'), 0)
      | 32 * coalesce(max(p.value ->> 'code' = 'booster.priority_user' AND p.value ->> 'reason' LIKE '%priority group%'), 0) | 64 * coalesce(max(p.value ->> 'code' = 'booster.priority_user' AND p.value ->> 'reason' NOT LIKE '%priority group%'), 0)
      FROM json_each(alert.doc, '$.parts') p);
  DROP INDEX alert_updated_at;
  DROP INDEX alert_status;
  CREATE INDEX alert_queue ON alert (updated_at, id, status, severity, score, created_at, opened_at, policy_id, person, assignee_id, trigger_kind, dismiss_reason, factors, case_id);
  CREATE INDEX alert_status ON alert (status, severity, person);
  CREATE INDEX alert_policy ON alert (policy_id, status, created_at);
  CREATE INDEX alert_opened ON alert (opened_at, severity, person);
  CREATE INDEX alert_decided ON alert (decided_at, severity, opened_at, person) WHERE decided_at IS NOT NULL;
  CREATE TABLE alert_operation (id TEXT PRIMARY KEY, at INTEGER NOT NULL, doc TEXT NOT NULL) STRICT;
  CREATE INDEX alert_operation_at ON alert_operation (at);
  CREATE TABLE saved_view (id TEXT PRIMARY KEY, resource TEXT NOT NULL, owner_id TEXT NOT NULL, is_shared INTEGER NOT NULL, name TEXT NOT NULL, doc TEXT NOT NULL) STRICT;
  CREATE INDEX saved_view_resource ON saved_view (resource, name);
  CREATE TABLE default_view (account_id TEXT NOT NULL, resource TEXT NOT NULL, view_id TEXT NOT NULL REFERENCES saved_view (id) ON DELETE CASCADE, PRIMARY KEY (account_id, resource)) STRICT, WITHOUT ROWID;
  CREATE TABLE activity_review (activity TEXT PRIMARY KEY, at INTEGER NOT NULL, by_name TEXT NOT NULL) STRICT, WITHOUT ROWID;
  `

interface DocRow { readonly doc: string }
/** Documents that this backend wrote itself. */
const toDoc = <T>(row: DocRow): T => JSON.parse(row.doc) as T
const toAlert = (row: DocRow): Alert => toDoc<Alert>(row)

/** The last text that begins with these characters, in the order of bytes. */
const endOf = (beginning: string): string => `${beginning}\u{10FFFF}`

function conditionsOf(selection: AlertSelection): Conditions {
  const filter = new Conditions()
  filter.seen(selection.visible, 'person')
  filter.oneOf('id', selection.ids)
  filter.oneOf('status', selection.status)
  filter.oneOf('severity', selection.severity)
  filter.oneOf('policy_id', selection.policyId)
  filter.oneOf('trigger_kind', selection.triggerKinds)
  filter.oneOf('dismiss_reason', selection.dismissReasons)
  if (selection.userId !== undefined) filter.add('person = (SELECT k FROM person p WHERE p.id = ?)', selection.userId)
  if (selection.assignees !== undefined) filter.add("coalesce(assignee_id, '') IN (SELECT value FROM each_text(?))", JSON.stringify(selection.assignees.map((id) => id ?? '')))
  if (selection.createdFromMs !== undefined) filter.add('created_at >= ?', selection.createdFromMs)
  if (selection.createdToMs !== undefined) filter.add('created_at < ?', selection.createdToMs)
  if (selection.factors !== undefined) filter.add('factors & ? <> 0', factorBits(selection.factors))
  if (selection.hasCase !== undefined) filter.add(`case_id IS ${selection.hasCase ? 'NOT NULL' : 'NULL'}`)
  if (selection.search !== undefined) {
    const name = selection.search.toUpperCase()
    filter.add('((id >= ? AND id < ?) OR person IN (SELECT p.k FROM person p WHERE p.pseudonym >= ? AND p.pseudonym < ?))', selection.search, endOf(selection.search), name, endOf(name))
  }
  if (selection.openedBeforeMs !== undefined) {
    const { low, medium, high } = selection.openedBeforeMs
    filter.add("status = 'needs_review' AND opened_at < CASE severity WHEN 'high' THEN CAST(? AS BIGINT) WHEN 'medium' THEN CAST(? AS BIGINT) ELSE CAST(? AS BIGINT) END", high, medium, low)
  }
  return filter
}

/** The index that holds what is asked for: that of a user or of ids where they are named, else the whole queue's. */
function indexFor({ userId, ids, policyId, visible, ...rest }: AlertSelection): string {
  if (ids !== undefined || userId !== undefined) return ''
  const others = Object.entries(rest).filter(([key, value]) => value !== undefined && !['status', 'createdFromMs', 'createdToMs'].includes(key))
  return policyId !== undefined && visible === undefined && others.length === 0 ? ' INDEXED BY alert_policy' : ' INDEXED BY alert_queue'
}

async function statistics(db: Connection, nowMs: number, visible: AlertSelection['visible']): Promise<AlertStatistics> {
  const fromMs = (Math.floor(nowMs / DAY_MS) - STATISTICS_DAYS + 1) * DAY_MS
  const where = (...more: readonly (readonly [string, SqlValue])[]): Conditions => {
    const filter = new Conditions()
    filter.seen(visible, 'person')
    for (const [sql, value] of more) filter.add(sql, value)
    return filter
  }
  const flow = (index: string, column: string): Promise<AlertFlow[]> => {
    const filter = where([`${column} >= ?`, fromMs])
    return db.all<AlertFlow>(`SELECT ${column} / ${DAY_MS} AS day, severity, count(*) AS count FROM alert INDEXED BY ${index}${filter.where()} GROUP BY 1, 2 ORDER BY 1, 2`, ...filter.values)
  }
  const all = where()
  const closed = where(['decided_at >= ?', nowMs - STATISTICS_DAYS * DAY_MS])
  const [counts, bySeverity, opened, decided] = await Promise.all([
    db.all<AlertStatistics['counts'][number]>(`SELECT status, severity, count(*) AS count FROM alert INDEXED BY alert_status${all.where()} GROUP BY status, severity`, ...all.values),
    db.all<AlertStatistics['meanDecisionMsBySeverity'][number]>(`SELECT severity, avg(decided_at - opened_at) AS "meanMs", count(*) AS count FROM alert INDEXED BY alert_decided${closed.where()} GROUP BY severity`, ...closed.values),
    flow('alert_opened', 'opened_at'), flow('alert_decided', 'decided_at'),
  ])
  const total = bySeverity.reduce((sum, row) => sum + row.count, 0)
  return { counts, meanDecisionMsBySeverity: bySeverity, opened, closed: decided, ...(total === 0 ? {} : { meanDecisionMs: bySeverity.reduce((sum, row) => sum + row.meanMs * row.count, 0) / total }) }
}

export function alertReads(db: Connection): AlertReader {
  const alertCount = async (selection: AlertSelection, most?: number): Promise<number> => {
    const filter = conditionsOf(selection)
    const from = `FROM alert${indexFor(selection)}${filter.where()}`
    return (await db.get<{ n: number }>(most === undefined ? `SELECT count(*) AS n ${from}` : `SELECT count(*) AS n FROM (SELECT 1 ${from} LIMIT ${Math.trunc(most)}) few`, ...filter.values))?.n ?? 0
  }
  return {
    alertCount,
    alert: async (id) => {
      const row = await db.get<DocRow>('SELECT doc FROM alert WHERE id = ?', id)
      return row === undefined ? undefined : toAlert(row)
    },
    alertsByIds: async (ids) => (ids.length === 0 ? [] : (await db.all<DocRow>('SELECT a.doc FROM each_text(?) w JOIN alert a ON a.id = w.value ORDER BY w.key', JSON.stringify(ids))).map(toAlert)),
    async alerts({ limit, cursor, sort, descending, ...selection }) {
      const filter = conditionsOf(selection)
      if (cursor !== undefined) {
        const { value, id } = decodeCursor(cursor)
        filter.add(`(${sort}, id) ${descending ? '<' : '>'} (?, ?)`, value, id)
      }
      const direction = descending ? 'DESC' : 'ASC'
      const [found, total] = await Promise.all([
        db.all<DocRow & { id: string; at: number }>(
          `SELECT q.id, q.at, a.doc FROM (SELECT rowid AS k, id, ${sort} AS at FROM alert${indexFor(selection).replace('alert_policy', 'alert_queue')}${filter.where()} ORDER BY ${sort} ${direction}, id ${direction} LIMIT ${limit + 1}) q JOIN alert a ON a.rowid = q.k ORDER BY q.at ${direction}, q.id ${direction}`,
          ...filter.values),
        cursor === undefined ? alertCount(selection) : undefined,
      ])
      return { ...page(found, limit, toAlert, (row) => encodeCursor(row.at, row.id)), ...(total === undefined ? {} : { total }) }
    },
    alertsOfUser: async (userId) => (await db.all<DocRow>('SELECT a.doc FROM person p JOIN alert a ON a.person = p.k WHERE p.id = ? ORDER BY a.created_at', userId)).map(toAlert),
    async alertsOfUsers(userIds) {
      if (userIds.length === 0) return []
      return (await db.all<DocRow>('SELECT a.doc FROM each_text(?) w JOIN person p ON p.id = w.value JOIN alert a ON a.person = p.k ORDER BY p.k, a.created_at', JSON.stringify(userIds))).map(toAlert)
    },
    alertStatistics: (nowMs, visible) => statistics(db, nowMs, visible),
    async alertOperation(id) {
      const row = await db.get<DocRow>('SELECT doc FROM alert_operation WHERE id = ?', id)
      return row === undefined ? undefined : toDoc<AlertOperation>(row)
    },
    savedViews: async (accountId, resource) => (await db.all<DocRow>('SELECT doc FROM saved_view WHERE resource = ? AND (is_shared = 1 OR owner_id = ?) ORDER BY name, id', resource, accountId)).map((row) => toDoc<SavedView>(row)),
    async savedView(id) {
      const row = await db.get<DocRow>('SELECT doc FROM saved_view WHERE id = ?', id)
      return row === undefined ? undefined : toDoc<SavedView>(row)
    },
    defaultView: async (accountId, resource) => (await db.get<{ view_id: string }>('SELECT view_id FROM default_view WHERE account_id = ? AND resource = ?', accountId, resource))?.view_id,
    reviewsOf: async (ids) => (ids.length === 0 ? [] : (await db.all<{ activity: string; at: number; by_name: string }>('SELECT r.* FROM each_text(?) w JOIN activity_review r ON r.activity = w.value', JSON.stringify(ids))).map((row) => ({ activityId: row.activity, atMs: row.at, by: row.by_name }))),
    async explore({ userId, fromMs, toMs, kinds, ascending = false, cursor, limit }) {
      const filter = new Conditions()
      filter.add('a.person = (SELECT u.k FROM person u WHERE u.id = ?)', userId)
      if (fromMs !== undefined) filter.add('a.occurred_at >= ?', fromMs)
      if (toMs !== undefined) filter.add('a.occurred_at < ?', toMs)
      filter.oneOf('a.kind', kinds?.map((kind) => activityKinds[kind].number))
      if (cursor !== undefined) {
        const { value, id } = decodeRowCursor(cursor)
        filter.add(`(a.occurred_at, a.k) ${ascending ? '>' : '<'} (?, ?)`, value, id)
      }
      const direction = ascending ? 'ASC' : 'DESC'
      const found = await db.all<rows.ActivityRow & { occurred_at: number }>(`SELECT a.occurred_at, ${rows.ACTIVITY_COLUMNS}${filter.where()} ORDER BY a.occurred_at ${direction}, a.k ${direction} LIMIT ${limit}`, ...filter.values)
      return found.map((row) => ({ activity: rows.toActivity(row), cursor: encodeCursor(row.occurred_at, row.k) }))
    },
  }
}

const SAVE = `
  INSERT INTO alert (id, policy_id, person, status, severity, score, created_at, updated_at, decided_at, assignee_id, opened_at, factors, trigger_kind, dismiss_reason, doc)
  SELECT w.value ->> 0, w.value ->> 1, CAST(w.value ->> 2 AS BIGINT), w.value ->> 3, w.value ->> 4, CAST(w.value ->> 5 AS BIGINT), CAST(w.value ->> 6 AS BIGINT), CAST(w.value ->> 7 AS BIGINT), CAST(w.value ->> 8 AS BIGINT), w.value ->> 9, CAST(w.value ->> 10 AS BIGINT), CAST(w.value ->> 11 AS BIGINT), w.value ->> 12, w.value ->> 13, w.value ->> 14 FROM each_row(?) w WHERE true
  ON CONFLICT (id) DO UPDATE SET policy_id = excluded.policy_id, person = excluded.person, status = excluded.status, severity = excluded.severity, score = excluded.score, created_at = excluded.created_at, updated_at = excluded.updated_at,
    decided_at = excluded.decided_at, assignee_id = excluded.assignee_id, opened_at = excluded.opened_at, factors = excluded.factors, trigger_kind = excluded.trigger_kind, dismiss_reason = excluded.dismiss_reason, doc = excluded.doc`

/** With whose it is and when it was, for the reviewed ones of a person. */
const SAVE_REVIEWS = `
  INSERT INTO activity_review (activity, at, by_name, person, occurred_at)
  SELECT w.value ->> 0, CAST(w.value ->> 1 AS BIGINT), w.value ->> 2, a.person, a.occurred_at FROM each_row(?) w LEFT JOIN device d ON d.id = w.value ->> 3 LEFT JOIN epoch e ON e.device = d.k AND e.epoch = w.value ->> 4 LEFT JOIN activity a ON a.epoch = e.k AND a.seq = CAST(w.value ->> 5 AS BIGINT)
  WHERE true ON CONFLICT (activity) DO NOTHING`

/** Device, epoch and sequence number of an activity's id. */
function partsOf(id: string): readonly (string | number)[] {
  const [device = '', epoch = '', seq = ''] = id.split('.')
  return [device, epoch, Number(seq)]
}

export function alertWrites(db: Connection, personKey: (id: string) => Promise<number>): AlertWriter {
  const saveAlerts = async (alerts: readonly Alert[]): Promise<void> => {
    if (alerts.length === 0) return
    const found: SqlValue[][] = []
    for (const alert of alerts) {
      found.push([
        alert.id, alert.policyId, await personKey(alert.userId), alert.status, alert.severity, alert.score, alert.createdAtMs, alert.updatedAtMs, alert.decidedAtMs ?? null, alert.assigneeId ?? null, openedAtMs(alert), factorBits(factorsOf(alert)),
        alert.trigger.kind, alert.dismissReason ?? null, JSON.stringify(alert),
      ])
    }
    await enqueueAlerts(db, JSON.stringify(found.map((row) => [row[0], row[2], row[7], row[14]])))
    await db.run(SAVE, JSON.stringify(found))
  }
  return {
    saveAlerts,
    saveAlert: (alert) => saveAlerts([alert]),
    async saveAlertOperation(operation, keepFromMs) {
      await db.run('DELETE FROM alert_operation WHERE at < ?', keepFromMs)
      await db.run('INSERT INTO alert_operation (id, at, doc) VALUES (?, ?, ?)', operation.id, operation.atMs, JSON.stringify(operation))
    },
    deleteAlertOperation: async (id) => void (await db.run('DELETE FROM alert_operation WHERE id = ?', id)),
    saveSavedView: async (view) =>
      void (await db.run(
        'INSERT INTO saved_view (id, resource, owner_id, is_shared, name, doc) VALUES (?1, ?2, ?3, ?4, ?5, ?6) ON CONFLICT (id) DO UPDATE SET is_shared = ?4, name = ?5, doc = ?6',
        view.id, view.resource, view.ownerId, view.isShared ? 1 : 0, view.name, JSON.stringify(view))),
    deleteSavedView: async (id) => void (await db.run('DELETE FROM saved_view WHERE id = ?', id)),
    saveDefaultView: async (accountId, resource, viewId) =>
      void (viewId === undefined
        ? await db.run('DELETE FROM default_view WHERE account_id = ? AND resource = ?', accountId, resource)
        : await db.run('INSERT INTO default_view (account_id, resource, view_id) VALUES (?1, ?2, ?3) ON CONFLICT (account_id, resource) DO UPDATE SET view_id = ?3', accountId, resource, viewId)),
    saveReviews: async (reviews) =>
      void (await db.run(SAVE_REVIEWS, JSON.stringify(reviews.map((row) => [row.activityId, row.atMs, row.by, ...partsOf(row.activityId)])))),
    deleteReviews: async (ids) => void (await db.run('DELETE FROM activity_review WHERE activity IN (SELECT value FROM each_text(?))', JSON.stringify(ids))),
  }
}
