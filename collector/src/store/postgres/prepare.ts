// Before a database is used: what the server promises, and the schema.
import { randomUUID } from 'node:crypto'
import type pg from 'pg'
import { CodedError } from '../../errors.ts'
import type { Connection } from '../sql/connection.ts'
import { overPostgres } from './connection.ts'
import { LOCKS } from './locks.ts'
import { createAhead } from './partitions.ts'
import { SCHEMA_STEPS, stepsAfter } from './schema.ts'

/** PostgreSQL 15 is the oldest that is tried; 14 lacks what partitions and prepared plans need here. */
const FIRST_VERSION = 150_000

async function refuseUnsafe(db: Connection): Promise<void> {
  const setting = async (name: string): Promise<string> => (await db.get<{ v: string }>('SELECT current_setting(?) AS v', name))?.v ?? '?'
  const version = Number(await setting('server_version_num'))
  if (version < FIRST_VERSION) throw new CodedError('STORE_UNSAFE', { problem: `PostgreSQL ${version} is too old, 15 or later is needed` })
  // `local` and `remote_write` are left to the operator: this server's own disk has the transaction under each of them.
  for (const name of ['fsync', 'full_page_writes', 'synchronous_commit']) {
    if ((await setting(name)) === 'off') throw new CodedError('STORE_UNSAFE', { problem: `${name} is off on the server or for this user or database; set it to on` })
  }
  const encoding = await setting('server_encoding')
  if (encoding !== 'UTF8') throw new CodedError('STORE_UNSAFE', { problem: `the database has the encoding ${encoding}; create it with UTF8` })
}

/** Under a lock, so that of several processes that start at once one takes the steps and the others find them taken. */
async function migrate(db: Connection, nowMs: number): Promise<void> {
  await db.exec(`BEGIN; SELECT pg_advisory_xact_lock(${LOCKS.schema}, 1)`)
  try {
    const isThere = (await db.get<{ t: string | null }>("SELECT to_regclass('holdfast_schema')::text AS t"))?.t !== null
    const steps = isThere ? ((await db.get<{ steps: number }>('SELECT steps FROM holdfast_schema'))?.steps ?? 0) : 0
    if (steps > SCHEMA_STEPS) throw new CodedError('STORE_NEWER', { schema: steps, known: SCHEMA_STEPS })
    for (const step of stepsAfter(steps)) await db.exec(step)
    if (steps === 0) await db.run('INSERT INTO holdfast_schema (steps, store_id) VALUES (?, ?)', SCHEMA_STEPS, randomUUID())
    else if (steps < SCHEMA_STEPS) await db.run('UPDATE holdfast_schema SET steps = ?', SCHEMA_STEPS)
    await createAhead(db, nowMs)
    await db.exec('COMMIT')
  } catch (error) {
    await db.exec('ROLLBACK').catch(() => undefined)
    throw error
  }
}

/** @throws STORE_UNSAFE, STORE_NEWER */
export async function prepareDatabase(session: Pick<pg.ClientBase, 'query'>, nowMs: number): Promise<void> {
  const db = overPostgres(session)
  await refuseUnsafe(db)
  await migrate(db, nowMs)
}

/** @throws STORE_MIGRATING while a migration from SQLite has not been finished: the file is the store, or nothing is */
export async function refuseUnfinished(db: Connection): Promise<void> {
  if ((await db.get<{ t: string | null }>("SELECT to_regclass('holdfast_migration')::text AS t"))?.t === null) return
  if ((await db.get<{ state: string }>('SELECT state FROM holdfast_migration'))?.state !== 'finished') throw new CodedError('STORE_MIGRATING')
}
