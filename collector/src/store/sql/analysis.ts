// What the pages that look at everybody ask for, activities that are dismissed as benign, and risk levels.
//
// Reads take a list of people, so that whoever walks over everybody decides how much is held at a time.
import type { DismissedActivity } from '../../domain/adaptive/dismissed-activity.ts'
import type { RiskLevelState } from '../../domain/adaptive/risk-level.ts'
import type { BusiestDay, DayOver, StoreReader, StoreWriter } from '../store.ts'
import { personFilterSql } from './access.ts'
import type { Connection } from './connection.ts'
import { decodeCursor, encodeCursor } from './cursor.ts'
import { markKeys } from './marks.ts'
import { INSERT_INSIGHTS, type InsightRow, insightValues, toInsight } from './insight-rows.ts'

interface DocRow { doc: string }
/** Documents that this backend wrote itself. */
const toDoc = <T>(row: DocRow): T => JSON.parse(row.doc) as T

type Reads = Pick<StoreReader, 'insightsWithoutSamples' | 'busiestDays' | 'daysOver' | 'dismissedActivities' | 'riskLevel' | 'riskLevels' | 'riskLevelsToExpire'>

export function analysisReads(db: Connection): Reads {
  return {
    async insightsWithoutSamples(userIds, fromDay, toDay) {
      if (userIds.length === 0) return []
      // Samples are more than half of what a row weighs.
      const found = await db.all<InsightRow>(
        `SELECT p.id AS person_id, i.day, i.indicator, i.events, i.bytes, i.priority_events, i.sensitive_events, i.excluded_events, i.first_at, i.last_at, i.files, '[]' AS samples, i.unallowed_events, i.weight_tenths, i.hours, i.priority_by
         FROM each_text(?) w JOIN person p ON p.id = w.value JOIN insight i ON i.person = p.k WHERE i.day BETWEEN ? AND ? ORDER BY p.k, i.day, i.indicator`, JSON.stringify(userIds), fromDay, toDay)
      return found.map(toInsight)
    },
    async busiestDays(userIds, fromDay, toDay) {
      if (userIds.length === 0) return []
      return db.all<BusiestDay>('SELECT p.id AS "userId", i.indicator AS indicator, max(i.amount) AS amount FROM each_text(?) w JOIN person p ON p.id = w.value JOIN insight i ON i.person = p.k AND i.day BETWEEN ? AND ? WHERE i.amount > 0 GROUP BY p.k, i.indicator', JSON.stringify(userIds), fromDay, toDay)
    },
    async daysOver(userIds, fromDay, toDay, least) {
      if (userIds.length === 0 || least.size === 0) return []
      return db.all<DayOver>(
        `WITH least_amount AS (SELECT w.value ->> 0 AS indicator, CAST(w.value ->> 1 AS DOUBLE PRECISION) AS amount FROM each_row(?2) w)
         SELECT p.id AS "userId", i.indicator AS indicator, i.day AS day, i.amount AS amount FROM each_text(?1) w JOIN person p ON p.id = w.value CROSS JOIN insight i ON i.person = p.k AND i.day BETWEEN ?3 AND ?4 JOIN least_amount l ON l.indicator = i.indicator AND i.amount >= l.amount`,
        JSON.stringify(userIds), JSON.stringify([...least]), fromDay, toDay)
    },
    dismissedActivities: async (userId, fromMs, toMs) =>
      (await db.all<DocRow>('SELECT d.doc FROM person p JOIN dismissed_activity d ON d.person = p.k WHERE p.id = ? AND d.occurred_at >= ? AND d.occurred_at < ? ORDER BY d.occurred_at, d.activity', userId, fromMs, toMs)).map((row) => toDoc<DismissedActivity>(row)),
    async riskLevel(userId) {
      const row = await db.get<DocRow>('SELECT r.doc FROM person p JOIN risk_level r ON r.person = p.k WHERE p.id = ?', userId)
      return row === undefined ? undefined : toDoc<RiskLevelState>(row)
    },
    async riskLevels({ limit, cursor, levels, visible }) {
      const seen = personFilterSql(visible, 'p.k')
      const after = cursor === undefined ? { value: 4, id: '' } : decodeCursor(cursor)
      const found = await db.all<DocRow & { rank: number; id: string }>(
        `SELECT r.rank, p.id, r.doc FROM risk_level r JOIN person p ON p.k = r.person WHERE r.rank > 0 AND (r.rank < ?1 OR (r.rank = ?1 AND p.id > ?2)) AND (r.level IN (SELECT value FROM each_text(?3)) OR ?3 IS NULL)${seen === undefined ? '' : ` AND ${seen.sql}`} ORDER BY r.rank DESC, p.id LIMIT ${limit + 1}`,
        after.value, after.id, levels === undefined ? null : JSON.stringify(levels), ...(seen?.values ?? []))
      const last = found[limit - 1]
      return { items: found.slice(0, limit).map((row) => toDoc<RiskLevelState>(row)), ...(found.length > limit && last !== undefined ? { nextCursor: encodeCursor(last.rank, last.id) } : {}) }
    },
    riskLevelsToExpire: async (nowMs, limit) => (await db.all<DocRow>('SELECT doc FROM risk_level WHERE rank > 0 AND expires_at <= ? ORDER BY expires_at LIMIT ?', nowMs, limit)).map((row) => toDoc<RiskLevelState>(row)),
  }
}

type Writes = Pick<StoreWriter, 'replaceInsights' | 'saveDismissedActivities' | 'deleteDismissedActivities' | 'saveRiskLevel'>

const RANKS = { none: 0, minor: 1, moderate: 2, elevated: 3 } as const

export function analysisWrites(db: Connection): Writes {
  return {
    async replaceInsights(userId, day, indicators, insights) {
      const person = (await db.get<{ k: number }>('SELECT k FROM person WHERE id = ?', userId))?.k
      if (person === undefined) return
      await db.run('DELETE FROM insight WHERE person = ? AND day = ? AND indicator IN (SELECT value FROM each_text(?))', person, day, JSON.stringify(indicators))
      if (insights.length > 0) await db.run(INSERT_INSIGHTS, JSON.stringify(insights.map((insight) => insightValues(insight, person))))
      await markKeys(db, [person])
    },
    saveDismissedActivities: async (list) =>
      void (await db.run(
        'INSERT INTO dismissed_activity (activity, person, occurred_at, doc) SELECT w.value ->> 0, p.k, CAST(w.value ->> 2 AS BIGINT), w.value ->> 3 FROM each_row(?) w JOIN person p ON p.id = w.value ->> 1 WHERE true ON CONFLICT (activity) DO NOTHING',
        JSON.stringify(list.map((row) => [row.activityId, row.userId, row.occurredAtMs, JSON.stringify(row)])))),
    deleteDismissedActivities: async (ids) => void (await db.run('DELETE FROM dismissed_activity WHERE activity IN (SELECT value FROM each_text(?))', JSON.stringify(ids))),
    saveRiskLevel: async (state) =>
      void (await db.run(
        'INSERT INTO risk_level (person, level, rank, expires_at, doc) SELECT k, ?2, ?3, ?4, ?5 FROM person WHERE id = ?1 ON CONFLICT (person) DO UPDATE SET level = ?2, rank = ?3, expires_at = ?4, doc = ?5',
        state.userId, state.level, RANKS[state.level], state.expiresAtMs ?? null, JSON.stringify(state))),
  }
}
