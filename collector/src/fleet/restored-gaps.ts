// A store that was restored from a backup lacks what devices have trimmed since: they hold nothing below `first_held_seq`,
// and those numbers would never come. Without a row in the ledger the watermark would stand still for ever.
//
// The device may only be about to explain the numbers itself (a full spool drops its oldest with a gap record of its own),
// and a batch may be on its way. So a hole is written down when it is still there, unmoved, after a while.
import type { IngestRun } from '../store/store.ts'

/** Longer than the round of a batch and of a gap record, also through a backlog. */
const PATIENCE_MS = 60_000
/** Devices that are looked at again at one time; the others ask again by their next sync. */
const MOST_PENDING = 10_000

export const RESTORED_REASON = 'collector_restored'

export interface RestoredGapsDeps {
  readonly watermark: (deviceId: string, epoch: string) => Promise<number>
  readonly record: (run: IngestRun) => Promise<void>
  readonly now: () => number
  /** Calls back later. Replaced in tests. */
  readonly later?: (work: () => void, ms: number) => void
  readonly log: { warn(object: object, message: string): void; error(object: object, message: string): void }
}

export interface RestoredGaps {
  /** A device said where its spool begins. */
  seen(deviceId: string, epoch: string, firstHeldSeq: number, committedSeq: number): void
}

const timer = (work: () => void, ms: number): void => void setTimeout(work, ms).unref()

export function createRestoredGaps({ watermark, record, now, later = timer, log }: RestoredGapsDeps): RestoredGaps {
  const pending = new Set<string>()

  const check = async (deviceId: string, epoch: string, firstHeldSeq: number, committedSeq: number): Promise<void> => {
    if ((await watermark(deviceId, epoch)) !== committedSeq) return
    const gap = { epoch, firstSeq: committedSeq + 1, lastSeq: firstHeldSeq - 1, reason: RESTORED_REASON, atMs: now() }
    await record({ deviceId, epoch, firstSeq: 0, activities: [], gaps: [gap], receivedAtMs: now() })
    log.warn({ deviceId, firstSeq: gap.firstSeq, lastSeq: gap.lastSeq }, 'a device holds nothing of these numbers any more, and the store does not have them; written down as a gap')
  }

  return {
    seen(deviceId, epoch, firstHeldSeq, committedSeq) {
      const key = `${deviceId} ${epoch}`
      if (firstHeldSeq <= committedSeq + 1 || pending.has(key) || pending.size >= MOST_PENDING) return
      pending.add(key)
      later(() => {
        pending.delete(key)
        check(deviceId, epoch, firstHeldSeq, committedSeq).catch((error: unknown) => log.error({ err: error, deviceId }, 'a hole could not be written down; the next sync shows it again'))
      }, PATIENCE_MS)
    },
  }
}
