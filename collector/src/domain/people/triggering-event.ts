// What brings a user into the scope of a policy, as the store keeps it.

export const TRIGGER_KINDS = [
  'hr_resignation', 'hr_last_working_day', 'account_deleted', 'hr_poor_review', 'hr_improvement_plan', 'hr_job_level_change', 'security_alert', 'custom_indicator', 'patient_defence_evasion', 'manual',
] as const

export type TriggerKind = (typeof TRIGGER_KINDS)[number]

export interface StoredTrigger {
  /** The same for the same fact of the same source, so that a file which comes twice triggers once. */
  readonly id: string
  readonly userId: string
  readonly kind: TriggerKind
  /** When it happened or takes effect; may lie ahead. */
  readonly atMs: number
  /** One plain sentence, without a name. */
  readonly reason: string
  /** Connector, or account that entered it by hand. */
  readonly source: string
  /** Only of a manual one: end of scoring. */
  readonly untilMs?: number
  /** Only of a manual one: no other policy is meant. */
  readonly policyId?: string
  readonly detail: Readonly<Record<string, string | number | boolean>>
}
