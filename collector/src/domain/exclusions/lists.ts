// One set of exclusion lists, compiled: which entry of which list holds for an activity.
import type { Activity } from '../risk/activity.ts'
import { unwantedClass } from '../risk/unwanted-applications.ts'
import { hasExtension, holdsForAnyPath, holdsForEveryPath, holdsForPaths, nameOf, normaliseExtension } from './activity-paths.ts'
import type { Host } from './domain-pattern.ts'
import { createDomainMatcher, type DomainInput } from './domain-pattern.ts'
import { createGlob } from './glob.ts'
import { createPathMatcher } from './path-pattern.ts'
import type { ExclusionLists, FeatureRule, KeywordRule, MediaRule } from './settings.ts'

/** Finds the entry that holds, as `paths[3]`; indexes count from 0. */
export type ListJudge = (activity: Activity, host: Host | undefined) => string | undefined

type PathRule = (activity: Activity, test: (path: string) => boolean) => boolean

const folded = (text: string | undefined): string => text?.trim().toLowerCase() ?? ''

function fileTypes(list: readonly string[], rule: PathRule): ListJudge {
  const wanted = list.map(normaliseExtension)
  const all = new Set(wanted)
  return (activity) => {
    if (!rule(activity, (path) => hasExtension(path, all))) return undefined
    const index = wanted.findIndex((one) => holdsForAnyPath(activity, (path) => hasExtension(path, new Set([one]))))
    return `fileTypes[${index}]`
  }
}

function paths(list: readonly string[], rule: PathRule): ListJudge {
  const matcher = createPathMatcher(list)
  return (activity) => {
    let found = -1
    const inside = rule(activity, (path) => {
      const at = matcher.find(path)
      if (found < 0) found = at
      return at >= 0
    })
    return inside ? `paths[${found}]` : undefined
  }
}

function keywords(list: readonly KeywordRule[], rule: PathRule): ListJudge {
  const rules = list.map(({ contains, unless = [] }) => ({ contains: contains.toLowerCase(), unless: unless.map((word) => word.toLowerCase()) }))
  return (activity) => {
    const index = rules.findIndex(({ contains, unless }) => rule(activity, (path) => {
      const text = path.toLowerCase()
      return text.includes(contains) && !unless.some((word) => text.includes(word))
    }))
    return index < 0 ? undefined : `keywords[${index}]`
  }
}

/** A name, `source:name`, `class:name` or `process:name`; which text of an activity it is compared with. */
function applicationTexts({ application, process }: Activity): readonly string[] {
  const texts: string[] = []
  if (application !== undefined) {
    const name = folded(application.name)
    texts.push(name)
    if (application.source !== undefined) texts.push(`${folded(application.source)}:${name}`)
    const found = unwantedClass(application.name, application.source, application.path)
    if (found !== undefined) texts.push(`class:${found}`)
  }
  if (process?.name !== undefined) texts.push(`process:${folded(process.name)}`)
  if (process?.executable !== undefined) texts.push(`process:${folded(process.executable)}`, `process:${folded(nameOf(process.executable))}`)
  return texts
}

function applications(list: readonly string[]): ListJudge {
  const exact = new Map<string, number>()
  const globs: { readonly index: number; readonly fits: (text: string) => boolean }[] = []
  for (const [index, entry] of list.entries()) {
    const text = folded(entry)
    if (text.includes('*')) globs.push({ index, fits: createGlob(text) })
    else if (!exact.has(text)) exact.set(text, index)
  }
  return (activity) => {
    if (activity.application === undefined && activity.process === undefined) return undefined
    for (const text of applicationTexts(activity)) {
      const index = exact.get(text) ?? globs.find(({ fits }) => fits(text))?.index
      if (index !== undefined) return `applications[${index}]`
    }
    return undefined
  }
}

function media(list: readonly MediaRule[]): ListJudge {
  const rules = list.map((rule) => ({ serial: folded(rule.serial), vendor: folded(rule.vendor), model: folded(rule.model) }))
  return ({ media: medium }) => {
    if (medium === undefined) return undefined
    const index = rules.findIndex(({ serial, vendor, model }) => (serial === '' || serial === folded(medium.serial)) && (vendor === '' || vendor === folded(medium.vendor)) && (model === '' || model === folded(medium.model)))
    return index < 0 ? undefined : `media[${index}]`
  }
}

function features(list: readonly FeatureRule[]): ListJudge {
  const rules = list.map((rule) => ({ rule, fits: createGlob(rule.feature), fromMs: rule.from === undefined ? Number.NEGATIVE_INFINITY : Date.parse(rule.from), untilMs: rule.until === undefined ? Number.POSITIVE_INFINITY : Date.parse(rule.until) }))
  return ({ feature, deviceId, occurredAtMs }) => {
    if (feature === undefined) return undefined
    const index = rules.findIndex(({ rule, fits, fromMs, untilMs }) =>
      fits(feature.id) && occurredAtMs >= fromMs && occurredAtMs <= untilMs
      && (rule.to === undefined || rule.to.some((state) => state === feature.to)) && (rule.values === undefined || (feature.toValue !== undefined && rule.values.includes(feature.toValue))) && (rule.devices === undefined || rule.devices.includes(deviceId)))
    return index < 0 ? undefined : `features[${index}]`
  }
}

function domains(list: readonly DomainInput[]): ListJudge {
  const matcher = createDomainMatcher(list)
  return (_activity, host) => {
    const found = host === undefined ? undefined : matcher.find(host)
    return found === undefined ? undefined : `domains[${found.index}]`
  }
}

function sensitiveTypes(list: readonly string[], every: boolean): ListJudge {
  const wanted = list.map(folded)
  return ({ findings }) => {
    if (findings === undefined || findings.length === 0) return undefined
    const types = findings.map(({ type }) => folded(type))
    if (every ? !types.every((type) => wanted.includes(type)) : !types.some((type) => wanted.includes(type))) return undefined
    return `sensitiveTypes[${wanted.findIndex((type) => types.includes(type))}]`
  }
}

/**
 * Compiles lists. With `strict` an activity is taken only when nothing of it lies outside a list, as is right for leaving
 * it out; without, when anything of it lies inside, as is right for picking it out.
 */
export function compileLists(lists: Partial<ExclusionLists> & { readonly domains?: readonly DomainInput[] }, { strict, sensitive }: { readonly strict: boolean; readonly sensitive: boolean }): ListJudge {
  const judges: ListJudge[] = []
  const add = <T>(list: readonly T[] | undefined, make: (list: readonly T[]) => ListJudge): void => {
    if (list !== undefined && list.length > 0) judges.push(make(list))
  }
  add(lists.fileTypes, (list) => fileTypes(list, strict ? holdsForEveryPath : holdsForAnyPath))
  add(lists.paths, (list) => paths(list, strict ? holdsForPaths : holdsForAnyPath))
  add(lists.keywords, (list) => keywords(list, strict ? holdsForPaths : holdsForAnyPath))
  add(lists.domains, domains)
  add(lists.applications, applications)
  add(lists.media, media)
  add(lists.features, features)
  if (sensitive) add(lists.sensitiveTypes, (list) => sensitiveTypes(list, strict))
  const [first, ...others] = judges
  if (first === undefined) return () => undefined
  if (others.length === 0) return first
  return (activity, host) => {
    for (const judge of judges) {
      const found = judge(activity, host)
      if (found !== undefined) return found
    }
    return undefined
  }
}
