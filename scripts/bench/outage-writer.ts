// Fills an agent's spool as an outage does: activities of every kind, durable one group after the other, until it is killed or done.
import { openSpool } from '@holdfast/agent/spool/spool.ts'
import { serveParent } from './processes.ts'
import { encodeActivity, kindAt, personOf, seeded } from './workload.ts'

const OUTSTANDING = 2000
const SPOOL_BYTES = 16 * 1024 ** 3

serveParent(async (message) => {
  const { folder, upTo, seed } = message as unknown as { folder: string; upTo: number; seed: number }
  const spool = await openSpool({ folder, maxBytes: SPOOL_BYTES, now: Date.now, log: { info() {}, warn() {}, error() {} } })
  const random = seeded(seed)
  const startedAtMs = Date.now()
  let bytes = 0
  let count = 0
  let next = spool.figures().lastSeq
  const lane = async (): Promise<void> => {
    while (next < upTo) {
      next += 1
      const body = encodeActivity(random, personOf(1), kindAt(random()), startedAtMs + count)
      bytes += body.length
      count += 1
      await spool.append(body)
    }
  }
  await Promise.all(Array.from({ length: OUTSTANDING }, lane))
  const { lastSeq } = spool.figures()
  await spool.close()
  return { lastSeq, bodyBytes: bytes / Math.max(1, count), appendsPerSec: (count * 1000) / (Date.now() - startedAtMs) }
})
