// A whole database and the two connections that a spool uses it by.
import { chmod } from 'node:fs/promises'
import { type Connection, connect, isDamage } from './connection.ts'
import type { Loaded } from './format.ts'
import { recoverDatabase, type RecoveryDeps } from './recovery.ts'

async function connectPair(path: string): Promise<{ readonly writer: Connection; readonly reader: Connection }> {
  const writer = await connect(path, 'write')
  await writer.exec('PRAGMA busy_timeout = 5000; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA wal_autocheckpoint = 1000; PRAGMA journal_size_limit = 16777216')
  const mode = (await writer.get<{ journal_mode: string }>('PRAGMA journal_mode'))?.journal_mode
  const synchronous = (await writer.get<{ synchronous: number }>('PRAGMA synchronous'))?.synchronous
  if (mode !== 'wal' || synchronous !== 2) throw new Error(`the spool runs with journal_mode ${mode} and synchronous ${synchronous}`)
  // Reads have a connection of their own, so that they never wait for a sync.
  const reader = await connect(path, 'read')
  await reader.exec('PRAGMA busy_timeout = 5000')
  // The first read opens the WAL; later its name may be gone.
  await reader.all('SELECT ordinal FROM epoch')
  return { writer, reader }
}

/** Recovers the files if need be, and opens them. @throws SPOOL_NEWER_FORMAT, SPOOL_IO, or what SQLite says */
export async function openDatabase(deps: RecoveryDeps): Promise<{ readonly writer: Connection; readonly reader: Connection; readonly state: Loaded }> {
  const state = await recoverDatabase(deps)
  await chmod(deps.path, 0o600)
  try {
    return { state, ...(await connectPair(deps.path)) }
  } catch (error) {
    if (!isDamage(error) || deps.distrusted === true) throw error
    return openDatabase({ ...deps, distrusted: true })
  }
}

/** The writer comes last: only the last connection to go, and only one that may write, brings the WAL home. */
export async function closeInOrder(connections: readonly Connection[]): Promise<readonly PromiseSettledResult<void>[]> {
  const settled: PromiseSettledResult<void>[] = []
  for (const connection of connections) settled.push(...(await Promise.allSettled([connection.close()])))
  return settled
}
