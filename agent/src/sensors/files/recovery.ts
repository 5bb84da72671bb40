// After an overflow, and for a volume that was mounted a moment ago: what was written unseen is looked for and told as `recovered`.
import type { SensorContext } from '../sensor.ts'
import { pause } from './pause.ts'
import type { Pipeline } from './pipeline.ts'
import { type Places, watchedFolders } from './places.ts'
import { rescan, type RescanLimits } from './rescan.ts'

const OVERFLOW_LIMITS: RescanLimits = { entries: 200_000, ms: 60_000 }
const MOUNT_LIMITS: RescanLimits = { entries: 20_000, ms: 10_000 }
/** A volume is seen a moment after its mount. */
const UNSEEN_MS = 1500
/** What was seen is told first, so that it is not found again. */
const DELAY_MS = 300
const BUSY_LOAD = 4000

export interface Recovery {
  /** Events were dropped after this time. One that comes while an earlier one is mended is mended after it. */
  overflow(wholeAtMs: number): void
  mounted(mountPoints: readonly string[], seenAtMs: number): void
}

export function createRecovery(context: SensorContext, places: () => Places, pipeline: Pipeline): Recovery {
  const { signal, log } = context
  let recovering = false
  /** Begin of what is still to be looked for. */
  let wantedSinceMs: number | undefined

  const recover = async (folders: readonly string[], sinceMs: number, limits: RescanLimits): Promise<void> => {
    await pause(DELAY_MS, signal)
    const complete = await rescan({
      folders, enrichment: context.enrichment, sinceMs, limits, signal,
      watched: (path) => places().scope.placeOf(path) !== undefined,
      found: async (file) => {
        const place = places().scope.placeOf(file.path)
        // A time in the future is another computer's clock.
        if (place === undefined || pipeline.wasTold(file.path) || file.ctimeMs > context.now() + 60_000) return
        pipeline.handle([{ kind: 'written', path: file.path, place, created: file.birthtimeMs >= sinceMs, recovered: true, atMs: Math.min(context.now(), Math.max(file.mtimeMs, sinceMs)) }])
        while (pipeline.load > BUSY_LOAD && !signal.aborted) await pause(50, signal)
      },
    })
    if (!complete && !signal.aborted) log.warn({ folders: folders.length }, 'a rescan ended at its limit')
  }
  const failed = (error: unknown): void => log.warn({ error: String(error) }, 'the rescan failed')

  const mend = async (): Promise<void> => {
    recovering = true
    try {
      while (wantedSinceMs !== undefined && !signal.aborted) {
        // Clocks of file systems are as coarse as the kernel's tick.
        const sinceMs = wantedSinceMs - 1000
        wantedSinceMs = undefined
        await context.emit({ kind: 'telemetry_gap', occurredAtMs: context.now(), detail: { telemetryGap: { sensor: 'files', reason: 'queue_overflow', missed: 0 } } })
        await recover(watchedFolders(places().settings), sinceMs, OVERFLOW_LIMITS)
      }
    } finally {
      recovering = false
    }
  }

  return {
    overflow(wholeAtMs) {
      wantedSinceMs = Math.min(wantedSinceMs ?? wholeAtMs, wholeAtMs)
      if (!signal.aborted && !recovering) mend().catch(failed)
    },
    mounted(mountPoints, seenAtMs) {
      if (mountPoints.length > 0) recover(mountPoints, seenAtMs - UNSEEN_MS, MOUNT_LIMITS).catch(failed)
    },
  }
}
