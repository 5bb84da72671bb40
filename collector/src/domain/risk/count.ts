// Folds activities into insights. Compiled once from the indicator table; runs for every activity that is stored.
import type { Activity, ActivityKind } from './activity.ts'
import { fileHash, mergeFiles, sketchOf } from './distinct-files.ts'
import { INDICATOR_IDS, indicators, type IndicatorRow, type IndicatorWhere } from './indicators.ts'
import { dayOf, type Insight, type InsightSample } from './insight.ts'
import { featureClass } from './security-features.ts'
import { unwantedClass } from './unwanted-applications.ts'

/** Activities named by an insight as evidence. */
export const SAMPLES_KEPT = 20

type Condition = (activity: Activity) => boolean

function compile(where: IndicatorWhere): Condition {
  const conditions: Condition[] = []
  const { location, extensionChanged, encrypted, featureTo, featureClass: classes, application, fresh, detail } = where
  if (location !== undefined) conditions.push((activity) => activity.file !== undefined && location.includes(activity.file.location))
  if (extensionChanged !== undefined) conditions.push((activity) => (activity.extensionChanged ?? false) === extensionChanged)
  if (encrypted !== undefined) conditions.push((activity) => (activity.archive?.encrypted ?? false) === encrypted)
  if (featureTo !== undefined) conditions.push((activity) => activity.feature !== undefined && activity.feature.from !== 'unknown' && featureTo.includes(activity.feature.to) && activity.feature.from !== activity.feature.to)
  if (classes !== undefined) conditions.push((activity) => activity.feature !== undefined && classes.includes(featureClass(activity.feature.id)))
  if (application !== undefined) {
    conditions.push((activity) => {
      const found = unwantedClass(activity.application?.name ?? '')
      return application === 'other' ? found === undefined : found !== undefined && application.includes(found)
    })
  }
  if (fresh === true) conditions.push((activity) => activity.present !== true)
  if (detail !== undefined) conditions.push((activity) => Object.entries(detail).every(([field, values]) => values.some((value) => value === activity.detail?.[field])))
  const [first, second] = conditions
  if (first === undefined) return () => true
  if (second === undefined) return first
  return (activity) => conditions.every((holds) => holds(activity))
}

interface CompiledIndicator {
  readonly id: string
  readonly matches: Condition
}

const byKind = new Map<ActivityKind, CompiledIndicator[]>()
for (const id of INDICATOR_IDS) {
  const row: IndicatorRow = indicators[id]
  const compiled = { id, matches: compile(row.where) }
  for (const kind of row.kinds) byKind.set(kind, [...(byKind.get(kind) ?? []), compiled])
}

/** Whether any indicator looks at activities of this kind. */
export const isCounted = (kind: ActivityKind): boolean => byKind.has(kind)

/** Ids of the indicators that count an activity. */
export const matchingIndicators = (activity: Activity): readonly string[] => (byKind.get(activity.kind) ?? []).filter((indicator) => indicator.matches(activity)).map((indicator) => indicator.id)

/** What one file is, over renames and copies: its content where known, else its path. */
const fileIdentity = (activity: Activity): string | undefined => activity.file?.fingerprint ?? activity.source?.fingerprint ?? activity.file?.path

interface Accumulator {
  readonly userId: string
  readonly indicator: string
  readonly day: number
  events: number
  bytes: number
  sensitiveEvents: number
  readonly files: Set<string>
  firstAtMs: number
  lastAtMs: number
  samples: InsightSample[]
}

const earlier = (a: InsightSample, b: InsightSample): number => a.atMs - b.atMs || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0)

/** The earliest samples, without repeats. */
function earliest(samples: readonly InsightSample[]): InsightSample[] {
  const seen = new Set<string>()
  return samples.toSorted(earlier).filter((sample) => !seen.has(sample.id) && seen.add(sample.id)).slice(0, SAMPLES_KEPT)
}

/** A sum that stops at the largest exact number: a device may claim any size, and a counter must stay a whole number. */
const addBytes = (a: number, b: number): number => Math.min(a + b, Number.MAX_SAFE_INTEGER)

/** Turns activities that were never counted before into what is added to the insights of their users and days. */
export function countInsights(activities: readonly Activity[]): readonly Insight[] {
  const found = new Map<string, Accumulator>()
  for (const activity of activities) {
    const candidates = byKind.get(activity.kind)
    if (candidates === undefined) continue
    for (const { id, matches } of candidates) {
      if (!matches(activity)) continue
      const day = dayOf(activity.occurredAtMs)
      const key = `${activity.userId} ${id} ${day}`
      let entry = found.get(key)
      if (entry === undefined) {
        entry = { userId: activity.userId, indicator: id, day, events: 0, bytes: 0, sensitiveEvents: 0, files: new Set(), firstAtMs: activity.occurredAtMs, lastAtMs: activity.occurredAtMs, samples: [] }
        found.set(key, entry)
      }
      entry.events += 1
      entry.bytes = addBytes(entry.bytes, activity.file?.sizeBytes ?? 0)
      if (activity.findings !== undefined && activity.findings.length > 0) entry.sensitiveEvents += 1
      const identity = fileIdentity(activity)
      if (identity !== undefined) entry.files.add(fileHash(identity))
      if (activity.occurredAtMs < entry.firstAtMs) entry.firstAtMs = activity.occurredAtMs
      if (activity.occurredAtMs > entry.lastAtMs) entry.lastAtMs = activity.occurredAtMs
      entry.samples.push({ id: activity.id, atMs: activity.occurredAtMs })
      // Cut back now and then, so that a burst does not hold an id for each of its activities.
      if (entry.samples.length > 20 * SAMPLES_KEPT) entry.samples = earliest(entry.samples)
    }
  }
  return [...found.values()].map(({ files, samples, ...rest }) => ({ ...rest, priorityEvents: 0, excludedEvents: 0, files: sketchOf(files), samples: earliest(samples) }))
}

/** Adds two insights of the same user, indicator and day. Commutative and associative. */
export const mergeInsights = (a: Insight, b: Insight): Insight => ({
  userId: a.userId,
  indicator: a.indicator,
  day: a.day,
  events: a.events + b.events,
  bytes: addBytes(a.bytes, b.bytes),
  priorityEvents: a.priorityEvents + b.priorityEvents,
  sensitiveEvents: a.sensitiveEvents + b.sensitiveEvents,
  excludedEvents: a.excludedEvents + b.excludedEvents,
  files: mergeFiles(a.files, b.files),
  firstAtMs: Math.min(a.firstAtMs, b.firstAtMs),
  lastAtMs: Math.max(a.lastAtMs, b.lastAtMs),
  samples: earliest([...a.samples, ...b.samples]),
})
