// A policy: a template with a scope, chosen triggers and chosen thresholds. Its YAML form is docs/reference/policies.md.

export interface Thresholds {
  readonly low: number
  readonly medium: number
  readonly high: number
}

export interface PolicyScope {
  readonly users: 'all' | readonly string[]
  readonly groups?: readonly string[]
  readonly exclude?: { readonly users?: readonly string[]; readonly groups?: readonly string[]; readonly departments?: readonly string[]; readonly countries?: readonly string[] }
}

export interface PolicyIndicator {
  readonly enabled: boolean
  /** Absent: the indicator's default. */
  readonly thresholds?: Thresholds
}

export interface Policy {
  readonly id: string
  readonly name: string
  readonly description: string
  readonly template: string
  readonly status: 'on' | 'paused'
  readonly version: number
  readonly scope: PolicyScope
  readonly indicators: Readonly<Record<string, PolicyIndicator>>
  /** Indicators that may trigger, with the events a day that do. */
  readonly triggers: readonly { readonly indicator: string; readonly threshold: number }[]
  readonly activationWindowDays: number
  readonly lookbackDays: number
  readonly alertVolume: 'fewer' | 'default' | 'more'
  readonly createdAtMs: number
  readonly updatedAtMs: number
}
