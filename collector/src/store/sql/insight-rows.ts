// Rows of insights. They are read by the thousand: what is text is taken apart only where somebody asks for it.
import type { HourCount, Insight, InsightSample, PriorityCount } from '../../domain/risk/insight.ts'
import { bucketOf } from '../../domain/risk/population.ts'
import { amountOf } from '../../domain/risk/thresholds.ts'
import type { SqlValue } from './connection.ts'

export interface InsightRow {
  person_id: string; day: number; indicator: string; events: number; bytes: number; priority_events: number; sensitive_events: number; excluded_events: number; first_at: number; last_at: number; files: string; samples: string
  unallowed_events: number; weight_tenths: number | null; hours: string | null; priority_by: string | null
}

const stored = <T>(text: string): T => JSON.parse(text) as T

export function toInsight(row: InsightRow): Insight {
  let files: readonly string[] | undefined
  let samples: readonly InsightSample[] | undefined
  let hours: readonly HourCount[] | undefined
  const insight: Insight = {
    userId: row.person_id, indicator: row.indicator, day: row.day, events: row.events, bytes: row.bytes, priorityEvents: row.priority_events, sensitiveEvents: row.sensitive_events, excludedEvents: row.excluded_events,
    get files() {
      return (files ??= row.files === '' ? [] : row.files.split(' '))
    },
    firstAtMs: row.first_at, lastAtMs: row.last_at,
    get samples() {
      return (samples ??= stored<InsightSample[]>(row.samples))
    },
    get hours() {
      return (hours ??= stored<HourCount[]>(row.hours ?? '[]'))
    },
  }
  const grown: { -readonly [K in keyof Insight]: Insight[K] } = insight
  if (row.hours === null) delete grown.hours
  if (row.unallowed_events > 0) grown.unallowedEvents = row.unallowed_events
  if (row.weight_tenths !== null) grown.weightTenths = row.weight_tenths
  if (row.priority_by !== null) grown.priorityBy = stored<PriorityCount[]>(row.priority_by)
  return insight
}

/** The list is that of the partial index insight_media, to the letter. */
export const FIRST_DAYS = `SELECT p.id, (SELECT i.day FROM insight i WHERE i.person = p.k ORDER BY i.day LIMIT 1) AS observed,
    (SELECT min(i.day) FROM insight i WHERE i.person = p.k AND i.indicator IN ('copy_to_removable_media', 'volume_to_removable_media', 'removable_media_mounted', 'copy_from_removable_media')) AS media
  FROM each_text(?) w JOIN person p ON p.id = w.value`

export const INSERT_INSIGHTS = `INSERT INTO insight (person, day, indicator, events, bytes, priority_events, sensitive_events, excluded_events, first_at, last_at, files, samples, unallowed_events, weight_tenths, hours, priority_by, amount, bucket)
  SELECT CAST(w.value ->> 0 AS BIGINT), CAST(w.value ->> 1 AS BIGINT), w.value ->> 2, CAST(w.value ->> 3 AS BIGINT), CAST(w.value ->> 4 AS BIGINT), CAST(w.value ->> 5 AS BIGINT), CAST(w.value ->> 6 AS BIGINT), CAST(w.value ->> 7 AS BIGINT), CAST(w.value ->> 8 AS BIGINT), CAST(w.value ->> 9 AS BIGINT), w.value ->> 10, w.value ->> 11, CAST(w.value ->> 12 AS BIGINT), CAST(w.value ->> 13 AS BIGINT), w.value ->> 14, w.value ->> 15, CAST(w.value ->> 16 AS DOUBLE PRECISION), CAST(w.value ->> 17 AS BIGINT) FROM each_row(?) w WHERE true
  ON CONFLICT (person, day, indicator) DO UPDATE SET events = excluded.events, bytes = excluded.bytes, priority_events = excluded.priority_events, sensitive_events = excluded.sensitive_events, excluded_events = excluded.excluded_events,
    first_at = excluded.first_at, last_at = excluded.last_at, files = excluded.files, samples = excluded.samples, unallowed_events = excluded.unallowed_events, weight_tenths = excluded.weight_tenths, hours = excluded.hours,
    priority_by = excluded.priority_by, amount = excluded.amount, bucket = excluded.bucket`

/** One row for INSERT_INSIGHTS. */
export function insightValues(insight: Insight, person: number): readonly SqlValue[] {
  const amount = amountOf(insight)
  return [
    person, insight.day, insight.indicator, insight.events, insight.bytes, insight.priorityEvents, insight.sensitiveEvents, insight.excludedEvents, insight.firstAtMs, insight.lastAtMs, insight.files.join(' '), JSON.stringify(insight.samples),
    insight.unallowedEvents ?? 0, insight.weightTenths ?? null, insight.hours === undefined ? null : JSON.stringify(insight.hours), insight.priorityBy === undefined ? null : JSON.stringify(insight.priorityBy), amount, bucketOf(amount),
  ]
}
