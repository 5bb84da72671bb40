// One agent per folder. The lock is the operating system's, held through SQLite on a file of its own: it ends with the
// process however that ends, and it also keeps two openings within one process apart.
//
// `spool.lock` must never be opened in another way: closing any descriptor of a file drops all POSIX locks that the
// process holds on it. That is why the pid, for the message only, stands in `spool.pid`.
import { open, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { CodedError } from '../errors.ts'
import { connect } from './connection.ts'

export interface FolderLock {
  release(): Promise<void>
}

/** @throws SPOOL_LOCKED with the pid of the holder, SPOOL_IO */
export async function lockFolder(folder: string): Promise<FolderLock> {
  const path = join(folder, 'spool.lock')
  const pidPath = join(folder, 'spool.pid')
  // Closed before the lock is taken.
  await (await open(path, 'a', 0o600)).close()
  const connection = await connect(path, 'write')
  try {
    await connection.exec('PRAGMA busy_timeout = 0; BEGIN EXCLUSIVE')
  } catch (cause) {
    await connection.close()
    if (cause instanceof Error && 'code' in cause && cause.code === 'SQLITE_BUSY') {
      const pid = await readFile(pidPath, 'utf8').then((text) => text.trim(), () => 'unknown')
      throw new CodedError('SPOOL_LOCKED', { pid }, { cause })
    }
    throw new CodedError('SPOOL_IO', {}, { cause })
  }
  await writeFile(pidPath, `${process.pid}\n`, { mode: 0o600 })
  return { release: () => connection.close() }
}
