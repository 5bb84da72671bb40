// The document that a person writes, checked with the words of the tables, and the policy that it makes.
import { domainProblem } from '../exclusions/domain-pattern.ts'
import { pathProblem } from '../exclusions/path-pattern.ts'
import { TRIGGER_KINDS, type TriggerKind } from '../people/triggering-event.ts'
import { BOOSTER_IDS, type BoosterId } from '../risk/booster-table.ts'
import { indicatorRow, INDICATOR_IDS, isIndicatorId } from '../risk/indicators.ts'
import { SEQUENCE_IDS, sequencePattern } from '../risk/sequence-patterns.ts'
import type { Policy, PolicyIndicator, PolicyScope, PolicySequence, PriorityContent, ThresholdMode, Thresholds } from './policy.ts'
import { templateById, TEMPLATE_WORDS } from './templates.ts'
import type { PolicyTemplate } from './templates/template.ts'

/** A document whose shape was checked at the border; what is left out takes the template's default. */
export interface PolicyInput {
  readonly name: string
  readonly template: string
  readonly description?: string
  readonly status?: 'on' | 'paused'
  readonly scope?: Partial<PolicyScope>
  readonly priorityContent?: PriorityContent
  readonly scoreOnlyPriorityContent?: boolean
  readonly indicators?: Readonly<Record<string, boolean | { readonly enabled?: boolean; readonly thresholds?: Thresholds; readonly mode?: ThresholdMode }>>
  readonly triggers?: readonly { readonly indicator: string; readonly threshold: number }[]
  readonly triggerEvents?: readonly TriggerKind[]
  readonly triggerSequences?: readonly { readonly sequence: string; readonly files: number }[]
  readonly boosters?: Readonly<Partial<Record<BoosterId, boolean>>>
  readonly sequences?: Readonly<Record<string, boolean | { readonly enabled?: boolean; readonly thresholds?: Thresholds }>>
  readonly cumulative?: boolean
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

const rises = ({ low, medium, high }: Thresholds): boolean => low <= medium && medium <= high
const baseOf = (id: string): string => id.split('#')[0] ?? id
const pointed = (id: string): string => id.replaceAll('~', '~0').replaceAll('/', '~1')
const VARIANT = /^[^#]+(?:#[^#]{1,128})?$/

function* indicatorProblems(input: PolicyInput, template: PolicyTemplate): Generator<DocumentProblem> {
  for (const [id, setting] of Object.entries(input.indicators ?? {})) {
    const pointer = `/indicators/${pointed(id)}`
    const base = baseOf(id)
    if (!isIndicatorId(base)) yield { pointer, detail: unknown('indicator', base, INDICATOR_IDS) }
    else if (!VARIANT.test(id)) yield { pointer, detail: 'a variant is a name behind one #' }
    else if (!template.indicators.includes(base)) yield { pointer, detail: `the template ${template.id} does not use it` }
    if (typeof setting !== 'object') continue
    const { thresholds, mode } = setting
    if (thresholds !== undefined && !rises(thresholds)) yield { pointer: `${pointer}/thresholds`, detail: 'low, medium and high must rise' }
    if (mode === 'custom' && thresholds === undefined) yield { pointer: `${pointer}/mode`, detail: 'custom needs thresholds' }
    if (thresholds !== undefined && mode !== undefined && mode !== 'custom') yield { pointer: `${pointer}/mode`, detail: `thresholds are written, so it can only be custom, not ${mode}` }
  }
}

function* sequenceProblems(input: PolicyInput, template: PolicyTemplate): Generator<DocumentProblem> {
  const check = (id: string, pointer: string): DocumentProblem | undefined => {
    if (sequencePattern(id) === undefined) return { pointer, detail: unknown('sequence', id, SEQUENCE_IDS) }
    return template.sequences.some((known) => known === id) ? undefined : { pointer, detail: `the template ${template.id} does not use it` }
  }
  for (const [id, setting] of Object.entries(input.sequences ?? {})) {
    const problem = check(id, `/sequences/${pointed(id)}`)
    if (problem !== undefined) yield problem
    if (typeof setting === 'object' && setting.thresholds !== undefined && !rises(setting.thresholds)) yield { pointer: `/sequences/${pointed(id)}/thresholds`, detail: 'low, medium and high must rise' }
  }
  for (const [index, { sequence }] of (input.triggerSequences ?? []).entries()) {
    const problem = check(sequence, `/triggerSequences/${index}/sequence`)
    if (problem !== undefined) yield problem
  }
}

/** Everything that is wrong with a document beyond its shape; empty when it can become a policy. */
export function checkPolicyInput(input: PolicyInput): readonly DocumentProblem[] {
  const template = templateById(input.template)
  if (template === undefined) return [{ pointer: '/template', detail: unknown('template', input.template, TEMPLATE_WORDS) }]
  const problems: DocumentProblem[] = [...indicatorProblems(input, template)]
  for (const [index, { indicator }] of (input.triggers ?? []).entries()) {
    if (!isIndicatorId(baseOf(indicator))) problems.push({ pointer: `/triggers/${index}/indicator`, detail: unknown('indicator', baseOf(indicator), INDICATOR_IDS) })
  }
  problems.push(...sequenceProblems(input, template))
  for (const [index, event] of (input.triggerEvents ?? []).entries()) {
    if (!TRIGGER_KINDS.includes(event)) problems.push({ pointer: `/triggerEvents/${index}`, detail: unknown('event', event, TRIGGER_KINDS) })
  }
  for (const [name, problemOf] of [['paths', pathProblem], ['domains', domainProblem]] as const) {
    for (const [index, text] of (input.priorityContent?.[name] ?? []).entries()) {
      const detail = problemOf(text)
      if (detail !== undefined) problems.push({ pointer: `/priorityContent/${name}/${index}`, detail: `"${text}" ${detail}` })
    }
  }
  if (input.scoreOnlyPriorityContent === true && !Object.values(input.priorityContent ?? {}).some((list) => list.length > 0)) problems.push({ pointer: '/scoreOnlyPriorityContent', detail: 'needs priorityContent, or nothing would ever score' })
  return problems
}

/** The indicator's own thresholds, more sensitive where the template says so. */
export function defaultThresholds(template: PolicyTemplate | undefined, id: string): Thresholds | undefined {
  const own = indicatorRow(id)?.thresholds
  const factor = template?.sensitivity ?? 1
  if (own === undefined || factor === 1) return own
  const sized = (amount: number): number => Math.max(1, Math.ceil(amount * factor))
  return { low: sized(own.low), medium: sized(own.medium), high: sized(own.high) }
}

function chosenIndicators(input: PolicyInput, template: PolicyTemplate): Record<string, PolicyIndicator> {
  const chosen: Record<string, PolicyIndicator> = {}
  // A variant of an indicator stands beside it; whoever wants it alone switches the other off.
  const ids = [...template.indicators, ...Object.keys(input.indicators ?? {}).filter((id) => id.includes('#'))]
  for (const id of ids) {
    const setting = input.indicators?.[id]
    const { thresholds, mode, enabled = true } = typeof setting === 'object' ? setting : { enabled: setting }
    chosen[id] = { enabled, ...(thresholds === undefined ? {} : { thresholds }), ...(mode === undefined || mode === (thresholds === undefined ? 'default' : 'custom') ? {} : { mode }) }
  }
  return chosen
}

function chosenSequences(input: PolicyInput, template: PolicyTemplate): Record<string, PolicySequence> {
  return Object.fromEntries(template.sequences.map((id) => {
    const setting = input.sequences?.[id]
    const thresholds = typeof setting === 'object' ? setting.thresholds : undefined
    return [id, { enabled: typeof setting === 'boolean' ? setting : setting?.enabled ?? true, ...(thresholds === undefined ? {} : { thresholds }) }]
  }))
}

/** Whoever names groups only means their members, not everybody. */
function chosenScope(scope: PolicyInput['scope']): PolicyScope {
  const { users, groups, priorityGroups, exclude } = scope ?? {}
  return {
    users: users ?? (groups === undefined && priorityGroups === undefined ? 'all' : []), ...(groups === undefined ? {} : { groups }), ...(priorityGroups === undefined ? {} : { priorityGroups }), ...(exclude === undefined ? {} : { exclude }),
  }
}

/** What a policy takes from its template where its document says nothing; for policies stored before there was a choice, too. */
export const templateDefaults = (template: PolicyTemplate): Pick<Policy, 'scoreOnlyPriorityContent' | 'triggerEvents' | 'triggerSequences' | 'boosters' | 'sequences' | 'cumulative'> => ({
  scoreOnlyPriorityContent: false, triggerEvents: template.events, triggerSequences: [], sequences: Object.fromEntries(template.sequences.map((id) => [id, { enabled: true }])), cumulative: template.cumulative,
  boosters: Object.fromEntries(BOOSTER_IDS.map((id) => [id, !template.boostersOff.includes(id)])) as Record<BoosterId, boolean>,
})

/** Makes the policy of a checked document. `previous` keeps its id and its time of creation; the version rises. */
export function toPolicy(input: PolicyInput, id: string, nowMs: number, previous?: Policy): Policy {
  const template = templateById(input.template)
  if (template === undefined) throw new RangeError('checkPolicyInput comes first')
  const chosen = chosenIndicators(input, template)
  const defaults = templateDefaults(template)
  const defaultTriggers = template.triggers
    .filter((trigger) => chosen[trigger.indicator]?.enabled === true)
    .map((trigger) => ({ indicator: trigger.indicator, threshold: trigger.threshold ?? (chosen[trigger.indicator]?.thresholds ?? defaultThresholds(template, trigger.indicator))?.low ?? 1 }))
  return {
    id, name: input.name, description: input.description ?? template.summary, template: template.id, status: input.status ?? 'on', version: (previous?.version ?? 0) + 1,
    scope: chosenScope(input.scope), ...(input.priorityContent === undefined ? {} : { priorityContent: input.priorityContent }), scoreOnlyPriorityContent: input.scoreOnlyPriorityContent ?? false,
    indicators: chosen, triggers: input.triggers ?? defaultTriggers, triggerEvents: input.triggerEvents ?? defaults.triggerEvents, triggerSequences: input.triggerSequences ?? [],
    boosters: { ...defaults.boosters, ...input.boosters }, sequences: chosenSequences(input, template), cumulative: input.cumulative ?? template.cumulative,
    activationWindowDays: input.activationWindowDays ?? template.activationWindowDays, lookbackDays: input.lookbackDays ?? template.lookbackDays, alertVolume: input.alertVolume ?? 'default',
    createdAtMs: previous?.createdAtMs ?? nowMs, updatedAtMs: nowMs,
  }
}

/** A policy out of the store: one that was written before there were all of these choices takes its template's defaults. */
export function completePolicy(stored: Policy): Policy {
  const template = templateById(stored.template)
  return template === undefined ? stored : { ...templateDefaults(template), ...stored }
}

const writtenIndicator = (policy: Policy, id: string, setting: PolicyIndicator): NonNullable<PolicyInput['indicators']>[string] =>
  setting.mode === 'above_usual' ? { enabled: setting.enabled, mode: 'above_usual' } : { enabled: setting.enabled, thresholds: thresholdsOf(policy, id) ?? { low: 1, medium: 1, high: 1 } }

/** The whole document of a policy, nothing left to a default. */
export const toDocument = (policy: Policy): PolicyInput => ({
  name: policy.name, template: policy.template, description: policy.description, status: policy.status, scope: policy.scope,
  ...(policy.priorityContent === undefined ? {} : { priorityContent: policy.priorityContent }), scoreOnlyPriorityContent: policy.scoreOnlyPriorityContent,
  indicators: Object.fromEntries(Object.entries(policy.indicators).map(([id, setting]) => [id, writtenIndicator(policy, id, setting)])),
  triggers: policy.triggers, triggerEvents: policy.triggerEvents, triggerSequences: policy.triggerSequences, boosters: policy.boosters,
  sequences: Object.fromEntries(Object.entries(policy.sequences).map(([id, { enabled, thresholds }]) => [id, { enabled, thresholds: thresholds ?? sequencePattern(id)?.thresholds ?? { low: 1, medium: 1, high: 1 } }])),
  cumulative: policy.cumulative, activationWindowDays: policy.activationWindowDays, lookbackDays: policy.lookbackDays, alertVolume: policy.alertVolume,
})

/** Thresholds in force for an indicator of a policy. */
export const thresholdsOf = (policy: Policy, id: string): Thresholds | undefined => policy.indicators[id]?.thresholds ?? defaultThresholds(templateById(policy.template), id)
