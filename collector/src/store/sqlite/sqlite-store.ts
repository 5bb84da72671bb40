// The embedded store: one file, write-ahead log, every commit synced to disk before it is believed.
//
// One connection writes, and transactions wait for each other here; two read, each statement seeing a committed state.
// Another process (the command line) may write too: it waits for the lock, up to BUSY_TIMEOUT_MS.
import { existsSync, statSync } from 'node:fs'
import { chmod, open as openFile, realpath, rename, rm } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { CodedError } from '../../errors.ts'
import type { Store, StoreReader, StoreWriter } from '../store.ts'
import { sqliteIngest } from './activity-rows.ts'
import { type Connection, connect } from './connection.ts'
import { createInterned } from '../sql/ingest.ts'
import { migrations } from './migrations.ts'
import { createReader } from '../sql/reader.ts'
import { createWriter } from '../sql/writer.ts'
import { syncToDisk } from '../../sync-to-disk.ts'

const BUSY_TIMEOUT_MS = 30_000
const READERS = 2
/** Up to here the file is rewritten after an erasure; above it that would hold up every writer for minutes. */
const REWRITE_LIMIT = 2 * 1024 ** 3
/** Free pages that stay in the file, for what comes next; as a share of it. */
const KEPT_FREE = 0.1
/** Pages that are given back at once: 2 MB, and the writer is held for some ten milliseconds. */
const PAGES_A_STEP = 512
const INCREMENTAL = 2
/** The first release without the write-ahead-log reset bug that could lose committed pages. */
const FIRST_SAFE_VERSION = '3.51.3'

const newer = (version: string, than: string): boolean => version.localeCompare(than, 'en', { numeric: true }) >= 0

async function open(path: string, readOnly: boolean): Promise<Connection> {
  const connection = await connect(path, { readOnly })
  await connection.exec(`PRAGMA busy_timeout = ${BUSY_TIMEOUT_MS}; PRAGMA foreign_keys = ON; PRAGMA cache_size = -65536; PRAGMA temp_store = MEMORY;`)
  return connection
}

/** The driver's words become ours here; what is not the database's own failure passes. */
function translate(error: unknown): unknown {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  if (code === 'SQLITE_BUSY' || code === 'SQLITE_LOCKED') return new CodedError('STORE_BUSY', {}, { cause: error as Error })
  if (code === 'SQLITE_CORRUPT' || code === 'SQLITE_NOTADB') return new CodedError('STORE_CORRUPT', { detail: (error as Error).message }, { cause: error as Error })
  return error
}

const autoVacuumOf = async (db: Connection): Promise<number> => (await db.get<{ auto_vacuum: number }>('PRAGMA auto_vacuum'))?.auto_vacuum ?? 0

async function prepare(writer: Connection): Promise<void> {
  const version = (await writer.get<{ v: string }>('SELECT sqlite_version() AS v'))?.v ?? '0'
  if (!newer(version, FIRST_SAFE_VERSION)) throw new CodedError('STORE_CORRUPT', { detail: `SQLite ${version} has a bug that can lose committed pages; ${FIRST_SAFE_VERSION} or newer is needed` })
  // Only in a file in which nothing is yet, and before anything else: later it takes a VACUUM, which scrub does.
  if ((await autoVacuumOf(writer)) !== INCREMENTAL) await writer.exec('PRAGMA auto_vacuum = INCREMENTAL')
  await writer.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA wal_autocheckpoint = 4000; PRAGMA journal_size_limit = 268435456;')
  const journal = (await writer.get<{ journal_mode: string }>('PRAGMA journal_mode'))?.journal_mode
  const synchronous = (await writer.get<{ synchronous: number }>('PRAGMA synchronous'))?.synchronous
  if (journal !== 'wal' || synchronous !== 2) throw new CodedError('STORE_CORRUPT', { detail: `the database did not take WAL and synchronous=FULL (it says ${journal ?? '?'} and ${synchronous ?? '?'})` })
  await writer.exec('BEGIN IMMEDIATE')
  try {
    const at = (await writer.get<{ user_version: number }>('PRAGMA user_version'))?.user_version ?? 0
    if (at > migrations.length) throw new CodedError('STORE_CORRUPT', { detail: `schema ${at} is newer than this program (${migrations.length}); use the newer program` })
    for (const step of migrations.slice(at)) await writer.exec(step)
    // Nothing is written where nothing is new: a file that turns out to be damaged stays as it is.
    if (at < migrations.length) await writer.exec(`PRAGMA user_version = ${migrations.length}`)
    await writer.exec('COMMIT')
  } catch (error) {
    await writer.exec('ROLLBACK')
    throw error
  }
}

/**
 * Opens or creates the database file.
 *
 * @throws STORE_CORRUPT when the file is damaged, from a newer program, or cannot be made durable
 */
