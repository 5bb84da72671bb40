// What a fire drill would have led to, and how it ended. Pure.
import type { ActivityKind } from '@holdfast/proto'
import { type CompiledDetection, defaultDetection } from '../exclusions/compile-detection.ts'
import type { Policy } from '../policies/policy.ts'
import type { Activity } from '../risk/activity.ts'
import { createCounter, matchingIndicators } from '../risk/count.ts'
import { alertLine, scorePolicy } from '../risk/evaluate.ts'
import { settingOf } from '../risk/thresholds.ts'
import { DRILL_ACCOUNT } from './names.ts'

/** What became of one act. */
export interface Arrival {
  /** `<device>.<epoch>.<seq>`. */
  readonly activityId: string
  readonly kind: ActivityKind
  /** Those of policies that are on. */
  readonly indicators: readonly string[]
  /** Policy under which it would be part of an alert, with the score of that alert. */
  readonly alert?: { readonly policy: string; readonly score: number }
}

/**
 * What the policies that are on would make of the acts, if one person had done them and nothing else.
 *
 * Neither scope nor what is usual for somebody is asked: the question is whether the way from the act to an alert is open.
 */
export function judgeDrill(activities: readonly Activity[], policies: readonly Policy[], detection: CompiledDetection = defaultDetection, nowMs = Date.parse('9999-01-01')): readonly Arrival[] {
  const acts = activities.map(({ drill: _drill, ...act }): Activity => ({ ...act, userId: DRILL_ACCOUNT }))
  const on = policies.filter(({ status }) => status === 'on')
  const insights = createCounter(detection)(acts)
  const alerts = on.flatMap((policy) => {
    const scored = scorePolicy(policy, insights, { nowMs })
    if (scored === undefined || scored.score < alertLine(policy, scored)) return []
    return [{ policy: policy.name, score: scored.score, indicators: new Set(scored.parts.flatMap(({ indicator }) => (indicator === undefined ? [] : [indicator]))) }]
  })
  return acts.map((act) => {
    const indicators = matchingIndicators(act, detection).filter((id) => on.some((policy) => settingOf(policy, id)?.enabled === true))
    const alert = alerts.find((one) => indicators.some((id) => one.indicators.has(id)))
    return { activityId: act.id, kind: act.kind, indicators, ...(alert === undefined ? {} : { alert: { policy: alert.policy, score: alert.score } }) }
  })
}

export type SignalOutcome = 'alerted' | 'scored' | 'stored' | 'kept' | 'missed' | 'not_done' | 'not_expected'
export const SIGNAL_OUTCOMES: readonly SignalOutcome[] = ['alerted', 'scored', 'stored', 'kept', 'missed', 'not_done', 'not_expected']

/** One signal as the device measured it. */
export interface DrillSignal {
  readonly kind: ActivityKind
  readonly act: string
  readonly outcome: SignalOutcome
  readonly reason: string
  readonly fix: string
  readonly durableMs?: number
  readonly storedMs?: number
  readonly scoredMs?: number
  readonly alertedMs?: number
}

export interface DrillReport {
  readonly id: string
  readonly startedAtMs: number
  readonly endedAtMs: number
  readonly outcome: 'passed' | 'failed' | 'stopped'
  readonly signals: readonly DrillSignal[]
}

/** A drill as the collector knows it: what arrived here, and what the device says of it once it is over. */
export interface DeviceDrill {
  readonly deviceId: string
  readonly id: string
  readonly firstAtMs: number
  /** Activities that were taken for acts of it. */
  readonly activities: number
  readonly arrivals: readonly Arrival[]
  readonly report?: DrillReport
}

const REACHED: readonly SignalOutcome[] = ['alerted', 'scored', 'stored']

/** Whether what a device says of a signal agrees with what arrived here. */
export const isConfirmed = ({ kind, outcome }: DrillSignal, { arrivals }: Pick<DeviceDrill, 'arrivals'>): boolean => !REACHED.includes(outcome) || arrivals.some((arrival) => arrival.kind === kind)

/** A drill has passed when the device says so and each of its signals is here. */
export function drillState(drill: DeviceDrill | undefined): 'never' | 'running' | 'passed' | 'failed' | 'stopped' {
  if (drill === undefined) return 'never'
  const { report } = drill
  if (report === undefined) return 'running'
  return report.outcome === 'passed' && !report.signals.every((signal) => isConfirmed(signal, drill)) ? 'failed' : report.outcome
}
