// How activities go into PostgreSQL: one statement over lists of numbers in their binary form, and slices of one blob for the bodies.
//
// The table has a partition for each month of arrival (UTC). Months are made ahead by the store; a row of any other month (a
// migration, a clock that was set) makes its own here.
import type { IngestWays } from '../sql/ingest.ts'
import type { Connection } from '../sql/connection.ts'
import { int8List } from './connection.ts'
import { type Months, monthOf } from './partitions.ts'

const INSERT = `INSERT INTO activity (epoch, seq, person, kind, occurred_at, received_at, body)
  SELECT a.epoch, a.seq, a.person, a.kind, a.occurred_at, a.received_at, substr(?9::bytea, a.start::int, a.length::int)
  FROM unnest(?1::int8[], ?2::int8[], ?3::int8[], ?4::int8[], ?5::int8[], ?6::int8[], ?7::int8[], ?8::int8[]) AS a(epoch, seq, person, kind, occurred_at, received_at, start, length)`

/** @param months partitions that are known to be there */
export const postgresIngest = (months: Months): IngestWays => ({
  async insertActivities(db: Connection, rows) {
    for (const month of new Set(rows.map((row) => monthOf(row.receivedAtMs)))) await months.ensure(db, month)
    let offset = 1
    const starts = rows.map(({ body }) => {
      const start = offset
      offset += body.length
      return start
    })
    await db.run(
      INSERT, int8List(rows.map((row) => row.epoch)), int8List(rows.map((row) => row.seq)), int8List(rows.map((row) => row.person)), int8List(rows.map((row) => row.kind)), int8List(rows.map((row) => row.occurredAtMs)),
      int8List(rows.map((row) => row.receivedAtMs)), int8List(starts), int8List(rows.map((row) => row.body.length)), Buffer.concat(rows.map((row) => row.body), offset - 1))
  },
})
