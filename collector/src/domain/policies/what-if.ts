// One alert scored again under other thresholds or choices of its policy. Nothing is stored.
//
// An open alert is scored with everything that counts for it now; a closed one with what was known when it was closed.
import type { Alert } from '../cases/alert.ts'
import { alertLine, type Scored, scoreAmong, type ScoringContext } from '../risk/evaluate.ts'
import { createHistory } from '../risk/history.ts'
import type { Insight } from '../risk/insight.ts'
import type { PolicyInput } from './policy-document.ts'
import type { Policy } from './policy.ts'

/** What a person may change of a policy to see what it would do; each part lies over that of the policy. */
export type WhatIfChanges = Pick<PolicyInput, 'indicators' | 'triggers' | 'triggerEvents' | 'triggerSequences' | 'boosters' | 'sequences' | 'cumulative' | 'activationWindowDays' | 'lookbackDays' | 'alertVolume' | 'scoreOnlyPriorityContent'>

/** The document with the changes over it. */
export const withChanges = (document: PolicyInput, changes: WhatIfChanges): PolicyInput => ({
  ...document, ...changes,
  ...(changes.indicators === undefined ? {} : { indicators: { ...document.indicators, ...changes.indicators } }),
  ...(changes.boosters === undefined ? {} : { boosters: { ...document.boosters, ...changes.boosters } }),
  ...(changes.sequences === undefined ? {} : { sequences: { ...document.sequences, ...changes.sequences } }),
})

export interface WhatIfInput {
  readonly alert: Alert
  readonly policy: Policy
  readonly changed: Policy
  /** Of the user, as an evaluation reads them. */
  readonly insights: readonly Insight[]
  /** Every alert of the user. */
  readonly alerts: readonly Alert[]
  readonly context: ScoringContext
  readonly nowMs: number
}

export interface WhatIf {
  readonly before?: Scored
  readonly after?: Scored
  /** Whether there would be an alert. */
  readonly isAlert: boolean
}

/** Scores the alert under its policy and under the changed one. */
export function whatIf({ alert, policy, changed, insights, alerts, context, nowMs }: WhatIfInput): WhatIf {
  const isClosed = alert.status === 'dismissed' || alert.status === 'resolved'
  const closedAtMs = isClosed ? (alert.decidedAtMs ?? alert.updatedAtMs) : undefined
  // What earlier alerts of the policy were resolved on is no evidence again.
  const resolvedBefore = Math.max(0, ...alerts.filter((other) => other.id !== alert.id && other.policyId === alert.policyId && other.status === 'resolved' && other.createdAtMs < alert.createdAtMs).map((other) => other.decidedAtMs ?? 0))
  const known = closedAtMs === undefined ? insights : insights.filter((insight) => insight.firstAtMs <= closedAtMs)
  const counted = resolvedBefore === 0 ? known : known.filter((insight) => insight.lastAtMs > resolvedBefore)
  const confirmedAtMs = [...(context.confirmedAtMs ?? []), ...alerts.filter((other) => other.status === 'confirmed' && other.policyId !== alert.policyId).map((other) => other.lastActivityAtMs)]
  const whole: ScoringContext = { ...context, nowMs: closedAtMs ?? nowMs, confirmedAtMs }
  const history = createHistory(known, whole)
  const before = scoreAmong(policy, counted, history, whole)
  const after = scoreAmong(changed, counted, history, whole)
  return { ...(before === undefined ? {} : { before }), ...(after === undefined ? {} : { after }), isAlert: after !== undefined && after.score >= alertLine(changed, after) }
}
