// What can be done to a database file from outside of the store: copied while it is in use, looked at without a change, and
// migrated as a trial on a copy.
import { open as openFile, rm, stat } from 'node:fs/promises'
import { CodedError } from '../../errors.ts'
import { connect, type Connection } from './connection.ts'
import { migrations } from './migrations.ts'

const BUSY_TIMEOUT_MS = 30_000
/** Tables whose rows a backup tells. */
const COUNTED = ['device', 'activity', 'insight', 'alert', 'person', 'policy', 'account', 'audit', 'quarantine', 'case_file', 'evidence'] as const

export const SCHEMA_VERSION = migrations.length

export interface DatabaseFacts {
  readonly schema: number
  readonly sqlite: string
  readonly journal: string
  readonly bytes: number
  readonly freeBytes: number
  /** Rows of the tables that count, by name. */
  readonly counts: Readonly<Record<string, number>>
  /** `ok`, or what is wrong; absent when it was not asked for. */
  readonly integrity?: string
  /** Rows whose reference leads nowhere. */
  readonly brokenReferences?: number
}

async function withFile<T>(path: string, work: (database: Connection) => Promise<T>): Promise<T> {
  let database: Connection | undefined
  try {
    database = await connect(path, { readOnly: true })
    await database.exec(`PRAGMA busy_timeout = ${BUSY_TIMEOUT_MS}`)
    return await work(database)
  } catch (cause) {
    if (cause instanceof CodedError) throw cause
    throw new CodedError('STORE_CORRUPT', { detail: cause instanceof Error ? cause.message : String(cause) }, { cause })
  } finally {
    await database?.close()
  }
}

/**
 * A consistent copy of a database that may be in use, taken in one read transaction; writers go on meanwhile. Nothing is
 * migrated and nothing is written to the source.
 *
 * @throws STORE_CORRUPT; what was made of the target is then gone
 */
export async function snapshotDatabase(path: string, target: string): Promise<void> {
  // With its mode before the first byte: VACUUM INTO takes an empty file.
  await (await openFile(target, 'wx', 0o600)).close()
  try {
    await withFile(path, (database) => database.run('VACUUM INTO ?', target).then(() => undefined))
  } catch (error) {
    await rm(target, { force: true })
    throw error
  }
}

/** What is in a database file, read-only. @param check `quick` looks at pages, `full` also at indexes and references */
export const inspectDatabase = (path: string, check: 'none' | 'quick' | 'full'): Promise<DatabaseFacts> =>
  withFile(path, async (database) => {
    const number = async (pragma: string): Promise<number> => Object.values((await database.get<Record<string, number>>(`PRAGMA ${pragma}`)) ?? {})[0] ?? 0
    const text = async (sql: string): Promise<string> => String(Object.values((await database.get<Record<string, string | number>>(sql)) ?? {})[0] ?? '?')
    const pageSize = await number('page_size')
    const tables = new Set((await database.all<{ name: string }>("SELECT name FROM sqlite_schema WHERE type = 'table'")).map(({ name }) => name))
    const counts: Record<string, number> = {}
    for (const table of COUNTED) if (tables.has(table)) counts[table] = (await database.get<{ n: number }>(`SELECT count(*) AS n FROM ${table}`))?.n ?? 0
    return {
      schema: await number('user_version'), sqlite: await text('SELECT sqlite_version()'), journal: await text('PRAGMA journal_mode'), bytes: (await number('page_count')) * pageSize, freeBytes: (await number('freelist_count')) * pageSize, counts,
      ...(check === 'none' ? {} : { integrity: await text(check === 'quick' ? 'PRAGMA quick_check(1)' : 'PRAGMA integrity_check(1)') }),
      ...(check === 'full' ? { brokenReferences: (await database.all('PRAGMA foreign_key_check')).length } : {}),
    }
  })

export interface MigrationStep {
  readonly step: number
  readonly millis: number
  /** Tables, indexes and triggers that it makes, changes or takes away: `+table device_tag`, `~table account`, `-index x`. */
  readonly changes: readonly string[]
}

export interface MigrationTrial {
  readonly from: number
  readonly to: number
  readonly steps: readonly MigrationStep[]
  readonly bytesBefore: number
  readonly bytesAfter: number
  readonly integrity: string
  readonly brokenReferences: number
}

type Schema = ReadonlyMap<string, string>

async function schemaOf(database: Connection): Promise<Schema> {
  const rows = await database.all<{ type: string; name: string; sql: string | null }>('SELECT type, name, sql FROM sqlite_schema')
  return new Map(rows.map(({ type, name, sql }) => [`${type} ${name}`, sql ?? '']))
}

const differences = (before: Schema, after: Schema): readonly string[] => [
  ...[...after].filter(([name, sql]) => before.get(name) !== sql).map(([name]) => `${before.has(name) ? '~' : '+'}${name}`),
  ...[...before.keys()].filter((name) => !after.has(name)).map((name) => `-${name}`),
]

/**
 * Takes the steps that are left on a copy, each timed, in one transaction as the real upgrade does.
 *
 * @param copy a file that may be changed
 * @throws STORE_NEWER when a later program has had it, STORE_CORRUPT when a step fails
 */
export async function tryMigrations(copy: string, steps: readonly string[] = migrations): Promise<MigrationTrial> {
  const database = await connect(copy, { readOnly: false })
  try {
    await database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;')
    const from = (await database.get<{ user_version: number }>('PRAGMA user_version'))?.user_version ?? 0
    if (from > steps.length) throw new CodedError('STORE_NEWER', { schema: from, known: steps.length })
    const bytesBefore = (await stat(copy)).size
    const taken: MigrationStep[] = []
    await database.exec('BEGIN IMMEDIATE')
    for (const [index, sql] of steps.slice(from).entries()) {
      const before = await schemaOf(database)
      const begun = performance.now()
      await database.exec(sql)
      taken.push({ step: from + index + 1, millis: Math.round(performance.now() - begun), changes: differences(before, await schemaOf(database)) })
    }
    await database.exec(`PRAGMA user_version = ${steps.length}; COMMIT; PRAGMA wal_checkpoint(TRUNCATE)`)
    const integrity = (await database.get<{ integrity_check: string }>('PRAGMA integrity_check(1)'))?.integrity_check ?? 'no answer'
    return { from, to: steps.length, steps: taken, bytesBefore, bytesAfter: (await stat(copy)).size, integrity, brokenReferences: (await database.all('PRAGMA foreign_key_check')).length }
  } catch (cause) {
    if (cause instanceof CodedError) throw cause
    throw new CodedError('STORE_CORRUPT', { detail: `a step of the migration fails: ${cause instanceof Error ? cause.message : String(cause)}` }, { cause })
  } finally {
    await database.close()
  }
}
