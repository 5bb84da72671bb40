// What can be told of a database from outside of the store, without a change.
import { createSession, overPostgres } from './connection.ts'

const COUNTED = ['device', 'insight', 'alert', 'person', 'policy', 'account', 'audit', 'quarantine', 'case_file', 'evidence'] as const

export interface PostgresFacts {
  readonly engine: 'PostgreSQL'
  /** Steps of the schema; 0 in an empty database. */
  readonly schema: number
  readonly version: string
  readonly bytes: number
  /** Rows of the tables that count; activities are estimated, as PostgreSQL counts by reading all of them. */
  readonly counts: Readonly<Record<string, number>>
}

/** @throws STORE_UNREACHABLE, CONFIG_INVALID */
export async function inspectPostgres(url: string): Promise<PostgresFacts> {
  const session = await createSession(url, 'holdfast doctor')
  try {
    const db = overPostgres(session)
    const one = async (sql: string): Promise<number> => (await db.get<{ n: number | null }>(sql))?.n ?? 0
    const version = (await db.get<{ v: string }>("SELECT current_setting('server_version') AS v"))?.v ?? '?'
    const bytes = await one('SELECT pg_database_size(current_database()) AS n')
    if ((await db.get<{ t: string | null }>("SELECT to_regclass('holdfast_schema')::text AS t"))?.t === null) return { engine: 'PostgreSQL', schema: 0, version, bytes, counts: {} }
    const counts: Record<string, number> = {}
    for (const table of COUNTED) counts[table] = await one(`SELECT count(*) AS n FROM ${table}`)
    counts['activity'] = await one("SELECT coalesce(sum(greatest(c.reltuples, 0)), 0)::bigint AS n FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid WHERE i.inhparent = 'activity'::regclass")
    return { engine: 'PostgreSQL', schema: await one('SELECT steps AS n FROM holdfast_schema'), version, bytes, counts }
  } finally {
    await session.end()
  }
}
