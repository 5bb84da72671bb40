// Where contents are and were: an index of watched files on disk, so that memory stays flat with any number of files.
//
//   file(path UNIQUE, name, size, mtime, fingerprint or NULL, sha256, seen, gone, marks)
//
// A row without fingerprint is a file that was only listed: its content is read when a copy of its size turns up.
// Paths stand in their printable form: SQLite keeps text. `gone` keeps what was deleted or moved away for a day, because a move to a stick deletes its source.
// The index may be lost at any time (it is written without fsync); what it held is collected again.
import { rm } from 'node:fs/promises'
import { basename, join } from 'node:path'
import type { wire } from '@holdfast/proto'
import sqlite3 from 'sqlite3'
import type { InspectedFile, ListedFile, PathHistory, SourceHints, SourceMatch } from './contract.ts'
import { printablePath } from './path-bytes.ts'

const MAX_ROWS = 500_000
const GONE_MS = 86_400_000
const FLUSH_MS = 1000
const FLUSH_ROWS = 1000
const CANDIDATES = 16
const GUESSES = 32
const COPY_SOURCE = 1
const EXFILTRATED = 2

const SCHEMA = `
  PRAGMA journal_mode = WAL;
  PRAGMA synchronous = OFF;
  PRAGMA cache_size = -2048;
  PRAGMA temp_store = MEMORY;
  CREATE TABLE IF NOT EXISTS file (
    id INTEGER PRIMARY KEY, path TEXT NOT NULL UNIQUE, name TEXT NOT NULL, size INTEGER NOT NULL, mtime INTEGER NOT NULL,
    fingerprint TEXT, sha256 TEXT NOT NULL DEFAULT '', seen INTEGER NOT NULL, gone INTEGER NOT NULL DEFAULT 0, marks INTEGER NOT NULL DEFAULT 0
  );
  CREATE INDEX IF NOT EXISTS file_by_size ON file(size, name);
  CREATE INDEX IF NOT EXISTS file_by_fingerprint ON file(fingerprint) WHERE fingerprint IS NOT NULL;
  PRAGMA user_version = 1;
`

type Value = string | number | null

interface Database {
  all<T>(sql: string, ...values: readonly Value[]): Promise<T[]>
  run(sql: string, ...values: readonly Value[]): Promise<number>
  close(): Promise<void>
}

async function open(path: string): Promise<Database> {
  const database = await new Promise<sqlite3.Database>((resolve, reject) => {
    const opened = new sqlite3.Database(path, (problem) => (problem === null ? resolve(opened) : reject(problem)))
  })
  const close = (): Promise<void> => new Promise((resolve) => database.close(() => resolve()))
  try {
    await new Promise<void>((resolve, reject) => database.exec(SCHEMA, (problem) => (problem === null ? resolve() : reject(problem))))
  } catch (error) {
    await close()
    throw error
  }
  const statements = new Map<string, sqlite3.Statement>()
  const prepared = (sql: string): sqlite3.Statement => {
    const known = statements.get(sql) ?? database.prepare(sql)
    statements.set(sql, known)
    return known
  }
  return {
    all: <T>(sql: string, ...values: readonly Value[]) =>
      new Promise<T[]>((resolve, reject) => prepared(sql).all(values, (problem: Error | null, rows: T[]) => (problem === null ? resolve(rows) : reject(problem)))),
    run: (sql, ...values) =>
      new Promise((resolve, reject) => {
        prepared(sql).run(values, function (this: sqlite3.RunResult, problem: Error | null) {
          if (problem === null) resolve(this.changes)
          else reject(problem)
        })
      }),
    async close() {
      await Promise.all([...statements.values()].map((statement) => new Promise<void>((resolve) => statement.finalize(() => resolve()))))
      await close()
    },
  }
}

interface Learnt {
  readonly path: string
  readonly size: number
  readonly mtime: number
  /** Empty: only listed. */
  readonly fingerprint: string
  readonly sha256: string
}

interface SourceRow {
  readonly asked: number
  readonly path: string
  readonly size: number
  readonly sha256: string
}

