// The embedded store: one file, write-ahead log, every commit synced to disk before it is believed.
//
// One connection writes, and transactions wait for each other here; two read, each statement seeing a committed state.
// Another process (the command line) may write too: it waits for the lock, up to BUSY_TIMEOUT_MS.
import { existsSync, statSync } from 'node:fs'
import { chmod, rm } from 'node:fs/promises'
import { CodedError } from '../../errors.ts'
import type { Store, StoreReader, StoreWriter } from '../store.ts'
import { type Connection, connect } from './connection.ts'
import { createInterned } from './ingest.ts'
import { migrations } from './migrations.ts'
import { createReader } from './reader.ts'
import { createWriter } from './writer.ts'

const BUSY_TIMEOUT_MS = 30_000
const READERS = 2
/** The first release without the write-ahead-log reset bug that could lose committed pages. */
const FIRST_SAFE_VERSION = '3.51.3'

const newer = (version: string, than: string): boolean => version.localeCompare(than, 'en', { numeric: true }) >= 0

async function open(path: string, readOnly: boolean): Promise<Connection> {
  const connection = await connect(path, { readOnly })
  await connection.exec(`PRAGMA busy_timeout = ${BUSY_TIMEOUT_MS}; PRAGMA foreign_keys = ON; PRAGMA cache_size = -65536; PRAGMA temp_store = MEMORY;`)
  return connection
}

async function prepare(writer: Connection, path: string): Promise<void> {
  const version = (await writer.get<{ v: string }>('SELECT sqlite_version() AS v'))?.v ?? '0'
  if (!newer(version, FIRST_SAFE_VERSION)) throw new CodedError('STORE_CORRUPT', { detail: `SQLite ${version} has a bug that can lose committed pages; ${FIRST_SAFE_VERSION} or newer is needed` })
  await writer.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA wal_autocheckpoint = 4000; PRAGMA journal_size_limit = 268435456;')
  const journal = (await writer.get<{ journal_mode: string }>('PRAGMA journal_mode'))?.journal_mode
  const synchronous = (await writer.get<{ synchronous: number }>('PRAGMA synchronous'))?.synchronous
  if (journal !== 'wal' || synchronous !== 2) throw new CodedError('STORE_CORRUPT', { detail: `the database did not take WAL and synchronous=FULL (it says ${journal ?? '?'} and ${synchronous ?? '?'})` })
  await writer.exec('BEGIN IMMEDIATE')
  try {
    const at = (await writer.get<{ user_version: number }>('PRAGMA user_version'))?.user_version ?? 0
    if (at > migrations.length) throw new CodedError('STORE_CORRUPT', { detail: `schema ${at} is newer than this program (${migrations.length}); use the newer program` })
    for (const step of migrations.slice(at)) await writer.exec(step)
    await writer.exec(`PRAGMA user_version = ${migrations.length}`)
    await writer.exec('COMMIT')
  } catch (error) {
    await writer.exec('ROLLBACK')
    throw error
  }
  await chmod(path, 0o600)
}

/**
 * Opens or creates the database file.
 *
 * @throws STORE_CORRUPT when the file is damaged, from a newer program, or cannot be made durable
 */
export async function openSqliteStore(options: { readonly path: string }): Promise<Store> {
  const { path } = options
  let writer: Connection
  try {
    writer = await open(path, false)
    await prepare(writer, path)
    if (existsSync(path) && statSync(path).size < 64 * 1024 * 1024) {
      const verdict = await writer.get<{ quick_check: string }>('PRAGMA quick_check(1)')
      if (verdict?.quick_check !== 'ok') throw new CodedError('STORE_CORRUPT', { detail: verdict?.quick_check ?? 'no answer' })
    }
  } catch (cause) {
    if (cause instanceof CodedError) throw cause
    throw new CodedError('STORE_CORRUPT', { detail: cause instanceof Error ? cause.message : String(cause) }, { cause })
  }
  const readers = await Promise.all(Array.from({ length: READERS }, () => open(path, true)))
  const interned = createInterned()
  const transaction = createWriter(writer, interned)

  let last: Promise<unknown> = Promise.resolve()
  const write = <T>(work: (tx: StoreWriter) => Promise<T>): Promise<T> => {
    const mine = last.then(async () => {
      await writer.exec('BEGIN IMMEDIATE')
      try {
        const value = await work(transaction)
        await writer.exec('COMMIT')
        return value
      } catch (error) {
        // Ids made in this transaction are not there any more.
        interned.clear()
        await writer.exec('ROLLBACK')
        throw error
      }
    })
    last = mine.catch(() => {})
    return mine
  }

  // Reads take the connections in turn, so that a slow page does not hold up a quick one.
  let turn = 0
  const faces = readers.map(createReader)
  const reader = Object.fromEntries(
    Object.keys(faces[0] ?? {}).map((name) => [name, (...values: unknown[]) => {
      turn = (turn + 1) % faces.length
      const face = faces[turn] as unknown as Record<string, (...inner: unknown[]) => unknown>
      return face[name]?.(...values)
    }]),
  ) as unknown as StoreReader

  return {
    ...reader,
    write,
    describe: async () => ({
      engine: 'sqlite',
      version: (await writer.get<{ v: string }>('SELECT sqlite_version() AS v'))?.v ?? '?',
      journal: (await writer.get<{ journal_mode: string }>('PRAGMA journal_mode'))?.journal_mode ?? '?',
      synchronous: String((await writer.get<{ synchronous: number }>('PRAGMA synchronous'))?.synchronous ?? '?'),
      schema: String(migrations.length),
    }),
    async backup(target) {
      await rm(target, { force: true })
      const source = await open(path, true)
      try {
        await source.run('VACUUM INTO ?', target)
      } finally {
        await source.close()
      }
      const copy = await open(target, true)
      try {
        const verdict = await copy.get<{ integrity_check: string }>('PRAGMA integrity_check(1)')
        if (verdict?.integrity_check !== 'ok') throw new CodedError('STORE_CORRUPT', { detail: `the backup: ${verdict?.integrity_check ?? 'no answer'}` })
      } finally {
        await copy.close()
      }
    },
    async close() {
      await last
      await Promise.all(readers.map((connection) => connection.close()))
      await writer.close()
    },
  }
}
