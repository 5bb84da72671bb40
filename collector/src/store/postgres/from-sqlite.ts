// A SQLite store becomes a PostgreSQL one, in a way that may be cut short anywhere and taken up again.
//
//   1. copy     activities by ranges of their keys, each range in a transaction with the position behind it. The collector may
//               run on SQLite meanwhile: activities are only added, and what was taken away since is found by step 3
//   2. close    SQLite's write lock is taken, for the rest: from here on nothing changes there
//   3. equal    per epoch of each device: the number of activities and the sum of their digests, computed on each side by itself.
//               An epoch that differs is copied again
//   4. rest     every other table, in one transaction: emptied, copied, counted and digested on each side
//   5. switch   the file says that it has moved (no collector starts on it again), and then the database that it is whole
//               (a collector starts on it only after that)
//
// At any time at most one of the two is taken for the store: before 5 it is the file, after it the database, and between its two
// halves neither, until the migration is run again and says the second one.
import { createHash } from 'node:crypto'
import type pg from 'pg'
import { CodedError } from '../../errors.ts'
import type { Connection, SqlValue } from '../sql/connection.ts'
import { connect } from '../sqlite/connection.ts'
import { MOVED_SETTING } from '../store.ts'
import { clean, createSession, int8List, overPostgres, translate } from './connection.ts'
import { createMonth, monthOf } from './partitions.ts'
import { prepareDatabase } from './prepare.ts'

const ACTIVITIES_AT_ONCE = 10_000
const ROWS_AT_ONCE = 2000
const BUSY_TIMEOUT_MS = 30_000
/** Sums of digests are kept below this, so that they stay whole numbers. */
const MODULUS = 2 ** 48

/** Counts and sums that were equal on both sides. */
export interface Equality {
  readonly activities: number
  /** By device: its activities and the sum of their digests, hex. */
  readonly devices: ReadonlyMap<string, { readonly activities: number; readonly digest: string }>
  /** By table. */
  readonly tables: ReadonlyMap<string, { readonly rows: number; readonly digest: string }>
}

export type MigrationOutcome =
  /** Everything so far is copied; the collector has to stand still for the rest. */
  | { readonly kind: 'copied'; readonly activities: number }
  | { readonly kind: 'moved'; readonly equality: Equality }

export interface MigrationDeps {
  /** The file of SQLite. */
  readonly path: string
  readonly url: string
  /** Tells installations apart; the same each time it is run for one. */
  readonly source: string
  /** `false` ends after step 1: a collector runs on the file. */
  readonly mayClose: boolean
  /** What is being done, for people: `copied 20000 activities`. */
  readonly onStep?: (words: string) => void
}

interface Row {
  readonly k: number
  readonly epoch: number
  readonly seq: number
  readonly person: number
  readonly kind: number
  readonly occurred_at: number
  readonly received_at: number
  readonly body: Buffer
}

const INSERT = `INSERT INTO activity (k, epoch, seq, person, kind, occurred_at, received_at, body)
  SELECT a.k, a.epoch, a.seq, a.person, a.kind, a.occurred_at, a.received_at, substr(?10::bytea, a.start::int, a.length::int)
  FROM unnest(?1::int8[], ?2::int8[], ?3::int8[], ?4::int8[], ?5::int8[], ?6::int8[], ?7::int8[], ?8::int8[], ?9::int8[]) AS a(k, epoch, seq, person, kind, occurred_at, received_at, start, length)`

async function insertActivities(to: Connection, rows: readonly Row[]): Promise<void> {
  for (const month of new Set(rows.map((row) => monthOf(row.received_at)))) await createMonth(to, month)
  let offset = 1
  const starts = rows.map(({ body }) => {
    const start = offset
    offset += body.length
    return start
  })
  const column = (of: (row: Row) => number): Buffer => int8List(rows.map(of))
  await to.run(
    INSERT, column((row) => row.k), column((row) => row.epoch), column((row) => row.seq), column((row) => row.person), column((row) => row.kind), column((row) => row.occurred_at), column((row) => row.received_at), int8List(starts), column((row) => row.body.length),
    Buffer.concat(rows.map((row) => row.body), offset - 1))
}

