import { cp, mkdir, readdir, rm, stat, truncate } from 'node:fs/promises'
import { join } from 'node:path'
import type { SpooledRun } from '@holdfast/agent/spool/contract.ts'
import { openSpool } from '@holdfast/agent/spool/spool.ts'
import { issueActivity } from './activities.ts'
import { type Fault, type FaultContext, must } from './fault.ts'

const RECORDS = 120
const BASE_MS = 1_700_000_000_000
/** A frame of SQLite's write-ahead log: 24 bytes and a page. The last three are the tail. */
const TAIL_BYTES = 3 * (24 + 4096)

const LIMITS = { maxActivities: 500, maxBytes: 512 * 1024 }

const silent = { debug() {}, info() {}, warn() {}, error() {} }
const open = (folder: string) => openSpool({ folder, maxBytes: 64 << 20, now: Date.now, log: silent })

interface Original {
  readonly folder: string
  readonly epoch: string
  readonly bodies: ReadonlyMap<number, Uint8Array>
}

/** A spool as a killed agent leaves it: copied while it is open and quiet, so that nothing was tidied up. */
async function makeOriginal(context: FaultContext): Promise<Original> {
  const live = join(context.folder, 'live')
  const folder = join(context.folder, 'original')
  const spool = await open(live)
  const bodies = new Map<number, Uint8Array>()
  for (let number = 1; number <= RECORDS; number += 6) {
    await Promise.all(Array.from({ length: 6 }, async (_, index) => {
      const body = issueActivity({ agent: 0, number: number + index }, BASE_MS)
      bodies.set(await spool.append(body), body)
    }))
  }
  await cp(live, folder, { recursive: true })
  const { epoch } = spool
  await spool.close()
  return { folder, epoch, bodies }
}

/** Opens a damaged spool and holds it against what was acknowledged. */
async function check(folder: string, { epoch, bodies }: Original, what: string): Promise<{ readonly kept: number; readonly newEpoch: boolean }> {
  const spool = await open(folder).catch((error: unknown) => {
    throw new Error(`${what}: the spool does not open: ${String(error)}`)
  })
  try {
    const kept = new Set<number>()
    const take = (run: SpooledRun): void => {
      for (const [index, body] of run.activities.entries()) {
        const seq = run.firstSeq + index
        const before = run.epoch === epoch ? bodies.get(seq) : undefined
        // A damaged record must not come out as a valid one.
        must(before !== undefined, `${what}: activity ${run.epoch}/${seq} was never spooled`)
        must(Buffer.compare(before, body) === 0, `${what}: activity ${seq} came out altered`)
        must(!kept.has(seq), `${what}: activity ${seq} comes twice`)
        kept.add(seq)
      }
    }
    let last: { readonly epoch: string; readonly seq: number } | undefined
    for (let run = await spool.readEarlier(undefined, LIMITS); run !== undefined; run = await spool.readEarlier(last, LIMITS)) {
      take(run)
      last = { epoch: run.epoch, seq: run.firstSeq + run.activities.length - 1 }
    }
    for (let run = await spool.read(1, LIMITS); run !== undefined; run = await spool.read(run.firstSeq + run.activities.length, LIMITS)) take(run)
    const gaps = await spool.gaps()
    for (const seq of bodies.keys()) must(kept.has(seq) || gaps.some((gap) => gap.epoch === epoch && gap.firstSeq <= seq && seq <= gap.lastSeq), `${what}: activity ${seq} of ${bodies.size} is gone and no gap record says so (kept ${kept.size}, gaps ${JSON.stringify(gaps)})`)
    const fresh = issueActivity({ agent: 0, number: RECORDS + 1 }, BASE_MS)
    const seq = await spool.append(fresh)
    must(spool.epoch !== epoch || !bodies.has(seq), `${what}: number ${seq} was given out a second time in the same epoch`)
    const back = await spool.read(seq, LIMITS)
    must(back?.activities[0] !== undefined && back.firstSeq === seq && Buffer.compare(back.activities[0], fresh) === 0, `${what}: a fresh activity cannot be read back`)
    return { kept: kept.size, newEpoch: spool.epoch !== epoch }
  } finally {
    await spool.close()
  }
}

export const spoolCut: Fault = {
  id: 'F-03', name: 'spool-cut', title: 'files of the spool are cut off',
  does: 'A spool with a full write-ahead log, as a kill leaves it; each of its files is cut at bytes of its tail (a full run: every byte of the last three frames, then of the rest, as far as ten minutes go), and opened again.',
  oracle: 'It opens; what can be read is what was written, byte for byte; every acknowledged activity is there or covered by a gap record; a number is never given out twice in one epoch; a fresh activity is spooled.',
  limitSecs: { short: 60, full: 900 },
  async run(context) {
    const original = await makeOriginal(context)
    const files = (await readdir(original.folder)).filter((name) => /^spool\.(db|db-wal|state)$/.test(name))
    must(files.some((name) => name.endsWith('-wal')), `the copy has no write-ahead log, so nothing would be tested: ${files.join(', ')}`)
    const cuts: { readonly file: string; readonly at: number }[] = []
    for (const file of files) {
      const { size } = await stat(join(original.folder, file))
      const tail = Math.min(size, TAIL_BYTES)
      const chosen = context.short
        ? Array.from({ length: file.endsWith('-wal') ? 150 : 40 }, () => size - context.random.between(1, tail))
        : [...Array.from({ length: tail }, (_, index) => size - 1 - index), ...Array.from({ length: 200 }, () => context.random.between(0, size - 1))]
      cuts.push(...[0, ...chosen].map((at) => ({ file, at })))
    }
    const endMs = Date.now() + (context.short ? 30_000 : 600_000)
    let done = 0
    let keptAll = 0
    let newEpochs = 0
    for (const { file, at } of context.short ? cuts : cuts.toSorted(() => context.random.next() - 0.5)) {
      context.signal.throwIfAborted()
      if (Date.now() > endMs) break
      const folder = join(context.folder, `cut-${done}`)
      await mkdir(folder, { mode: 0o700 })
      await cp(original.folder, folder, { recursive: true })
      await truncate(join(folder, file), at)
      const first = await check(folder, original, `${file} cut at ${at}`)
      if (first.kept === original.bodies.size) keptAll += 1
      if (first.newEpoch) newEpochs += 1
      await rm(folder, { recursive: true })
      done += 1
    }
    Object.assign(context.figures, { cuts: done, ofCuts: cuts.length, nothingMissing: keptAll, newEpochs })
  },
}
