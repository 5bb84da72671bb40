// The document that a person writes, checked with the words of the tables, and the policy that it makes.
import { indicatorRow, INDICATOR_IDS, isIndicatorId, indicators } from '../risk/indicators.ts'
import type { Policy, PolicyIndicator, PolicyScope, Thresholds } from './policy.ts'
import { templateById, templates } from './templates.ts'

/** A document whose shape was checked at the border; what is left out takes the template's default. */
export interface PolicyInput {
  readonly name: string
  readonly template: string
  readonly description?: string
  readonly status?: 'on' | 'paused'
  readonly scope?: { readonly users?: 'all' | readonly string[]; readonly groups?: readonly string[]; readonly exclude?: NonNullable<PolicyScope['exclude']> }
  readonly indicators?: Readonly<Record<string, boolean | { readonly enabled?: boolean; readonly thresholds?: Thresholds }>>
  readonly triggers?: readonly { readonly indicator: string; readonly threshold: number }[]
  readonly activationWindowDays?: number
  readonly lookbackDays?: number
  readonly alertVolume?: 'fewer' | 'default' | 'more'
}

export interface DocumentProblem {
  /** JSON pointer into the document. */
  readonly pointer: string
  readonly detail: string
}

/** Known word with the fewest edits (Levenshtein), for "did you mean". */
export function nearestWord(word: string, known: readonly string[]): string | undefined {
  let best: string | undefined
  let fewest = Number.POSITIVE_INFINITY
  for (const candidate of known) {
    let row = Array.from({ length: candidate.length + 1 }, (_, index) => index)
    for (let i = 1; i <= word.length; i += 1) {
      const next = [i]
      for (let j = 1; j <= candidate.length; j += 1) next[j] = Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, (row[j - 1] ?? 0) + (word[i - 1] === candidate[j - 1] ? 0 : 1))
      row = next
    }
    const edits = row[candidate.length] ?? 0
    if (edits < fewest) {
      fewest = edits
      best = candidate
    }
  }
  return best
}

const unknown = (what: string, word: string, known: readonly string[]): string => `there is no ${what} "${word}"; the nearest is "${nearestWord(word, known) ?? ''}"`

/** Everything that is wrong with a document beyond its shape; empty when it can become a policy. */
export function checkPolicyInput(input: PolicyInput): readonly DocumentProblem[] {
  const problems: DocumentProblem[] = []
  const template = templateById(input.template)
  if (template === undefined) return [{ pointer: '/template', detail: unknown('template', input.template, templates.map((row) => row.id)) }]
  for (const [id, setting] of Object.entries(input.indicators ?? {})) {
    if (!isIndicatorId(id)) problems.push({ pointer: `/indicators/${id}`, detail: unknown('indicator', id, INDICATOR_IDS) })
    else if (!template.indicators.includes(id)) problems.push({ pointer: `/indicators/${id}`, detail: `the template ${template.id} does not use it` })
    const thresholds = typeof setting === 'object' ? setting.thresholds : undefined
    if (thresholds !== undefined && !(thresholds.low <= thresholds.medium && thresholds.medium <= thresholds.high)) problems.push({ pointer: `/indicators/${id}/thresholds`, detail: 'low, medium and high must rise' })
  }
  for (const [index, trigger] of (input.triggers ?? []).entries()) {
    if (!isIndicatorId(trigger.indicator)) problems.push({ pointer: `/triggers/${index}/indicator`, detail: unknown('indicator', trigger.indicator, INDICATOR_IDS) })
  }
  return problems
}

/** Makes the policy of a checked document. `previous` keeps its id and its time of creation; the version rises. */
export function toPolicy(input: PolicyInput, id: string, nowMs: number, previous?: Policy): Policy {
  const template = templateById(input.template)
  if (template === undefined) throw new RangeError('checkPolicyInput comes first')
  const chosen: Record<string, PolicyIndicator> = {}
  for (const indicator of template.indicators) {
    const setting = input.indicators?.[indicator]
    const thresholds = typeof setting === 'object' ? setting.thresholds : undefined
    chosen[indicator] = { enabled: typeof setting === 'boolean' ? setting : setting?.enabled ?? true, ...(thresholds === undefined ? {} : { thresholds }) }
  }
  const defaultTriggers = template.triggers
    .filter((trigger) => chosen[trigger.indicator]?.enabled === true)
    .map((trigger) => ({ indicator: trigger.indicator, threshold: trigger.threshold ?? (chosen[trigger.indicator]?.thresholds ?? indicators[trigger.indicator].thresholds).low }))
  return {
    id, name: input.name, description: input.description ?? template.summary, template: template.id, status: input.status ?? 'on', version: (previous?.version ?? 0) + 1,
    // Whoever names groups only means their members, not everybody.
    scope: { users: input.scope?.users ?? (input.scope?.groups === undefined ? 'all' : []), ...(input.scope?.groups === undefined ? {} : { groups: input.scope.groups }), ...(input.scope?.exclude === undefined ? {} : { exclude: input.scope.exclude }) },
    indicators: chosen, triggers: input.triggers ?? defaultTriggers,
    activationWindowDays: input.activationWindowDays ?? template.activationWindowDays, lookbackDays: input.lookbackDays ?? template.lookbackDays, alertVolume: input.alertVolume ?? 'default',
    createdAtMs: previous?.createdAtMs ?? nowMs, updatedAtMs: nowMs,
  }
}

/** The whole document of a policy, nothing left to a default. */
export const toDocument = (policy: Policy): PolicyInput => ({
  name: policy.name, template: policy.template, description: policy.description, status: policy.status, scope: policy.scope,
  indicators: Object.fromEntries(Object.entries(policy.indicators).map(([id, setting]) => [id, { enabled: setting.enabled, thresholds: thresholdsOf(policy, id) ?? { low: 1, medium: 1, high: 1 } }])),
  triggers: policy.triggers, activationWindowDays: policy.activationWindowDays, lookbackDays: policy.lookbackDays, alertVolume: policy.alertVolume,
})

/** Thresholds in force for an indicator of a policy. */
export const thresholdsOf = (policy: Policy, id: string): Thresholds | undefined => policy.indicators[id]?.thresholds ?? indicatorRow(id)?.thresholds
