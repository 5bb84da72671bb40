// Locks of work as advisory locks of one session: PostgreSQL lets them go when the session ends, however it ends. A pooler
// between here and the database must keep the session (session pooling).
import { hash } from 'node:crypto'
import type pg from 'pg'
import type { WorkLocks } from '../work-locks.ts'
import { createSession } from './connection.ts'
import { LOCKS } from './locks.ts'

/** First half of the keys, beside those of locks.ts. */
const WORK = LOCKS.schema + 16
const keyOf = (name: string): number => Number.parseInt(hash('sha256', name).slice(0, 8), 16) | 0

export function createWorkLocks(url: string): WorkLocks {
  let session: Promise<pg.Client> | undefined
  let held = new Set<string>()
  let closed = false
  const open = async (): Promise<pg.Client> => {
    const client = await createSession(url, 'holdfast-work')
    const gone = (): void => {
      // With the session went the locks.
      session = undefined
      held = new Set()
    }
    // More than one may come of a connection that breaks, and one that nobody hears ends the process.
    client.on('error', gone)
    client.once('end', gone)
    return client
  }
  const connected = (): Promise<pg.Client> => {
    session ??= open().catch((error: unknown) => {
      session = undefined
      throw error
    })
    return session
  }
  // One question at a time: a session has one.
  let last: Promise<unknown> = Promise.resolve()
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const mine = last.then(work)
    last = mine.catch(() => undefined)
    return mine
  }
  return {
    take: (name) => inTurn(async () => {
      if (closed) return undefined
      const client = await connected()
      if (held.has(name)) return 'kept'
      const mine = held
      const { rows } = await client.query<{ taken: boolean }>('SELECT pg_try_advisory_lock($1, $2) AS taken', [WORK, keyOf(name)])
      if (rows[0]?.taken !== true || held !== mine) return undefined
      held.add(name)
      return 'taken'
    }),
    release: (name) => inTurn(async () => {
      if (!held.delete(name) || session === undefined) return
      await (await session).query('SELECT pg_advisory_unlock($1, $2)', [WORK, keyOf(name)])
    }),
    close: () => inTurn(async () => {
      closed = true
      held = new Set()
      if (session !== undefined) await (await session).end()
    }),
  }
}