async function inTransaction<T>(to: Connection, work: () => Promise<T>): Promise<T> {
  await to.exec('BEGIN')
  try {
    const value = await work()
    await to.exec('COMMIT')
    return value
  } catch (error) {
    await to.exec('ROLLBACK').catch(() => undefined)
    throw error
  }
}

/** Step 1. @returns how many were copied now */
async function copyActivities(from: Connection, to: Connection, onStep: MigrationDeps['onStep']): Promise<number> {
  let copied = 0
  for (;;) {
    const after = (await to.get<{ position: number }>('SELECT position FROM holdfast_migration'))?.position ?? 0
    const rows = await from.all<Row>('SELECT k, epoch, seq, person, kind, occurred_at, received_at, body FROM activity WHERE k > ? ORDER BY k LIMIT ?', after, ACTIVITIES_AT_ONCE)
    const last = rows.at(-1)
    if (last === undefined) return copied
    await inTransaction(to, async () => {
      await insertActivities(to, rows)
      await to.run('UPDATE holdfast_migration SET position = ?', last.k)
    })
    copied += rows.length
    onStep?.(`copied ${rows.length} activities, to ${last.k}`)
  }
}

interface Total {
  rows: number
  sum: number
}

const add = (total: Total, digest: Buffer): void => {
  total.rows += 1
  total.sum = (total.sum + digest.readUIntBE(0, 6)) % MODULUS
}
const hex = (sum: number): string => sum.toString(16).padStart(12, '0')

/** The same bytes as `int8send(k) || int8send(seq) || … || body`. */
function digestOf(row: Row): Buffer {
  const head = Buffer.allocUnsafe(48)
  for (const [index, number] of [row.k, row.seq, row.person, row.kind, row.occurred_at, row.received_at].entries()) {
    head.writeInt32BE(Math.floor(number / 2 ** 32), index * 8)
    head.writeUInt32BE(number >>> 0, index * 8 + 4)
  }
  return createHash('md5').update(head).update(row.body).digest()
}

async function totalsHere(from: Connection): Promise<Map<number, Total>> {
  const totals = new Map<number, Total>()
  for (let after = 0; ; ) {
    const rows = await from.all<Row>('SELECT k, epoch, seq, person, kind, occurred_at, received_at, body FROM activity WHERE k > ? ORDER BY k LIMIT ?', after, ACTIVITIES_AT_ONCE)
    for (const row of rows) {
      const total = totals.get(row.epoch) ?? { rows: 0, sum: 0 }
      add(total, digestOf(row))
      totals.set(row.epoch, total)
    }
    const last = rows.at(-1)
    if (last === undefined) return totals
    after = last.k
  }
}

async function totalsThere(to: Connection): Promise<Map<number, Total>> {
  const found = await to.all<{ epoch: number; rows: number; sum: number }>(
    `SELECT epoch, count(*) AS rows, mod(sum(('x' || substr(md5(int8send(k) || int8send(seq) || int8send(person) || int8send(kind) || int8send(occurred_at) || int8send(received_at) || body), 1, 12))::bit(48)::bigint), ${MODULUS}) AS sum FROM activity GROUP BY epoch`)
  return new Map(found.map(({ epoch, rows, sum }) => [epoch, { rows, sum }]))
}

