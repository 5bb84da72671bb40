// The indicators as Sigma rules (specification 2.1: detection rules and correlation rules), for whoever runs detections of
// their own over exported activities.
//
// One document an indicator: its rule, and a correlation a threshold that says how many a day make it low, medium or high.
// One a sequence: a rule a step, and a `temporal_ordered` correlation over them. Fields are those of an activity of
// Holdfast (taxonomy `holdfast`), with some that Holdfast derives: domainClass, applicationClass, feature.class, browser,
// sensitive, priorityAsset, alertFamily. Ids stay the same for ever.
//
// What Sigma cannot say: files are counted once by Holdfast and each time by a correlation; bytes and amounts cannot be
// summed, so such indicators have no correlation; what is usual for a person is not part of a rule.
import { v5 as uuidv5 } from 'uuid'
import { stringify } from 'yaml'
import { type IndicatorId, INDICATOR_IDS, indicators, type IndicatorRow, type IndicatorWhere } from '../domain/risk/indicators.ts'
import { sequencePatterns, type SequencePattern } from '../domain/risk/sequence-patterns.ts'
import { bothIds, type TechniqueId } from '../domain/risk/techniques.ts'

const NAMESPACE = '5b0d9a4c-94a8-5a0e-9f0a-0f1d7a3b6c22'
const DATE = '2026-01-01'
const LEVELS = ['low', 'medium', 'high'] as const

type Value = string | number | boolean | readonly (string | number | boolean)[]
type Search = Record<string, Value>

export interface SigmaFile {
  /** `copy_to_removable_media.yml`. */
  readonly name: string
  /** One or more documents of YAML. */
  readonly yaml: string
}

const one = <T>(values: readonly T[]): T | readonly T[] => (values.length === 1 && values[0] !== undefined ? values[0] : values)

/** What a condition adds to the selection, and to what is filtered out. */
interface Clause {
  readonly selection?: Search
  readonly filter?: Search
}

const clauses: { readonly [K in keyof IndicatorWhere]-?: (wanted: NonNullable<IndicatorWhere[K]>) => Clause } = {
  location: (wanted) => ({ selection: { 'file.location': one(wanted) as Value } }),
  sourceLocation: (wanted) => ({ selection: { 'source.location': one(wanted) as Value } }),
  extensionChanged: (wanted) => ({ selection: { extensionChanged: wanted } }),
  encrypted: (wanted) => ({ selection: { 'archive.encrypted': wanted } }),
  featureTo: (wanted) => ({ selection: { 'feature.to': one(wanted) as Value }, filter: { 'feature.from': 'unknown' } }),
  featureClass: (wanted) => ({ selection: { 'feature.class': one(wanted) as Value } }),
  application: (wanted) => (wanted === 'other' ? { selection: { 'applicationClass|exists': false } } : wanted === 'unwanted' ? { selection: { 'applicationClass|exists': true } } : { selection: { applicationClass: one(wanted) as Value } }),
  fresh: (wanted) => (wanted ? { filter: { present: true } } : {}),
  domain: (wanted) => ({ selection: { domainClass: one(wanted) as Value } }),
  browser: (wanted) => ({ selection: { browser: wanted } }),
  sensitive: (wanted) => ({ selection: { sensitive: wanted } }),
  fileNames: (wanted) => ({ selection: { 'file.path|endswith': wanted.flatMap((name) => [`/${name}`, `\\${name}`]) } }),
  label: (wanted) => ({ selection: { 'detail.newLabel|exists': wanted === 'lowered' } }),
  detail: (wanted) => ({ selection: Object.fromEntries(Object.entries(wanted).map(([field, values]) => [`detail.${field}`, one(values)])) }),
  priorityAsset: (wanted) => ({ selection: { priorityAsset: wanted } }),
  alertFamily: (wanted) => ({ selection: { alertFamily: one(wanted) as Value } }),
  amountOf: (field) => ({ selection: { [`detail.${field}|exists`]: true } }),
  variantOf: () => ({}),
}

/** Selection and filter of an indicator; the selection always names the kinds of activity. */
export function detectionOf(row: IndicatorRow): { readonly selection: Search; readonly filter: Search } {
  const found = (Object.keys(row.where) as (keyof IndicatorWhere)[]).map((key) => (clauses[key] as (wanted: unknown) => Clause)(row.where[key]))
  return { selection: Object.fromEntries<Value>([['kind', one(row.kinds)], ...found.flatMap(({ selection }) => Object.entries(selection ?? {}))]), filter: Object.fromEntries(found.flatMap(({ filter }) => Object.entries(filter ?? {}))) }
}

