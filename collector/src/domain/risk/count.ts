// Folds activities into insights, by the indicators that match them and what the detection settings say of them.
// Runs for every activity that is stored.
//
// An excluded activity adds to `events` and `excludedEvents` and to nothing else, so that it stays visible and scores
// nothing. Times and samples are those of scored events; only where there is none are they those of excluded ones.
import { type CompiledDetection, defaultDetection, type Judgement } from '../exclusions/compile-detection.ts'
import type { Activity } from './activity.ts'
import { mergeFiles, sketchOf } from './distinct-files.ts'
import { fileEntries } from './file-identity.ts'
import { dayOf, type HourCount, type Insight, type InsightSample, type PriorityCount } from './insight.ts'
import { type CompiledIndicator, indicatorsOfKind, isCounted } from './match.ts'

export { isCounted } from './match.ts'

/** Activities named by an insight as evidence. */
export const SAMPLES_KEPT = 20

/** Turns activities that were never counted before into what is added to the insights of their users and days. */
export type Counter = (activities: readonly Activity[]) => readonly Insight[]

interface Accumulator {
  readonly userId: string
  readonly indicator: string
  readonly day: number
  events: number
  excludedEvents: number
  bytes: number
  sensitiveEvents: number
  unallowedEvents: number
  priorityEvents: number
  weightTenths: number | undefined
  hours: number[] | undefined
  priorityBy: Map<string, { events: number; bytes: number }> | undefined
  readonly files: Set<string>
  firstAtMs: number
  lastAtMs: number
  samples: InsightSample[]
}

const earlier = (a: InsightSample, b: InsightSample): number => a.atMs - b.atMs || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0)

/** The earliest samples, without repeats. Mostly they come in order. */
function earliest(samples: readonly InsightSample[]): InsightSample[] {
  let inOrder = true
  for (let index = 1; inOrder && index < samples.length; index += 1) inOrder = earlier(samples[index - 1] as InsightSample, samples[index] as InsightSample) < 0
  if (inOrder) return samples.slice(0, SAMPLES_KEPT)
  const seen = new Set<string>()
  return samples.toSorted(earlier).filter((sample) => !seen.has(sample.id) && seen.add(sample.id)).slice(0, SAMPLES_KEPT)
}

/** The earliest of two lists that are the earliest of theirs. */
function mergeSamples(a: readonly InsightSample[], b: readonly InsightSample[]): readonly InsightSample[] {
  const [lastOfA, firstOfB] = [a.at(-1), b[0]]
  if (lastOfA === undefined || firstOfB === undefined) return lastOfA === undefined ? b : a
  if (earlier(lastOfA, firstOfB) < 0) return a.length >= SAMPLES_KEPT ? a : [...a, ...b].slice(0, SAMPLES_KEPT)
  return earliest([...a, ...b])
}

/** A sum that stops at the largest exact number: a device may claim any size, and a counter must stay a whole number. */
const addBytes = (a: number, b: number): number => Math.min(a + b, Number.MAX_SAFE_INTEGER)

function note(entry: Accumulator, { id, occurredAtMs }: Activity): void {
  if (occurredAtMs < entry.firstAtMs) entry.firstAtMs = occurredAtMs
  if (occurredAtMs > entry.lastAtMs) entry.lastAtMs = occurredAtMs
  entry.samples.push({ id, atMs: occurredAtMs })
  // Cut back now and then, so that a burst does not hold an id for each of its activities.
  if (entry.samples.length > 20 * SAMPLES_KEPT) entry.samples = earliest(entry.samples)
}

function addExcluded(entry: Accumulator, activity: Activity): void {
  const scored = entry.events > entry.excludedEvents
  entry.events += 1
  entry.excludedEvents += 1
  if (!scored) note(entry, activity)
}

