// The spool's side of its bench, in a process of its own: appends through the real spool, or to a bare file with fdatasync.
import { open } from 'node:fs/promises'
import { join } from 'node:path'
import { openSpool } from '@holdfast/agent/spool/spool.ts'
import { serveParent } from './processes.ts'
import { encodeActivity, kindAt, personOf, seeded } from './workload.ts'

const DIFFERENT = 1000
const SPOOL_BYTES = 4 * 1024 ** 3

const bodies = (() => {
  const random = seeded(3)
  return Array.from({ length: DIFFERENT }, (_, index) => encodeActivity(random, personOf(1), kindAt(random()), 1_780_000_000_000 + index))
})()
const bodyAt = (index: number): Uint8Array => bodies[index % DIFFERENT] as Uint8Array

/** Keeps so many under way until all are done. */
async function keepFlying(total: number, outstanding: number, append: (body: Uint8Array) => Promise<unknown>): Promise<void> {
  let next = 0
  const lane = async () => {
    while (next < total) {
      next += 1
      await append(bodyAt(next))
    }
  }
  await Promise.all(Array.from({ length: outstanding }, lane))
}

async function throughSpool(folder: string, total: number, outstanding: number): Promise<number> {
  const log = { info() {}, warn() {}, error() {} }
  const spool = await openSpool({ folder: join(folder, 'spool'), maxBytes: SPOOL_BYTES, now: Date.now, log })
  const before = performance.now()
  await keepFlying(total, outstanding, (body) => spool.append(body))
  const secs = (performance.now() - before) / 1000
  if (spool.figures().lastSeq !== total) throw new Error('the spool does not hold what was appended')
  await spool.close()
  return secs
}

/** Everything that waits in one write and one fdatasync: what a disk allows. */
async function toBareFile(folder: string, total: number, outstanding: number): Promise<number> {
  const handle = await open(join(folder, 'bare.log'), 'a')
  const before = performance.now()
  for (let done = 0; done < total; done += outstanding) {
    const group = Array.from({ length: Math.min(outstanding, total - done) }, (_, index) => bodyAt(done + index))
    await handle.write(group.length === 1 ? bodyAt(done) : Buffer.concat(group))
    await handle.datasync()
  }
  const secs = (performance.now() - before) / 1000
  await handle.close()
  return secs
}

serveParent(async (message) => {
  const { mode, folder, total, outstanding } = message as unknown as { mode: string; folder: string; total: number; outstanding: number }
  const cpuBefore = process.cpuUsage()
  const secs = mode === 'ours' ? await throughSpool(folder, total, outstanding) : await toBareFile(folder, total, outstanding)
  const { user, system } = process.cpuUsage(cpuBefore)
  return { perSec: total / secs, cpuUs: (user + system) / total }
})
