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

export const switchIndicator = (document: PolicyDocument, id: string, enabled: boolean): PolicyDocument => {
  const setting = document.indicators?.[id]
  return withIndicator(document, id, typeof setting === 'object' && setting.thresholds !== undefined ? { enabled, thresholds: setting.thresholds } : enabled)
}

export const setThreshold = (document: PolicyDocument, indicator: IndicatorView, level: keyof Thresholds, value: number): PolicyDocument =>
  withIndicator(document, indicator.id, { enabled: isEnabled(document.indicators?.[indicator.id]), thresholds: { ...thresholdsOf(document, indicator), [level]: value } })

export const setTrigger = (document: PolicyDocument, template: TemplateView, indicator: string, threshold: number): PolicyDocument => ({
  ...document, triggers: (document.triggers ?? template.triggers).map((trigger) => (trigger.indicator === indicator ? { ...trigger, threshold } : trigger)),
})

/** `undefined` takes a key out, since an absent key means the default and a present one does not. */
export const setScope = (document: PolicyDocument, scope: { readonly users: 'all' | readonly string[]; readonly groups: readonly string[]; readonly excluded: readonly string[] }): PolicyDocument => {
  const { users: _, ...otherExclusions } = document.scope?.exclude ?? {}
  const exclude = { ...otherExclusions, ...(scope.excluded.length === 0 ? {} : { users: [...scope.excluded] }) }
  return {
    ...document,
    scope: {
      users: scope.users === 'all' ? 'all' : [...scope.users], ...(scope.users === 'all' || scope.groups.length === 0 ? {} : { groups: [...scope.groups] }), ...(Object.keys(exclude).length === 0 ? {} : { exclude }),
    },
  }
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
