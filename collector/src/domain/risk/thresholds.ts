// Amounts of a day, the thresholds in force for them, and the points between.
import { thresholdsOf } from '../policies/policy-document.ts'
import type { Policy, PolicyIndicator, Thresholds } from '../policies/policy.ts'
import type { OwnUsual } from './baseline.ts'
import { distinctFiles, FILES_KEPT } from './distinct-files.ts'
import { baseIndicator, indicatorRow } from './indicators.ts'
import type { Insight } from './insight.ts'
import { amountText } from './words.ts'

/** Points of the thresholds, and of three times the high one. */
export const CURVE = { low: 20, medium: 45, high: 70, tripleHigh: 90 } as const
/** Where a day is judged by the user's own past alone, this share of the default low threshold is the least that counts. */
const LEAST_SHARE = 0.25

/** What of an insight counts, in the measure of its indicator; excluded events never do. */
export function amountOf(insight: Insight): number {
  const events = insight.events - insight.excludedEvents
  const measure = indicatorRow(insight.indicator)?.measure ?? 'events'
  if (measure === 'events') return insight.weightTenths === undefined ? events : insight.weightTenths / 10
  if (measure === 'files') {
    if (insight.files.length === 0) return events
    // An archive that leaves is one event and as many files as are known in it. What a sketch only estimates is at most one an event.
    const files = distinctFiles(insight.files)
    return Math.max(Math.min(files, events), Math.min(files, FILES_KEPT))
  }
  return insight.bytes
}

/** What of an insight is priority content of a policy. */
function priorityAmountOf(insight: Insight, policyId: string): number {
  const found = insight.priorityBy?.find((count) => count.policyId === policyId)
  if (found === undefined) return 0
  const measure = indicatorRow(insight.indicator)?.measure ?? 'events'
  if (measure === 'bytes' || measure === 'amount') return found.bytes
  return Math.min(found.events, amountOf(insight))
}

/** What of an insight a policy scores. */
export const scoredAmount = (policy: Policy, insight: Insight): number => (policy.scoreOnlyPriorityContent ? priorityAmountOf(insight, policy.id) : amountOf(insight))

/** An amount of an insight in words; where events weigh differently, their number and their weight. */
export function amountPhrase(insight: Insight, amount: number): string {
  const measure = indicatorRow(insight.indicator)?.measure ?? 'events'
  const events = insight.events - insight.excludedEvents
  if (insight.weightTenths === undefined || insight.weightTenths === 10 * events) return amountText(Math.round(amount), measure)
  return `${amountText(events, 'events')} of weight ${insight.weightTenths / 10}`
}

interface Resolved {
  readonly setting: PolicyIndicator | undefined
  readonly thresholds: Thresholds | undefined
}

/** Policies never change; what they say of an indicator is asked for every insight. */
const resolved = new WeakMap<Policy, Map<string, Resolved>>()

function resolve(policy: Policy, id: string): Resolved {
  let known = resolved.get(policy)
  if (known === undefined) resolved.set(policy, (known = new Map()))
  let found = known.get(id)
  if (found === undefined) {
    // Each definition of an imported indicator falls back on the setting of the indicator itself.
    const setting = policy.indicators[id] ?? (id.includes('#') && indicatorRow(id)?.where.variantOf !== undefined ? policy.indicators[baseIndicator(id)] : undefined)
    known.set(id, (found = { setting, thresholds: setting?.thresholds ?? thresholdsOf(policy, id) }))
  }
  return found
}

/** The setting of an indicator. */
export const settingOf = (policy: Policy, id: string): PolicyIndicator | undefined => resolve(policy, id).setting

/** 0 to 90: piecewise linear through (0, 0), (low, 20), (medium, 45), (high, 70), (3 x high, 90). Where two thresholds are equal the higher one counts. */
export function insightScore(amount: number, { low, medium, high }: Thresholds): number {
  const between = (from: number, to: number, base: number, top: number) => base + ((amount - from) / (to - from)) * (top - base)
  if (amount >= 3 * high) return CURVE.tripleHigh
  if (amount >= high) return Math.round(between(high, 3 * high, CURVE.high, CURVE.tripleHigh))
  if (amount >= medium) return Math.round(between(medium, high, CURVE.medium, CURVE.high))
  if (amount >= low) return Math.round(between(low, medium, CURVE.low, CURVE.medium))
  return Math.floor(between(0, low, 0, CURVE.low))
}

/**
 * Thresholds that a day is held against. In the mode `above_usual` they are one, two and three times the upper end of
 * what is usual for the user; a user whose past is not known yet has none, and does not score.
 */
export function thresholdsFor(policy: Policy, id: string, usual: OwnUsual): Thresholds | undefined {
  const { setting, thresholds: fixed } = resolve(policy, id)
  if (setting?.mode !== 'above_usual') return fixed
  if (fixed === undefined || usual.kind === 'unknown') return undefined
  if (usual.kind === 'never') return fixed
  // What was seen a few times only has no upper end yet: twice the largest stands for it.
  const upper = Math.max(usual.kind === 'rare' ? 2 * usual.upper : usual.upper, fixed.low * LEAST_SHARE)
  return { low: upper, medium: 2 * upper, high: 3 * upper }
}