function addScored(entry: Accumulator, activity: Activity, { volume, weight }: CompiledIndicator, judgement: Judgement, files: readonly string[]): void {
  const { occurredAtMs } = activity
  if (entry.events === entry.excludedEvents) {
    // What came before was excluded, and is no evidence beside what is scored.
    entry.firstAtMs = occurredAtMs
    entry.lastAtMs = occurredAtMs
    entry.samples = []
  }
  const amount = volume(activity)
  entry.events += 1
  entry.bytes = addBytes(entry.bytes, amount)
  if (judgement.sensitive) entry.sensitiveEvents += 1
  if (judgement.domainClass === 'unallowed') entry.unallowedEvents += 1
  if (weight !== undefined) entry.weightTenths = (entry.weightTenths ?? 0) + weight(activity)
  const hours = (entry.hours ??= Array.from({ length: 24 }, () => 0))
  const hour = Math.floor((occurredAtMs % 86_400_000) / 3_600_000)
  hours[hour] = (hours[hour] ?? 0) + 1
  if (judgement.priorityOf.length > 0) {
    entry.priorityEvents += 1
    const by = (entry.priorityBy ??= new Map())
    for (const policyId of judgement.priorityOf) {
      const before = by.get(policyId)
      by.set(policyId, { events: (before?.events ?? 0) + 1, bytes: addBytes(before?.bytes ?? 0, amount) })
    }
  }
  for (const file of files) entry.files.add(file)
  note(entry, activity)
}

const byPolicy = (a: PriorityCount, b: PriorityCount): number => (a.policyId < b.policyId ? -1 : 1)

const noFiles: readonly string[] = []

type Filled<T> = { -readonly [K in keyof T]: T[K] }

/** Sets what an insight has only when there is something in it. One field at a time: this runs for each of the insights of a batch. */
function complete(insight: Filled<Insight>, unallowedEvents: number, weightTenths: number | undefined, hours: readonly HourCount[], priorityBy: readonly PriorityCount[]): Insight {
  if (unallowedEvents !== 0) insight.unallowedEvents = unallowedEvents
  if (weightTenths !== undefined) insight.weightTenths = weightTenths
  if (hours.length > 0) insight.hours = hours
  if (priorityBy.length > 0) insight.priorityBy = priorityBy
  return insight
}

const noHours: readonly HourCount[] = []
const noPriority: readonly PriorityCount[] = []

function countedHours(hours: readonly number[] | undefined): readonly HourCount[] {
  if (hours === undefined) return noHours
  const counted: HourCount[] = []
  for (const [hour, events] of hours.entries()) if (events > 0) counted.push([hour, events])
  // Without the room that a growing list keeps: an insight may be held for months.
  return counted.slice()
}

const toInsight = (found: Accumulator): Insight => complete(
  {
    userId: found.userId, indicator: found.indicator, day: found.day, events: found.events, excludedEvents: found.excludedEvents, bytes: found.bytes, sensitiveEvents: found.sensitiveEvents, priorityEvents: found.priorityEvents,
    firstAtMs: found.firstAtMs, lastAtMs: found.lastAtMs, files: found.files.size === 0 ? noFiles : sketchOf(found.files), samples: earliest(found.samples),
  },
  found.unallowedEvents, found.weightTenths, countedHours(found.hours), found.priorityBy === undefined ? noPriority : [...found.priorityBy].map(([policyId, sums]) => ({ policyId, ...sums })).toSorted(byPolicy),
)

/** A counter under detection settings: those of the time at which it counts. */
export function createCounter(detection: CompiledDetection = defaultDetection): Counter {
  return (activities) => {
    const found = new Map<string, Accumulator>()
    const entryOf = ({ userId, occurredAtMs }: Activity, indicator: string): Accumulator => {
      const day = dayOf(occurredAtMs)
      const key = `${userId} ${indicator} ${day}`
      let entry = found.get(key)
      if (entry === undefined) {
        entry = {
          userId, indicator, day, events: 0, excludedEvents: 0, bytes: 0, sensitiveEvents: 0, unallowedEvents: 0, priorityEvents: 0, weightTenths: undefined, hours: undefined, priorityBy: undefined,
          files: new Set(), firstAtMs: occurredAtMs, lastAtMs: occurredAtMs, samples: [],
        }
        found.set(key, entry)
      }
      return entry
    }
    for (const activity of activities) {
      // Most of what is stored is work on files that nobody counts; it is not judged either.
      if (!isCounted(activity) || activity.drill !== undefined) continue
      const candidates = indicatorsOfKind(activity.kind)
      if (candidates === undefined) continue
      let judgement: Judgement | undefined
      let files: readonly string[] | undefined
      for (const candidate of candidates) {
        judgement ??= detection.judge(activity)
        if (!candidate.matches(activity, judgement)) continue
        const { excluded } = judgement
        files ??= excluded === undefined ? fileEntries(activity) : noFiles
        const own = candidate.variant === undefined ? candidate.id : candidate.variant(activity)
        if (own !== undefined) {
          const entry = entryOf(activity, candidate.variant === undefined ? own : `${candidate.id}#${own}`)
          if (excluded === undefined) addScored(entry, activity, candidate, judgement, files)
          else addExcluded(entry, activity)
        }
        for (const variant of detection.variants(candidate.id) ?? []) {
          const verdict = variant.judge(activity)
          if (!verdict.counted) continue
          if (excluded === undefined && verdict.excluded === undefined) addScored(entryOf(activity, variant.id), activity, candidate, judgement, files)
          else addExcluded(entryOf(activity, variant.id), activity)
        }
      }
    }
    return [...found.values()].map(toInsight)
  }
}

