// The store on a PostgreSQL server, for several processes at once.
//
// Reads take any connection of a pool, each statement seeing a committed state. A write is one transaction at READ COMMITTED under the
// locks of locks.ts: what it read under them nobody else changes. What was committed stays: settings under which the server
// would lose it are refused when the store is opened.
import pg from 'pg'
import type { Alert } from '../../domain/cases/alert.ts'
import type { Case } from '../../domain/cases/case.ts'
import type { User } from '../../domain/people/user.ts'
import { CodedError } from '../../errors.ts'
import { createInterned, type Interned } from '../sql/ingest.ts'
import { createReader } from '../sql/reader.ts'
import { createWriter } from '../sql/writer.ts'
import type { Connection } from '../sql/connection.ts'
import type { Store, StoreWriter, WriteScope } from '../store.ts'
import { postgresIngest } from './activity-rows.ts'
import { overPostgres, sessionConfig, translate } from './connection.ts'
import { createWorkLocks } from './work-locks.ts'
import { LOCKS, stripesOf } from './locks.ts'
import { createAhead, KnownMonths } from './partitions.ts'
import { prepareDatabase, refuseUnfinished } from './prepare.ts'
import { countActivities, stepActivities } from './retention.ts'
import { SCHEMA_STEPS } from './schema.ts'

const READERS = 6
const WRITERS = 4
const PARTITIONS_EVERY_MS = 6 * 3_600_000
/** Ids that a transaction made are known to others only once they are committed. */
function layered(shared: Interned): { readonly interned: Interned; commit(): void } {
  const own = createInterned()
  const layer = (name: 'devices' | 'epochs' | 'people'): Map<string, number> => {
    const mine = own[name]
    const get = mine.get.bind(mine)
    const has = mine.has.bind(mine)
    mine.get = (key) => get(key) ?? shared[name].get(key)
    mine.has = (key) => has(key) || shared[name].has(key)
    return mine
  }
  return {
    interned: { devices: layer('devices'), epochs: layer('epochs'), people: layer('people'), clear: () => own.clear() },
    commit() {
      for (const name of ['devices', 'epochs', 'people'] as const) {
        if (shared[name].size > 100_000) shared[name].clear()
        for (const [key, value] of own[name]) shared[name].set(key, value)
      }
    },
  }
}

/** The writer of a transaction that runs beside others: what they may meet in is locked first, in the order of locks.ts. */
function beside(db: Connection, writer: StoreWriter): StoreWriter {
  const held = new Set<number>()
  const lock = async (which: number): Promise<void> => {
    if (held.has(which)) return
    await db.exec(`SELECT pg_advisory_xact_lock(${which}, 0)`)
    held.add(which)
  }
  const under = <A extends unknown[], R>(which: number, work: (...values: A) => Promise<R>) => async (...values: A): Promise<R> => {
    await lock(which)
    return work(...values)
  }
  return {
    ...writer,
    ensureUser: async (identity, make) => (await writer.userByIdentity(identity)) ?? under(LOCKS.people, () => writer.ensureUser(identity, make))(),
    saveUser: under(LOCKS.people, (user: User) => writer.saveUser(user)), saveUsers: under(LOCKS.people, (users: readonly User[]) => writer.saveUsers(users)),
    saveAlert: under(LOCKS.outbox, (alert: Alert) => writer.saveAlert(alert)),
    saveAlerts: async (alerts) => (alerts.length === 0 ? undefined : under(LOCKS.outbox, () => writer.saveAlerts(alerts))()),
    saveCase: under(LOCKS.outbox, (found: Case) => writer.saveCase(found)),
    auditHead: under(LOCKS.audit, () => writer.auditHead()),
    // Whoever holds a mark's row evaluates the user; another process passes over it and takes the next.
    takeMarks: async (marks) =>
      (await db.all<{ id: string }>(
        'SELECT p.id FROM each_row(?) w JOIN person p ON p.id = w.value ->> 0 JOIN mark m ON m.person = p.k AND m.mark BETWEEN CAST(w.value ->> 1 AS BIGINT) AND CAST(w.value ->> 1 AS BIGINT) + 1000000 ORDER BY m.person FOR UPDATE OF m SKIP LOCKED', JSON.stringify(marks.map(({ userId, mark }) => [userId, mark])))).map(({ id }) => id),
  }
}

/** Activities leave by months here. */
function withMonths(db: Connection, writer: StoreWriter, months: KnownMonths): StoreWriter {
  return {
    ...writer,
    retentionCount: (cls, beforeMs) => (cls === 'activities' ? countActivities(db, beforeMs) : writer.retentionCount(cls, beforeMs)),
    retentionStep: (cls, beforeMs, cursor) => {
      if (cls !== 'activities') return writer.retentionStep(cls, beforeMs, cursor)
      months.forget()
      return stepActivities(db, beforeMs, cursor)
    },
  }
}

export interface PostgresStore extends Store {
  /** The rooms' face of the pool, for what is PostgreSQL's own. */
  readonly connection: Connection
}

