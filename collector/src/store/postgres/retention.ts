// How activities leave PostgreSQL: a month at once where nothing in it is kept, else its rows, some at a time.
import type { RetentionCount } from '../privacy.ts'
import type { Connection } from '../sql/connection.ts'
import { ACTIVITY_ROWS, countRows, dismissedBefore, NOT_KEPT } from '../sql/retention.ts'
import { partitions } from './partitions.ts'

/** What there is before a time, and what keeps the rest. */
export const countActivities = (db: Connection, beforeMs: number): Promise<RetentionCount> => countRows(db, 'FROM activity t WHERE t.received_at < ?1', 't.person', [beforeMs])

/** One step in a transaction that is alone; see PrivacyWriter.retentionStep. */
export async function stepActivities(db: Connection, beforeMs: number, cursor: number): Promise<{ readonly removed: number; readonly cursor?: number }> {
  for (const { name, toMs } of await partitions(db)) {
    if (toMs > beforeMs) break
    const kept = await db.get(`SELECT 1 AS kept FROM ${name} WHERE NOT (${NOT_KEPT}) LIMIT 1`)
    if (kept !== undefined) continue
    const removed = (await db.get<{ n: number }>(`SELECT count(*) AS n FROM ${name}`))?.n ?? 0
    // Detached first, so that a reader who has the month in its plan waits for a change of the catalogue and not for files to go.
    await db.exec(`ALTER TABLE activity DETACH PARTITION ${name}; DROP TABLE ${name}`)
    return { removed, cursor }
  }
  const found = await db.all<{ k: number; received_at: number }>(`SELECT k, received_at FROM activity WHERE received_at < ?2 AND k > ?1 AND ${NOT_KEPT} ORDER BY k LIMIT ${ACTIVITY_ROWS}`, cursor, beforeMs)
  const removed = await db.run('DELETE FROM activity WHERE received_at < ?2 AND k IN (SELECT value FROM each_number(?1))', JSON.stringify(found.map(({ k }) => k)), beforeMs)
  const last = found.at(-1)?.k
  if (found.length === ACTIVITY_ROWS && last !== undefined) return { removed, cursor: last }
  await dismissedBefore(db, beforeMs)
  return { removed }
}
