// How activities go into SQLite: one statement, jsonb_each over their numbers and slices of one blob for their bodies, so that
// nothing is bound row by row.
import type { IngestWays, NewActivity } from '../sql/ingest.ts'

export const INSERT_ACTIVITIES = `INSERT INTO activity (epoch, seq, person, kind, occurred_at, received_at, body)
  SELECT value ->> 0, value ->> 1, value ->> 2, value ->> 3, value ->> 4, value ->> 5, substr(?2, value ->> 6, value ->> 7) FROM jsonb_each(?1)`

/** The two parameters of INSERT_ACTIVITIES. Numbers only, so the JSON is put together by hand. */
export function activityParameters(rows: readonly NewActivity[]): { readonly json: string; readonly bodies: Buffer } {
  let offset = 1
  let json = '['
  for (const [index, row] of rows.entries()) {
    json += `${index === 0 ? '' : ','}[${row.epoch},${row.seq},${row.person},${row.kind},${row.occurredAtMs},${row.receivedAtMs},${offset},${row.body.length}]`
    offset += row.body.length
  }
  return { json: `${json}]`, bodies: Buffer.concat(rows.map((row) => row.body), offset - 1) }
}

export const sqliteIngest: IngestWays = {
  insertActivities: async (db, rows) => {
    const { json, bodies } = activityParameters(rows)
    await db.run(INSERT_ACTIVITIES, json, bodies)
  },
}