export interface LineageOptions {
  readonly folder: string
  readonly now: () => number
  readonly log: { warn(object: object, message: string): void }
  readonly maxRows?: number
  /** Fingerprint only, with the rights of `uid`. */
  readonly inspect: (path: string, uid: number | undefined) => Promise<InspectedFile>
}

export interface Lineage {
  learn(facts: wire.FileFacts.$Properties & { readonly mtimeMs?: number }): void
  listed(files: readonly ListedFile[]): void
  moved(from: string, to: string): void
  forgotten(path: string): void
  copied(source: string, exfiltrated: boolean): void
  historyOf(path: string): Promise<PathHistory>
  sourceOf(facts: wire.FileFacts.$Properties, hints?: SourceHints): Promise<SourceMatch | undefined>
  /** Everything told so far is in the index. */
  flush(): Promise<void>
  close(): Promise<void>
}

// A path that was listed again keeps its fingerprint while size and time are the same.
const LEARN = `
  INSERT INTO file (path, name, size, mtime, fingerprint, sha256, seen)
  SELECT j.value ->> 0, j.value ->> 1, j.value ->> 2, j.value ->> 3, nullif(j.value ->> 4, ''), j.value ->> 5, j.value ->> 6 FROM json_each(?) AS j WHERE true
  ON CONFLICT (path) DO UPDATE SET
    fingerprint = CASE WHEN excluded.fingerprint IS NULL AND size = excluded.size AND mtime = excluded.mtime AND gone = 0 THEN fingerprint ELSE excluded.fingerprint END,
    sha256 = CASE WHEN excluded.fingerprint IS NULL AND size = excluded.size AND mtime = excluded.mtime AND gone = 0 THEN sha256 ELSE excluded.sha256 END,
    marks = CASE WHEN gone = 0 THEN marks ELSE 0 END,
    size = excluded.size, mtime = excluded.mtime, seen = excluded.seen, gone = 0
  WHERE gone <> 0 OR size <> excluded.size OR mtime <> excluded.mtime OR excluded.fingerprint IS NOT NULL
`
// The cross join keeps the outer loop over the questions and the inner on the index.
const SOURCES = `
  SELECT j.key AS asked, f.path, f.size, f.sha256 FROM json_each(?) AS j CROSS JOIN file AS f
  ON f.fingerprint = j.value ->> 0 AND f.id = (
    SELECT id FROM file WHERE fingerprint = j.value ->> 0 AND path <> j.value ->> 1 ORDER BY gone > 0, name <> j.value ->> 2, seen DESC LIMIT 1)
`

interface CandidateRow {
  readonly path: string
  readonly gone: number
  readonly name: string
}

const CANDIDATE = 'SELECT path, gone, name FROM file WHERE size = ? AND fingerprint IS NULL AND path <> ?'

/** How many names two paths share, from the end. */
export function commonParts(a: string, b: string): number {
  const left = a.split('/').toReversed()
  const right = b.split('/').toReversed()
  const differs = left.findIndex((part, index) => part !== right[index])
  return differs < 0 ? left.length : differs
}

/** The copying process's folders, joined with the last parts of the copy's path: `cp -r docs STICK` makes STICK/docs/a/b. */
const guesses = (destination: string, folders: readonly string[]): readonly string[] => {
  const parts = destination.split('/').filter((part) => part !== '')
  const found = new Set<string>()
  for (const folder of folders) {
    for (let count = 1; count <= Math.min(4, parts.length); count++) found.add(join(folder, ...parts.slice(-count)))
  }
  found.delete(destination)
  return [...found].slice(0, GUESSES)
}

/**
 * Opens the index; one that cannot be read is thrown away and collected again.
 */