/** Step 3. @throws MIGRATION_UNEQUAL when an epoch differs after it was copied again */
async function equalActivities(from: Connection, to: Connection, onStep: MigrationDeps['onStep']): Promise<Map<number, Total>> {
  const here = await totalsHere(from)
  const differing = (there: ReadonlyMap<number, Total>): readonly number[] => [...new Set([...here.keys(), ...there.keys()])].filter((epoch) => here.get(epoch)?.rows !== there.get(epoch)?.rows || here.get(epoch)?.sum !== there.get(epoch)?.sum)
  const wrong = differing(await totalsThere(to))
  // All of them go first: SQLite gives keys of rows that were deleted to others.
  await to.run('DELETE FROM activity WHERE epoch IN (SELECT value FROM each_number(?))', JSON.stringify(wrong))
  for (const epoch of wrong) {
    await inTransaction(to, async () => {
      for (let after = 0; ; ) {
        const rows = await from.all<Row>('SELECT k, epoch, seq, person, kind, occurred_at, received_at, body FROM activity WHERE epoch = ? AND seq > ? ORDER BY seq LIMIT ?', epoch, after, ACTIVITIES_AT_ONCE)
        const last = rows.at(-1)
        if (last === undefined) break
        await insertActivities(to, rows)
        after = last.seq
      }
    })
  }
  if (wrong.length > 0) onStep?.(`copied ${wrong.length} epochs again`)
  const [still] = wrong.length === 0 ? [] : differing(await totalsThere(to))
  if (still !== undefined) throw new CodedError('MIGRATION_UNEQUAL', { what: `the activities of epoch ${still}` })
  return here
}

interface Column {
  readonly name: string
  readonly type: string
}

/** Tables besides activities, those that others refer to before them, as they were made. */
async function otherTables(from: Connection): Promise<readonly string[]> {
  return (await from.all<{ name: string }>("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name <> 'activity' ORDER BY rowid")).map(({ name }) => name)
}

/** Columns that hold something of their own; generated ones do not. */
const columnsOf = async (from: Connection, table: string): Promise<readonly Column[]> => (await from.all<Column & { hidden: number }>(`SELECT name, type, hidden FROM pragma_table_xinfo('${table}')`)).filter(({ hidden }) => hidden === 0).map(({ name, type }) => ({ name, type }))
const keyOf = async (from: Connection, table: string): Promise<readonly string[]> => (await from.all<{ name: string }>(`SELECT name FROM pragma_table_info('${table}') WHERE pk > 0 ORDER BY pk`)).map(({ name }) => name)

type Values = readonly SqlValue[]

/** Rows of a table in the order of its key, some at a time. */
async function* rowsOf(db: Connection, table: string, columns: readonly Column[], key: readonly string[]): AsyncGenerator<readonly Values[]> {
  const names = columns.map(({ name }) => `t.${name}`).join(', ')
  const order = key.map((name) => `t.${name}`).join(', ')
  for (let after: Values | undefined; ; ) {
    const where = after === undefined ? '' : ` WHERE (${order}) > (${key.map(() => '?').join(', ')})`
    const rows = await db.all<Record<string, SqlValue>>(`SELECT ${names} FROM ${table} t${where} ORDER BY ${order} LIMIT ${ROWS_AT_ONCE}`, ...(after ?? []))
    const last = rows.at(-1)
    if (last === undefined) return
    yield rows.map((row) => columns.map(({ name }) => row[name] ?? null))
    after = key.map((name) => last[name] ?? null)
  }
}

/** One text for a value on either side. */
const said = (value: SqlValue): string | number | null => (value instanceof Uint8Array ? Buffer.from(value).toString('hex') : typeof value === 'bigint' ? value.toString() : typeof value === 'string' ? (clean(value) as string) : value)
const rowDigest = (values: Values): Buffer => createHash('md5').update(JSON.stringify(values.map(said))).digest()

const CASTS: Readonly<Record<string, (at: number) => string>> = {
  INTEGER: (at) => `CAST(w.value ->> ${at} AS BIGINT)`, REAL: (at) => `CAST(w.value ->> ${at} AS DOUBLE PRECISION)`, BLOB: (at) => `unhex(w.value ->> ${at})`, TEXT: (at) => `w.value ->> ${at}`,
}

