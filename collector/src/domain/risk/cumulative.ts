// Cumulative exfiltration: everything that left in 30 days, against the user's own past, the peers and the organisation.
// It scores only when it is much and unusual: alone, a large amount is ordinary work of somebody.
import type { Policy, Thresholds } from '../policies/policy.ts'
import { lowerBound, unusualness } from './baseline.ts'
import type { ScoringContext } from './evaluation-input.ts'
import type { History } from './history.ts'
import { indicatorRow, INDICATOR_IDS } from './indicators.ts'
import type { Day, Insight } from './insight.ts'
import { WEEKLY_EXFILTRATION } from './population.ts'
import { amountOf, insightScore, scoredAmount, settingOf } from './thresholds.ts'

export const CUMULATIVE_DAYS = 30
/** Files in 30 days, each as heavy as its channel: ten days at the thresholds of the published illustration. */
export const CUMULATIVE_THRESHOLDS = { low: 100, medium: 200, high: 400 } as const

/** Of one channel by itself: half of it, on so many of the 30 days; a burst of one day is told by its day. */
export const CHANNEL_THRESHOLDS = { low: 50, medium: 100, high: 200 } as const
export const CHANNEL_DAYS = 5

/** What a file weighs in tenths where its channel has this low threshold: channels of ordinary work, such as shares, weigh less. */
const weightOf = (low: number): number => Math.max(1, Math.round(100 / low))

/** Indicators whose files add up, with the weight of a file in tenths; volumes, pages and parts of others would count the same file twice. */
export const CUMULATIVE_INDICATORS: ReadonlyMap<string, number> = new Map(INDICATOR_IDS.flatMap((id) => {
  const row = indicatorRow(id)
  return row?.category === 'exfiltration' && (row.measure === 'files' || row.measure === 'events') && row.where.domain === undefined ? [[id, weightOf(row.thresholds.low)] as const] : []
}))

const CUMULATIVE_IDS: readonly string[] = [...CUMULATIVE_INDICATORS.keys()]

/** One channel on so many days of the 30, and on so few of any month before: small amounts that begin and go on are made to pass below what a day tells (ATT&CK T1029, T1030). */
const HABIT_DAYS = 10
const HABIT_DAYS_BEFORE = 2
export const NEW_HABIT_POINTS = 5

export interface Cumulative {
  /** One channel by itself; absent: all of them together. */
  readonly indicator?: string
  /** Last of the 30 days. */
  readonly day: Day
  readonly files: number
  readonly points: number
  readonly against: 'own' | 'peers' | 'organisation'
  /** Of the user's largest 30 days before, or of the others' upper end in 30 days. */
  readonly usual: number
  /** Days on which anything left, and on how many of the month before in which there were most. */
  readonly activeDays: number
  readonly activeDaysBefore: number
  /** One channel that became a habit in these 30 days. */
  readonly newHabit: boolean
  readonly insights: readonly Insight[]
}

type Found = Omit<Cumulative, 'insights' | 'newHabit'>

/** What left on each day, in tenths of a file: whole numbers, so that sums are exact. */
interface Leaving {
  readonly days: readonly Day[]
  /** Up to each day, that day left out; one more than there are days. */
  readonly before: readonly number[]
}

function leavingOn(days: readonly Day[], tenths: readonly number[]): Leaving {
  const before = [0]
  let sum = 0
  for (const amount of tenths) before.push((sum += amount))
  return { days, before }
}

const total = ({ days, before }: Leaving): number => before[days.length] ?? 0
const filesBetween = ({ days, before }: Leaving, from: Day, to: Day): number => ((before[lowerBound(days, to + 1)] ?? 0) - (before[lowerBound(days, from)] ?? 0)) / 10

/** What left by some channels; made once for all policies that count the same amounts of them. */
interface Channels {
  of(id: string): Leaving
  together(ids: readonly string[]): Leaving
}

