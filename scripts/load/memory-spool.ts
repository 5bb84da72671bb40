// The spool of a simulated device: the agent's contract, kept in memory and bounded. Five thousand real ones would measure this
// machine's disk; what the collector and the broker see is the same.
import { randomBytes } from 'node:crypto'
import type { SpoolContract } from '@holdfast/agent/spool/contract.ts'

export interface MemorySpool extends SpoolContract {
  /** Nothing more fits: whoever makes activities waits. */
  readonly isFull: boolean
  /** Activities that no watermark covers yet. */
  readonly waiting: number
  /** Highest number that the collector has committed. */
  readonly committed: number
}

interface Held {
  readonly bytes: Uint8Array
  readonly atMs: number
}

/**
 * @param maxBytes of encoded activities that it holds
 * @param onCommitted milliseconds from the append to the watermark that covers it, of the last activity of each trim
 */
export function createMemorySpool({ maxBytes, now, onCommitted }: { readonly maxBytes: number; readonly now: () => number; readonly onCommitted: (ms: number) => void }): MemorySpool {
  const epoch = randomBytes(16).toString('hex')
  let held: Held[] = []
  let firstHeld = 1
  let lastSeq = 0
  let acked = 0
  let bytesHeld = 0
  const waiters = new Set<() => void>()
  const wake = (): void => {
    for (const resolve of waiters) resolve()
    waiters.clear()
  }
  return {
    epoch,
    get isFull() { return bytesHeld >= maxBytes },
    get waiting() { return held.length },
    get committed() { return acked },
    append(bytes) {
      held.push({ bytes, atMs: now() })
      bytesHeld += bytes.length
      lastSeq += 1
      wake()
      return Promise.resolve(lastSeq)
    },
    marked: () => [],
    read(fromSeq, limits) {
      const from = Math.max(fromSeq, firstHeld)
      const activities: Uint8Array[] = []
      let size = 0
      for (let index = from - firstHeld; index < held.length && activities.length < limits.maxActivities; index += 1) {
        const { bytes } = held[index] ?? { bytes: new Uint8Array() }
        if (activities.length > 0 && size + bytes.length > limits.maxBytes) break
        activities.push(bytes)
        size += bytes.length
      }
      return Promise.resolve(activities.length === 0 ? undefined : { epoch, firstSeq: from, activities })
    },
    readEarlier: () => Promise.resolve(undefined),
    gaps: () => Promise.resolve([]),
    trim(of, committedSeq) {
      const count = of === epoch ? Math.min(held.length, committedSeq - firstHeld + 1) : 0
      if (count <= 0) return Promise.resolve()
      const gone = held.slice(0, count)
      held = held.slice(count)
      firstHeld += count
      acked = firstHeld - 1
      for (const { bytes } of gone) bytesHeld -= bytes.length
      const last = gone.at(-1)
      if (last !== undefined) onCommitted(now() - last.atMs)
      return Promise.resolve()
    },
    figures: () => ({ epoch, firstHeldSeq: firstHeld, lastSeq, ackedSeq: acked, bytes: bytesHeld, maxBytes, dropped: 0 }),
    waitBeyond: (seq, signal) => new Promise<void>((resolve) => {
      if (lastSeq > seq || signal.aborted) {
        resolve()
        return
      }
      const done = (): void => {
        waiters.delete(done)
        signal.removeEventListener('abort', done)
        resolve()
      }
      waiters.add(done)
      signal.addEventListener('abort', done, { once: true })
    }),
    close: () => Promise.resolve(),
  }
}
