// Previews over the whole organisation, one at a time.
import type { Alert } from '../domain/cases/alert.ts'
import type { Policy } from '../domain/policies/policy.ts'
import { createPreview, previewLimits, type PreviewOutcome } from '../domain/policies/preview.ts'
import { BASELINE_DAYS } from '../domain/risk/baseline.ts'
import { SCORED_DAYS } from '../domain/risk/evaluate.ts'
import { dayOf } from '../domain/risk/insight.ts'
import type { PopulationCache } from '../evaluation/population-cache.ts'
import type { StoreReader } from '../store/store.ts'
import { eachPast } from './past.ts'

/** Days that count when nobody says how many. */
export const PREVIEW_DAYS = 30
/** More say nothing more: an evaluation looks no further back. */
export const MOST_PREVIEW_DAYS = SCORED_DAYS
const PROGRESS_EVERY_MS = 200

export interface PreviewProgress {
  readonly done: number
  readonly total: number
  readonly alerts: number
}

export interface PreviewRun extends PreviewOutcome {
  readonly days: number
  /** What the past cannot say about this document. */
  readonly limits: readonly string[]
  readonly tookMs: number
}

export interface PreviewRequest {
  readonly policy: Policy
  /** The policy that it would replace; absent: a new one. */
  readonly saved?: Policy
  /** 1 to MOST_PREVIEW_DAYS. */
  readonly days: number
  readonly onProgress?: (progress: PreviewProgress) => void
  /** Ends the run when nobody waits for it any more. */
  readonly signal?: AbortSignal
}

export interface Previews {
  /** Waits for the runs before it. */
  run(request: PreviewRequest): Promise<PreviewRun>
}

export function createPreviews({ store, population, now }: { readonly store: StoreReader; readonly population: PopulationCache; readonly now: () => number }): Previews {
  let last: Promise<unknown> = Promise.resolve()

  const work = async ({ policy, saved, days, onProgress, signal }: PreviewRequest): Promise<PreviewRun> => {
    signal?.throwIfAborted()
    const nowMs = now()
    const startedAtMs = performance.now()
    const fromDay = dayOf(nowMs) - days
    const templates = new Map((await store.policies()).map((other) => [other.id, other.template]))
    // A new document is held against what policies of its kind have found.
    const expects = (alert: Alert): boolean => (saved === undefined ? templates.get(alert.policyId) === policy.template : alert.policyId === saved.id)
    const preview = createPreview(policy, { fromDay, nowMs, population: await population.at(nowMs), expects })
    let toldAtMs = 0
    const tell = (done: number, total: number): void => {
      if (onProgress === undefined || (done < total && performance.now() - toldAtMs < PROGRESS_EVERY_MS)) return
      toldAtMs = performance.now()
      const { low, medium, high } = preview.outcome().alerts
      onProgress({ done, total, alerts: low + medium + high })
    }
    await eachPast(store, { fromDay: fromDay - BASELINE_DAYS, toDay: dayOf(nowMs) + 1, onProgress: tell, ...(signal === undefined ? {} : { signal }) }, ({ user, ...past }) => preview.add({ pseudonym: user.pseudonym, ...past }))
    return { ...preview.outcome(), days, limits: previewLimits(policy, saved), tookMs: Math.round(performance.now() - startedAtMs) }
  }

  return {
    run(request) {
      const mine = last.then(() => work(request))
      last = mine.catch(() => {})
      return mine
    },
  }
}