export async function openSqliteStore(options: { readonly path: string }): Promise<Store> {
  const { path } = options
  let opened: Connection | undefined
  let writer: Connection
  try {
    // Made here with its mode, so that neither it nor the log beside it is ever readable by others.
    await (await openFile(path, 'a', 0o600)).close()
    await chmod(path, 0o600)
    opened = writer = await open(path, false)
    await prepare(writer)
    // What is deleted is overwritten with zeros, at once: nobody can tell later which pages held a person.
    await writer.exec('PRAGMA secure_delete = ON')
    if (existsSync(path) && statSync(path).size < 64 * 1024 * 1024) {
      const verdict = await writer.get<{ quick_check: string }>('PRAGMA quick_check(1)')
      if (verdict?.quick_check !== 'ok') throw new CodedError('STORE_CORRUPT', { detail: verdict?.quick_check ?? 'no answer' })
    }
  } catch (cause) {
    await opened?.close().catch(() => undefined)
    const known = translate(cause)
    if (known instanceof CodedError) throw known
    throw new CodedError('STORE_CORRUPT', { detail: cause instanceof Error ? cause.message : String(cause) }, { cause })
  }
  const readers = await Promise.all(Array.from({ length: READERS }, () => open(path, true)))
  const interned = createInterned()
  const transaction = createWriter(writer, interned, sqliteIngest)

  let last: Promise<unknown> = Promise.resolve()
  const write = <T>(work: (tx: StoreWriter) => Promise<T>): Promise<T> => {
    const mine = last.then(async () => {
      try {
        await writer.exec('BEGIN IMMEDIATE')
      } catch (error) {
        throw translate(error)
      }
      try {
        const value = await work(transaction)
        await writer.exec('COMMIT')
        return value
      } catch (error) {
        // Ids made in this transaction are not there any more.
        interned.clear()
        // A full disk or a failed write has rolled back by itself; the first failure is the one to tell.
        await writer.exec('ROLLBACK').catch(() => undefined)
        throw translate(error)
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
      const folder = await realpath(dirname(target))
      if (join(folder, basename(target)) === (await realpath(path))) throw new CodedError('CONFIG_INVALID', { key: 'the backup file', problem: 'is the database itself' })
      // Beside the target and only then over it: an earlier backup stays until this one is good and on disk.
      const draft = join(folder, `.${basename(target)}.${process.pid}.part`)
      await rm(draft, { force: true })
      try {
        await (await openFile(draft, 'wx', 0o600)).close()
        const source = await open(path, true)
        try {
          // So that what is restored can give room back, also when the file of an earlier release cannot.
          if ((await autoVacuumOf(source)) !== INCREMENTAL) await source.exec('PRAGMA auto_vacuum = INCREMENTAL')
          await source.run('VACUUM INTO ?', draft)
        } finally {
          await source.close()
        }
        const copy = await open(draft, true)
        try {
          const verdict = await copy.get<{ integrity_check: string }>('PRAGMA integrity_check(1)')
          if (verdict?.integrity_check !== 'ok') throw new CodedError('STORE_CORRUPT', { detail: `the backup: ${verdict?.integrity_check ?? 'no answer'}` })
        } finally {
          await copy.close()
        }
        await syncToDisk(draft)
        await rename(draft, target)
        await syncToDisk(folder)
      } finally {
        await rm(draft, { force: true })
      }
    },
    async scrub() {
      const pages = (await writer.get<{ page_count: number }>('PRAGMA page_count'))?.page_count ?? 0
      const bytes = pages * ((await writer.get<{ page_size: number }>('PRAGMA page_size'))?.page_size ?? 0)
      const mine = last.then(async () => {
        // Zeros fill what was deleted, but pages that were split earlier may hold copies in their gaps: a new file has none.
        if (bytes <= REWRITE_LIMIT) await writer.exec('VACUUM')
        // Readers hold the log for moments only; the checkpoint waits for them as long as any statement does.
        await writer.exec('PRAGMA wal_checkpoint(TRUNCATE)')
        return { rewritten: bytes <= REWRITE_LIMIT }
      })
      last = mine.catch(() => {})
      return mine
    },
    async giveBack() {
      const mine = last.then(async () => {
        if ((await autoVacuumOf(writer)) !== INCREMENTAL) return { freedBytes: 0, more: false }
        const count = async (name: 'page_count' | 'freelist_count' | 'page_size'): Promise<number> => (await writer.get<Record<string, number>>(`PRAGMA ${name}`))?.[name] ?? 0
        const [pages, free] = [await count('page_count'), await count('freelist_count')]
        const excess = free - Math.ceil(pages * KEPT_FREE)
        if (excess <= 0) return { freedBytes: 0, more: false }
        // From the end of the file, where pages in use are moved to free ones before it is cut.
        await writer.exec(`PRAGMA incremental_vacuum(${Math.min(excess, PAGES_A_STEP)})`)
        const more = excess > PAGES_A_STEP
        // The file is cut when the log has been written back; whoever still reads an earlier state puts that off until the next time.
        if (!more) await writer.exec('PRAGMA wal_checkpoint(PASSIVE)')
        return { freedBytes: (free - (await count('freelist_count'))) * (await count('page_size')), more }
      })
      last = mine.catch(() => {})
      return mine
    },
    async close() {
      await last
      await Promise.all(readers.map((connection) => connection.close()))
      await writer.close()
    },
  }
}