function createChannels(history: History, amount: (insight: Insight) => number): Channels {
  const single = new Map<string, Leaving>()
  const several = new Map<string, Leaving>()
  const of = (id: string): Leaving => {
    let found = single.get(id)
    if (found === undefined) {
      const { insights = [], days = [] } = history.byIndicator.get(id) ?? {}
      single.set(id, (found = leavingOn(days, insights.map((insight) => amount(insight) * (CUMULATIVE_INDICATORS.get(id) ?? 0)))))
    }
    return found
  }
  return {
    of,
    together(ids) {
      const key = ids.join(' ')
      let found = several.get(key)
      if (found === undefined) {
        const byDay = new Map<Day, number>()
        for (const id of ids) {
          const { days, before } = of(id)
          for (const [index, day] of days.entries()) byDay.set(day, (byDay.get(day) ?? 0) + (before[index + 1] ?? 0) - (before[index] ?? 0))
        }
        const days = [...byDay.keys()].toSorted((a, b) => a - b)
        several.set(key, (found = leavingOn(days, days.map((day) => byDay.get(day) ?? 0))))
      }
      return found
    },
  }
}

/** Of amounts that are the same under all policies. */
const shared = new WeakMap<History, Channels>()

function channelsOf(policy: Policy, history: History): Channels {
  if (policy.scoreOnlyPriorityContent) return createChannels(history, (insight) => scoredAmount(policy, insight))
  let channels = shared.get(history)
  if (channels === undefined) shared.set(history, (channels = createChannels(history, amountOf)))
  return channels
}

/** Months before the 30 days that they are held against: as far back as what is usual. */
const OWN_MONTHS = 3
/** Time away is made up for, up to so much. */
const AWAY_FACTOR = 2
/** Where another month had at least this share of it, it goes on as before; of that the comparison with others tells less. */
const STEADY_SHARE = 0.5
const KNOWN_WEIGHT = 0.5
const STEADY_WEIGHT = 0.25
/** Whoever does it on so many days of a month before does it every working day; months of daily work differ by so much. */
const DAILY_DAYS = 15
const DAILY_FACTOR = 2

interface Month {
  /** As many as there would have been in as many days at work as the judged month had. */
  readonly files: number
  /** Days on which anything left, and as many as there would have been in the same way. */
  readonly activeDays: number
  readonly madeUpDays: number
}

/** Days on which anything of the user was counted, rising. */
const presences = new WeakMap<History, readonly Day[]>()
function presenceOf(history: History): readonly Day[] {
  let days = presences.get(history)
  if (days === undefined) presences.set(history, (days = [...new Set(history.insights.map((insight) => insight.day))]))
  return days
}

/** The months before the 30 days to one day of which something is known, the latest first. Whoever was away for two weeks of one did as much in half the time. */
function monthsBefore(day: Day, leaving: Leaving, history: History): readonly Month[] {
  const present = presenceOf(history)
  const presentIn = (from: Day): number => lowerBound(present, from + CUMULATIVE_DAYS) - lowerBound(present, from)
  const now = presentIn(day - CUMULATIVE_DAYS + 1)
  const months: Month[] = []
  for (let month = 1; month <= OWN_MONTHS; month += 1) {
    const from = day - (month + 1) * CUMULATIVE_DAYS + 1
    if (history.observedFromDay === undefined || from < history.observedFromDay) break
    const there = presentIn(from)
    const away = there === 0 ? 1 : Math.min(AWAY_FACTOR, Math.max(1, now / there))
    const to = from + CUMULATIVE_DAYS - 1
    const activeDays = lowerBound(leaving.days, to + 1) - lowerBound(leaving.days, from)
    months.push({ files: away * filesBetween(leaving, from, to), activeDays, madeUpDays: away * activeDays })
  }
  return months
}

