// Days in order, as the server would have lived them: activities are folded, triggers noted, people with news evaluated,
// alerts kept and decided on. Everything in memory; the rules are the domain's.
//
// The server evaluates seconds after an activity; who uses this says when. What arrives late is folded into its day.
import type { Alert } from '@holdfast/collector/domain/cases/alert.ts'
import { type AlertDecision, decide } from '@holdfast/collector/domain/cases/alert-transitions.ts'
import type { StoredTrigger } from '@holdfast/collector/domain/people/triggering-event.ts'
import type { Policy } from '@holdfast/collector/domain/policies/policy.ts'
import type { Activity } from '@holdfast/collector/domain/risk/activity.ts'
import { REMOVABLE } from '@holdfast/collector/domain/risk/boosters.ts'
import { mergeInsights } from '@holdfast/collector/domain/risk/count.ts'
import { amountOf, EVALUATION_DAYS, evaluateUser, type Subject } from '@holdfast/collector/domain/risk/evaluate.ts'
import { type Day, dayOf, type Insight } from '@holdfast/collector/domain/risk/insight.ts'
import { CUMULATIVE_INDICATORS } from '@holdfast/collector/domain/risk/cumulative.ts'
import { cellsOfWeek, createPopulation, type Population, POPULATION_WEEKS, type PopulationCell, weekOf } from '@holdfast/collector/domain/risk/population.ts'

export interface TimelineOptions {
  readonly policies: readonly Policy[]
  readonly subjectOf: (userId: string) => Subject
  readonly count: (activities: readonly Activity[]) => readonly Insight[]
  /** Ids of indicators that are scored; of others only days and hours are kept. Absent: everything is kept. */
  readonly wanted?: ReadonlySet<string>
}

export interface Change {
  readonly alert: Alert
  readonly what: 'created' | 'updated' | 'reopened'
}

export interface Timeline {
  /** Of any users; a user of an activity that counts has news. */
  add(activities: readonly Activity[]): void
  trigger(trigger: StoredTrigger): void
  /** Evaluates whoever of them has news; everybody when no users are named. */
  evaluate(nowMs: number, userIds?: readonly string[]): readonly Change[]
  decide(userId: string, alertId: string, decision: AlertDecision, nowMs: number): Alert
  /** Marks everybody, as when policies change. */
  markAll(): void
  alertsOf(userId: string): readonly Alert[]
  readonly users: () => readonly string[]
  readonly counters: { evaluations: number; insights: number }
}

interface Past {
  /** By week, then by `day indicator`. */
  readonly weeks: Map<number, Map<string, Insight>>
  readonly triggers: Map<string, StoredTrigger>
  readonly alerts: Map<string, Alert>
  readonly confirmedAtMs: number[]
  observedFromDay: Day
  firstMediaDay: Day
}

const EVALUATION_WEEKS = Math.ceil(EVALUATION_DAYS / 7) + 1