/** Step 4, in an open transaction. @throws MIGRATION_UNEQUAL */
async function copyTables(from: Connection, to: Connection, onStep: MigrationDeps['onStep']): Promise<Map<string, { rows: number; digest: string }>> {
  const tables = await otherTables(from)
  await to.exec(`TRUNCATE ${tables.join(', ')}`)
  const totals = new Map<string, { rows: number; digest: string }>()
  for (const table of tables) {
    const columns = await columnsOf(from, table)
    const key = await keyOf(from, table)
    // Triggers would write into other tables what is copied there as it is.
    await to.exec(`ALTER TABLE ${table} DISABLE TRIGGER USER`)
    const here: Total = { rows: 0, sum: 0 }
    const insert = `INSERT INTO ${table} (${columns.map(({ name }) => name).join(', ')}) SELECT ${columns.map(({ type }, at) => (CASTS[type] ?? CASTS['TEXT'])?.(at) ?? '').join(', ')} FROM each_row(?) w`
    for await (const rows of rowsOf(from, table, columns, key)) {
      for (const row of rows) add(here, rowDigest(row))
      await to.run(insert, JSON.stringify(rows.map((row) => row.map(said))))
    }
    await to.exec(`ALTER TABLE ${table} ENABLE TRIGGER USER`)
    const there: Total = { rows: 0, sum: 0 }
    for await (const rows of rowsOf(to, table, columns, key)) for (const row of rows) add(there, rowDigest(row))
    if (here.rows !== there.rows || here.sum !== there.sum) throw new CodedError('MIGRATION_UNEQUAL', { what: `the table ${table} (${here.rows} and ${there.rows} rows)` })
    totals.set(table, { rows: here.rows, digest: hex(here.sum) })
    if (here.rows > 0) onStep?.(`copied ${table}, ${here.rows} rows`)
  }
  await continueNumbers(to)
  // Numbers of the outbox are never given twice, also where its last rows are gone.
  const given = (await from.get<{ seq: number }>("SELECT seq FROM sqlite_sequence WHERE name = 'outbox'"))?.seq
  if (given !== undefined) await to.run("SELECT setval('outbox_number', ?::bigint)", given)
  return totals
}

/** Keys that are given go on after the highest that was copied. */
async function continueNumbers(to: Connection): Promise<void> {
  const owned = await to.all<{ table: string; column: string; sequence: string }>(
    `SELECT t.relname AS "table", a.attname AS "column", s.oid::regclass::text AS sequence FROM pg_class s JOIN pg_depend d ON d.objid = s.oid AND d.deptype IN ('a', 'i') JOIN pg_class t ON t.oid = d.refobjid JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = d.refobjsubid
     WHERE s.relkind = 'S' AND pg_table_is_visible(t.oid)`)
  for (const { table, column, sequence } of owned) await to.run(`SELECT setval('${sequence}', coalesce((SELECT max(${column}) FROM ${table}), 0) + 1, false)`)
}

async function devicesOf(to: Connection, totals: ReadonlyMap<number, Total>): Promise<Map<string, { activities: number; digest: string }>> {
  const sums = new Map<string, Total>()
  for (const { k, id } of await to.all<{ k: number; id: string }>('SELECT e.k, d.id FROM epoch e JOIN device d ON d.k = e.device')) {
    const total = totals.get(k)
    const sum = sums.get(id) ?? { rows: 0, sum: 0 }
    if (total !== undefined) sums.set(id, { rows: sum.rows + total.rows, sum: (sum.sum + total.sum) % MODULUS })
  }
  return new Map([...sums].map(([id, { rows, sum }]) => [id, { activities: rows, digest: hex(sum) }]))
}

async function finish(from: Connection, to: Connection, onStep: MigrationDeps['onStep'], known?: { readonly epochs: ReadonlyMap<number, Total>; readonly tables: Equality['tables'] }): Promise<MigrationOutcome> {
  await to.run("UPDATE holdfast_migration SET state = 'finished', finished_at = now()")
  onStep?.('the database is the store')
  await to.exec('ANALYZE')
  const epochs = known?.epochs ?? (await equalActivities(from, to, onStep))
  return { kind: 'moved', equality: { activities: [...epochs.values()].reduce((sum, { rows }) => sum + rows, 0), devices: await devicesOf(to, epochs), tables: known?.tables ?? new Map() } }
}

