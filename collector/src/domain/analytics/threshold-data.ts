// What the editor of thresholds shows: how many users the numbers that stand there now would reach.
import type { Policy, Thresholds } from '../policies/policy.ts'
import { indicatorRow } from '../risk/indicators.ts'
import { settingOf, thresholdsFor } from '../risk/thresholds.ts'

const TOP_INDICATORS = 5

export interface ThresholdRow {
  readonly indicator: string
  readonly thresholds: Thresholds
  /** Users whose busiest day reaches at least this threshold. */
  readonly low: number
  readonly medium: number
  readonly high: number
  /** Largest amount of anybody, and what nineteen of twenty users who did it at all stay at or below. */
  readonly largest: number
  readonly usual: number
}

export interface ThresholdData {
  /** In the policy's scope. */
  readonly users: number
  /** Of them at or over the lowest threshold of at least one indicator. */
  readonly over: number
  readonly indicators: readonly ThresholdRow[]
  readonly top: readonly string[]
}

/**
 * Counts users over each threshold of a policy.
 *
 * An indicator judged by the user's own usual has no fixed thresholds: it is counted with its default ones.
 * @param users of the policy's scope, with the largest amount of one day for each indicator
 */
export function thresholdData(policy: Policy, users: readonly { readonly amounts: readonly (readonly [indicator: string, amount: number])[] }[]): ThresholdData {
  const byIndicator = new Map<string, { readonly thresholds: Thresholds; readonly amounts: number[] }>()
  for (const id of Object.keys(policy.indicators)) {
    const setting = settingOf(policy, id)
    const thresholds = setting?.thresholds ?? thresholdsFor(policy, id, { kind: 'never', observedDays: 0 })
    if (setting?.enabled === true && thresholds !== undefined) byIndicator.set(id, { thresholds, amounts: [] })
  }
  let over = 0
  for (const user of users) {
    let reaches = false
    for (const [id, amount] of user.amounts) {
      const own = byIndicator.get(id) ?? (indicatorRow(id)?.where.variantOf === undefined ? undefined : byIndicator.get(id.split('#')[0] ?? id))
      if (own === undefined) continue
      own.amounts.push(amount)
      reaches ||= amount >= own.thresholds.low
    }
    if (reaches) over += 1
  }
  const indicators = [...byIndicator].map(([indicator, { thresholds, amounts }]): ThresholdRow => {
    amounts.sort((a, b) => a - b)
    const reaching = (least: number): number => amounts.filter((amount) => amount >= least).length
    return { indicator, thresholds, low: reaching(thresholds.low), medium: reaching(thresholds.medium), high: reaching(thresholds.high), largest: amounts.at(-1) ?? 0, usual: amounts[Math.max(0, Math.ceil(amounts.length * 0.95) - 1)] ?? 0 }
  })
  return { users: users.length, over, indicators, top: indicators.filter((row) => row.low > 0).toSorted((a, b) => b.low - a.low || (a.indicator < b.indicator ? -1 : 1)).slice(0, TOP_INDICATORS).map((row) => row.indicator) }
}
