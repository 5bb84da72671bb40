// Partitions of the table of activities: one for each month of arrival (UTC), `activity_2026_11`, with bounds in milliseconds.
//
// Retention takes a month away as a whole once everything in it is past its time and nothing in it is held: that is one change of
// the catalogue, however many rows there are. A month that holds something is emptied row by row, as on SQLite.
import type { Connection } from '../sql/connection.ts'
import { LOCKS } from './locks.ts'

/** Months that are made ahead of time. */
const AHEAD = 3

/** A month, as months since 1970. */
export const monthOf = (atMs: number): number => {
  const date = new Date(atMs)
  return (date.getUTCFullYear() - 1970) * 12 + date.getUTCMonth()
}
const startOf = (month: number): number => Date.UTC(1970, month, 1)
export const partitionName = (month: number): string => `activity_${new Date(startOf(month)).toISOString().slice(0, 7).replace('-', '_')}`

export interface Partition {
  readonly name: string
  /** Inclusive, milliseconds. */
  readonly fromMs: number
  /** Exclusive. */
  readonly toMs: number
}

/** What is attached now, the oldest first. */
export async function partitions(db: Connection): Promise<readonly Partition[]> {
  const found = await db.all<{ name: string }>("SELECT c.relname AS name FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid WHERE i.inhparent = 'activity'::regclass ORDER BY c.relname")
  return found.flatMap(({ name }) => {
    const parts = /^activity_(\d{4})_(\d{2})$/.exec(name)
    if (parts === null) return []
    const month = (Number(parts[1]) - 1970) * 12 + Number(parts[2]) - 1
    return [{ name, fromMs: startOf(month), toMs: startOf(month + 1) }]
  })
}

/**
 * Makes the partition of a month where it is missing, in an open transaction. A table that is made beside and attached holds up neither
 * readers nor writers; one that is made in its place would.
 */
export async function createMonth(db: Connection, month: number): Promise<void> {
  const name = partitionName(month)
  // By name in the table of tables: to_regclass would go on saying what it said before the lock was waited for.
  const isThere = async (): Promise<boolean> => (await db.get("SELECT 1 AS found FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid WHERE i.inhparent = 'activity'::regclass AND c.relname = ?", name)) !== undefined
  if (await isThere()) return
  await db.exec(`SELECT pg_advisory_xact_lock(${LOCKS.schema}, 0)`)
  if (await isThere()) return
  await db.exec(`CREATE TABLE ${name} (LIKE activity INCLUDING DEFAULTS); ALTER TABLE activity ATTACH PARTITION ${name} FOR VALUES FROM (${startOf(month)}) TO (${startOf(month + 1)})`)
}

/** Months that a transaction may write to. */
export interface Months {
  ensure(db: Connection, month: number): Promise<void>
}

/** Months that this process knows of, so that the hot path asks once; what a transaction makes is known once it is committed. */
export class KnownMonths {
  readonly #known = new Set<number>()

  begin(): Months & { commit(): void } {
    const made = new Set<number>()
    return {
      ensure: async (db, month) => {
        if (this.#known.has(month) || made.has(month)) return
        await createMonth(db, month)
        made.add(month)
      },
      commit: () => made.forEach((month) => this.#known.add(month)),
    }
  }

  /** After a failure, and when a month was taken away. */
  forget(): void {
    this.#known.clear()
  }
}

/** This month and the next ones. */
export async function createAhead(db: Connection, nowMs: number): Promise<void> {
  for (let month = monthOf(nowMs); month <= monthOf(nowMs) + AHEAD; month += 1) await createMonth(db, month)
}