/**
 * Copies the file into the database and makes that the store; run again after it was cut short.
 *
 * @throws MIGRATION_REFUSED when the database holds another installation, MIGRATION_UNEQUAL, STORE_…
 */
export async function moveToPostgres({ path, url, source, mayClose, onStep }: MigrationDeps): Promise<MigrationOutcome> {
  const session: pg.Client = await createSession(url, 'holdfast migrate')
  const to = overPostgres(session)
  const from = await connect(path, { readOnly: false })
  try {
    await from.exec(`PRAGMA busy_timeout = ${BUSY_TIMEOUT_MS}; PRAGMA foreign_keys = ON`)
    await prepareDatabase(session, Date.now())
    const state = await begin(to, source)
    if (state === 'finished') throw new CodedError('MIGRATION_REFUSED', { problem: 'the database has the whole store already; name it in HOLDFAST_STORE' })
    if ((await from.get('SELECT 1 AS moved FROM setting WHERE key = ?', MOVED_SETTING)) !== undefined) {
      // Cut short between the two halves of step 5: nothing has written to the file since it was found equal.
      if (state !== 'equal') throw new CodedError('MIGRATION_REFUSED', { problem: 'the file has moved to another database already' })
      return await finish(from, to, onStep)
    }
    const copied = await copyActivities(from, to, onStep)
    if (!mayClose) return { kind: 'copied', activities: copied }
    await from.exec('BEGIN IMMEDIATE')
    onStep?.('closed the file')
    await copyActivities(from, to, onStep)
    const epochs = await equalActivities(from, to, onStep)
    onStep?.('activities are equal')
    const tables = await inTransaction(to, async () => {
      const found = await copyTables(from, to, onStep)
      await to.run("UPDATE holdfast_migration SET state = 'equal'")
      return found
    })
    onStep?.('tables are equal')
    await from.run('INSERT INTO setting (key, value) VALUES (?1, ?2) ON CONFLICT (key) DO UPDATE SET value = ?2', MOVED_SETTING, new Date().toISOString())
    await from.exec('COMMIT')
    onStep?.('the file has moved')
    return await finish(from, to, onStep, { epochs, tables })
  } catch (error) {
    throw translate(error)
  } finally {
    await from.close().catch(() => undefined)
    await session.end().catch(() => undefined)
  }
}

/** @returns how far an earlier run came */
async function begin(to: Connection, source: string): Promise<string> {
  return inTransaction(to, async () => {
    // One migration at a time.
    const isFree = (await to.get<{ free: boolean }>('SELECT pg_try_advisory_lock(?::int, 2) AS free', 0x4846_0006))?.free
    if (isFree !== true) throw new CodedError('MIGRATION_REFUSED', { problem: 'another migration is at work on this database' })
    await to.exec('CREATE TABLE IF NOT EXISTS holdfast_migration (source text NOT NULL, position bigint NOT NULL, state text NOT NULL, finished_at timestamptz)')
    const known = await to.get<{ source: string; state: string }>('SELECT source, state FROM holdfast_migration')
    if (known === undefined) {
      const isUsed = (await to.get('SELECT 1 AS used FROM setting LIMIT 1')) !== undefined || (await to.get('SELECT 1 AS used FROM audit LIMIT 1')) !== undefined
      if (isUsed) throw new CodedError('MIGRATION_REFUSED', { problem: 'the database is in use by an installation; name an empty one' })
      await to.run("INSERT INTO holdfast_migration (source, position, state) VALUES (?, 0, 'copying')", source)
      return 'copying'
    }
    if (known.source !== source) throw new CodedError('MIGRATION_REFUSED', { problem: 'the database holds another installation, or the beginning of one' })
    return known.state
  })
}