/**
 * Opens the database, with its schema brought to this program's.
 *
 * @param url `postgres://user:password@host:port/database?sslmode=…`
 * @throws STORE_UNREACHABLE, STORE_UNSAFE, STORE_NEWER, CONFIG_INVALID
 */
export async function openPostgresStore(options: { readonly url: string; readonly now?: () => number }): Promise<PostgresStore> {
  const { url, now = Date.now } = options
  const pool = (max: number, name: string): pg.Pool => {
    const made = new pg.Pool({ ...sessionConfig(url, name), max, allowExitOnIdle: true })
    // A connection that ends while it is idle is replaced by the next who asks.
    made.on('error', () => {})
    // One that ends while it is used says so to the statement that waits.
    made.on('connect', (each) => each.on('error', () => {}))
    return made
  }
  const readers = pool(READERS, 'holdfast read')
  const writers = pool(WRITERS, 'holdfast write')
  const end = async (): Promise<void> => void (await Promise.all([readers.end(), writers.end()]))
  const db = overPostgres(readers)

  const client = async (): Promise<pg.PoolClient> => {
    try {
      return await writers.connect()
    } catch (error) {
      throw translate(error)
    }
  }
  try {
    const first = await client()
    try {
      await prepareDatabase(first, now())
      await refuseUnfinished(overPostgres(first))
    } finally {
      first.release()
    }
  } catch (cause) {
    await end()
    const known = translate(cause)
    if (known instanceof CodedError) throw known
    throw new CodedError('STORE_UNREACHABLE', { detail: cause instanceof Error ? cause.message : String(cause) }, { cause })
  }

  const shared = createInterned()
  const months = new KnownMonths()

  const transaction = async <T>(work: (tx: StoreWriter) => Promise<T>, scope: WriteScope | undefined): Promise<T> => {
    const connection = await client()
    const tx = overPostgres(connection)
    let isBroken = false
    try {
      await tx.exec(scope === undefined ? `BEGIN; SELECT pg_advisory_xact_lock(${LOCKS.everything}, 0)` : `BEGIN; SELECT pg_advisory_xact_lock_shared(${LOCKS.everything}, 0)`)
      if (scope !== undefined && scope.devices.length > 0) await tx.run('SELECT pg_advisory_xact_lock(?1::int, w.value::int) FROM each_number(?2) w', LOCKS.device, JSON.stringify(stripesOf(scope.devices)))
      const ids = layered(shared)
      const mine = months.begin()
      const writer = withMonths(tx, createWriter(tx, ids.interned, postgresIngest(mine)), months)
      const value = await work(scope === undefined ? writer : beside(tx, writer))
      await tx.exec('COMMIT')
      ids.commit()
      mine.commit()
      return value
    } catch (error) {
      months.forget()
      await tx.exec('ROLLBACK').catch(() => {
        isBroken = true
      })
      throw translate(error)
    } finally {
      connection.release(isBroken)
    }
  }

  // Of those that are alone one waits for the lock at a time: each would hold a connection while it waits.
  let last: Promise<unknown> = Promise.resolve()
  const write = <T>(work: (tx: StoreWriter) => Promise<T>, scope?: WriteScope): Promise<T> => {
    if (scope !== undefined) return transaction(work, scope)
    const mine = last.then(() => transaction(work, undefined))
    last = mine.catch(() => {})
    return mine
  }

  const timer = setInterval(() => void makeMonths(client, now()).catch(() => {}), PARTITIONS_EVERY_MS).unref()
  const reader = createReader(db)
  const locks = createWorkLocks(options.url)
  return {
    ...reader, retentionCount: (cls, beforeMs) => (cls === 'activities' ? countActivities(db, beforeMs) : reader.retentionCount(cls, beforeMs)),
    write, locks, connection: db,
    describe: async () => ({
      engine: 'postgres',
      version: (await db.get<{ v: string }>("SELECT current_setting('server_version') AS v"))?.v ?? '?',
      synchronous_commit: (await db.get<{ v: string }>("SELECT current_setting('synchronous_commit') AS v"))?.v ?? '?',
      schema: String(SCHEMA_STEPS),
    }),
    async backup() {
      throw new CodedError('STORE_OTHER_TOOL', { deed: 'backed up', tool: 'pg_dump, or a base backup with archived WAL' })
    },
    async scrub() {
      // What was deleted is free space after this; its bytes are written over as the space is used again.
      await db.exec('VACUUM')
      return { rewritten: false }
    },
    async close() {
      clearInterval(timer)
      await locks.close()
      await last
      await end()
    },
  }
}

async function makeMonths(client: () => Promise<pg.PoolClient>, nowMs: number): Promise<void> {
  const connection = await client()
  try {
    const db = overPostgres(connection)
    await db.exec('BEGIN')
    await createAhead(db, nowMs)
    await db.exec('COMMIT')
  } finally {
    connection.release(true)
  }
}
