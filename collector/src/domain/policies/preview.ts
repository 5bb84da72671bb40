// What a policy, saved or draft, would have done with the stored past.
//
// Every user is scored as an evaluation of today would score them, but that only the last days count: what lies before
// them says what is usual. Over SCORED_DAYS the preview is what an evaluation does. The day on which an alert would have
// been made is found by halving: a score that looks back only grows with the days that it knows.
import type { Alert } from '../cases/alert.ts'
import type { StoredTrigger } from '../people/triggering-event.ts'
import { alertLine, amountOf, headline, type Scored, scoreAmong, type ScoringContext, type Subject } from '../risk/evaluate.ts'
import { createHistory } from '../risk/history.ts'
import { type Day, dayOf, type Insight } from '../risk/insight.ts'
import type { Population } from '../risk/population.ts'
import { inScope } from '../risk/scope.ts'
import { type Severity, severityOf } from '../risk/score.ts'
import { settingOf } from '../risk/thresholds.ts'
import type { Policy } from './policy.ts'

const DAY_MS = 86_400_000
const TOP_INDICATORS = 5
const EXAMPLES = 10
const MISSED_LISTED = 20

export interface PreviewUser {
  readonly pseudonym: string
  /** Of the days that count and of those before that say what is usual. */
  readonly insights: readonly Insight[]
  /** Absent: in every scope, and nothing is known of the user. */
  readonly subject?: Subject
  readonly triggers?: readonly StoredTrigger[]
  /** Days of the past that the insights cannot say. */
  readonly known?: Pick<ScoringContext, 'observedFromDay' | 'firstMediaDay' | 'confirmedAtMs'>
  /** Every alert that the user has. */
  readonly alerts?: readonly Alert[]
}

export interface PreviewOptions {
  /** First day that counts. Absent: all of them. */
  readonly fromDay?: Day
  /** Absent: the end of time; then no day is named on which an alert would have been made. */
  readonly nowMs?: number
  readonly population?: Population
  /** Whether a confirmed alert is one that this policy should have found. Absent: those of the policy itself. */
  readonly expects?: (alert: Alert) => boolean
}

export interface PreviewExample {
  readonly pseudonym: string
  readonly score: number
  readonly severity: Severity
  readonly headline: string
}

export interface PreviewOutcome {
  /** All that were looked at. */
  readonly users: number
  /** Of them in the policy's scope. */
  readonly inScope: number
  readonly alerts: Readonly<Record<Severity, number>>
  /** Days on which the alerts would have been made, without days of none. */
  readonly alertsPerDay: readonly { readonly day: Day; readonly low: number; readonly medium: number; readonly high: number }[]
  readonly topIndicators: readonly { readonly indicator: string; readonly users: number; readonly events: number }[]
  readonly examples: readonly PreviewExample[]
  /** Alerts that somebody confirmed, and those of them that this policy would not have made. */
  readonly confirmed: { readonly looked: number; readonly missed: number; readonly examples: readonly { readonly alertId: string; readonly pseudonym: string; readonly score: number; readonly wouldScore: number }[] }
}

export interface Preview {
  add(user: PreviewUser): void
  outcome(): PreviewOutcome
}

/** First day whose end knows enough for an alert; the score of the last day is over the line. */
function madeOn(policy: Policy, counted: readonly Insight[], user: PreviewUser, context: ScoringContext, today: Day): Day {
  const days = [...new Set(counted.map((insight) => insight.day))].toSorted((a, b) => a - b)
  // Triggers may come on days without activity.
  for (const trigger of user.triggers ?? []) if (dayOf(trigger.atMs) >= (days[0] ?? today) && dayOf(trigger.atMs) <= today) days.push(dayOf(trigger.atMs))
  days.sort((a, b) => a - b)
  const reached = (day: Day): boolean => {
    const known = { ...context, nowMs: (day + 1) * DAY_MS - 1, triggers: (user.triggers ?? []).filter((trigger) => dayOf(trigger.atMs) <= day + policy.activationWindowDays) }
    const past = user.insights.filter((insight) => insight.day <= day)
    const scored = scoreAmong(policy, counted.filter((insight) => insight.day <= day), createHistory(past, known), known)
    return scored !== undefined && scored.score >= alertLine(policy, scored)
  }
  let low = 0
  let high = days.length - 1
  while (low < high) {
    const middle = (low + high) >>> 1
    if (reached(days[middle] ?? today)) high = middle
    else low = middle + 1
  }
  return days[low] ?? today
}

