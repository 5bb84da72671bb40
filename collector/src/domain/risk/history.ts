// A user's insights by indicator, with what was usual before each day. Made once for all policies.
import { lowerBound, type OwnUsual, usualBefore } from './baseline.ts'
import type { ScoringContext } from './evaluation-input.ts'
import { indicatorRow } from './indicators.ts'
import { type Day, dayOf, inOrder, type Insight } from './insight.ts'
import { amountOf } from './thresholds.ts'

/** Days of one indicator, rising. */
export interface IndicatorDays {
  readonly insights: readonly Insight[]
  readonly days: readonly Day[]
  readonly amounts: readonly number[]
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

function quietHoursBefore(insights: readonly Insight[], day: Day): readonly boolean[] | undefined {
  // Days on which each hour saw anything: a burst counts once.
  const seen = new Map<Day, number>()
  for (const insight of insights) {
    // They rise by day.
    if (insight.day >= day) break
    if (insight.hours === undefined || insight.day < day - HOURS_DAYS) continue
    let mask = seen.get(insight.day) ?? 0
    for (const [hour] of insight.hours) mask |= 1 << hour
    seen.set(insight.day, mask)
  }
  if (seen.size < HOURS_DAYS_NEEDED) return undefined
  const days = Array.from({ length: 24 }, () => 0)
  const around = days.map((_, hour) => NEAR_HOURS.reduce((mask, by) => mask | (1 << ((hour + by) % 24)), 0))
  for (const mask of seen.values()) for (let hour = 0; hour < 24; hour += 1) if ((mask & (around[hour] ?? 0)) !== 0) days[hour] = (days[hour] ?? 0) + 1
  return days.map((count) => count < QUIET_SHARE * seen.size)
}

/** @param insights of one user, in any order */
export function createHistory(given: readonly Insight[], { observedFromDay, nowMs }: Pick<ScoringContext, 'observedFromDay' | 'nowMs'> = {}): History {
  const insights = inOrder(given)
  const today = nowMs === undefined ? Math.max(0, ...insights.map((insight) => insight.day)) : dayOf(nowMs)
  const byIndicator = new Map<string, IndicatorDays & { insights: Insight[]; days: Day[]; amounts: number[] }>()
  for (const insight of insights) {
    let entry = byIndicator.get(insight.indicator)
    if (entry === undefined) byIndicator.set(insight.indicator, (entry = { insights: [], days: [], amounts: [] }))
    entry.insights.push(insight)
  }
  for (const entry of byIndicator.values()) {
    for (const insight of entry.insights) {
      entry.days.push(insight.day)
      entry.amounts.push(amountOf(insight))
    }
  }
  const usual = new Map<string, readonly OwnUsual[]>()
  const quiet = new Map<Day, readonly boolean[] | undefined>()
  return {
    insights, byIndicator, observedFromDay, today,
    usualOf(insight) {
      const entry = byIndicator.get(insight.indicator)
      // Doors that opened while the person worked here do not make those usual that open afterwards.
      if (entry === undefined || observedFromDay === undefined || indicatorRow(insight.indicator)?.afterDeparture === true) return { kind: 'unknown' }
      let list = usual.get(insight.indicator)
      if (list === undefined) {
        // Days on which everything was excluded are no days of doing this.
        const kept = entry.days.flatMap((_day, index) => ((entry.amounts[index] ?? 0) > 0 ? [index] : []))
        const found = usualBefore(kept.map((index) => entry.days[index] ?? 0), kept.map((index) => entry.amounts[index] ?? 0), observedFromDay, today)
        const whole: OwnUsual[] = entry.days.map(() => ({ kind: 'unknown' }))
        for (const [at, index] of kept.entries()) whole[index] = found[at] ?? { kind: 'unknown' }
        usual.set(insight.indicator, (list = whole))
      }
      return list[lowerBound(entry.days, insight.day)] ?? { kind: 'unknown' }
    },
    quietHours(day) {
      if (!quiet.has(day)) quiet.set(day, quietHoursBefore(insights, day))
      return quiet.get(day)
    },
  }
}
