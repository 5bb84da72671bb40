// What the stored past says about an organisation before there is any policy: shares of users, never who.
//
// A group of fewer than SMALL_GROUP users is not counted out loud, and neither is a share of it. The recommended
// thresholds are taken from everybody's busiest days: the published defaults, raised together until no more than
// SHARE_OVER of the users would reach the lowest of any of them.
import type { PolicyInput } from '../policies/policy-document.ts'
import type { Thresholds } from '../policies/policy.ts'
import { templateById } from '../policies/templates.ts'
import { indicatorRow } from '../risk/indicators.ts'

/** Fewer people are not told. */
export const SMALL_GROUP = 10
/** Of the users, at most this share should reach the lowest threshold of any indicator. */
export const SHARE_OVER = 0.03
/** Fewer users say nothing about thresholds. */
export const USERS_FOR_THRESHOLDS = 30
/** Quantiles of busiest days that are tried for the low threshold, in order. */
const QUANTILES = [0, 0.9, 0.93, 0.95, 0.96, 0.97, 0.975, 0.98, 0.985, 0.99, 0.9925, 0.995, 0.9975, 0.999, 1] as const
const TOP_INDICATORS = 5

/** Largest amounts of one day, one entry a user; only of people, in any order. */
export interface BusiestUser {
  readonly amounts: readonly (readonly [indicator: string, amount: number])[]
  /** Has an HR date of leaving, or a deleted account, in or near the window. */
  readonly leaving: boolean
  /** Has a poor review, an improvement plan or a change of level. */
  readonly stressed: boolean
  /** In a priority group. */
  readonly priority: boolean
}

export type RiskKind = 'exfiltration' | 'leaks_by_leaving_users' | 'leaks_by_risky_users' | 'leaks_by_priority_users' | 'collection' | 'obfuscation' | 'clean_up' | 'security_violations' | 'patient_data'

interface KindRow {
  readonly title: string
  readonly template: string
  readonly holds: (user: BusiestUser, over: ReadonlySet<string>) => boolean
}

const SECURITY = new Set(templateById('security_policy_violations')?.indicators ?? [])
const PATIENT = new Set(templateById('patient_data_misuse')?.indicators ?? [])
const some = (over: ReadonlySet<string>, test: (id: string) => boolean): boolean => [...over].some(test)
const inCategory = (category: string) => (over: ReadonlySet<string>): boolean => some(over, (id) => indicatorRow(id)?.category === category)
const leaks = inCategory('exfiltration')
const collects = inCategory('collection')
const obfuscates = inCategory('obfuscation')
const cleansUp = inCategory('deletion')

export const riskKinds: Readonly<Record<RiskKind, KindRow>> = {
  leaks_by_leaving_users: { title: 'Data leaks by users who leave', template: 'data_theft_by_departing_users', holds: (user, over) => user.leaving && leaks(over) },
  leaks_by_risky_users: { title: 'Data leaks by users under stress', template: 'data_leaks_by_risky_users', holds: (user, over) => user.stressed && leaks(over) },
  leaks_by_priority_users: { title: 'Data leaks by priority users', template: 'data_leaks_by_priority_users', holds: (user, over) => user.priority && leaks(over) },
  exfiltration: { title: 'Data leaks', template: 'data_leaks', holds: (_user, over) => leaks(over) },
  collection: { title: 'Unusual collection of files', template: 'data_leaks', holds: (_user, over) => collects(over) },
  obfuscation: { title: 'Disguised files', template: 'data_leaks', holds: (_user, over) => obfuscates(over) },
  clean_up: { title: 'Traces removed', template: 'data_leaks', holds: (_user, over) => cleansUp(over) },
  security_violations: { title: 'Security policy violations', template: 'security_policy_violations', holds: (_user, over) => some(over, (id) => SECURITY.has(id as never)) },
  patient_data: { title: 'Access to patient data', template: 'patient_data_misuse', holds: (_user, over) => some(over, (id) => PATIENT.has(id as never)) },
}

/** A number of users, told only when it is 0 or large enough. */
export type AnonymousCount = { readonly users: number; readonly share: number } | { readonly fewerThan: typeof SMALL_GROUP }

export const anonymous = (count: number, total: number): AnonymousCount => (count > 0 && count < SMALL_GROUP) || total < SMALL_GROUP ? { fewerThan: SMALL_GROUP } : { users: count, share: total === 0 ? 0 : Math.round((count / total) * 1000) / 1000 }

export interface Recommendation {
  readonly template: string
  readonly reason: string
  /** For the indicators of the template that were seen; the others keep their defaults. */
  readonly thresholds: Readonly<Record<string, Thresholds>>
  /** Share of users who would reach the lowest threshold of an indicator; absent: too few users to say. */
  readonly over?: AnonymousCount
}

export interface Analytics {
  /** People who were seen doing anything that an indicator counts. */
  readonly users: AnonymousCount
  readonly kinds: readonly { readonly kind: RiskKind; readonly title: string; readonly template: string; readonly over: AnonymousCount }[]
  /** Indicators by the users over their default low threshold. */
  readonly topIndicators: readonly { readonly indicator: string; readonly label: string; readonly over: AnonymousCount }[]
  readonly recommended: Recommendation
}

/** The next amount that a person would write: two digits, then zeros. */
export function roundUp(amount: number): number {
  if (amount <= 10) return Math.ceil(amount)
  const unit = 10 ** (Math.floor(Math.log10(amount)) - 1)
  return Math.ceil(amount / unit - 1e-9) * unit
}