/** Takes users one by one, so that a whole organisation fits into any memory; nothing is stored. */
export function createPreview(policy: Policy, options: PreviewOptions = {}): Preview {
  const { fromDay = Number.NEGATIVE_INFINITY, nowMs, population, expects = (alert) => alert.policyId === policy.id } = options
  const alerts = { low: 0, medium: 0, high: 0 }
  const perDay = new Map<Day, { day: Day; low: number; medium: number; high: number }>()
  const reach = new Map<string, { users: number; events: number }>()
  let examples: PreviewExample[] = []
  const missed: { alertId: string; pseudonym: string; score: number; wouldScore: number }[] = []
  const seen = { users: 0, inScope: 0, confirmed: 0, missed: 0 }

  const countReach = (counted: readonly Insight[]): void => {
    const own = new Map<string, number>()
    for (const insight of counted) if (settingOf(policy, insight.indicator)?.enabled === true) own.set(insight.indicator, (own.get(insight.indicator) ?? 0) + amountOf(insight))
    for (const [indicator, amount] of own) {
      if (amount <= 0) continue
      const entry = reach.get(indicator) ?? { users: 0, events: 0 }
      reach.set(indicator, { users: entry.users + 1, events: entry.events + amount })
    }
  }

  const scoreUser = (user: PreviewUser): Scored | undefined => {
    if (user.subject !== undefined && !inScope(user.subject, policy, user.triggers)) return undefined
    seen.inScope += 1
    const counted = user.insights.filter((insight) => insight.day >= fromDay)
    if (counted.length === 0) return undefined
    countReach(counted)
    const confirmedAtMs = [...(user.known?.confirmedAtMs ?? []), ...(user.alerts ?? []).filter((alert) => alert.status === 'confirmed' && alert.policyId !== policy.id).map((alert) => alert.lastActivityAtMs)]
    const context: ScoringContext = {
      ...(user.subject === undefined ? {} : { subject: user.subject }), ...(user.triggers === undefined ? {} : { triggers: user.triggers }), ...user.known,
      ...(population === undefined ? {} : { population }), ...(nowMs === undefined ? {} : { nowMs }), confirmedAtMs,
    }
    const scored = scoreAmong(policy, counted, createHistory(user.insights, context), context)
    if (scored === undefined || scored.score < alertLine(policy, scored)) return scored
    const severity = severityOf(scored.score)
    alerts[severity] += 1
    if (nowMs !== undefined) {
      const day = madeOn(policy, counted, user, context, dayOf(nowMs))
      const entry = perDay.get(day) ?? { day, low: 0, medium: 0, high: 0 }
      entry[severity] += 1
      perDay.set(day, entry)
    }
    examples.push({ pseudonym: user.pseudonym, score: scored.score, severity, headline: headline(scored) })
    if (examples.length > 10 * EXAMPLES) examples = strongest(examples)
    return scored
  }

  return {
    add(user) {
      seen.users += 1
      const scored = scoreUser(user)
      const wouldScore = scored?.score ?? 0
      for (const alert of user.alerts ?? []) {
        if (alert.status !== 'confirmed' || dayOf(alert.lastActivityAtMs) < fromDay || !expects(alert)) continue
        seen.confirmed += 1
        if (scored !== undefined && wouldScore >= alertLine(policy, scored)) continue
        seen.missed += 1
        if (missed.length < MISSED_LISTED) missed.push({ alertId: alert.id, pseudonym: user.pseudonym, score: alert.score, wouldScore })
      }
    },
    outcome: () => ({
      users: seen.users, inScope: seen.inScope, alerts: { ...alerts }, alertsPerDay: [...perDay.values()].toSorted((a, b) => a.day - b.day),
      topIndicators: [...reach].map(([indicator, entry]) => ({ indicator, ...entry })).toSorted((a, b) => b.users - a.users || b.events - a.events || (a.indicator < b.indicator ? -1 : 1)).slice(0, TOP_INDICATORS),
      examples: strongest(examples), confirmed: { looked: seen.confirmed, missed: seen.missed, examples: missed.toSorted((a, b) => b.score - a.score) },
    }),
  }
}

const strongest = (examples: readonly PreviewExample[]): PreviewExample[] => examples.toSorted((a, b) => b.score - a.score || (a.pseudonym < b.pseudonym ? -1 : 1)).slice(0, EXAMPLES)

/** What a stored past cannot say about a draft; each a sentence for people. */
export function previewLimits(policy: Policy, saved: Policy | undefined): readonly string[] {
  const limits: string[] = []
  if (policy.priorityContent !== undefined && JSON.stringify(policy.priorityContent) !== JSON.stringify(saved?.priorityContent)) {
    limits.push(`Priority content is counted as activity arrives: past activity was not held against this list${policy.scoreOnlyPriorityContent ? ', so nothing of the past scores' : ''}.`)
  }
  if (Object.keys(policy.indicators).some((id) => id.includes('#') && saved?.indicators[id] === undefined)) limits.push('Variants of indicators count from the day on which they were made.')
  return limits
}

/** Scores each user on its own; nothing is stored. */
export function previewPolicy(policy: Policy, users: Iterable<PreviewUser>, options: PreviewOptions = {}): PreviewOutcome {
  const preview = createPreview(policy, options)
  for (const user of users) preview.add(user)
  return preview.outcome()
}
