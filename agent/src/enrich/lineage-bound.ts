// Keeps the lineage index within its bound, and says what fell out.
//
// First what was deleted more than a day ago. Then, down to a little below the bound: what was deleted since; what was only
// listed, the longest unseen first; what was read; and last what somebody copied or carried out, because its history counts.
import { bytesInUse, type Database } from './lineage-database.ts'

const GONE_MS = 86_400_000
/** Room that is made at once, so that not every new row costs a look at all others. */
const SLACK = 0.05
const MAX_MEMBERS = 200_000
const MAX_SKETCHED = 20_000

export interface LineageBound {
  readonly rows: number
  readonly maxRows: number
  readonly bytes: number
  readonly maxBytes: number
  /** Files that fell out since the start because there were too many, and when the last one of them had been seen. */
  readonly fellOut: number
  readonly lastSeenMs: number
}

export interface Pruner {
  prune(): Promise<void>
  readonly bound: LineageBound
}

export interface PrunerOptions {
  readonly database: Database
  readonly maxRows: number
  readonly maxBytes: number
  readonly now: () => number
  readonly log: { warn(object: object, message: string): void }
}

const FIRST_OUT = 'SELECT id, seen FROM file ORDER BY gone = 0, marks <> 0, fingerprint IS NOT NULL, seen LIMIT ?'

export function createPruner({ database, maxRows, maxBytes, now, log }: PrunerOptions): Pruner {
  let bound: LineageBound = { rows: 0, maxRows, bytes: 0, maxBytes, fellOut: 0, lastSeenMs: 0 }

  const forgetFiles = async (rows: number): Promise<void> => {
    const bytes = await bytesInUse(database)
    const kept = Math.min(maxRows, bytes > maxBytes ? Math.floor((rows * maxBytes) / bytes) : maxRows)
    if (rows <= kept) {
      bound = { ...bound, rows, bytes }
      return
    }
    const out = rows - Math.floor(kept * (1 - SLACK))
    const [last] = await database.all<{ seen: number }>(`SELECT max(seen) AS seen FROM (${FIRST_OUT})`, out)
    await database.run(`DELETE FROM file WHERE id IN (SELECT id FROM (${FIRST_OUT}))`, out)
    bound = { ...bound, rows: rows - out, bytes: await bytesInUse(database), fellOut: bound.fellOut + out, lastSeenMs: last?.seen ?? 0 }
    log.warn({ fellOut: out, rows: bound.rows, maxRows, maxBytes, lastSeen: new Date(bound.lastSeenMs).toISOString() }, 'the lineage index is full: the files that were not seen for longest fell out, and copies of them have no source')
  }

  const forgetMore = async (): Promise<void> => {
    const [members] = await database.all<{ count: number }>('SELECT sum(members) AS count FROM (SELECT min(members, 512) AS members FROM container)')
    if ((members?.count ?? 0) > MAX_MEMBERS) await database.run('DELETE FROM container WHERE id IN (SELECT id FROM container ORDER BY seen LIMIT (SELECT max(1, count(*) / 20) FROM container))')
    await database.run('DELETE FROM member WHERE container NOT IN (SELECT id FROM container)')
    const [sketched] = await database.all<{ count: number }>('SELECT count(*) AS count FROM file WHERE sketch IS NOT NULL')
    const over = (sketched?.count ?? 0) - MAX_SKETCHED
    if (over > 0) await database.run('UPDATE file SET sketch = NULL WHERE id IN (SELECT id FROM file WHERE sketch IS NOT NULL ORDER BY seen LIMIT ?)', over + MAX_SKETCHED * SLACK)
    await database.run('DELETE FROM piece WHERE file NOT IN (SELECT id FROM file WHERE sketch IS NOT NULL)')
  }

  return {
    async prune() {
      await database.run('DELETE FROM file WHERE gone > 0 AND gone < ?', now() - GONE_MS)
      const [row] = await database.all<{ rows: number }>('SELECT count(*) AS rows FROM file')
      await forgetMore()
      await forgetFiles(row?.rows ?? 0)
      await database.run('PRAGMA incremental_vacuum(2000)')
    },
    get bound() {
      return bound
    },
  }
}
