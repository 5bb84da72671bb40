// The agent's folder of sealed copies: bounded, 0600 in 0700, and apart from the spool.
//
//   <id>.part     a copy that is being made; removed at the next start
//   <id>.sealed   a whole copy
//   <id>.json     what is said of it; written after the copy is whole, so that it decides whether there is a copy
//   skips.jsonl   files that the rule chose and that were not kept, one a line, until the collector has them
//   usage.json    bytes by person of one day
//
// When a copy needs room the oldest copies go, each with a skip. When skips are more than SKIP_LIMIT, they are counted.
// A crash leaves a part, or a copy that nobody speaks of: both are removed. Skips and usage of the last moment may be lost
// with the power; they say less then, and nothing wrong.
import { appendFile, open, readdir, readFile, rename, rm, stat, statfs } from 'node:fs/promises'
import { join } from 'node:path'
import { makePrivateFolder, removeDurably, writeDurably } from '../platform/durable-file.ts'
import type { ShelvedCopy, Skip } from './contract.ts'
import type { DayUse } from './rule.ts'

const SKIP_LIMIT = 20_000
/** Free space that stays for everything else: the spool above all. */
const SPARE_BYTES = 256 << 20
const NAME = /^[0-9a-f]{32}\.json$/

export interface Shelf {
  readonly use: DayUse
  /** Oldest first. */
  copies(): readonly ShelvedCopy[]
  readonly bytes: number
  pathOf(id: string): string
  partOf(id: string): string
  /** Makes room by letting the oldest go. @returns false when the disk has none to spare, or the copy is larger than the shelf */
  makeRoom(bytes: number, maxBytes: number): Promise<boolean>
  /** Takes over a part that is whole. */
  keep(copy: ShelvedCopy): Promise<void>
  /** At most `limit` bytes from an offset; undefined when the copy is damaged or gone. */
  read(copy: ShelvedCopy, offset: number, limit: number): Promise<Uint8Array | undefined>
  drop(id: string): Promise<void>
  skip(skip: Skip): void
  /** The oldest skips, and how many were not remembered. */
  skips(limit: number): { readonly skips: readonly Skip[]; readonly uncounted: number }
  forget(skips: number, uncounted: number): Promise<void>
  /** Resolves when there is a copy or a skip that is new from now on, or when the signal aborts. */
  waitForNews(signal: AbortSignal): Promise<void>
  readonly skipped: number
  saveUse(): Promise<void>
  flush(): Promise<void>
}

const parse = <T>(text: string): T | undefined => {
  try {
    return JSON.parse(text) as T
  } catch {
    return undefined
  }
}

async function loadCopies(folder: string, damaged: (copy: ShelvedCopy) => void): Promise<ShelvedCopy[]> {
  const names = await readdir(folder)
  const copies: ShelvedCopy[] = []
  for (const name of names.filter((one) => NAME.test(one))) {
    const copy = parse<ShelvedCopy>(await readFile(join(folder, name), 'utf8'))
    const size = await stat(join(folder, name.replace('.json', '.sealed'))).then((found) => found.size, () => -1)
    if (copy !== undefined && `${copy.id}.json` === name && size === copy.sealedBytes) copies.push(copy)
    else {
      if (copy !== undefined) damaged(copy)
      await rm(join(folder, name), { force: true })
    }
  }
  const known = new Set(copies.map((copy) => copy.id))
  for (const name of names) if (/^[0-9a-f]{32}\.(part|sealed)$/.test(name) && !known.has(name.slice(0, 32))) await rm(join(folder, name), { force: true })
  return copies.toSorted((a, b) => a.capturedAtMs - b.capturedAtMs || a.id.localeCompare(b.id))
}

