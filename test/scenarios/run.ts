// Runs a scenario and writes what became of it so that a diff reads well.
import type { Alert } from '@holdfast/collector/domain/cases/alert.ts'
import { countInsights } from '@holdfast/collector/domain/risk/count.ts'
import type { Insight } from '@holdfast/collector/domain/risk/insight.ts'
import type { Activity } from '@holdfast/collector/domain/risk/activity.ts'
import { stringify } from 'yaml'
import { createTimeline, type Timeline } from '../../scripts/simulate/timeline.ts'
import type { Scenario } from './scenario.ts'

const DAY_MS = 86_400_000

export interface Outcome {
  readonly alerts: readonly Alert[]
  /** What was seen of each alert, in order of time. */
  readonly history: readonly { readonly alertId: string; readonly atMs: number; readonly what: string }[]
}

export const counterOf = (_scenario: Scenario): ((activities: readonly Activity[]) => readonly Insight[]) => (activities) => countInsights(activities)

export const timelineOf = (scenario: Scenario, count = counterOf(scenario)): Timeline =>
  createTimeline({ policies: scenario.policies, count, subjectOf: (userId) => scenario.people.get(userId)?.subject ?? { id: userId, names: [userId], groups: [] } })

/** Lives through the days: whoever has news is evaluated at the end of each step, everybody at the end of each day and at the very end. */
export function runScenario(scenario: Scenario): Outcome {
  const timeline = timelineOf(scenario)
  const history: { alertId: string; atMs: number; what: string }[] = []
  const evaluate = (nowMs: number): void => {
    for (const { alert, what } of timeline.evaluate(nowMs)) history.push({ alertId: alert.id, atMs: nowMs, what: `${what}, ${alert.severity} ${alert.score}` })
  }
  let day = scenario.startMs
  for (const step of scenario.steps) {
    for (; day + DAY_MS <= step.atMs; day += DAY_MS) {
      timeline.markAll()
      evaluate(day + DAY_MS - 1)
    }
    if (step.kind === 'activities') {
      timeline.add(step.activities)
      evaluate(Math.max(step.atMs, ...step.activities.map((activity) => activity.occurredAtMs)) + 1000)
    } else if (step.kind === 'trigger') {
      timeline.trigger(step.trigger)
      evaluate(step.atMs)
    } else {
      const open = timeline.alertsOf(step.account).filter((alert) => alert.status !== step.to)
      if (open.length === 0) throw new Error(`there is no alert about ${step.account} to decide on at ${new Date(step.atMs).toISOString()}`)
      for (const alert of open) {
        timeline.decide(step.account, alert.id, { to: step.to, ...(step.reason === undefined ? {} : { reason: step.reason }) }, step.atMs)
        history.push({ alertId: alert.id, atMs: step.atMs, what: `${step.to.replace('_', ' ')} by an analyst` })
      }
    }
  }
  for (; day <= scenario.endMs; day += DAY_MS) {
    timeline.markAll()
    evaluate(day + DAY_MS - 1)
  }
  return { alerts: [...scenario.people.keys()].flatMap((account) => timeline.alertsOf(account)), history }
}

const dayOfScenario = (scenario: Scenario, ms: number): string => `day ${Math.floor((ms - scenario.startMs) / DAY_MS)}, ${new Date(ms).toISOString().slice(0, 16).replace('T', ' ')}`
const signed = (points: number): string => `${points < 0 ? '' : '+'}${points}`.padStart(4)

/** The .out file. */
export function present(scenario: Scenario, { alerts, history }: Outcome): string {
  const rows = alerts.map((alert) => ({
    who: alert.userId,
    policy: scenario.policies.find((policy) => policy.id === alert.policyId)?.name ?? '',
    status: `${alert.status.replace('_', ' ')}${alert.newData ? ' (new data)' : ''}`,
    severity: alert.severity,
    score: alert.score,
    trigger: `${alert.trigger.kind} at ${dayOfScenario(scenario, alert.trigger.atMs)}: ${alert.trigger.reason}`,
    activity: `${dayOfScenario(scenario, alert.firstActivityAtMs)} to ${dayOfScenario(scenario, alert.lastActivityAtMs)}`,
    reasons: alert.parts.map((part) => `${signed(part.points)} ${part.code}: ${part.reason}`),
    history: history.filter((entry) => entry.alertId === alert.id).map((entry) => `${dayOfScenario(scenario, entry.atMs)}: ${entry.what}`),
  }))
  const silent = [...scenario.people.keys()].filter((account) => !alerts.some((alert) => alert.userId === account))
  return `# ${scenario.about}\n${stringify({ alerts: rows, ...(silent.length === 0 ? {} : { no_alert: silent }) }, { lineWidth: 0 })}`
}
