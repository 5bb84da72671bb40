// Finds the known file that a changed copy was made from. Sketches (sketch.ts) of files that change on the device are taken in
// the background, in groups and slowly; a copy that leaves and whose content is nobody's is sketched and compared.
import { join } from 'node:path'
import { basename, extname } from 'node:path'
import type { DerivedSource, InspectedFile, SourceHints } from './contract.ts'
import type { DeepReader } from './deep-reader.ts'
import type { Lineage } from './lineage.ts'
import { printablePath } from './path-bytes.ts'
import { resemblance, SKETCH_FROM_BYTES, SKETCH_TO_BYTES } from './sketch.ts'

/** Less in common than this is chance, or a template. */
const ALIKE = 0.3
/** A hash that more files share says nothing (a letterhead, a licence). */
const COMMON = 64
const CANDIDATES = 8
const WAITING = 512
const GROUP_MS = 30_000
/** What the background reads in a second at most; about 1 % of a core. */
const BYTES_PER_SECOND = 2 << 20
const LEAST_PAUSE_MS = 100
/** Waiting files that a copy takes first, because it may have been made from one. */
const TAKEN_FIRST = 16
/** Compressed through and through: a change changes all of it. */
const DENSE = /\.(jpe?g|png|gif|webp|heic|mp[34]|m4[av]|mov|avi|mkv|webm|zip|7z|rar|gz|tgz|bz2|xz|zst|iso|deb|rpm)$/i

export interface Resemblances {
  /** A file on the device has this content now. */
  note(file: { readonly path: string; readonly sizeBytes: number; readonly uid?: number }): void
  resembling(file: InspectedFile, hints?: SourceHints): Promise<DerivedSource | undefined>
  close(): void
}

interface Row {
  readonly path: string
  readonly size: number
  readonly fingerprint: string
  readonly sketch: string
}

const LIKE = `
  SELECT f.path, f.size, lower(hex(f.fingerprint)) AS fingerprint, f.sketch FROM (
    SELECT p.file, count(*) AS shared FROM json_each(?1) AS j CROSS JOIN piece AS p ON p.hash = j.value
    WHERE (SELECT count(*) FROM (SELECT 1 FROM piece WHERE hash = j.value LIMIT ${COMMON + 1})) <= ${COMMON}
    GROUP BY p.file ORDER BY shared DESC LIMIT ${CANDIDATES}) AS best
  JOIN file AS f ON f.id = best.file WHERE f.sketch IS NOT NULL AND f.fingerprint IS NOT NULL AND f.path <> ?2
`

const fits = (path: string, sizeBytes: number): boolean => sizeBytes >= SKETCH_FROM_BYTES && sizeBytes <= SKETCH_TO_BYTES && !DENSE.test(path)

export function createResemblances({ lineage, deep }: { readonly lineage: Lineage; readonly deep: Pick<DeepReader, 'sketch' | 'read'> }): Resemblances {
  const waiting = new Map<string, { readonly path: string; readonly sizeBytes: number; readonly uid?: number }>()
  let timer: NodeJS.Timeout | undefined
  let working = false
  let closed = false

  const keep = (path: string, sketch: readonly number[]): Promise<unknown> =>
    lineage.told(async (database) => {
      const text = JSON.stringify(sketch)
      const at = printablePath(path)
      await database.run('DELETE FROM piece WHERE file = (SELECT id FROM file WHERE path = ?1) AND hash IN (SELECT value FROM json_each((SELECT sketch FROM file WHERE path = ?1)))', at)
      if (await database.run('UPDATE file SET sketch = ? WHERE path = ? AND gone = 0', text, at) === 0) return
      await database.run('INSERT OR IGNORE INTO piece (hash, file) SELECT j.value, f.id FROM json_each(?1) AS j CROSS JOIN file AS f ON f.path = ?2', text, at)
    }, undefined)

  const sketchOne = async (): Promise<number> => {
    const [next] = waiting.values()
    if (next === undefined) return 0
    waiting.delete(next.path)
    const sketch = await deep.sketch(next.path, next.uid)
    if (sketch.length > 0) await keep(next.path, sketch)
    return next.sizeBytes
  }
  const later = (ms: number): void => {
    if (!closed) timer ??= setTimeout(() => { timer = undefined; void work() }, ms).unref()
  }
  const work = async (): Promise<void> => {
    if (working || closed) return
    working = true
    try {
      const read = await sketchOne()
      if (waiting.size > 0) later(Math.max(LEAST_PAUSE_MS, (read / BYTES_PER_SECOND) * 1000))
    } finally {
      working = false
    }
  }

  const compare = async (path: string, sketch: readonly number[]): Promise<{ readonly row: Row; readonly share: number } | undefined> => {
    const rows = await lineage.told((database) => database.all<Row>(LIKE, JSON.stringify(sketch), printablePath(path)), [])
    return rows.map((row) => ({ row, share: resemblance(sketch, JSON.parse(row.sketch) as number[]) })).toSorted((a, b) => b.share - a.share)[0]
  }

  /** A file of the same name in a folder of the copying process, which nobody has looked at yet. */
  const guess = async (file: InspectedFile, sketch: readonly number[], { uid, folders = [] }: SourceHints): Promise<DerivedSource | undefined> => {
    for (const folder of folders.slice(0, 4)) {
      const path = join(folder, basename(file.path))
      if (path === file.path) continue
      const share = resemblance(sketch, await deep.sketch(path, uid))
      if (share < ALIKE) continue
      const facts = await deep.read(path, 0, uid)
      if (facts.fingerprint !== '') return { path, sizeBytes: facts.sizeBytes, fingerprint: facts.fingerprint, similarity: share }
    }
    return undefined
  }

  return {
    note(file) {
      if (closed || !fits(file.path, file.sizeBytes)) return
      // The latest ones are kept: a copy is mostly made of what one works on.
      waiting.delete(file.path)
      waiting.set(file.path, file)
      if (waiting.size > WAITING) for (const oldest of waiting.keys()) { waiting.delete(oldest); break }
      later(GROUP_MS)
    },
    async resembling(file, hints = {}) {
      if (closed || !fits(file.path, file.sizeBytes)) return undefined
      const alike = [...waiting.values()].filter(({ path, sizeBytes }) => extname(path) === extname(file.path) || Math.abs(sizeBytes - file.sizeBytes) < file.sizeBytes / 4).slice(-TAKEN_FIRST)
      for (const one of alike) {
        waiting.delete(one.path)
        const sketch = await deep.sketch(one.path, one.uid)
        if (sketch.length > 0) await keep(one.path, sketch)
      }
      const sketch = await deep.sketch(file.path, hints.uid)
      if (sketch.length === 0) return undefined
      const best = await compare(file.path, sketch)
      if (best !== undefined && best.share >= ALIKE) return { path: best.row.path, sizeBytes: best.row.size, fingerprint: best.row.fingerprint, similarity: best.share }
      return guess(file, sketch, hints)
    },
    close() {
      closed = true
      clearTimeout(timer)
      waiting.clear()
    },
  }
}