/** Opens the folder, making it where it is absent, and puts it in order after a crash. */
export async function openShelf(folder: string, now: () => number): Promise<Shelf> {
  await makePrivateFolder(folder)
  const skipsFile = join(folder, 'skips.jsonl')
  const useFile = join(folder, 'usage.json')
  let skips = (await readFile(skipsFile, 'utf8').catch(() => '')).split('\n').flatMap((line) => parse<Skip>(line) ?? []).slice(0, SKIP_LIMIT)
  let uncounted = 0
  let skipped = skips.length
  /** Lines that are not in the file yet. */
  let unwritten: Skip[] = []
  let writing: Promise<void> = Promise.resolve()

  const append = async (): Promise<void> => {
    const lines = unwritten
    unwritten = []
    if (lines.length > 0) await appendFile(skipsFile, lines.map((one) => `${JSON.stringify(one)}\n`).join(''), { mode: 0o600 })
  }
  const flush = (): Promise<void> => {
    writing = writing.then(append).catch(() => undefined)
    return writing
  }
  let timer: NodeJS.Timeout | undefined
  const waiting = new Set<() => void>()
  const tell = (): void => waiting.forEach((wake) => wake())
  const skip = (one: Skip): void => {
    skipped += 1
    tell()
    if (skips.length >= SKIP_LIMIT) {
      uncounted += 1
      return
    }
    skips.push(one)
    unwritten.push(one)
    timer ??= setTimeout(() => {
      timer = undefined
      void flush()
    }, 250).unref()
  }

  const skipCopy = (copy: ShelvedCopy, reason: Skip['reason']): void => skip({ epoch: copy.epoch, seq: copy.seq, reason, atMs: now(), sizeBytes: copy.plainBytes })
  let copies = await loadCopies(folder, (copy) => skipCopy(copy, 'damaged'))
  const use = parse<DayUse>(await readFile(useFile, 'utf8').catch(() => '')) ?? { day: 0, bytes: {} }
  const bytes = (): number => copies.reduce((sum, copy) => sum + copy.sealedBytes, 0)
  const pathOf = (id: string): string => join(folder, `${id}.sealed`)

  const drop = async (id: string): Promise<void> => {
    copies = copies.filter((copy) => copy.id !== id)
    await removeDurably(join(folder, `${id}.json`))
    await rm(pathOf(id), { force: true })
  }

  return {
    use, drop, skip, flush, pathOf,
    copies: () => copies,
    get bytes() {
      return bytes()
    },
    get skipped() {
      return skipped
    },
    partOf: (id) => join(folder, `${id}.part`),
    async makeRoom(wanted, maxBytes) {
      if (wanted > maxBytes) return false
      for (let oldest = copies[0]; oldest !== undefined && bytes() + wanted > maxBytes; oldest = copies[0]) {
        skipCopy(oldest, 'folder_full')
        await drop(oldest.id)
      }
      const disk = await statfs(folder)
      return disk.bavail * disk.bsize - wanted >= SPARE_BYTES
    },
    async keep(copy) {
      await rename(join(folder, `${copy.id}.part`), pathOf(copy.id))
      await writeDurably(join(folder, `${copy.id}.json`), JSON.stringify(copy))
      copies = [...copies, copy]
      tell()
    },
    waitForNews: (signal) =>
      new Promise((resolve) => {
        const wake = (): void => {
          waiting.delete(wake)
          signal.removeEventListener('abort', wake)
          resolve()
        }
        if (signal.aborted) return resolve()
        waiting.add(wake)
        signal.addEventListener('abort', wake, { once: true })
      }),
    async read(copy, offset, limit) {
      const file = await open(pathOf(copy.id), 'r').catch(() => undefined)
      if (file === undefined) return undefined
      try {
        const buffer = Buffer.alloc(Math.min(limit, copy.sealedBytes - offset))
        const { bytesRead } = await file.read(buffer, 0, buffer.length, offset)
        return bytesRead === buffer.length && bytesRead > 0 ? buffer : undefined
      } finally {
        await file.close()
      }
    },
    skips: (limit) => ({ skips: skips.slice(0, limit), uncounted }),
    async forget(count, counted) {
      await flush()
      skips = skips.slice(count)
      uncounted -= counted
      writing = writing.then(() => writeDurably(skipsFile, skips.map((one) => `${JSON.stringify(one)}\n`).join(''), { sync: false })).catch(() => undefined)
      unwritten = []
      await writing
    },
    saveUse: () => writeDurably(useFile, JSON.stringify(use), { sync: false }),
  }
}
