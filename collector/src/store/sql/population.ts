// What one week says of what is usual: each person's busiest day under each indicator, and everything that a person let out.
import { CUMULATIVE_INDICATORS } from '../../domain/risk/cumulative.ts'
import { firstDayOf, type PopulationCell, WEEKLY_EXFILTRATION } from '../../domain/risk/population.ts'
import type { Connection } from './connection.ts'

// The rows of a person lie together by day, so a week costs one short range a person.
const OF_A_WEEK = "FROM person p CROSS JOIN insight i ON i.person = p.k AND i.day BETWEEN ?1 AND ?1 + 6 WHERE p.kind = 'person'"
const BUSIEST = `SELECT grp, indicator, bucket, count(*) AS users FROM (
    SELECT coalesce(p.doc ->> 'department', '') AS grp, i.indicator AS indicator, max(i.bucket) AS bucket ${OF_A_WEEK} AND i.bucket >= 0 GROUP BY p.k, i.indicator
  ) busiest GROUP BY grp, indicator, bucket`
const ALL_THAT_LEFT = `SELECT grp, CAST(floor(log2(total) * 4 + 1e-9) AS INTEGER) AS bucket, count(*) AS users FROM (
    SELECT coalesce(p.doc ->> 'department', '') AS grp, sum(i.amount * CAST(?2 ->> i.indicator AS DOUBLE PRECISION)) / 10.0 AS total ${OF_A_WEEK} AND ?2 ->> i.indicator IS NOT NULL GROUP BY p.k
  ) weekly WHERE total >= 1 GROUP BY 1, 2`

/** Cells of one week; see domain/risk/population.ts. */
export async function populationCells(db: Connection, week: number): Promise<readonly PopulationCell[]> {
  const first = firstDayOf(week)
  const busiest = await db.all<Omit<PopulationCell, 'week' | 'group'> & { grp: string }>(BUSIEST, first)
  const left = await db.all<Omit<PopulationCell, 'week' | 'group' | 'indicator'> & { grp: string }>(ALL_THAT_LEFT, first, JSON.stringify(Object.fromEntries(CUMULATIVE_INDICATORS)))
  return [
    ...busiest.map(({ grp, indicator, bucket, users }) => ({ week, group: grp, indicator, bucket, users })),
    ...left.map(({ grp, bucket, users }) => ({ week, group: grp, indicator: WEEKLY_EXFILTRATION, bucket, users })),
  ]
}