/** The 30 days to one day against each of the three; the most points of them. */
function judge(day: Day, files: number, activeDays: number, leaving: Leaving, thresholds: Thresholds, history: History, { population, subject }: Pick<ScoringContext, 'population' | 'subject'>): Found | undefined {
  const raw = insightScore(files, thresholds)
  const first = day - CUMULATIVE_DAYS + 1
  const candidates: Found[] = []
  const before = monthsBefore(day, leaving, history)
  const ownKnown = before.length > 0
  const activeDaysBefore = Math.max(0, ...before.map((month) => month.activeDays))
  if (ownKnown) {
    const usual = Math.max(...before.map((month) => month.files), thresholds.low / 2)
    const daily = before.some((month) => month.madeUpDays >= DAILY_DAYS)
    candidates.push({ day, files, activeDays, activeDaysBefore, against: 'own', usual, points: Math.round(raw * unusualness(files, daily ? DAILY_FACTOR * usual : usual)) })
  }
  const steady = before.length > 1 && before.every((month) => month.files >= STEADY_SHARE * files)
  const groups = [['peers', population?.ofPeers(subject?.department ?? '', WEEKLY_EXFILTRATION, first, history.today)], ['organisation', population?.ofOrganisation(WEEKLY_EXFILTRATION, first, history.today)]] as const
  for (const [against, others] of groups) {
    if (others === undefined) continue
    const usual = Math.round((others.upper * CUMULATIVE_DAYS) / 7)
    // A steady user who is far above the others does that work; only some of it is told then.
    candidates.push({ day, files, activeDays, activeDaysBefore, against, usual, points: Math.round(raw * unusualness(files, usual) * (steady ? STEADY_WEIGHT : ownKnown ? KNOWN_WEIGHT : 1)) })
  }
  return candidates.toSorted((a, b) => b.points - a.points).find((candidate) => candidate.points > 0)
}

/** The worst 30 days of some channels that end on one of the days. */
function worstOf(leaving: Leaving, { thresholds, days }: { readonly thresholds: Thresholds; readonly days: number }, ends: ReadonlySet<Day> | undefined, history: History, context: Pick<ScoringContext, 'population' | 'subject'>): Found | undefined {
  if (leaving.days.length < days || Math.round(total(leaving) / 10) < thresholds.low) return undefined
  let best: Found | undefined
  let oldest = 0
  for (const [index, day] of leaving.days.entries()) {
    while ((leaving.days[oldest] ?? day) <= day - CUMULATIVE_DAYS) oldest += 1
    const files = Math.round(((leaving.before[index + 1] ?? 0) - (leaving.before[oldest] ?? 0)) / 10)
    // A comparison only takes points away: what has fewer by its amount alone is not compared.
    if (ends?.has(day) === false || files < thresholds.low || index - oldest + 1 < days || insightScore(files, thresholds) <= (best?.points ?? 0)) continue
    const found = judge(day, files, index - oldest + 1, leaving, thresholds, history, context)
    if (found !== undefined && found.points > (best?.points ?? 0)) best = found
  }
  return best
}

/**
 * The worst 30 days that end on a day of these insights, or on any; undefined when nothing of it is both much and unusual.
 * All channels together are held against the user's own past and the others; each by itself against the own past alone,
 * so that a new channel is not hidden by much work in an old one.
 */
export function cumulativeOf(policy: Policy, counted: readonly Insight[] | undefined, history: History, context: ScoringContext): Cumulative | undefined {
  if (!policy.cumulative) return undefined
  const enabled = CUMULATIVE_IDS.filter((id) => history.byIndicator.has(id) && settingOf(policy, id)?.enabled === true)
  const channels = channelsOf(policy, history)
  const together = channels.together(enabled)
  if (total(together) < 10 * CHANNEL_THRESHOLDS.low) return undefined
  const ends = counted === undefined ? undefined : new Set(counted.filter((insight) => enabled.includes(insight.indicator)).map((insight) => insight.day))
  let best = worstOf(together, { thresholds: CUMULATIVE_THRESHOLDS, days: 1 }, ends, history, context)
  for (const indicator of enabled) {
    const own = worstOf(channels.of(indicator), { thresholds: CHANNEL_THRESHOLDS, days: CHANNEL_DAYS }, ends, history, {})
    if (own !== undefined && own.points > (best?.points ?? 0)) best = { ...own, indicator }
  }
  if (best === undefined) return undefined
  const { day: last, indicator } = best
  const behind = (indicator === undefined ? enabled : [indicator]).flatMap((id) => history.byIndicator.get(id)?.insights.filter((insight) => insight.day <= last && insight.day > last - CUMULATIVE_DAYS && insight.events > insight.excludedEvents) ?? [])
  const newHabit = indicator !== undefined && best.against === 'own' && best.activeDays >= HABIT_DAYS && best.activeDaysBefore <= HABIT_DAYS_BEFORE
  return { ...best, newHabit, insights: behind.toSorted((a, b) => scoredAmount(policy, b) - scoredAmount(policy, a) || a.day - b.day || (a.indicator < b.indicator ? -1 : 1)) }
}
