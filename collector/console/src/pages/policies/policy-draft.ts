// Editing a policy document: pure steps from one document to the next, so that the form and the JSON view are two faces of one thing.
import type { IndicatorView, PolicyDocument, TemplateView } from '@holdfast/collector/contract'

export type Thresholds = IndicatorView['thresholds']
type IndicatorSetting = NonNullable<PolicyDocument['indicators']>[string]

/** A new document of a template; everything else takes the template's defaults. */
export const draftOf = (template: TemplateView): PolicyDocument => ({ name: template.name, template: template.id, status: 'on', scope: { users: 'all' } })

export const isEnabled = (setting: IndicatorSetting | undefined): boolean => (typeof setting === 'boolean' ? setting : (setting?.enabled ?? true))

/** The policy's own thresholds, else the published default. */
export const thresholdsOf = (document: PolicyDocument, indicator: IndicatorView): Thresholds => {
  const setting = document.indicators?.[indicator.id]
  return (typeof setting === 'object' ? setting.thresholds : undefined) ?? indicator.thresholds
}

/** Low, medium and high rise, from 1 on. */
export const thresholdsRise = ({ low, medium, high }: Thresholds): boolean => low >= 1 && medium >= low && high >= medium

const withIndicator = (document: PolicyDocument, id: string, setting: IndicatorSetting): PolicyDocument => ({ ...document, indicators: { ...document.indicators, [id]: setting } })

/** Numbers are the default's or own ones; which they are, the numbers say. */
export const MODES = ['numbers', 'above_usual'] as const
export type Mode = (typeof MODES)[number]

export const modeOf = (setting: IndicatorSetting | undefined): Mode => (typeof setting === 'object' && setting.mode === 'above_usual' ? 'above_usual' : 'numbers')

export const switchIndicator = (document: PolicyDocument, id: string, enabled: boolean): PolicyDocument => {
  const setting = document.indicators?.[id]
  return withIndicator(document, id, typeof setting === 'object' && (setting.thresholds !== undefined || setting.mode !== undefined) ? { ...setting, enabled } : enabled)
}

export const setThreshold = (document: PolicyDocument, indicator: IndicatorView, level: keyof Thresholds, value: number): PolicyDocument =>
  withIndicator(document, indicator.id, { enabled: isEnabled(document.indicators?.[indicator.id]), thresholds: { ...thresholdsOf(document, indicator), [level]: value } })

/** The user's own usual has no numbers of its own; whoever goes back begins with the default. */
export const setMode = (document: PolicyDocument, indicator: IndicatorView, mode: Mode): PolicyDocument => {
  const enabled = isEnabled(document.indicators?.[indicator.id])
  return withIndicator(document, indicator.id, mode === 'above_usual' ? { enabled, mode } : enabled)
}

export const setTrigger = (document: PolicyDocument, template: TemplateView, indicator: string, threshold: number): PolicyDocument => ({
  ...document, triggers: (document.triggers ?? template.triggers).map((trigger) => (trigger.indicator === indicator ? { ...trigger, threshold } : trigger)),
})

export const TRIGGER_EVENTS = ['hr_resignation', 'hr_last_working_day', 'account_deleted', 'hr_poor_review', 'hr_improvement_plan', 'hr_job_level_change', 'security_alert', 'custom_indicator', 'patient_defence_evasion'] as const
export type TriggerEvent = (typeof TRIGGER_EVENTS)[number]

export const triggerEventsOf = (document: PolicyDocument, template: TemplateView): readonly string[] => document.triggerEvents ?? template.events

export const setTriggerEvent = (document: PolicyDocument, template: TemplateView, kind: TriggerEvent, on: boolean): PolicyDocument => {
  const chosen = triggerEventsOf(document, template)
  // The schema's list of words is made from a table, and its type says less than that.
  return { ...document, triggerEvents: TRIGGER_EVENTS.filter((one) => (one === kind ? on : chosen.includes(one))) as unknown as NonNullable<PolicyDocument['triggerEvents']> }
}

export const isBoosted = (document: PolicyDocument, id: string, byDefault: boolean): boolean => (document.boosters as Readonly<Record<string, boolean | undefined>> | undefined)?.[id] ?? byDefault
export const switchBooster = (document: PolicyDocument, id: string, on: boolean): PolicyDocument => ({ ...document, boosters: { ...document.boosters, [id]: on } as NonNullable<PolicyDocument['boosters']> })

export const isSequenceOn = (document: PolicyDocument, id: string): boolean => isEnabled(document.sequences?.[id])
export const switchSequence = (document: PolicyDocument, id: string, on: boolean): PolicyDocument => {
  const setting = document.sequences?.[id]
  return { ...document, sequences: { ...document.sequences, [id]: typeof setting === 'object' && setting.thresholds !== undefined ? { ...setting, enabled: on } : on } }
}

export const CONTENT = ['extensions', 'paths', 'sensitiveTypes', 'labels', 'domains'] as const
export type ContentKind = (typeof CONTENT)[number]

/** Without any list there is no priority content, and then nothing can be scored by it alone. */
export const setContent = (document: PolicyDocument, kind: ContentKind, lines: readonly string[]): PolicyDocument => {
  const { [kind]: _before, ...others } = document.priorityContent ?? {}
  const content = { ...others, ...(lines.length === 0 ? {} : { [kind]: [...lines] }) }
  if (Object.keys(content).length > 0) return { ...document, priorityContent: content }
  const { priorityContent: _content, scoreOnlyPriorityContent: _only, ...rest } = document
  return rest
}

/** What is undefined or empty is left out, since an absent key means the default and a present one does not. */
export const setScope = (document: PolicyDocument, scope: { readonly users: 'all' | readonly string[]; readonly groups: readonly string[]; readonly priorityGroups: readonly string[] }): PolicyDocument => {
  const exclude = document.scope?.exclude
  const chosen = scope.users === 'all' ? {} : { ...(scope.groups.length === 0 ? {} : { groups: [...scope.groups] }), ...(scope.priorityGroups.length === 0 ? {} : { priorityGroups: [...scope.priorityGroups] }) }
  return { ...document, scope: { users: scope.users === 'all' ? 'all' : [...scope.users], ...chosen, ...(exclude === undefined ? {} : { exclude }) } }
}

export const EXCLUSIONS = ['users', 'groups', 'priorityGroups', 'departments', 'countries'] as const
export type ExclusionKind = (typeof EXCLUSIONS)[number]

export const setExclusion = (document: PolicyDocument, kind: ExclusionKind, lines: readonly string[]): PolicyDocument => {
  const { [kind]: _before, ...others } = document.scope?.exclude ?? {}
  const exclude = { ...others, ...(lines.length === 0 ? {} : { [kind]: [...lines] }) }
  const { exclude: _exclude, ...scope } = document.scope ?? {}
  return { ...document, scope: { ...scope, ...(Object.keys(exclude).length === 0 ? {} : { exclude }) } }
}

export type ParsedDraft = { readonly kind: 'document'; readonly document: PolicyDocument } | { readonly kind: 'broken'; readonly problem: string }

/** Reads the JSON view. Only what the form itself needs is checked here; the collector checks the rest and names the place. */
export const parseDraft = (text: string): ParsedDraft => {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (error) {
    return { kind: 'broken', problem: error instanceof Error ? error.message : String(error) }
  }
  if (typeof value !== 'object' || value === null || !('name' in value) || typeof value.name !== 'string' || !('template' in value) || typeof value.template !== 'string') return { kind: 'broken', problem: 'name and template are missing' }
  return { kind: 'document', document: value as PolicyDocument }
}
