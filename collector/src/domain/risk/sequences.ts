// Sequences of one user: for each pattern and each day on which its files left (or its second step happened), how many
// files went through all of its steps, in order, within its hours.
import type { Day, Insight } from './insight.ts'
import type { History } from './history.ts'
import { type SequencePattern, sequencePatterns } from './sequence-patterns.ts'
import { amountOf } from './thresholds.ts'
import { type Sighting, type Trail, trailsOf, type Wanted } from './trails.ts'

const HOUR_MS = 3_600_000

export interface SequenceDay {
  readonly pattern: SequencePattern
  /** On which the files left; of a pattern by user, on which its last step happened. */
  readonly day: Day
  readonly files: number
  /** Insights of the steps, in their order. */
  readonly steps: readonly (readonly Insight[])[]
}

/** Number of the step in which files left. Every pattern by file has it. */
export const leavingStep = (pattern: SequencePattern): number => pattern.steps.findIndex((step) => step.some((id) => id === 'copy_to_removable_media'))

const filePatterns: readonly SequencePattern[] = sequencePatterns.filter((pattern) => pattern.join === 'file')
const EXITS: readonly string[] = [...new Set(filePatterns.flatMap((pattern) => pattern.steps[leavingStep(pattern)] ?? []))].toSorted()
const OTHER_STEPS: readonly string[] = [...new Set(filePatterns.flatMap((pattern) => pattern.steps.flat()))].filter((id) => !EXITS.includes(id)).toSorted()
const NEAR_DAYS = Math.ceil(Math.max(...filePatterns.map((pattern) => pattern.withinHours)) / 24)
const inTime = (a: Insight, b: Insight): number => a.firstAtMs - b.firstAtMs || (a.indicator < b.indicator ? -1 : a.indicator > b.indicator ? 1 : 0)

/** A bit for each indicator that is a step by file. */
const BITS: ReadonlyMap<string, number> = new Map([...EXITS, ...OTHER_STEPS].map((id, index) => [id, 1 << index]))
const bitsOf = (indicators: readonly string[]): number => indicators.reduce((bits, id) => bits | (BITS.get(id) ?? 0), 0)
const stepBits = new Map<string, readonly number[]>(filePatterns.map((pattern) => [pattern.id, pattern.steps.map(bitsOf)]))

const ALL_STEP_BITS = [...stepBits.values()]
const WANTED: Wanted = { bitOf: (indicator) => BITS.get(indicator) ?? 0, enough: (bits) => ALL_STEP_BITS.some((steps) => steps.every((step) => (bits & step) !== 0)) }

/** A trail with the bits of its sightings, and of all of them: most trails lack a step of most patterns. */
interface Followed {
  readonly trail: Trail
  readonly bits: readonly number[]
  readonly all: number
}

function followed(trail: Trail): Followed {
  const bits = trail.sightings.map(({ insight }) => BITS.get(insight.indicator) ?? 0)
  return { trail, bits, all: bits.reduce((all, bit) => all | bit, 0) }
}

/** The sightings of one passage through all steps that begins with this one, each as early as can be; undefined when there is none. */
function passage(pattern: SequencePattern, steps: readonly number[], { trail, bits }: Followed, start: number): readonly Sighting[] | undefined {
  const first = trail.sightings[start]
  if (first === undefined) return undefined
  const found = [first]
  let at = start
  for (const step of steps.slice(1)) {
    let next: Sighting | undefined
    for (let index = 0; index < trail.sightings.length; index += 1) {
      if (((bits[index] ?? 0) & step) === 0) continue
      const sighting = trail.sightings[index]
      // Two steps in one minute are in order; one sighting is not two steps.
      if (sighting === undefined || index === at || sighting.atMs < (found.at(-1)?.atMs ?? 0) || found.includes(sighting)) continue
      if (sighting.atMs - first.atMs > pattern.withinHours * HOUR_MS) break
      next = sighting
      at = index
      break
    }
    if (next === undefined) return undefined
    found.push(next)
  }
  return found
}

interface Tally {
  readonly files: Map<number, number>
  readonly steps: Set<Insight>[]
}

