// Where the collector stands: asks, hears watermarks, trims, and decides when to send again.
//
// Watermarks come at most once, so the device asks again while batches are not covered, ever more seldom. When the collector
// is there and its watermark still does not pass what was published (a wiped broker, for one), all of it goes out again, ever
// more seldom too: a collector that is merely slow must not drown in copies. Silence alone never makes copies.
import type { SpoolContract } from '../spool/contract.ts'
import type { UplinkLog } from './contract.ts'
import type { Progress } from './progress.ts'
import type { UplinkTimings } from './session.ts'

/** So long after the collector was heard last, what it allowed counts no more. Longer than syncCapMs with its spread. */
const CREDIT_MS = 120_000

export interface SyncKeeperDeps {
  readonly spool: SpoolContract
  readonly progress: Progress
  readonly timings: UplinkTimings
  readonly random: () => number
  readonly log: UplinkLog
  /** Publishes a Sync. */
  readonly ask: () => void
  /** Something changed that the publisher waits for. */
  readonly wake: () => void
}

export interface SyncKeeper {
  ask(): void
  /** @param credit batches that may be out; undefined: as many as the device likes */
  onWatermark(epoch: string, committedSeq: number, credit?: number): void
  tick(): void
  /** The collector has spoken of the current epoch on this connection. */
  readonly answered: boolean
}

export function createSyncKeeper({ spool, progress, timings, random, log, ask, wake }: SyncKeeperDeps): SyncKeeper {
  let answered = false
  let askedAt = -Infinity
  let askEveryMs = timings.syncMs
  let heardAt = -Infinity
  let progressedAt = performance.now()
  let resendAfterMs = timings.resendMs
  let trimFailed = false
  const wanted = new Map<string, number>()
  let trimming = false

  const grown = (ms: number, capMs: number): number => Math.min(capMs, ms * 2) * (1 + 0.25 * random())

  /** One trim at a time, and only the highest number of each epoch. */
  const trim = async (): Promise<void> => {
    trimming = true
    while (wanted.size > 0) {
      const [[epoch, seq] = ['', 0]] = wanted
      wanted.delete(epoch)
      try {
        await spool.trim(epoch, seq)
        trimFailed = false
      } catch (error) {
        // The next watermark may be long in coming, so it is asked for.
        trimFailed = true
        log.warn({ err: error }, 'the spool could not be trimmed')
      }
      wake()
    }
    trimming = false
  }

  const askNow = (): void => {
    askedAt = performance.now()
    ask()
  }

  return {
    get answered() {
      return answered
    },
    ask: askNow,
    onWatermark(epoch, committedSeq, credit) {
      if (!Number.isSafeInteger(committedSeq) || committedSeq < 0) return
      heardAt = performance.now()
      progress.grant(credit)
      // Who has to wait for a turn asks ever more seldom.
      if (credit !== 0) askEveryMs = timings.syncMs
      if (progress.committed(epoch, committedSeq)) {
        progressedAt = heardAt
        resendAfterMs = timings.resendMs
      }
      if (!answered && epoch === progress.epoch) {
        answered = true
        progress.rewind()
      }
      wanted.set(epoch, Math.max(committedSeq, wanted.get(epoch) ?? 0))
      if (!trimming) void trim()
      wake()
    },
    tick() {
      const now = performance.now()
      // A collector that went away meanwhile holds nobody up: what is sent waits in the broker.
      if (progress.credit !== Infinity && now - heardAt > CREDIT_MS) {
        progress.grant(undefined)
        wake()
      }
      const settled = answered && progress.uncovered === 0 && !trimFailed && progress.credit > 0
      if (!settled && now - Math.max(askedAt, heardAt) > askEveryMs) {
        askNow()
        askEveryMs = grown(askEveryMs, timings.syncCapMs)
      }
      if (progress.uncovered === 0) progressedAt = now
      else if (now - progressedAt > resendAfterMs && heardAt > progressedAt) {
        log.info({ watermark: progress.watermark, next: progress.next }, 'the watermark does not move; sending again')
        progressedAt = now
        resendAfterMs = grown(resendAfterMs, timings.resendCapMs)
        progress.resend()
        wake()
      }
    },
  }
}
