import { cp, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { openSpool } from '@holdfast/agent/spool/spool.ts'
import { audit, bodyOf, copySpool } from '@holdfast/agent/spool/testing.ts'
import { type Fault, must } from './fault.ts'

const silent = { info() {}, warn() {}, error() {} }
const RECORDS = 600
const open = (folder: string) => openSpool({ folder, maxBytes: 64 << 20, now: Date.now, log: silent })

/** One spool as a kill leaves it, its newest activities in the log, and one that was closed. */
async function specimens(base: string): Promise<readonly { readonly folder: string; readonly epoch: string; readonly ackedSeq: number; readonly bodies: readonly Uint8Array[] }[]> {
  const found = []
  for (const kind of ['killed', 'closed'] as const) {
    const live = join(base, `${kind}-live`)
    const spool = await open(live)
    const bodies = Array.from({ length: RECORDS }, (_, index) => bodyOf(index, 40 + ((index * 37) % 700)))
    for (let at = 0; at < RECORDS; at += 20) await Promise.all(bodies.slice(at, at + 20).map((body) => spool.append(body)))
    await spool.read(1, { maxActivities: 100, maxBytes: 1 << 20 })
    await spool.trim(spool.epoch, 50)
    const { epoch } = spool
    if (kind === 'closed') await spool.close()
    const folder = join(base, kind)
    await mkdir(folder)
    await copySpool(live, folder)
    if (kind === 'killed') await spool.close()
    found.push({ folder, epoch, ackedSeq: 50, bodies })
  }
  return found
}

export const bitFlips: Fault = {
  id: 'F-04', name: 'bit-flips', title: 'single bits of the spool’s files flip',
  does: 'One bit of the database, its log or the state file is turned over (a full run: ten thousand of them, a third in the first page of each file, where its structure is), and the spool is opened and read to its end.',
  oracle: 'It opens. Each flip is found or harmless: no activity comes out altered, each that was promised is there or covered by a gap record, later ones are still delivered, and a fresh one is taken.',
  limitSecs: { short: 60, full: 1200 },
  async run(context) {
    const spools = await specimens(context.folder)
    let [flips, harmless, kept, explained] = [0, 0, 0, 0]
    for (const most = context.count(90, 10_000); flips < most; flips += 1) {
      context.signal.throwIfAborted()
      const spool = spools[flips % spools.length]
      if (spool === undefined) throw new Error('no spool')
      const names = await readdir(spool.folder)
      const name = names[context.random.between(0, names.length - 1)] ?? ''
      const folder = join(context.folder, 'flipped')
      await cp(spool.folder, folder, { recursive: true })
      const bytes = await readFile(join(folder, name))
      const at = context.random.between(0, (flips % 3 === 0 ? Math.min(4096, bytes.length) : bytes.length) - 1)
      const bit = context.random.between(0, 7)
      bytes[at] = (bytes[at] ?? 0) ^ (1 << bit)
      await writeFile(join(folder, name), bytes)
      const what = `bit ${bit} of byte ${at} of ${name}`
      const opened = await open(folder).catch((error: unknown) => {
        throw new Error(`${what}: the spool does not open: ${String(error)}`, { cause: error })
      })
      try {
        const { missing, altered, held } = await audit(opened, spool)
        must(altered.length === 0, `${what}: activities ${altered.slice(0, 3).join()} come out altered`)
        must(missing.length === 0, `${what}: activities ${missing.slice(0, 3).join()} are gone without a word`)
        const seq = await opened.append(bodyOf(1, 30))
        must((await opened.read(seq, { maxActivities: 1, maxBytes: 1 << 20 }))?.firstSeq === seq, `${what}: a fresh activity cannot be read back`)
        kept += held
        explained += RECORDS - spool.ackedSeq - held
        if (held === RECORDS - spool.ackedSeq) harmless += 1
      } finally {
        await opened.close()
      }
      await rm(folder, { recursive: true })
    }
    Object.assign(context.figures, { flips, harmless, keptShare: Math.round((kept / (kept + explained)) * 10_000) / 10_000 })
    must(flips > harmless, 'no flip did anything, so nothing was tested')
  },
}
