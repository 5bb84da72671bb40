// From a document of the right shape to complete settings, with a sentence for everything that is wrong in it.
import { type DocumentProblem, nearestWord } from '../policies/policy-document.ts'
import { INDICATOR_IDS, isIndicatorId } from '../risk/indicators.ts'
import { unwantedApplications } from '../risk/unwanted-applications.ts'
import { normaliseExtension } from './activity-paths.ts'
import { defaultExclusions } from './default-exclusions.ts'
import { domainProblem, type DomainInput } from './domain-pattern.ts'
import { pathProblem } from './path-pattern.ts'
import { defaultDetectionSettings, type DetectionGroup, type DetectionSettings, type ExclusionLists, type FeatureRule, type IndicatorVariant, LIMITS, noLists } from './settings.ts'
import type { DetectionSettingsDocument } from './settings-schema.ts'

type Loose<T> = { readonly [K in keyof T]?: T[K] | undefined }

const listsOf = (given: Loose<ExclusionLists> | undefined): ExclusionLists => ({
  fileTypes: given?.fileTypes ?? [], paths: given?.paths ?? [], keywords: given?.keywords ?? [], sensitiveTypes: given?.sensitiveTypes ?? [], applications: given?.applications ?? [], media: given?.media ?? [], features: given?.features ?? [],
})

/** Settings with every list that a document leaves out filled in as empty. */
export function completeSettings(document: DetectionSettingsDocument): DetectionSettings {
  const { exclusions, domains, defaultExclusionsOff, priorityAssets, groups, variants } = document
  return {
    // What was undefined in the document is absent in what is compiled: a JSON text knows no difference.
    ...defaultDetectionSettings,
    exclusions: exclusions === undefined ? noLists : listsOf(exclusions),
    domains: { allowed: domains?.allowed ?? [], unallowed: domains?.unallowed ?? [], thirdParty: domains?.thirdParty ?? [] },
    defaultExclusionsOff: defaultExclusionsOff ?? [], priorityAssets: priorityAssets ?? [],
    groups: (groups ?? []).map((group): DetectionGroup => ({ name: group.name, description: group.description ?? '', domains: (group.domains ?? []) as readonly DomainInput[], ...listsOf(group as Loose<ExclusionLists>) })),
    variants: (variants ?? []).map((variant): IndicatorVariant => ({ ...variant, name: variant.name ?? variant.id })),
  }
}

type Check<T> = (entry: T) => string | undefined

const shown = (text: string): string => JSON.stringify(text.length > 60 ? `${text.slice(0, 60)}…` : text)

/** Problems of one list: too long, an entry that is none, the same entry twice. */
function* checkList<T>(list: readonly T[], pointer: string, limit: number, keyOf: (entry: T) => string, check: Check<T>): Generator<DocumentProblem> {
  if (list.length > limit) yield { pointer, detail: `holds ${list.length} entries; at most ${limit} are allowed` }
  const seen = new Map<string, number>()
  for (const [index, entry] of list.slice(0, limit).entries()) {
    const key = keyOf(entry)
    const before = seen.get(key)
    const problem = check(entry)
    if (problem !== undefined) yield { pointer: `${pointer}/${index}`, detail: `${shown(typeof entry === 'string' ? entry : key)} ${problem}` }
    else if (before !== undefined) yield { pointer: `${pointer}/${index}`, detail: `${shown(typeof entry === 'string' ? entry : key)} stands there already, as entry ${before}` }
    seen.set(key, before ?? index)
  }
}

const trimmed = (text: string): string => text.trim().toLowerCase()
const notEmpty: Check<string> = (text) => (text.trim() === '' ? 'is empty' : undefined)