export async function openLineage({ folder, now, log, inspect, maxRows = MAX_ROWS }: LineageOptions): Promise<Lineage> {
  const path = join(folder, 'lineage.db')
  const database = await open(path).catch(async (error: unknown) => {
    log.warn({ error: error instanceof Error ? error.message : String(error) }, 'the lineage index was unreadable and is collected again')
    await Promise.all(['', '-wal', '-shm'].map((suffix) => rm(`${path}${suffix}`, { force: true })))
    return open(path)
  })

  let learnt: Learnt[] = []
  /** Of what is not written yet, by content: it can be asked for without writing. */
  let fresh = new Map<string, Learnt>()
  let questions: { readonly question: readonly [string, string, string]; readonly answer: (row: SourceRow | undefined) => void }[] = []
  let timer: NodeJS.Timeout | undefined
  let flushes = 0
  let closed = false
  // One writer in order: what was told first is in the index first.
  let chain: Promise<unknown> = Promise.resolve()
  const inOrder = <T>(work: () => Promise<T>, otherwise: T): Promise<T> => {
    const done = chain.then(work).catch((error: unknown) => {
      log.warn({ error: error instanceof Error ? error.message : String(error) }, 'the lineage index failed')
      return otherwise
    })
    chain = done
    return done
  }

  const prune = async (): Promise<void> => {
    await database.run('DELETE FROM file WHERE gone > 0 AND gone < ?', now() - GONE_MS)
    const [row] = await database.all<{ rows: number }>('SELECT count(*) AS rows FROM file')
    const over = (row?.rows ?? 0) - maxRows
    if (over > 0) await database.run('DELETE FROM file WHERE id IN (SELECT id FROM file ORDER BY gone = 0, seen LIMIT ?)', over)
  }

  const writeLearnt = (): void => {
    clearTimeout(timer)
    timer = undefined
    if (learnt.length === 0) return
    const rows = learnt
    learnt = []
    fresh = new Map()
    const seen = now()
    // Two rows of one path in one statement: the later one counts.
    const text = JSON.stringify([...new Map(rows.map((row) => [row.path, row])).values()].map((row) => [row.path, basename(row.path), row.size, row.mtime, row.fingerprint, row.sha256, seen]))
    void inOrder(async () => {
      await database.run(LEARN, text)
      flushes += 1
      if (flushes % 64 === 1) await prune()
    }, undefined)
  }
  const add = (row: Learnt): void => {
    if (closed) return
    const printable = { ...row, path: printablePath(row.path) }
    learnt.push(printable)
    if (row.fingerprint !== '') fresh.set(row.fingerprint, printable)
    if (learnt.length >= FLUSH_ROWS) writeLearnt()
    else timer ??= setTimeout(writeLearnt, FLUSH_MS).unref()
  }

  const ask = (fingerprint: string, at: string): Promise<SourceRow | undefined> =>
    new Promise((answer) => {
      questions.push({ question: [fingerprint, at, basename(at)], answer })
      if (questions.length > 1) return
      setImmediate(() => {
        const asked = questions
        questions = []
        void inOrder(async () => {
          const rows = await database.all<SourceRow>(SOURCES, JSON.stringify(asked.map(({ question }) => question)))
          return new Map(rows.map((row) => [row.asked, row]))
        }, new Map<number, SourceRow>()).then((byQuestion) => asked.forEach(({ answer: tell }, index) => tell(byQuestion.get(index))))
      })
    })

  const told = <T>(work: () => Promise<T>, otherwise: T): Promise<T> => {
    writeLearnt()
    return inOrder(work, otherwise)
  }

  /** Reads files that may be the source, one after the other, until one has the content. */
  const readUntilSame = async (paths: readonly string[], fingerprint: string, uid: number | undefined): Promise<SourceMatch | undefined> => {
    for (const candidate of paths) {
      const found = await inspect(candidate, uid)
      if (found.fingerprint === '') continue
      add({ path: candidate, size: found.sizeBytes, mtime: found.mtimeMs, fingerprint: found.fingerprint, sha256: found.sha256 })
      if (found.fingerprint === fingerprint) return { path: candidate, sizeBytes: found.sizeBytes, fingerprint: found.fingerprint, ...(found.sha256 === '' ? {} : { sha256: found.sha256 }) }
    }
    return undefined
  }

  /** Files of this size that nobody has read: of the same name first, and of those the ones in folders of the same names. */
  const candidates = async (destination: string, size: number): Promise<readonly CandidateRow[]> => {
    const name = basename(destination)
    writeLearnt()
    const sameName = await inOrder(() => database.all<CandidateRow>(`${CANDIDATE} AND name = ? ORDER BY gone > 0, mtime DESC LIMIT 512`, size, destination, name), [])
    const best = sameName.toSorted((a, b) => commonParts(b.path, destination) - commonParts(a.path, destination)).slice(0, CANDIDATES)
    if (best.length === CANDIDATES) return best
    return [...best, ...await inOrder(() => database.all<CandidateRow>(`${CANDIDATE} AND name <> ? AND gone = 0 ORDER BY mtime DESC LIMIT ?`, size, destination, name, CANDIDATES - best.length), [])]
  }

  return {
    learn(facts) {
      const known = facts.path ?? ''
      if (known === '' || facts.state === 'gone' || facts.state === 'denied' || facts.state === 'special') return
      add({ path: known, size: facts.sizeBytes ?? 0, mtime: facts.mtimeMs ?? 0, fingerprint: facts.state === 'unstable' ? '' : facts.fingerprint ?? '', sha256: facts.sha256 ?? '' })
    },
    listed(files) {
      for (const file of files) add({ path: file.path, size: file.sizeBytes, mtime: file.mtimeMs, fingerprint: '', sha256: '' })
    },
    moved(oldPath, newPath) {
      const from = printablePath(oldPath)
      const to = printablePath(newPath)
      void told(async () => {
        await database.run('DELETE FROM file WHERE path = ?', to)
        const changed = await database.run('UPDATE file SET path = ?, name = ? WHERE path = ? AND gone = 0', to, basename(to), from)
        // `0` follows `/` in ASCII: all paths below the folder.
        if (changed === 0) await database.run('UPDATE OR REPLACE file SET path = ? || substr(path, ?) WHERE path >= ? AND path < ?', to, from.length + 1, `${from}/`, `${from}0`)
      }, undefined)
    },
    forgotten(at) {
      void told(() => database.run('UPDATE file SET gone = ? WHERE path = ?', now(), printablePath(at)), 0)
    },
    copied(source, exfiltrated) {
      void told(() => database.run('UPDATE file SET marks = marks | ? WHERE path = ?', COPY_SOURCE | (exfiltrated ? EXFILTRATED : 0), printablePath(source)), 0)
    },
    async historyOf(at) {
      const [row] = await told(() => database.all<{ fingerprint: string | null; marks: number }>('SELECT fingerprint, marks FROM file WHERE path = ?', printablePath(at)), [])
      const marks = row?.marks ?? 0
      return { fingerprint: row?.fingerprint ?? '', wasCopySource: (marks & COPY_SOURCE) !== 0, wasExfiltrated: (marks & EXFILTRATED) !== 0 }
    },
    async sourceOf(facts, hints = {}) {
      const destination = printablePath(facts.path ?? '')
      const fingerprint = facts.fingerprint ?? ''
      const sizeBytes = facts.sizeBytes ?? 0
      // Every empty file is like every other.
      if (destination === '' || fingerprint === '' || sizeBytes === 0) return undefined
      const unwritten = fresh.get(fingerprint)
      const known = unwritten === undefined || unwritten.path === destination ? await ask(fingerprint, destination) : unwritten
      if (known !== undefined) return { path: known.path, sizeBytes: known.size, fingerprint, ...(known.sha256 === '' ? {} : { sha256: known.sha256 }) }
      if (hints.knownOnly === true) return undefined
      const rows = await candidates(destination, sizeBytes)
      const match = await readUntilSame(rows.filter((row) => row.gone === 0).map((row) => row.path), fingerprint, hints.uid)
        ?? await readUntilSame(guesses(destination, hints.folders ?? []), fingerprint, hints.uid)
      if (match !== undefined) return match
      // Moved: the source went away unread. Same name and same size within the last seconds is as good as it gets.
      const movedAway = rows.find((row) => row.gone > now() - 10_000 && row.name === basename(destination))
      return movedAway === undefined ? undefined : { path: movedAway.path, sizeBytes, fingerprint }
    },
    async flush() {
      writeLearnt()
      await chain
    },
    async close() {
      if (closed) return
      closed = true
      writeLearnt()
      await chain
      await database.close()
    },
  }
}

