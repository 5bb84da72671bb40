// Signals: the strongest day of each indicator, held against what is usual for the user and among peers.
import type { Policy } from '../policies/policy.ts'
import { type OwnUsual, SETTLED_DAYS, unusualness, WEEKLY_DAYS } from './baseline.ts'
import type { ScoringContext } from './evaluation-input.ts'
import type { History } from './history.ts'
import { indicatorRow } from './indicators.ts'
import type { Insight } from './insight.ts'
import { type Pause, pauseOf } from './pauses.ts'
import type { UsualOfGroup } from './population.ts'
import { CURVE, insightScore, scoredAmount, settingOf, thresholdsFor } from './thresholds.ts'
import type { Thresholds } from '../policies/policy.ts'

/** What a day scores at most that is usual for the user, or among peers where the user's own past says nothing: more than half a low signal, and no alert. */
export const USUAL_POINTS = 12

/** What is left of the points above it of a day like one to four that the user had before. */
const SEEN_BEFORE_SHARE = 0.35
/** The same where it was seen a week before at most: a backup of every Friday, from the second one on. */
const SEEN_LAST_WEEK_SHARE = 0.5

export interface Signal {
  readonly insight: Insight
  readonly amount: number
  readonly thresholds: Thresholds
  /** By the thresholds alone. */
  readonly raw: number
  /** What is left of it. */
  readonly points: number
  readonly damped?: { readonly by: 'own'; readonly usual: Extract<OwnUsual, { readonly kind: 'usual' }> } | { readonly by: 'before'; readonly upTo: number; readonly days: number } | { readonly by: 'peers'; readonly usual: UsualOfGroup } | { readonly by: 'pause'; readonly pause: Pause }
  readonly usual: OwnUsual
}

const keep = (raw: number, share: number): number => (raw <= USUAL_POINTS ? raw : USUAL_POINTS + Math.round((raw - USUAL_POINTS) * share))

/** What is usual for the user's peers; for everybody where the peers are too few. What counts after a departure alone is compared with nobody who still works. */
export const usualOfOthers = (insight: Insight, { population, subject }: ScoringContext, { today }: History): UsualOfGroup | undefined =>
  indicatorRow(insight.indicator)?.afterDeparture === true ? undefined : population?.ofPeers(subject?.department ?? '', insight.indicator, insight.day, today) ?? population?.ofOrganisation(insight.indicator, insight.day, today)

interface Share {
  readonly share: number
  readonly damped?: Signal['damped']
}

function seenBefore({ settled, weekly }: Extract<OwnUsual, { readonly kind: 'rare' }>, amount: number): Share | undefined {
  const against = (upTo: number, days: number, least: number): readonly Share[] => (upTo > 0 ? [{ share: Math.max(least, unusualness(amount, upTo)), damped: { by: 'before', upTo, days } }] : [])
  return [...against(settled, SETTLED_DAYS, SEEN_BEFORE_SHARE), ...against(weekly, WEEKLY_DAYS, SEEN_LAST_WEEK_SHARE)].toSorted((a, b) => a.share - b.share)[0]
}

/** 0 to 1: how far a day is above what is usual: for the user, or for others where the user's own past says nothing. 1 where nothing is known. */
export function shareAboveUsual(insight: Insight, amount: number, history: History, context: ScoringContext): Share {
  const usual = history.usualOf(insight)
  if (usual.kind === 'usual') return { share: unusualness(amount, usual.upper), damped: { by: 'own', usual } }
  const before = usual.kind === 'rare' ? seenBefore(usual, amount) : undefined
  const others = usualOfOthers(insight, context, history)
  if (others === undefined) return before ?? { share: 1 }
  // From the median of busy days to twice their upper end.
  const among = { share: Math.min(1, Math.max(0, (amount - others.median) / (2 * others.upper - others.median))) ** 2, damped: { by: 'peers', usual: others } as const }
  return before !== undefined && before.share < among.share ? before : among
}

/** The signal of one day; undefined when the policy gives it no points. */
export function signalOf(policy: Policy, insight: Insight, history: History, context: ScoringContext): Signal | undefined {
  const amount = scoredAmount(policy, insight)
  if (amount <= 0) return undefined
  const usual = history.usualOf(insight)
  const thresholds = thresholdsFor(policy, insight.indicator, usual)
  if (thresholds === undefined) return undefined
  const raw = insightScore(amount, thresholds)
  if (raw === 0) return undefined
  const plain: Signal = { insight, amount, thresholds, raw, points: raw, usual }
  if (raw <= USUAL_POINTS || settingOf(policy, insight.indicator)?.mode === 'above_usual') return plain
  const { share, damped } = shareAboveUsual(insight, amount, history, context)
  const points = keep(raw, share)
  const pause = pauseOf(insight, history, context.nowMs)
  if (pause !== undefined) {
    const half = insightScore(amount / 2, thresholds)
    if (half < points) return { ...plain, points: half, damped: { by: 'pause', pause } }
  }
  return points === raw || damped === undefined ? plain : { ...plain, points, damped }
}

const stronger = (a: Signal, b: Signal): boolean => a.points > b.points || (a.points === b.points && (a.raw > b.raw || (a.raw === b.raw && a.insight.day < b.insight.day)))

/** The strongest day of each indicator among insights that count, the strongest indicator first. */
export function strongestSignals(policy: Policy, insights: readonly Insight[], history: History, context: ScoringContext): readonly Signal[] {
  const strongest = new Map<string, Signal>()
  for (const insight of insights) {
    const signal = signalOf(policy, insight, history, context)
    const best = strongest.get(insight.indicator)
    if (signal !== undefined && (best === undefined || stronger(signal, best))) strongest.set(insight.indicator, signal)
  }
  return [...strongest.values()].toSorted((a, b) => b.points - a.points || b.raw - a.raw || (a.insight.indicator < b.insight.indicator ? -1 : 1))
}

export const isLow = ({ points }: Pick<Signal, 'points'>): boolean => points >= CURVE.low
export const labelOf = (indicator: string): string => {
  const row = indicatorRow(indicator)
  const variant = indicator.split('#')[1]
  return `${row?.label ?? indicator}${variant === undefined ? '' : ` (${variant})`}`
}