/** Tags under the present and the former ids, so that a search by either finds the rule. */
function tagsOf(attack: readonly TechniqueId[]): readonly string[] {
  const { now, before } = bothIds(attack)
  return [...new Set([...now, ...before].map((id) => `attack.${id.toLowerCase()}`))]
}

const idOf = (name: string): string => uuidv5(name, NAMESPACE)
const common = (title: string, name: string, description: string) => ({ title, id: idOf(name), name, taxonomy: 'holdfast', status: 'experimental', description, author: 'Holdfast', date: DATE })

function indicatorFile(id: IndicatorId): SigmaFile {
  const row: IndicatorRow = indicators[id]
  const { selection, filter } = detectionOf(row)
  const isFiltered = Object.keys(filter).length > 0
  const tags = tagsOf(row.attack)
  const counts = row.measure === 'events' || row.measure === 'files'
  const rule = {
    ...common(row.label, id, `${row.summary} ${row.doc}`), references: [`https://attack.mitre.org/`], tags, logsource: { product: 'holdfast', service: 'activity' },
    detection: { selection, ...(isFiltered ? { filter } : {}), condition: isFiltered ? 'selection and not filter' : 'selection' },
    fields: ['userId', 'deviceId', 'file.path', 'process.name'], falsepositives: ['Work that the person was given to do.'], level: counts && row.thresholds.low <= 1 ? 'medium' : 'low',
  }
  const correlations = counts
    ? LEVELS.map((level) => ({
        ...common(`${row.label}: ${level}`, `${id}_${level}`, `At least ${row.thresholds[level]} in a day by one person${row.measure === 'files' ? '; a file that comes several times counts each time' : ''}. ${row.source}.`), tags,
        correlation: { type: 'event_count', rules: [id], 'group-by': ['userId'], timespan: '1d', condition: { gte: Math.max(1, Math.round(row.thresholds[level])) } }, falsepositives: ['Work that the person was given to do.'], level,
      }))
    : []
  return { name: `${id}.yml`, yaml: [rule, ...correlations].map((document) => stringify(document, { lineWidth: 0, version: '1.1' })).join('---\n') }
}

function sequenceFile(pattern: SequencePattern): SigmaFile {
  const steps = pattern.steps.map((step, index) => {
    const parts = step.map((id) => [id, detectionOf(indicators[id])] as const)
    const searches = Object.fromEntries(parts.flatMap(([id, { selection, filter }]) => [[`selection_${id}`, selection], ...(Object.keys(filter).length > 0 ? [[`filter_${id}`, filter] as const] : [])] as const))
    const condition = parts.map(([id, { filter }]) => (Object.keys(filter).length > 0 ? `(selection_${id} and not filter_${id})` : `selection_${id}`)).join(' or ')
    const name = `sequence_${pattern.id}_step_${index + 1}`
    return {
      ...common(`${pattern.label}: step ${index + 1}`, name, `Step ${index + 1} of ${pattern.steps.length} of a sequence.`), tags: tagsOf(step.flatMap((id) => indicators[id].attack)), logsource: { product: 'holdfast', service: 'activity' },
      detection: { ...searches, condition }, falsepositives: ['A step by itself says nothing.'], level: 'informational',
    }
  })
  const correlation = {
    ...common(pattern.label, `sequence_${pattern.id}`, `${pattern.label}, within ${pattern.withinHours} hours${pattern.join === 'file' ? ', on the same file' : ''}.`), tags: [...new Set(steps.flatMap(({ tags }) => tags))],
    correlation: { type: 'temporal_ordered', rules: steps.map(({ name }) => name), 'group-by': pattern.join === 'file' ? ['userId', 'file.fingerprint'] : ['userId'], timespan: `${pattern.withinHours}h`, condition: { gte: steps.length } },
    falsepositives: ['Work that the person was given to do.'], level: 'high',
  }
  return { name: `sequence_${pattern.id}.yml`, yaml: [...steps, correlation].map((document) => stringify(document, { lineWidth: 0, version: '1.1' })).join('---\n') }
}

/** Every indicator and every sequence. */
export const sigmaFiles = (): readonly SigmaFile[] => [...INDICATOR_IDS.map(indicatorFile), ...sequencePatterns.map(sequenceFile)]