export function createTimeline({ policies, subjectOf, count, wanted }: TimelineOptions): Timeline {
  const pasts = new Map<string, Past>()
  const marked = new Set<string>()
  const counters = { evaluations: 0, insights: 0 }
  /** Of whole weeks; a week in which something was added is made again. */
  const cells = new Map<number, readonly PopulationCell[]>()
  let population: { readonly week: number; readonly statistics: Population } | undefined

  const pastOf = (userId: string): Past => {
    let past = pasts.get(userId)
    if (past === undefined) {
      past = { weeks: new Map(), triggers: new Map(), alerts: new Map(), confirmedAtMs: [], observedFromDay: Number.POSITIVE_INFINITY, firstMediaDay: Number.POSITIVE_INFINITY }
      pasts.set(userId, past)
    }
    return past
  }
  const cellsOf = (week: number): readonly PopulationCell[] => {
    let known = cells.get(week)
    if (known === undefined) {
      const users = [...pasts].flatMap(([userId, past]) => {
        const own = past.weeks.get(week)
        return own === undefined ? [] : [{ group: subjectOf(userId).department ?? '', insights: [...own.values()].map((insight) => ({ indicator: insight.indicator, amount: amountOf(insight) })) }]
      })
      cells.set(week, (known = cellsOfWeek(week, users, CUMULATIVE_INDICATORS)))
    }
    return known
  }
  const populationAt = (nowMs: number): Population => {
    const week = weekOf(dayOf(nowMs))
    if (population?.week !== week) {
      const first = week - EVALUATION_WEEKS - POPULATION_WEEKS
      for (const old of cells.keys()) if (old < first) cells.delete(old)
      population = { week, statistics: createPopulation(Array.from({ length: week - first }, (_, index) => cellsOf(first + index)).flat()) }
    }
    return population.statistics
  }

  function evaluateOne(userId: string, nowMs: number): readonly Change[] {
    const past = pastOf(userId)
    const today = dayOf(nowMs)
    for (const week of past.weeks.keys()) if (week < weekOf(today) - EVALUATION_WEEKS) past.weeks.delete(week)
    const insights = [...past.weeks.values()].flatMap((week) => [...week.values()]).filter((insight) => insight.day >= today - EVALUATION_DAYS && insight.day <= today + 1)
    counters.evaluations += 1
    const { alerts, againAtMs } = evaluateUser({
      subject: subjectOf(userId), policies, insights, alerts: [...past.alerts.values()], nowMs,
      triggers: [...past.triggers.values()], population: populationAt(nowMs), confirmedAtMs: past.confirmedAtMs, ...(Number.isFinite(past.observedFromDay) ? { observedFromDay: past.observedFromDay } : {}), ...(Number.isFinite(past.firstMediaDay) ? { firstMediaDay: past.firstMediaDay } : {}),
    })
    // Of what is not known yet: looked at again the next time that anybody is.
    if (againAtMs !== undefined) marked.add(userId)
    return alerts.map((alert) => {
      const before = past.alerts.get(alert.id)
      past.alerts.set(alert.id, alert)
      return { alert, what: before === undefined ? 'created' as const : alert.newData && !before.newData ? 'reopened' as const : 'updated' as const }
    })
  }

  return {
    counters,
    add(activities) {
      for (const insight of count(activities)) {
        const added = wanted === undefined || wanted.has(insight.indicator) ? insight : { ...insight, files: [], samples: [] }
        const past = pastOf(insight.userId)
        const week = weekOf(insight.day)
        let days = past.weeks.get(week)
        if (days === undefined) past.weeks.set(week, (days = new Map()))
        const key = `${insight.day} ${insight.indicator}`
        const before = days.get(key)
        days.set(key, before === undefined ? added : mergeInsights(before, added))
        if (before === undefined) counters.insights += 1
        past.observedFromDay = Math.min(past.observedFromDay, insight.day)
        if (REMOVABLE.includes(insight.indicator)) past.firstMediaDay = Math.min(past.firstMediaDay, insight.day)
        cells.delete(week)
        // A week that was already asked about has changed: a laptop came back.
        if (population !== undefined && week < population.week) population = undefined
        marked.add(insight.userId)
      }
    },
    trigger(trigger) {
      pastOf(trigger.userId).triggers.set(trigger.id, trigger)
      marked.add(trigger.userId)
    },
    evaluate(nowMs, userIds = [...marked].toSorted((a, b) => (a < b ? -1 : 1))) {
      return userIds.flatMap((userId) => (marked.delete(userId) ? evaluateOne(userId, nowMs) : []))
    },
    decide(userId, alertId, decision, nowMs) {
      const past = pastOf(userId)
      const alert = past.alerts.get(alertId)
      if (alert === undefined) throw new Error(`there is no alert ${alertId}`)
      const outcome = decide(alert, decision, nowMs)
      if (outcome.kind === 'refused') throw new Error(`an alert cannot become ${outcome.to} from ${outcome.from}`)
      past.alerts.set(alertId, outcome.alert)
      if (decision.to === 'confirmed') past.confirmedAtMs.push(nowMs)
      return outcome.alert
    },
    markAll() {
      for (const userId of pasts.keys()) marked.add(userId)
    },
    alertsOf: (userId) => [...(pasts.get(userId)?.alerts.values() ?? [])],
    users: () => [...pasts.keys()],
  }
}