function extensionProblem(text: string): string | undefined {
  const extension = normaliseExtension(text)
  if (extension === '') return 'is empty'
  return /[\\/*?\s]/.test(extension) ? 'is not an extension; write it as pdf or .tar.gz' : undefined
}

const SOURCE = /^[a-z][a-z0-9_-]*$/

function applicationProblem(text: string): string | undefined {
  const entry = trimmed(text)
  if (entry === '') return 'is empty'
  const colon = entry.indexOf(':')
  const name = colon < 0 ? entry : entry.slice(colon + 1)
  if (name.replaceAll('*', '').trim() === '') return 'would hold for every application'
  if (colon < 0) return undefined
  const source = entry.slice(0, colon)
  if (!SOURCE.test(source)) return 'has a source that is no word; write source:name'
  if (source === 'class' && !name.includes('*') && !Object.hasOwn(unwantedApplications, name)) return `names no class; the nearest is "${nearestWord(name, Object.keys(unwantedApplications)) ?? ''}"`
  return undefined
}

const INSTANT = /^\d{4}-\d{2}-\d{2}[Tt ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:[Zz]|[+-]\d{2}:\d{2})$/

function featureProblem({ feature, from, until }: FeatureRule): string | undefined {
  if (!/^[a-z0-9_][a-z0-9_.]*\*?$/.test(feature)) return 'is not the id of a feature; a * may only stand at its end'
  for (const [name, text] of [['from', from], ['until', until]] as const) if (text !== undefined && (!INSTANT.test(text) || Number.isNaN(Date.parse(text)))) return `has a ${name} that is not an RFC 3339 time`
  return from !== undefined && until !== undefined && Date.parse(from) > Date.parse(until) ? 'ends before it begins' : undefined
}

function* checkLists(lists: ExclusionLists, pointer: string, limit: number): Generator<DocumentProblem> {
  yield* checkList(lists.fileTypes, `${pointer}/fileTypes`, limit, normaliseExtension, extensionProblem)
  yield* checkList(lists.paths, `${pointer}/paths`, limit, (text) => text, pathProblem)
  yield* checkList(lists.keywords, `${pointer}/keywords`, limit, ({ contains, unless }) => [contains, ...(unless ?? [])].map((text) => text.toLowerCase()).join(' unless '), ({ contains, unless = [] }) => {
    if (contains.trim() === '') return 'is empty'
    if (unless.some((text) => text.trim() === '')) return 'has an empty "unless"'
    const always = unless.find((text) => contains.toLowerCase().includes(text.toLowerCase()))
    return always === undefined ? undefined : `never holds: ${shown(always)} is a part of it`
  })
  yield* checkList(lists.sensitiveTypes, `${pointer}/sensitiveTypes`, limit, trimmed, notEmpty)
  yield* checkList(lists.applications, `${pointer}/applications`, limit, trimmed, applicationProblem)
  yield* checkList(lists.media, `${pointer}/media`, limit, ({ serial = '', vendor = '', model = '' }) => [vendor, model, serial].map(trimmed).join(' / '), ({ serial = '', vendor = '', model = '' }) =>
    `${serial}${vendor}${model}`.trim() === '' ? 'names neither serial, vendor nor model' : undefined)
  yield* checkList(lists.features, `${pointer}/features`, limit, (rule) => JSON.stringify(rule), featureProblem)
}

const checkDomains = (list: readonly DomainInput[], pointer: string, limit: number): Generator<DocumentProblem> =>
  checkList(list, pointer, limit, (entry) => (typeof entry === 'string' ? trimmed(entry) : `${trimmed(entry.domain)}${entry.multiLevel === true ? ' with all levels' : ''}`), domainProblem)

const VARIANT = /^[a-z0-9_-]{1,64}$/

function* checkVariants({ variants, groups }: DetectionSettings): Generator<DocumentProblem> {
  const names = groups.map(({ name }) => name)
  const counts = new Map<string, number>()
  const seen = new Set<string>()
  for (const [index, { indicator, id, groups: used }] of variants.entries()) {
    const pointer = `/variants/${index}`
    if (!isIndicatorId(indicator)) yield { pointer: `${pointer}/indicator`, detail: `there is no indicator ${shown(indicator)}; the nearest is "${nearestWord(indicator, INDICATOR_IDS) ?? ''}"` }
    if (!VARIANT.test(id)) yield { pointer: `${pointer}/id`, detail: `${shown(id)} must be 1 to 64 small letters, digits, - or _` }
    if (seen.has(`${indicator}#${id}`)) yield { pointer: `${pointer}/id`, detail: `there is a variant ${indicator}#${id} already` }
    seen.add(`${indicator}#${id}`)
    const count = (counts.get(indicator) ?? 0) + 1
    counts.set(indicator, count)
    if (count > LIMITS.variantsPerIndicator) yield { pointer, detail: `is the ${count}th variant of ${indicator}; at most ${LIMITS.variantsPerIndicator} are allowed` }
    if (used.length === 0) yield { pointer: `${pointer}/groups`, detail: 'names no group; a variant needs at least one' }
    for (const [at, name] of used.entries()) if (!names.includes(name)) yield { pointer: `${pointer}/groups/${at}`, detail: `there is no group ${shown(name)}${names.length === 0 ? '' : `; the nearest is "${nearestWord(name, names) ?? ''}"`}` }
  }
}

/** Everything that is wrong with complete settings: which list, which entry and why. Empty when they can be compiled. */
export function checkSettings(settings: DetectionSettings): readonly DocumentProblem[] {
  const ids = defaultExclusions.map(({ id }) => id)
  return [
    ...checkLists(settings.exclusions, '/exclusions', LIMITS.entries),
    ...(['allowed', 'unallowed', 'thirdParty'] as const).flatMap((name) => [...checkDomains(settings.domains[name], `/domains/${name}`, LIMITS.entries)]),
    ...checkList(settings.defaultExclusionsOff, '/defaultExclusionsOff', LIMITS.entries, (id) => id, (id) => (ids.includes(id) ? undefined : `is not a default exclusion; the nearest is "${nearestWord(id, ids) ?? ''}"`)),
    ...checkList(settings.priorityAssets, '/priorityAssets', LIMITS.entries, trimmed, notEmpty),
    ...checkList(settings.groups, '/groups', LIMITS.groups, ({ name }) => name, () => undefined),
    ...settings.groups.flatMap((group, index) => [...checkLists(group, `/groups/${index}`, LIMITS.groupEntries), ...checkDomains(group.domains, `/groups/${index}/domains`, LIMITS.groupEntries)]),
    ...checkVariants(settings),
  ]
}
