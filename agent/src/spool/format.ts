// The tables of spool.db, and what is read from them when it is opened.
//
//   activity  id = ordinal * 2^40 + seq; sum = CRC-32 of the body, seeded with seq; body = the encoded Activity
//   epoch     one row an epoch that still has something to say; the highest ordinal is the current one.
//             last_seq is a floor: the last number is the larger of it and the highest id
//   gap       numbers that will never arrive, and why
//   first     risky activities and their rank, an order of sending and nothing more: a row without its activity says nothing,
//             a lost one costs the order, so it has no checksum and no format of its own
// Every row of epoch and gap carries the CRC-32 of its values, because a flipped bit in a number would otherwise be sent as truth.
import { crc32 } from 'node:zlib'
import { type Connection, connect } from './connection.ts'
import type { SpooledGap } from './contract.ts'
import type { GapRow } from './gaps.ts'

export const FORMAT = 1
/** 'HFs' and the format once more: one flipped bit must not look like a newer agent's file. */
const applicationId = (format: number): number => 0x48467300 + format

/** 2^40 numbers an epoch, 2^13 epochs: both stay exact in a double. */
const EPOCH_SPAN = 2 ** 40
export const idOf = (ordinal: number, seq: number): number => ordinal * EPOCH_SPAN + seq
export const ordinalOf = (id: number): number => Math.floor(id / EPOCH_SPAN)
export const seqOf = (id: number): number => id % EPOCH_SPAN

/** What an activity costs on disk besides its body, roughly: cell header, checksum, its share of inner pages. */
export const RECORD_OVERHEAD_BYTES = 32

export interface EpochRow {
  readonly ordinal: number
  readonly epoch: string
  readonly lastSeq: number
  readonly ackedSeq: number
  /** Activities dropped because the spool was full, over all epochs up to this one. */
  readonly dropped: number
}

export interface ActivityRow {
  readonly id: number
  readonly sum: number
  readonly body: Uint8Array
}

export const bodySum = (seq: number, body: Uint8Array): number => crc32(body, seq % 2 ** 32)

const epochSum = (row: EpochRow): number => crc32(`${row.ordinal} ${row.epoch} ${row.lastSeq} ${row.ackedSeq} ${row.dropped}`)
const gapSum = (row: GapRow): number => crc32(`${row.ordinal} ${row.first} ${row.last} ${row.reason} ${row.atMs}`)

// Values are numbers, hexadecimal digits and four known words, so they are written into the text: one trip for the lot.
export const putEpochSql = (row: EpochRow): string =>
  `INSERT OR REPLACE INTO epoch VALUES (${row.ordinal}, '${row.epoch}', ${row.lastSeq}, ${row.ackedSeq}, ${row.dropped}, ${epochSum(row)});`
export const putGapSql = (row: GapRow): string => `INSERT OR REPLACE INTO gap VALUES (${row.ordinal}, ${row.first}, ${row.last}, '${row.reason}', ${row.atMs}, ${gapSum(row)});`
export const dropGapSql = (row: GapRow): string => `DELETE FROM gap WHERE ordinal = ${row.ordinal} AND first = ${row.first};`

const SCHEMA = `
  PRAGMA auto_vacuum = INCREMENTAL;
  PRAGMA application_id = ${applicationId(FORMAT)};
  PRAGMA user_version = ${FORMAT};
  CREATE TABLE activity (id INTEGER PRIMARY KEY, sum INTEGER NOT NULL, body BLOB NOT NULL) STRICT;
  CREATE TABLE epoch (ordinal INTEGER PRIMARY KEY, epoch TEXT NOT NULL, last_seq INTEGER NOT NULL, acked_seq INTEGER NOT NULL, dropped INTEGER NOT NULL, sum INTEGER NOT NULL) STRICT;
  CREATE TABLE gap (ordinal INTEGER NOT NULL, first INTEGER NOT NULL, last INTEGER NOT NULL, reason TEXT NOT NULL, at INTEGER NOT NULL, sum INTEGER NOT NULL, PRIMARY KEY (ordinal, first)) STRICT, WITHOUT ROWID;`

/** The statement that adds a group: ?1 `[[id, sum, offset, length], …]` as JSON, ?2 all bodies in one blob. */
export const INSERT_ACTIVITIES = `INSERT INTO activity (id, sum, body)
  SELECT value ->> 0, value ->> 1, substr(?2, value ->> 2, value ->> 3) FROM jsonb_each(?1)`

/** The two parameters of INSERT_ACTIVITIES. */
export function activityParameters(rows: readonly ActivityRow[]): readonly [string, Buffer] {
  let offset = 1
  const values: string[] = []
  for (const { id, sum, body } of rows) {
    values.push(`[${id},${sum},${offset},${body.length}]`)
    offset += body.length
  }
  return [`[${values.join(',')}]`, Buffer.concat(rows.map((row) => row.body), offset - 1)]
}

