// An insight is what one user did under one indicator on one UTC day.
//
// Merging is commutative and associative, and an activity is added once: the order and the batching in which
// activities arrive never change an insight. All of its numbers are whole, so that sums are exact in any order.

/** Days since 1970-01-01 UTC. */
export type Day = number

export interface Insight {
  readonly userId: string
  /** Indicator id, with `#variant` behind it where a variant counted it. */
  readonly indicator: string
  readonly day: Day
  /** All of them, excluded ones too. */
  readonly events: number
  /** Bytes, or the sum of the amounts that the activities bring themselves; without excluded events. */
  readonly bytes: number
  /** Events with content that any policy names as priority content; by policy in `priorityBy`. */
  readonly priorityEvents: number
  readonly sensitiveEvents: number
  /** Excluded by a setting: visible, never scored. */
  readonly excludedEvents: number
  /** Sketch of the distinct files, without those of excluded events; see distinct-files.ts. Sorted. */
  readonly files: readonly string[]
  readonly firstAtMs: number
  readonly lastAtMs: number
  /** The earliest 20 activities, by (time, id). */
  readonly samples: readonly InsightSample[]
  /** Events whose domain is listed as unallowed. Absent: 0. */
  readonly unallowedEvents?: number
  /** Sum of the weights of the events in tenths of an ordinary one, where the indicator weighs them. Absent: each weighs 10. */
  readonly weightTenths?: number
  /** Events of each UTC hour that saw any, excluded ones left out: `[hour, events]` with rising hours. Absent: not known. */
  readonly hours?: readonly HourCount[]
  /** Of each policy with priority content that saw any, by rising policy id. Absent: none. */
  readonly priorityBy?: readonly PriorityCount[]
}

export type HourCount = readonly [hour: number, events: number]
export interface PriorityCount {
  readonly policyId: string
  readonly events: number
  readonly bytes: number
}

export interface InsightSample {
  readonly id: string
  readonly atMs: number
}

const after = (a: Insight, b: Insight): number => a.day - b.day || (a.indicator < b.indicator ? -1 : a.indicator > b.indicator ? 1 : 0)

/** By day, then indicator: whatever follows from insights must not hang on the order in which they were given. */
export function inOrder(insights: readonly Insight[]): readonly Insight[] {
  let before = insights[0]
  for (const insight of insights) {
    if (before !== undefined && after(before, insight) > 0) return insights.toSorted(after)
    before = insight
  }
  return insights
}

export const dayOf = (ms: number): Day => Math.floor(ms / 86_400_000)
