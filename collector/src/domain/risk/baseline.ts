// What is usual for a user: of the days before the judged day, never of the day itself (docs/adr/0012-what-is-usual.md).
// Where they say nothing yet, as in the first weeks of an installation, the days around it do, once they have come.
//
// A day is held against the user's own active days of the 90 days before it, by quantiles: the median, and the upper end
// as the larger of the ninth decile and twice the median. One wild day in ten moves neither. Below COLD_DAYS observed
// days and COLD_ACTIVE_DAYS active ones nothing is known; with fewer than USUAL_ACTIVE_DAYS active days the activity is rare, and
// only what is far above the largest of them is told.
import type { Day } from './insight.ts'

export const BASELINE_DAYS = 90
/** Fewer observed days, and fewer active ones, say nothing. */
export const COLD_DAYS = 14
export const COLD_ACTIVE_DAYS = 10
/** What was rare and lies further back than this was no part of what is going on now; what lies a week back may come every week. */
export const SETTLED_DAYS = 14
export const WEEKLY_DAYS = 5
/** From so many active days on there is a usual amount. */
export const USUAL_ACTIVE_DAYS = 5

export type OwnUsual =
  | { readonly kind: 'unknown' }
  /** Observed long enough, and never seen doing this. */
  | { readonly kind: 'never'; readonly observedDays: number }
  /** On one to four days; `upper` is the largest of them, `settled` the largest that lies more than SETTLED_DAYS back and `weekly` more than WEEKLY_DAYS, 0 when none does. */
  | { readonly kind: 'rare'; readonly upper: number; readonly settled: number; readonly weekly: number; readonly activeDays: number }
  | { readonly kind: 'usual'; readonly median: number; readonly upper: number; readonly activeDays: number }

/** Where nothing is known yet. */
export const UNKNOWN: OwnUsual = { kind: 'unknown' }

/** Index of the first element that is not below the value. */
export function lowerBound(sorted: readonly number[], value: number): number {
  let low = 0
  let high = sorted.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((sorted[middle] ?? 0) < value) low = middle + 1
    else high = middle
  }
  return low
}

/** @param without place of an element that is left out; absent: none */
function usualOf(sorted: readonly number[], observedDays: number, without = sorted.length): OwnUsual {
  const activeDays = sorted.length - (without < sorted.length ? 1 : 0)
  const at = (index: number): number => sorted[index < without ? index : index + 1] ?? 0
  if (observedDays < COLD_DAYS && activeDays < COLD_ACTIVE_DAYS) return UNKNOWN
  if (activeDays === 0) return { kind: 'never', observedDays }
  if (activeDays < USUAL_ACTIVE_DAYS) return { kind: 'rare', upper: at(activeDays - 1), settled: 0, weekly: 0, activeDays }
  const median = at(Math.ceil(activeDays / 2) - 1)
  return { kind: 'usual', median, upper: Math.max(at(Math.ceil(activeDays * 0.9) - 1), 2 * median), activeDays }
}

/**
 * What was usual before each day of a series.
 *
 * @param days rising, each once
 * @param amounts of the same days
 * @param today the last day that is known
 * @param observedFromDay first day on which anything of the user was counted; undefined: nothing is known of any day
 */
export function usualBefore(days: readonly Day[], amounts: readonly number[], observedFromDay: Day | undefined, today: Day): readonly OwnUsual[] {
  if (observedFromDay === undefined) return days.map(() => UNKNOWN)
  // What lies around each day, sorted; it moves with the days that are asked for.
  const near: number[] = []
  let first = 0
  let next = 0
  const around = (day: Day, amount: number): OwnUsual => {
    for (; next < days.length && (days[next] ?? day) <= day + BASELINE_DAYS; next += 1) near.splice(lowerBound(near, amounts[next] ?? 0), 0, amounts[next] ?? 0)
    for (; (days[first] ?? day) < day - BASELINE_DAYS; first += 1) near.splice(lowerBound(near, amounts[first] ?? 0), 1)
    const usual = usualOf(near, Math.min(BASELINE_DAYS, today - observedFromDay), lowerBound(near, amount))
    // Later days may excuse a day; they do not accuse it.
    return usual.kind === 'usual' ? usual : UNKNOWN
  }
  const sorted: number[] = []
  let oldest = 0
  return days.map((day, index) => {
    for (; (days[oldest] ?? day) < day - BASELINE_DAYS; oldest += 1) sorted.splice(lowerBound(sorted, amounts[oldest] ?? 0), 1)
    const usual = usualOf(sorted, Math.min(BASELINE_DAYS, day - observedFromDay))
    const amount = amounts[index] ?? 0
    sorted.splice(lowerBound(sorted, amount), 0, amount)
    if (usual.kind === 'rare') {
      const largestBefore = (last: Day): number => {
        let largest = 0
        for (let at = oldest; at < index && (days[at] ?? day) < last; at += 1) largest = Math.max(largest, amounts[at] ?? 0)
        return largest
      }
      return { ...usual, settled: largestBefore(day - SETTLED_DAYS), weekly: largestBefore(day - WEEKLY_DAYS) }
    }
    return usual.kind === 'unknown' ? around(day, amount) : usual
  })
}

/** 0 for an amount up to the upper end of what is usual, 1 from three times that on; slow at first between, since amounts of ordinary days have long tails. */
export const unusualness = (amount: number, upper: number): number => Math.min(1, Math.max(0, (amount / upper - 1) / 2)) ** 2