export const FIRST_SCHEMA = 'CREATE TABLE IF NOT EXISTS first (id INTEGER PRIMARY KEY, rank INTEGER NOT NULL)'
export const putMarksSql = (rows: readonly { readonly id: number; readonly rank: number }[]): string => `INSERT OR REPLACE INTO first VALUES ${rows.map(({ id, rank }) => `(${id}, ${rank})`).join(', ')};`
export const dropMarksSql = (firstId: number, lastId: number): string => `DELETE FROM first WHERE id BETWEEN ${firstId} AND ${lastId};`

/** @returns the format of a database; undefined when it is none of ours */
export async function formatOf(db: Connection): Promise<number | undefined> {
  const format = (await db.get<{ user_version: number }>('PRAGMA user_version'))?.user_version ?? 0
  const id = (await db.get<{ application_id: number }>('PRAGMA application_id'))?.application_id ?? 0
  return format > 0 && id === applicationId(format) ? format : undefined
}

/** Makes an empty database; it becomes WAL when it is opened for use. */
export async function createDatabase(path: string): Promise<Connection> {
  const connection = await connect(path, 'create')
  await connection.exec(SCHEMA)
  return connection
}

const REASONS: readonly string[] = ['spool_full', 'record_corrupt', 'record_too_large', 'epoch_abandoned'] satisfies readonly SpooledGap['reason'][]
const isReason = (text: string): text is SpooledGap['reason'] => REASONS.includes(text)
const natural = (value: number): boolean => Number.isSafeInteger(value) && value >= 0

/** Epoch rows that are whole, oldest first, and whether any was not. */
export async function readEpochs(db: Connection): Promise<{ readonly rows: readonly EpochRow[]; readonly whole: boolean }> {
  const found = await db.all<{ ordinal: number; epoch: string; last_seq: number; acked_seq: number; dropped: number; sum: number }>('SELECT * FROM epoch ORDER BY ordinal')
  const rows = found.flatMap(({ ordinal, epoch, last_seq, acked_seq, dropped, sum }): EpochRow[] => {
    const row = { ordinal, epoch, lastSeq: last_seq, ackedSeq: acked_seq, dropped }
    return sum === epochSum(row) && /^[0-9a-f]{32}$/.test(epoch) && [ordinal, last_seq, acked_seq, dropped].every(natural) ? [row] : []
  })
  return { rows, whole: rows.length === found.length }
}

/** Gap rows that are whole, and whether any was not. */
export async function readGaps(db: Connection): Promise<{ readonly rows: readonly GapRow[]; readonly whole: boolean }> {
  const found = await db.all<{ ordinal: number; first: number; last: number; reason: string; at: number; sum: number }>('SELECT * FROM gap ORDER BY ordinal, first')
  const rows = found.flatMap(({ ordinal, first, last, reason, at, sum }): GapRow[] => {
    if (!isReason(reason)) return []
    const row = { ordinal, first, last, reason, atMs: at }
    return sum === gapSum(row) && first >= 1 && last >= first ? [row] : []
  })
  return { rows, whole: rows.length === found.length }
}

/** What the spool keeps in memory of its database. */
export interface Loaded {
  /** Oldest first; the last one is the current epoch. */
  readonly epochs: readonly EpochRow[]
  readonly gaps: readonly GapRow[]
  readonly count: number
  /** Bodies and their overhead. */
  readonly bytes: number
  readonly firstHeldSeq: number
}

/** Reads everything but the bodies. @returns undefined when a row cannot be what this agent wrote */
export async function loadDatabase(db: Connection): Promise<Loaded | undefined> {
  const epochs = await readEpochs(db)
  const gaps = await readGaps(db)
  const current = epochs.rows.at(-1)
  if (!epochs.whole || !gaps.whole || current === undefined) return undefined
  const held = await db.get<{ count: number; bytes: number }>('SELECT count(*) AS count, coalesce(sum(length(body)), 0) AS bytes FROM activity')
  const own = await db.get<{ first: number | null; last: number | null }>('SELECT (SELECT min(id) FROM activity WHERE id >= ?1) AS first, (SELECT max(id) FROM activity) AS last', idOf(current.ordinal, 0))
  const last = own?.last ?? null
  if (last !== null && ordinalOf(last) > current.ordinal) return undefined
  const lastSeq = Math.max(current.lastSeq, last !== null && ordinalOf(last) === current.ordinal ? seqOf(last) : 0)
  return {
    epochs: [...epochs.rows.slice(0, -1), { ...current, lastSeq }], gaps: gaps.rows,
    count: held?.count ?? 0, bytes: (held?.bytes ?? 0) + (held?.count ?? 0) * RECORD_OVERHEAD_BYTES,
    firstHeldSeq: own?.first === null || own?.first === undefined ? lastSeq + 1 : seqOf(own.first),
  }
}
