// Where contents are and were: an index of watched files on disk (lineage-database.ts), so that memory stays flat with any
// number of files.
//
// What is told is written in groups, in the order in which it was told; what is asked sees all that was told before.
import { rm } from 'node:fs/promises'
import { basename, join } from 'node:path'
import type { wire } from '@holdfast/proto'
import type { InspectedFile, LineageStep, ListedFile, PathHistory, SourceHints, SourceMatch } from './contract.ts'
import { createPruner, type LineageBound } from './lineage-bound.ts'
import { type Database, openDatabase } from './lineage-database.ts'
import { printablePath } from './path-bytes.ts'

const MAX_ROWS = 500_000
/** About 500 bytes a row, and room for what containers hold. */
const MAX_BYTES = 300 << 20
const FLUSH_MS = 1000
const FLUSH_ROWS = 1000
const PRUNE_FLUSHES = 64
const CANDIDATES = 16
const GUESSES = 32
const COPY_SOURCE = 1
const EXFILTRATED = 2
/** Of one content, so many rows are looked at for the best: a licence text may be a thousand times in a home. */
const SAME_CONTENT = 256
const CHAIN_HOPS = 12
const NAMES_KEPT = 1500

interface Learnt {
  readonly path: string
  readonly size: number
  readonly mtime: number
  /** Empty: only listed. */
  readonly fingerprint: string
  readonly sha256: string
  readonly crc32?: number
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
  readonly maxBytes?: number
  /** Fingerprint only, with the rights of `uid`. */
  readonly inspect: (path: string, uid: number | undefined) => Promise<InspectedFile>
}

export interface Lineage {
  learn(facts: wire.FileFacts.$Properties & { readonly mtimeMs?: number; readonly crc32?: number }): void
  listed(files: readonly ListedFile[]): void
  moved(from: string, to: string): void
  forgotten(path: string): void
  copied(source: string, exfiltrated: boolean, made?: { readonly path: string; readonly how: 'copied' | 'unpacked' | 'changed' }): void
  /** The way of a content to a path, first known file first; empty when there was no step. */
  chainOf(path: string): Promise<readonly LineageStep[]>
  historyOf(path: string): Promise<PathHistory>
  sourceOf(facts: wire.FileFacts.$Properties, hints?: SourceHints): Promise<SourceMatch | undefined>
  /** The database, after all that was told so far; what goes wrong is logged and answered with `otherwise`. */
  told<T>(work: (database: Database) => Promise<T>, otherwise: T): Promise<T>
  readonly bound: LineageBound
  /** Everything told so far is in the index. */
  flush(): Promise<void>
  close(): Promise<void>
}

// A path that was listed again keeps what is known of it while size and time are the same; another content has no history.
const SAME = 'excluded.fingerprint IS NULL AND size = excluded.size AND mtime = excluded.mtime AND gone = 0'
const LEARN = `
  INSERT INTO file (path, name, size, mtime, fingerprint, sha256, crc, seen)
  SELECT j.value ->> 0, j.value ->> 1, j.value ->> 2, j.value ->> 3, unhex(nullif(j.value ->> 4, '')), unhex(nullif(j.value ->> 5, '')), j.value ->> 6, j.value ->> 7 FROM json_each(?) AS j WHERE true
  ON CONFLICT (path) DO UPDATE SET
    fingerprint = CASE WHEN ${SAME} THEN fingerprint ELSE excluded.fingerprint END,
    sha256 = CASE WHEN ${SAME} THEN sha256 ELSE excluded.sha256 END,
    crc = CASE WHEN ${SAME} THEN crc ELSE excluded.crc END,
    marks = CASE WHEN gone = 0 THEN marks ELSE 0 END,
    parent = CASE WHEN gone = 0 THEN parent ELSE 0 END,
    was = CASE WHEN gone = 0 THEN was ELSE '' END,
    size = excluded.size, mtime = excluded.mtime, seen = excluded.seen, gone = 0
  WHERE gone <> 0 OR size <> excluded.size OR mtime <> excluded.mtime OR excluded.fingerprint IS NOT NULL
`
// The cross join keeps the outer loop over the questions and the inner on the index. Of one content, a file that is still
// there, of the same name, in a folder of the copying process, seen last.
const SOURCES = `
  SELECT j.key AS asked, f.path, f.size, lower(hex(f.sha256)) AS sha256 FROM json_each(?) AS j CROSS JOIN file AS f
  ON f.id = (
    SELECT s.id FROM (SELECT id, path, name, gone, seen FROM file WHERE fingerprint = unhex(j.value ->> 0) LIMIT ${SAME_CONTENT}) AS s
    WHERE s.path <> j.value ->> 1
    ORDER BY s.gone > 0, s.name <> j.value ->> 2, NOT EXISTS (SELECT 1 FROM json_each(j.value -> 3) AS d WHERE s.path = d.value || '/' || s.name), s.seen DESC, s.id DESC LIMIT 1)
`

