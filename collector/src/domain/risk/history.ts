// A user's insights by indicator, with what was usual before each day. Made once for all policies.
import { lowerBound, type OwnUsual, UNKNOWN, usualBefore } from './baseline.ts'
import type { ScoringContext } from './evaluation-input.ts'
import { indicatorRow } from './indicators.ts'
import { type Day, dayOf, inOrder, type Insight } from './insight.ts'
import { amountOf } from './thresholds.ts'

/** Days of one indicator, rising. */
export interface IndicatorDays {
  readonly insights: readonly Insight[]
  readonly days: readonly Day[]
}

export interface History {
  /** All of them, by day and indicator. */
  readonly insights: readonly Insight[]
  readonly byIndicator: ReadonlyMap<string, IndicatorDays>
  readonly observedFromDay: Day | undefined
  /** Last day of which anything may be known. */
  readonly today: Day
  /** What was usual for the user before the day of an insight of this history. */
  usualOf(insight: Insight): OwnUsual
  /** Hours (UTC) in which the user is hardly ever active, judged by the days before; undefined: not known. */
  quietHours(day: Day): readonly boolean[] | undefined
}

/** Days before that say in which hours a user is active, and how many of them there must be. */
const HOURS_DAYS = 90
const HOURS_DAYS_NEEDED = 10
/** An hour is quiet when it and those less than three hours away saw the user on less than this share of the days: who stays an hour longer is at work. */
const QUIET_SHARE = 0.05
const NEAR_HOURS = [0, 1, 2, 22, 23]

/** For each hour those that are near it. */
const AROUND: readonly number[] = Array.from({ length: 24 }, (_, hour) => NEAR_HOURS.reduce((mask, by) => mask | (1 << ((hour + by) % 24)), 0))
const HOURS_KNOWN = 1 << 24

/** What was seen of each day that saw anything: a bit for each hour that saw the user or is near one that did. Read when it is asked for: hours are text in the store. */
function createHours(insights: readonly Insight[]): (day: Day) => readonly boolean[] | undefined {
  const days: Day[] = []
  const firsts: number[] = []
  for (const [index, { day }] of insights.entries()) {
    if (day === days.at(-1)) continue
    days.push(day)
    firsts.push(index)
  }
  const seen: number[] = []
  const seenOn = (at: number): number => {
    let mask = 0
    for (let index = firsts[at] ?? 0; index < (firsts[at + 1] ?? insights.length); index += 1) {
      const { hours } = insights[index] ?? {}
      if (hours === undefined) continue
      mask |= HOURS_KNOWN
      // A burst counts once.
      for (const [hour] of hours) mask |= AROUND[hour] ?? 0
    }
    return mask
  }
  return (day) => {
    let known = 0
    const counts = new Int32Array(24)
    for (let at = lowerBound(days, day - HOURS_DAYS), end = lowerBound(days, day); at < end; at += 1) {
      const mask = (seen[at] ??= seenOn(at))
      if (mask === 0) continue
      known += 1
      for (let hour = 0; hour < 24; hour += 1) counts[hour] = (counts[hour] ?? 0) + ((mask >>> hour) & 1)
    }
    return known < HOURS_DAYS_NEEDED ? undefined : Array.from(counts, (count) => count < QUIET_SHARE * known)
  }
}

/** What was usual before each day of an indicator. */
function usualOfDays({ insights, days }: IndicatorDays, observedFromDay: Day, today: Day): readonly OwnUsual[] {
  const amounts = insights.map(amountOf)
  if (amounts.every((amount) => amount > 0)) return usualBefore(days, amounts, observedFromDay, today)
  // Days on which everything was excluded are no days of doing this.
  const kept = [...days.keys()].filter((index) => (amounts[index] ?? 0) > 0)
  const found = usualBefore(kept.map((index) => days[index] ?? 0), kept.map((index) => amounts[index] ?? 0), observedFromDay, today)
  const whole: OwnUsual[] = days.map(() => UNKNOWN)
  for (const [at, index] of kept.entries()) whole[index] = found[at] ?? UNKNOWN
  return whole
}

/** @param insights of one user, in any order */
export function createHistory(given: readonly Insight[], { observedFromDay, nowMs }: Pick<ScoringContext, 'observedFromDay' | 'nowMs'> = {}): History {
  const insights = inOrder(given)
  const today = nowMs === undefined ? Math.max(0, ...insights.map((insight) => insight.day)) : dayOf(nowMs)
  const byIndicator = new Map<string, { readonly insights: Insight[]; readonly days: Day[]; usual?: readonly OwnUsual[] }>()
  for (const insight of insights) {
    const entry = byIndicator.get(insight.indicator)
    if (entry === undefined) {
      byIndicator.set(insight.indicator, { insights: [insight], days: [insight.day] })
      continue
    }
    entry.insights.push(insight)
    entry.days.push(insight.day)
  }
  const hours = createHours(insights)
  const quiet = new Map<Day, readonly boolean[] | undefined>()
  return {
    insights, byIndicator, observedFromDay, today,
    usualOf({ indicator, day }) {
      const entry = byIndicator.get(indicator)
      // Doors that opened while the person worked here do not make those usual that open afterwards.
      if (entry === undefined || observedFromDay === undefined || indicatorRow(indicator)?.afterDeparture === true) return UNKNOWN
      return (entry.usual ??= usualOfDays(entry, observedFromDay, today))[lowerBound(entry.days, day)] ?? UNKNOWN
    },
    quietHours(day) {
      if (!quiet.has(day)) quiet.set(day, hours(day))
      return quiet.get(day)
    },
  }
}
