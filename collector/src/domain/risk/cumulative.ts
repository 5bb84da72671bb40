// Cumulative exfiltration: everything that left in 30 days, against the user's own past, the peers and the organisation.
// It scores only when it is much and unusual: alone, a large amount is ordinary work of somebody.
import type { Policy } from '../policies/policy.ts'
import { unusualness } from './baseline.ts'
import type { ScoringContext } from './evaluation-input.ts'
import type { History } from './history.ts'
import { indicatorRow, INDICATOR_IDS } from './indicators.ts'
import type { Day, Insight } from './insight.ts'
import { WEEKLY_EXFILTRATION } from './population.ts'
import { insightScore, scoredAmount, settingOf } from './thresholds.ts'

export const CUMULATIVE_DAYS = 30
/** Files in 30 days, each as heavy as its channel: ten days at the thresholds of the published illustration. */
export const CUMULATIVE_THRESHOLDS = { low: 100, medium: 200, high: 400 } as const

/** What a file weighs in tenths where its channel has this low threshold: channels of ordinary work, such as shares, weigh less. */
const weightOf = (low: number): number => Math.max(1, Math.round(100 / low))

/** Indicators whose files add up, with the weight of a file in tenths; volumes, pages and parts of others would count the same file twice. */
export const CUMULATIVE_INDICATORS: ReadonlyMap<string, number> = new Map(INDICATOR_IDS.flatMap((id) => {
  const row = indicatorRow(id)
  return row?.category === 'exfiltration' && (row.measure === 'files' || row.measure === 'events') && row.where.domain === undefined ? [[id, weightOf(row.thresholds.low)] as const] : []
}))

export interface Cumulative {
  /** Last of the 30 days. */
  readonly day: Day
  readonly files: number
  readonly points: number
  readonly against: 'own' | 'peers' | 'organisation'
  /** Of the user's largest 30 days before, or of the others' upper end in 30 days. */
  readonly usual: number
  readonly insights: readonly Insight[]
}

type Found = Omit<Cumulative, 'insights'>

/** What left on each day, in tenths of a file: whole numbers, so that sums are exact. */
interface Leaving {
  readonly days: readonly Day[]
  readonly tenths: readonly number[]
}

const filesBetween = ({ days, tenths }: Leaving, from: Day, to: Day): number => {
  let total = 0
  for (const [index, day] of days.entries()) if (day >= from && day <= to) total += tenths[index] ?? 0
  return total / 10
}

/** Observed days before the 30 that a comparison with the own past needs: as many. */
const OWN_DAYS = CUMULATIVE_DAYS

/** The 30 days to one day against each of the three; the most points of them. */
function judge(day: Day, files: number, leaving: Leaving, history: History, { population, subject }: ScoringContext): Found | undefined {
  const raw = insightScore(files, CUMULATIVE_THRESHOLDS)
  const first = day - CUMULATIVE_DAYS + 1
  const candidates: Found[] = []
  const ownKnown = history.observedFromDay !== undefined && first - history.observedFromDay >= OWN_DAYS
  if (ownKnown) {
    const before = [1, 2].map((months) => filesBetween(leaving, first - months * CUMULATIVE_DAYS, first - (months - 1) * CUMULATIVE_DAYS - 1))
    const usual = Math.max(...before, CUMULATIVE_THRESHOLDS.low / 2)
    candidates.push({ day, files, against: 'own', usual, points: Math.round(raw * unusualness(files, usual)) })
  }
  const groups = [['peers', population?.ofPeers(subject?.department ?? '', WEEKLY_EXFILTRATION, first, history.today)], ['organisation', population?.ofOrganisation(WEEKLY_EXFILTRATION, first, history.today)]] as const
  for (const [against, others] of groups) {
    if (others === undefined) continue
    const usual = Math.round((others.upper * CUMULATIVE_DAYS) / 7)
    // A steady user who is far above the others does that work; only half of it is told then.
    candidates.push({ day, files, against, usual, points: Math.round(raw * unusualness(files, usual) * (ownKnown ? 0.5 : 1)) })
  }
  return candidates.toSorted((a, b) => b.points - a.points).find((candidate) => candidate.points > 0)
}

/** The worst 30 days that end on a day of these insights, or on any; undefined when nothing of it is both much and unusual. */
export function cumulativeOf(policy: Policy, counted: readonly Insight[] | undefined, history: History, context: ScoringContext): Cumulative | undefined {
  if (!policy.cumulative) return undefined
  const enabled = [...CUMULATIVE_INDICATORS.keys()].filter((id) => settingOf(policy, id)?.enabled === true && history.byIndicator.has(id))
  if (enabled.length === 0) return undefined
  const byDay = new Map<Day, number>()
  for (const id of enabled) for (const insight of history.byIndicator.get(id)?.insights ?? []) byDay.set(insight.day, (byDay.get(insight.day) ?? 0) + scoredAmount(policy, insight) * (CUMULATIVE_INDICATORS.get(id) ?? 0))
  const days = [...byDay.keys()].toSorted((a, b) => a - b)
  const leaving: Leaving = { days, tenths: days.map((day) => byDay.get(day) ?? 0) }
  const ends = counted === undefined ? undefined : new Set(counted.filter((insight) => enabled.includes(insight.indicator)).map((insight) => insight.day))
  let best: Found | undefined
  let running = 0
  let oldest = 0
  for (const [index, day] of days.entries()) {
    running += leaving.tenths[index] ?? 0
    for (; (days[oldest] ?? day) <= day - CUMULATIVE_DAYS; oldest += 1) running -= leaving.tenths[oldest] ?? 0
    const files = Math.round(running / 10)
    if (ends?.has(day) === false || files < CUMULATIVE_THRESHOLDS.low) continue
    const found = judge(day, files, leaving, history, context)
    if (found !== undefined && found.points > (best?.points ?? 0)) best = found
  }
  if (best === undefined) return undefined
  const last = best.day
  const behind = enabled.flatMap((id) => history.byIndicator.get(id)?.insights.filter((insight) => insight.day <= last && insight.day > last - CUMULATIVE_DAYS && insight.events > insight.excludedEvents) ?? [])
  return { ...best, insights: behind.toSorted((a, b) => scoredAmount(policy, b) - scoredAmount(policy, a) || a.day - b.day || (a.indicator < b.indicator ? -1 : 1)) }
}
