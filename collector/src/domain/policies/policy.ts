// A policy: a template with a scope, chosen triggers and chosen thresholds. Its YAML form is docs/reference/policies.md.
import type { TriggerKind } from '../people/triggering-event.ts'
import type { BoosterId } from '../risk/booster-table.ts'

export interface Thresholds {
  readonly low: number
  readonly medium: number
  readonly high: number
}

/** Names are compared without letter case. */
export interface PolicyScope {
  readonly users: 'all' | readonly string[]
  readonly groups?: readonly string[]
  /** Ids or names of priority groups. */
  readonly priorityGroups?: readonly string[]
  readonly exclude?: { readonly users?: readonly string[]; readonly groups?: readonly string[]; readonly priorityGroups?: readonly string[]; readonly departments?: readonly string[]; readonly countries?: readonly string[] }
}

/** What counts as priority content: an activity that any of the lists names. */
export interface PriorityContent {
  /** With or without the dot, at most 50. */
  readonly extensions?: readonly string[]
  /** Prefixes, or parts between separators, in the syntax of path exclusions. */
  readonly paths?: readonly string[]
  /** Types of content findings. */
  readonly sensitiveTypes?: readonly string[]
  readonly labels?: readonly string[]
  /** Where a file came from or went to. */
  readonly domains?: readonly string[]
}

/** `default` are the indicator's own (times the template's sensitivity), `custom` are written down, `above_usual` judges by the user's own past alone. */
export type ThresholdMode = 'default' | 'custom' | 'above_usual'

export interface PolicyIndicator {
  readonly enabled: boolean
  /** Absent: the indicator's default. */
  readonly thresholds?: Thresholds
  /** Absent: `custom` when there are thresholds, else `default`. */
  readonly mode?: ThresholdMode
}

export interface PolicySequence {
  readonly enabled: boolean
  /** Files of a sequence; absent: the pattern's own. */
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
  readonly priorityContent?: PriorityContent
  /** What is no priority content is visible and scores nothing. */
  readonly scoreOnlyPriorityContent: boolean
  /** By id, or by `id#variant`. */
  readonly indicators: Readonly<Record<string, PolicyIndicator>>
  /** Indicators that may trigger, with the amount a day that does. */
  readonly triggers: readonly { readonly indicator: string; readonly threshold: number }[]
  /** Events that trigger; `manual` always does. */
  readonly triggerEvents: readonly TriggerKind[]
  /** Sequences that trigger, with the files that do. */
  readonly triggerSequences: readonly { readonly sequence: string; readonly files: number }[]
  readonly boosters: Readonly<Record<BoosterId, boolean>>
  readonly sequences: Readonly<Record<string, PolicySequence>>
  /** Cumulative exfiltration over 30 days. */
  readonly cumulative: boolean
  /** 1 to 30. */
  readonly activationWindowDays: number
  /** 0 to 90. */
  readonly lookbackDays: number
  readonly alertVolume: 'fewer' | 'default' | 'more'
  readonly createdAtMs: number
  readonly updatedAtMs: number
}