interface CandidateRow {
  readonly path: string
  readonly gone: number
  readonly name: string
}

interface ChainRow {
  readonly path: string
  readonly how: string
  readonly was: string
}

/** From a file to what it was made from, and so on. Copies may go in a circle: the hops are bounded, and repeated rows are cut off. */
const CHAIN = `
  WITH RECURSIVE up(id, path, parent, how, was, hop) AS (
    SELECT id, path, parent, how, was, 0 FROM file WHERE path = ?
    UNION ALL SELECT f.id, f.path, f.parent, f.how, f.was, up.hop + 1 FROM up JOIN file AS f ON f.id = up.parent WHERE up.hop < ${CHAIN_HOPS})
  SELECT path, how, was FROM up ORDER BY hop
`

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
export async function openLineage({ folder, now, log, inspect, maxRows = MAX_ROWS, maxBytes = MAX_BYTES }: LineageOptions): Promise<Lineage> {
  const path = join(folder, 'lineage.db')
  const database = await openDatabase(path).catch(async (error: unknown) => {
    log.warn({ error: error instanceof Error ? error.message : String(error) }, 'the lineage index was unreadable and is collected again')
    await Promise.all(['', '-wal', '-shm'].map((suffix) => rm(`${path}${suffix}`, { force: true })))
    return openDatabase(path)
  })
  const pruner = createPruner({ database, maxRows, maxBytes, now, log })

  let learnt: Learnt[] = []
  /** Of what is not written yet, by content: it can be asked for without writing. */
  let fresh = new Map<string, Learnt>()
  let questions: { readonly question: readonly [string, string, string, readonly string[]]; readonly answer: (row: SourceRow | undefined) => void }[] = []
  let timer: NodeJS.Timeout | undefined
  let flushes = 0
  let closed = false
  let ended = false
  // One writer in order: what was told first is in the index first.
  let chain: Promise<unknown> = Promise.resolve()
  const inOrder = <T>(work: () => Promise<T>, otherwise: T): Promise<T> => {
    // Whoever asks after the end finds nothing: the database is no more.
    const done = chain.then(() => (ended ? otherwise : work())).catch((error: unknown) => {
      log.warn({ error: error instanceof Error ? error.message : String(error) }, 'the lineage index failed')
      return otherwise
    })
    chain = done
    return done
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
    const text = JSON.stringify([...new Map(rows.map((row) => [row.path, row])).values()].map((row) => [row.path, basename(row.path), row.size, row.mtime, row.fingerprint, row.sha256, row.crc32 ?? null, seen]))
    void inOrder(async () => {
      await database.run(LEARN, text)
      flushes += 1
      if (flushes % PRUNE_FLUSHES === 1) await pruner.prune()
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

  const ask = (fingerprint: string, at: string, folders: readonly string[]): Promise<SourceRow | undefined> =>
    new Promise((answer) => {
      questions.push({ question: [fingerprint, at, basename(at), folders.slice(0, 8)], answer })
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

  /** Steps of one row, its names first to last: how it came to be, and its renames since. */
  const stepsOf = (row: ChainRow, first: boolean): readonly LineageStep[] => {
    const names = [...row.was.split('\n').filter((name) => name !== '').toReversed(), row.path]
    return names.map((name, index) => ({ kind: index > 0 ? 'renamed' : first ? 'origin' : row.how === 'unpacked' || row.how === 'changed' ? row.how : 'copied', path: name }))
  }

  /** Reads files that may be the source, one after the other, until one has the content. */
  const readUntilSame = async (paths: readonly string[], fingerprint: string, uid: number | undefined): Promise<SourceMatch | undefined> => {
    for (const candidate of paths) {
      const found = await inspect(candidate, uid)
      if (found.fingerprint === '') continue
      add({ path: candidate, size: found.sizeBytes, mtime: found.mtimeMs, fingerprint: found.fingerprint, sha256: found.sha256, ...(found.crc32 === undefined ? {} : { crc32: found.crc32 }) })
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
      add({ path: known, size: facts.sizeBytes ?? 0, mtime: facts.mtimeMs ?? 0, fingerprint: facts.state === 'unstable' ? '' : facts.fingerprint ?? '', sha256: facts.sha256 ?? '', ...(facts.crc32 === undefined || facts.state === 'unstable' ? {} : { crc32: facts.crc32 }) })
    },
    listed(files) {
      for (const file of files) add({ path: file.path, size: file.sizeBytes, mtime: file.mtimeMs, fingerprint: '', sha256: '' })
    },
    moved(oldPath, newPath) {
      const from = printablePath(oldPath)
      const to = printablePath(newPath)
      void told(async () => {
        await database.run('DELETE FROM file WHERE path = ?', to)
        const changed = await database.run('UPDATE file SET path = ?, name = ?, was = substr(path || char(10) || was, 1, ?) WHERE path = ? AND gone = 0', to, basename(to), NAMES_KEPT, from)
        // `0` follows `/` in ASCII: all paths below the folder.
        if (changed === 0) await database.run('UPDATE OR REPLACE file SET was = substr(path || char(10) || was, 1, ?), path = ? || substr(path, ?) WHERE path >= ? AND path < ?', NAMES_KEPT, to, from.length + 1, `${from}/`, `${from}0`)
      }, undefined)
    },
    forgotten(at) {
      void told(() => database.run('UPDATE file SET gone = ? WHERE path = ?', now(), printablePath(at)), 0)
    },
    copied(source, exfiltrated, made) {
      const from = printablePath(source)
      void told(async () => {
        await database.run('UPDATE file SET marks = marks | ? WHERE path = ?', COPY_SOURCE | (exfiltrated ? EXFILTRATED : 0), from)
        if (made !== undefined) await database.run('UPDATE file SET parent = coalesce((SELECT id FROM file WHERE path = ?), 0), how = ? WHERE path = ?', from, made.how, printablePath(made.path))
      }, undefined)
    },
    async chainOf(at) {
      const rows = await told(() => database.all<ChainRow>(CHAIN, printablePath(at)), [])
      const circle = rows.findIndex((row, index) => rows.findIndex((other) => other.path === row.path) < index)
      const steps = (circle < 0 ? rows : rows.slice(0, circle)).toReversed().flatMap((row, index) => stepsOf(row, index === 0))
      return steps.length > 1 ? steps : []
    },
    told: (work, otherwise) => told(() => work(database), otherwise),
    get bound() {
      return pruner.bound
    },
    async historyOf(at) {
      const [row] = await told(() => database.all<{ fingerprint: string | null; marks: number }>('SELECT lower(hex(fingerprint)) AS fingerprint, marks FROM file WHERE path = ?', printablePath(at)), [])
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
      const known = unwritten === undefined || unwritten.path === destination ? await ask(fingerprint, destination, hints.folders ?? []) : unwritten
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
      ended = true
      await database.close()
    },
  }
}