const defaultsOf = (id: string): Thresholds | undefined => indicatorRow(id)?.thresholds

/** Thresholds with a low one of at least `amount`; the others keep their distance. */
function raised(defaults: Thresholds, amount: number): Thresholds {
  const low = Math.max(defaults.low, roundUp(amount))
  const scale = low / defaults.low
  return scale === 1 ? defaults : { low, medium: roundUp(defaults.medium * scale), high: roundUp(defaults.high * scale) }
}

/**
 * Thresholds for some indicators under which at most SHARE_OVER of the users reach the lowest of any.
 *
 * @param users everybody, those who did nothing among them
 * @returns undefined when there are too few users to say
 */
export function recommendThresholds(users: readonly BusiestUser[], indicators: ReadonlySet<string>): { readonly thresholds: Readonly<Record<string, Thresholds>>; readonly over: number } | undefined {
  if (users.length < USERS_FOR_THRESHOLDS) return undefined
  const sorted = new Map<string, number[]>()
  for (const user of users) {
    for (const [id, amount] of user.amounts) {
      if (!indicators.has(id) || defaultsOf(id) === undefined) continue
      const amounts = sorted.get(id)
      if (amounts === undefined) sorted.set(id, [amount])
      else amounts.push(amount)
    }
  }
  for (const amounts of sorted.values()) amounts.sort((a, b) => a - b)
  const quantile = (amounts: readonly number[], share: number): number => {
    // Users who did none of it are the zeros below.
    const index = Math.ceil(share * users.length) - 1 - (users.length - amounts.length)
    return index < 0 ? 0 : (amounts[Math.min(index, amounts.length - 1)] ?? 0)
  }
  let found: { thresholds: Record<string, Thresholds>; over: number } = { thresholds: {}, over: 0 }
  for (const share of QUANTILES) {
    const thresholds: Record<string, Thresholds> = {}
    for (const [id, amounts] of sorted) {
      const defaults = defaultsOf(id)
      // Above the amount that this share of the users stays at or below.
      if (defaults !== undefined) thresholds[id] = raised(defaults, share === 0 ? 0 : quantile(amounts, share) + 1)
    }
    const over = users.filter((user) => user.amounts.some(([id, amount]) => amount >= (thresholds[id]?.low ?? Number.POSITIVE_INFINITY))).length
    found = { thresholds, over }
    if (over <= SHARE_OVER * users.length) break
  }
  return found
}

/** @param users every person, those who did nothing among them */
export function analyse(users: readonly BusiestUser[]): Analytics {
  const overOf = users.map((user) => new Set(user.amounts.filter(([id, amount]) => amount >= (defaultsOf(id)?.low ?? Number.POSITIVE_INFINITY)).map(([id]) => id)))
  const counts = (Object.entries(riskKinds) as [RiskKind, KindRow][]).map(([kind, row]) => ({ kind, row, count: users.filter((user, index) => row.holds(user, overOf[index] ?? new Set())).length }))
  const byIndicator = new Map<string, number>()
  for (const over of overOf) for (const id of over) byIndicator.set(id, (byIndicator.get(id) ?? 0) + 1)
  // Those whose circumstances are known come first: fewer people, and a better reason to look.
  const told = counts.filter(({ count }) => count >= SMALL_GROUP)
  const first = told.find(({ kind }) => kind === 'leaks_by_leaving_users') ?? told.toSorted((a, b) => b.count - a.count)[0]
  const template = templateById(first?.row.template ?? 'data_leaks')
  const thresholds = recommendThresholds(users, new Set(template?.indicators ?? []))
  return {
    users: anonymous(users.filter((user) => user.amounts.length > 0).length, users.length),
    kinds: counts.map(({ kind, row, count }) => ({ kind, title: row.title, template: row.template, over: anonymous(count, users.length) })),
    // Indicators of small groups are left out: their order would tell what their numbers do not.
    topIndicators: [...byIndicator].filter(([, count]) => count >= SMALL_GROUP).toSorted((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).slice(0, TOP_INDICATORS)
      .map(([indicator, count]) => ({ indicator, label: indicatorRow(indicator)?.label ?? indicator, over: anonymous(count, users.length) })),
    recommended: {
      template: template?.id ?? 'data_leaks', thresholds: thresholds?.thresholds ?? {},
      reason: first === undefined ? 'No kind of risk was seen in a group that is large enough to tell; data leaks by anybody is the widest net.' : `${first.row.title} was seen most among the groups that are large enough to tell.`,
      ...(thresholds === undefined ? {} : { over: anonymous(thresholds.over, users.length) }),
    },
  }
}

export const QUICK_POLICIES = { data_leaks: 'data_leaks', departing_users: 'data_theft_by_departing_users' } as const
export type QuickPolicy = keyof typeof QUICK_POLICIES

/** A document of one click: the template, with thresholds that the past recommends where it is large enough to. */
export function quickPolicy(kind: QuickPolicy, users: readonly BusiestUser[], name: string): PolicyInput {
  const template = templateById(QUICK_POLICIES[kind])
  const found = recommendThresholds(users, new Set(template?.indicators ?? []))
  const indicators = Object.fromEntries(Object.entries(found?.thresholds ?? {}).filter(([id, thresholds]) => thresholds !== defaultsOf(id)).map(([id, thresholds]) => [id, { thresholds }]))
  return { name, template: QUICK_POLICIES[kind], ...(Object.keys(indicators).length === 0 ? {} : { indicators }) }
}
