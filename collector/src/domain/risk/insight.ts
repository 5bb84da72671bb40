// An insight is what one user did under one indicator on one UTC day.
//
// Merging is commutative and associative, and an activity is added once: the order and the batching in which
// activities arrive never change an insight.

/** Days since 1970-01-01 UTC. */
export type Day = number

export interface Insight {
  readonly userId: string
  /** Indicator id, with `#variant` behind it where a variant counted it. */
  readonly indicator: string
  readonly day: Day
  readonly events: number
  readonly bytes: number
  readonly priorityEvents: number
  readonly sensitiveEvents: number
  /** Excluded by a setting: visible, never scored. */
  readonly excludedEvents: number
  /** Sketch of the distinct files; see distinct-files.ts. Sorted, hex. */
  readonly files: readonly string[]
  readonly firstAtMs: number
  readonly lastAtMs: number
  /** The earliest 20 activities, by (time, id). */
  readonly samples: readonly InsightSample[]
}

export interface InsightSample {
  readonly id: string
  readonly atMs: number
}

export const dayOf = (ms: number): Day => Math.floor(ms / 86_400_000)