function onFiles(pattern: SequencePattern, trails: readonly Followed[]): readonly SequenceDay[] {
  const left = leavingStep(pattern)
  const wanted = stepBits.get(pattern.id) ?? []
  const days = new Map<Day, Tally>()
  for (const one of trails) {
    if (wanted.some((step) => (one.all & step) === 0)) continue
    for (const [index, sighting] of one.trail.sightings.entries()) {
      if (((one.bits[index] ?? 0) & (wanted[0] ?? 0)) === 0) continue
      const found = passage(pattern, wanted, one, index)
      const exit = found?.[left]
      if (found === undefined || exit === undefined) continue
      let tally = days.get(exit.insight.day)
      if (tally === undefined) days.set(exit.insight.day, (tally = { files: new Map(), steps: pattern.steps.map(() => new Set<Insight>()) }))
      tally.files.set(sighting.hash, Math.max(tally.files.get(sighting.hash) ?? 0, sighting.files))
      for (const [step, passed] of found.entries()) tally.steps[step]?.add(passed.insight)
    }
  }
  return [...days].map(([day, { files, steps }]) => ({ pattern, day, files: Math.round([...files.values()].reduce((sum, count) => sum + count, 0)), steps: steps.map((step) => [...step].toSorted(inTime)) }))
}

/** No file is the same in both steps: the days follow each other by their first and last times. */
function byUser(pattern: SequencePattern, insights: readonly Insight[]): readonly SequenceDay[] {
  const days = new Map<Day, SequenceDay>()
  const [firstStep, secondStep] = pattern.steps
  const windowMs = pattern.withinHours * HOUR_MS
  const starts = insights.filter((insight) => firstStep?.some((id) => id === insight.indicator) === true)
  for (const next of insights) {
    if (secondStep?.some((id) => id === next.indicator) !== true) continue
    const start = starts.find((insight) => next.lastAtMs >= insight.firstAtMs && next.firstAtMs - insight.firstAtMs <= windowMs && next.lastAtMs - insight.firstAtMs <= windowMs + 24 * HOUR_MS)
    if (start === undefined) continue
    const files = Math.max(1, Math.round(amountOf(next)))
    const before = days.get(next.day)
    if (before === undefined || files > before.files) days.set(next.day, { pattern, day: next.day, files, steps: [[start], [next]] })
  }
  return [...days.values()]
}

/** Finder over one set of insights; the trails are made once for all patterns that need them. */
export interface SequenceFinder {
  /** Days with the sequence, rising. */
  days(pattern: SequencePattern): readonly SequenceDay[]
}

const ALL_STEPS: readonly string[] = [...new Set(sequencePatterns.flatMap((pattern) => pattern.steps.flat()))]
/** Policies that count the same indicators find the same: following files is the largest part of an evaluation. */
const finders = new WeakMap<History, Map<string, SequenceFinder>>()

/** The finder over a history, made once for all policies that count the same. @param counts whether the insights of an indicator count */
export function createSequenceFinder(history: History, counts: (indicator: string) => boolean): SequenceFinder {
  const known = finders.get(history) ?? new Map<string, SequenceFinder>()
  finders.set(history, known)
  const key = ALL_STEPS.filter((id) => history.byIndicator.has(id) && counts(id)).join(' ')
  const finder = known.get(key) ?? makeFinder(history, counts)
  known.set(key, finder)
  return finder
}

function makeFinder(history: History, counts: (indicator: string) => boolean): SequenceFinder {
  const of = (indicators: readonly string[]): Insight[] => indicators.flatMap((id) => (counts(id) ? history.byIndicator.get(id)?.insights.filter((insight) => insight.events > insight.excludedEvents) ?? [] : []))
  const found = new Map<string, readonly SequenceDay[]>()
  let trails: readonly Followed[] | undefined
  const allTrails = (): readonly Followed[] => {
    if (trails !== undefined) return trails
    const from = of(EXITS)
    // Only days near one on which something left can be a step.
    const near = new Set<Day>()
    for (const exit of new Set(from.map(({ day }) => day))) for (let day = exit - NEAR_DAYS; day <= exit + NEAR_DAYS; day += 1) near.add(day)
    return (trails = from.length === 0 ? [] : trailsOf(from, of(OTHER_STEPS).filter((insight) => near.has(insight.day)), undefined, WANTED).map(followed))
  }
  return {
    days(pattern) {
      let days = found.get(pattern.id)
      if (days === undefined) {
        const possible = pattern.steps.every((step) => step.some((id) => counts(id) && history.byIndicator.has(id)))
        days = !possible ? [] : pattern.join === 'file' ? onFiles(pattern, allTrails()) : byUser(pattern, of([...new Set(pattern.steps.flat())]).toSorted(inTime))
        found.set(pattern.id, (days = days.toSorted((a, b) => a.day - b.day)))
      }
      return days
    },
  }
}