/** Counts under the default exclusions alone. */
export const countInsights: Counter = createCounter()

/** Ids of the indicators that count an activity, variants included; also when it is excluded. */
export function matchingIndicators(activity: Activity, detection: CompiledDetection = defaultDetection): readonly string[] {
  const judgement = detection.judge(activity)
  return (indicatorsOfKind(activity.kind) ?? []).filter((candidate) => candidate.matches(activity, judgement)).flatMap((candidate) => {
    const value = candidate.variant?.(activity)
    const own = candidate.variant === undefined ? [candidate.id] : value === undefined ? [] : [`${candidate.id}#${value}`]
    return [...own, ...(detection.variants(candidate.id) ?? []).filter((variant) => variant.judge(activity).counted).map((variant) => variant.id)]
  })
}

const scoredEvents = (insight: Insight): number => insight.events - insight.excludedEvents

function mergeHours(a: readonly HourCount[] = noHours, b: readonly HourCount[] = noHours): readonly HourCount[] {
  if (a.length === 0) return b
  if (b.length === 0) return a
  const merged: HourCount[] = []
  let right = 0
  for (const [hour, events] of a) {
    for (let next = b[right]; next !== undefined && next[0] < hour; next = b[right]) {
      merged.push(next)
      right += 1
    }
    const same = b[right]
    if (same?.[0] === hour) right += 1
    merged.push([hour, same?.[0] === hour ? events + same[1] : events])
  }
  for (; right < b.length; right += 1) merged.push(b[right] as HourCount)
  return merged
}

function mergePriority(a: readonly PriorityCount[] = noPriority, b: readonly PriorityCount[] = noPriority): readonly PriorityCount[] {
  if (a.length === 0) return b
  if (b.length === 0) return a
  const sums = new Map(a.map((row) => [row.policyId, row]))
  for (const row of b) {
    const before = sums.get(row.policyId)
    sums.set(row.policyId, before === undefined ? row : { policyId: row.policyId, events: before.events + row.events, bytes: addBytes(before.bytes, row.bytes) })
  }
  return [...sums.values()].toSorted(byPolicy)
}

const mergeWeights = (a: Insight, b: Insight): number | undefined =>
  a.weightTenths === undefined && b.weightTenths === undefined ? undefined : (a.weightTenths ?? 10 * scoredEvents(a)) + (b.weightTenths ?? 10 * scoredEvents(b))

/** Adds two insights of the same user, indicator and day. Commutative and associative. */
export function mergeInsights(a: Insight, b: Insight): Insight {
  // Times and samples: of both where both were scored or neither was, else of the one that was.
  const scoredA = scoredEvents(a) > 0
  const both = scoredA === (scoredEvents(b) > 0)
  const one = scoredA ? a : b
  return complete(
    {
      userId: a.userId,
      indicator: a.indicator,
      day: a.day,
      events: a.events + b.events,
      bytes: addBytes(a.bytes, b.bytes),
      priorityEvents: a.priorityEvents + b.priorityEvents,
      sensitiveEvents: a.sensitiveEvents + b.sensitiveEvents,
      excludedEvents: a.excludedEvents + b.excludedEvents,
      files: mergeFiles(a.files, b.files),
      firstAtMs: both ? Math.min(a.firstAtMs, b.firstAtMs) : one.firstAtMs,
      lastAtMs: both ? Math.max(a.lastAtMs, b.lastAtMs) : one.lastAtMs,
      samples: both ? mergeSamples(a.samples, b.samples) : one.samples,
    },
    (a.unallowedEvents ?? 0) + (b.unallowedEvents ?? 0), mergeWeights(a, b), mergeHours(a.hours, b.hours), mergePriority(a.priorityBy, b.priorityBy),
  )
}
