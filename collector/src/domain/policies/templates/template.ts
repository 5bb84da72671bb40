// A policy template: what a policy of its kind watches for. Data only; behaviour lives in risk/.
import type { TriggerKind } from '../../people/triggering-event.ts'
import type { BoosterId } from '../../risk/booster-table.ts'
import type { IndicatorId } from '../../risk/indicators.ts'
import type { SequenceId } from '../../risk/sequence-patterns.ts'

/** What must be there before a policy of the template can find anything. */
export type Prerequisite = 'devices' | 'hr_events' | 'employee_profiles' | 'priority_group' | 'patient_records' | 'security_alerts'

/** What the health of a policy is judged by, besides what holds for every policy. */
export type HealthCheck = 'hr_connector' | 'hr_upload_recent' | 'employee_profiles' | 'priority_group_filled' | 'patient_connector' | 'security_alerts_connector' | 'devices_enrolled' | 'trigger_repeats' | 'user_cap'

export interface PolicyTemplate {
  readonly id: string
  readonly name: string
  readonly summary: string
  /** Other words for the id that documents may use. */
  readonly aliases: readonly string[]
  readonly prerequisites: readonly { readonly id: Prerequisite; readonly optional?: true }[]
  readonly healthChecks: readonly HealthCheck[]
  readonly indicators: readonly IndicatorId[]
  /** Indicators whose day brings a user into scope, at the amount given; absent amount: the low threshold. */
  readonly triggers: readonly { readonly indicator: IndicatorId; readonly threshold?: number }[]
  /** Events that do. */
  readonly events: readonly TriggerKind[]
  readonly sequences: readonly SequenceId[]
  /** Boosters that begin switched off. */
  readonly boostersOff: readonly BoosterId[]
  readonly cumulative: boolean
  /** Default thresholds are multiplied by this and rounded up: 1, or less where scoring is more sensitive. */
  readonly sensitivity: number
  /** Users in scope at once from which the health page warns; source: Purview's limits. */
  readonly userCap: number
  readonly activationWindowDays: number
  readonly lookbackDays: number
}
