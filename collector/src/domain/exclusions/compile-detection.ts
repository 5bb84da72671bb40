// The detection settings, compiled once: what they say of an activity. Pure; runs for every activity that is stored.
import type { ActivityKind } from '@holdfast/proto'
import type { PriorityContent } from '../policies/policy.ts'
import type { Activity } from '../risk/activity.ts'
import type { DomainClass } from '../risk/indicators.ts'
import type { Surroundings } from '../risk/match.ts'
import { hasExtension, holdsForAnyPath, normaliseExtension } from './activity-paths.ts'
import { compileAllowedMedia, type MediaAllowances, noAllowances } from './allowed-media.ts'
import { createDomainMatcher, type Host, hostOf } from './domain-pattern.ts'
import { compileLists, type ListJudge } from './lists.ts'
import { compileNoise } from './noise.ts'
import { createPathMatcher, pathProblem } from './path-pattern.ts'
import { defaultDetectionSettings, type DetectionSettings, type IndicatorVariant } from './settings.ts'

export interface Judgement extends Surroundings {
  /** It scores nothing; the rule as the settings name it: `paths[3]`, `domains.allowed[0]`, `default:linux_cache`, `allowedMedia.default[0]`. */
  readonly excluded?: { readonly rule: string }
  readonly domainClass?: DomainClass
  /** Ids of the policies whose priority content is in it, rising. */
  readonly priorityOf: readonly string[]
}

export interface VariantJudgement {
  readonly counted: boolean
  /** Of an `exclude` variant: what leaves it out, as `groups.backup.paths[0]`. */
  readonly excluded?: { readonly rule: string }
}

export interface CompiledVariant {
  /** `indicator#id`. */
  readonly id: string
  readonly judge: (activity: Activity) => VariantJudgement
}

export interface CompiledDetection {
  judge(activity: Activity): Judgement
  /** Variants of an indicator; undefined when it has none. */
  variants(indicator: string): readonly CompiledVariant[] | undefined
}

/** Priority content of a policy that is on. */
export interface PolicyPriority {
  readonly policyId: string
  readonly content: PriorityContent
}

const HOSTS_KNOWN = 10_000

/** Host at the other end, read once for each text. */
function createHostReader(): (activity: Activity) => Host | undefined {
  const known = new Map<string, Host | undefined>()
  const read = (text: unknown): Host | undefined => {
    if (typeof text !== 'string' || text === '') return undefined
    if (known.has(text)) return known.get(text)
    const host = hostOf(text)
    if (known.size >= HOSTS_KNOWN) known.clear()
    known.set(text, host)
    return host
  }
  return ({ kind, detail, file }) => {
    // The address has the port; the domain beside it may be all that a browser left.
    if (kind === 'file_downloaded') return read(detail?.['originUrl']) ?? read(detail?.['originDomain'])
    if (kind === 'file_read_by_transfer_tool') return read(detail?.['destination'])
    if (kind === 'file_copied' && file?.path.startsWith('\\\\') === true) return read(/^\\\\(?:[?.]\\UNC\\)?([^\\]+)/i.exec(file.path)?.[1])
    return undefined
  }
}

/** Kinds that have another end; of others the lists of domains say nothing. */
const withHost: ReadonlySet<ActivityKind> = new Set<ActivityKind>(['file_downloaded', 'file_read_by_transfer_tool', 'file_copied'])

type DomainJudge = (host: Host) => { readonly domainClass: DomainClass; readonly rule: string } | undefined

/** The closest entry of all three lists decides; between equals the warier one. */
function compileDomains({ unallowed, thirdParty, allowed }: DetectionSettings['domains']): DomainJudge | undefined {
  const lists = [
    { domainClass: 'unallowed', name: 'domains.unallowed', list: unallowed }, { domainClass: 'third_party', name: 'domains.thirdParty', list: thirdParty }, { domainClass: 'allowed', name: 'domains.allowed', list: allowed },
  ] as const
  const used = lists.filter(({ list }) => list.length > 0).map((row) => ({ ...row, matcher: createDomainMatcher(row.list) }))
  if (used.length === 0) return undefined
  return (host) => {
    let best: { readonly domainClass: DomainClass; readonly rule: string; readonly closeness: number } | undefined
    for (const { domainClass, name, matcher } of used) {
      const found = matcher.find(host)
      if (found !== undefined && (best === undefined || found.closeness > best.closeness)) best = { domainClass, rule: `${name}[${found.index}]`, closeness: found.closeness }
    }
    return best
  }
}

type PriorityTest = (activity: Activity, host: Host | undefined) => boolean

const labels = ['newLabel', 'oldLabel', 'label'] as const

function compilePriority(content: PriorityContent, ignored: ReadonlySet<string>): PriorityTest {
  const tests: PriorityTest[] = []
  const { extensions = [], paths = [], sensitiveTypes = [], labels: wantedLabels = [], domains = [] } = content
  if (extensions.length > 0) {
    const wanted = new Set(extensions.map(normaliseExtension))
    tests.push((activity) => holdsForAnyPath(activity, (path) => hasExtension(path, wanted)))
  }
  if (paths.length > 0) {
    // A policy of an earlier release may hold what is no pattern now; it must not keep the collector from starting.
    const matcher = createPathMatcher(paths.filter((path) => pathProblem(path) === undefined))
    tests.push((activity) => holdsForAnyPath(activity, (path) => matcher.find(path) >= 0))
  }
  if (sensitiveTypes.length > 0) {
    const wanted = new Set(sensitiveTypes.map((type) => type.toLowerCase()))
    tests.push(({ findings }) => findings?.some(({ type }) => wanted.has(type.toLowerCase()) && !ignored.has(type.toLowerCase())) === true)
  }
  if (wantedLabels.length > 0) {
    const wanted = new Set(wantedLabels.map((label) => label.toLowerCase()))
    tests.push(({ detail }) => labels.some((field) => wanted.has(String(detail?.[field] ?? '').toLowerCase())))
  }
  if (domains.length > 0) {
    const matcher = createDomainMatcher(domains)
    tests.push((_activity, host) => host !== undefined && matcher.find(host) !== undefined)
  }
  return (activity, host) => tests.some((test) => test(activity, host))
}

function compileVariant(variant: IndicatorVariant, settings: DetectionSettings, hostOfActivity: (activity: Activity) => Host | undefined): CompiledVariant {
  const strict = variant.mode === 'exclude'
  const judges: { readonly name: string; readonly find: ListJudge }[] = variant.groups.flatMap((name) => {
    const group = settings.groups.find((one) => one.name === name)
    return group === undefined ? [] : [{ name, find: compileLists(group, { strict, sensitive: true }) }]
  })
  return {
    id: `${variant.indicator}#${variant.id}`,
    judge(activity) {
      const host = withHost.has(activity.kind) ? hostOfActivity(activity) : undefined
      for (const { name, find } of judges) {
        const rule = find(activity, host)
        if (rule !== undefined) return strict ? { counted: true, excluded: { rule: `groups.${name}.${rule}` } } : { counted: true }
      }
      return { counted: strict }
    },
  }
}

const none: readonly string[] = []
/** What most activities get: one object for all of them. */
const plain: Judgement = { sensitive: false, priorityAsset: false, priorityOf: none }

/**
 * Compiles settings that were checked (check-settings.ts).
 *
 * @param priorities priority content of policies; ids in the order of the judgement
 * @param allowances media that groups of devices allow
 */
export function compileDetection(settings: DetectionSettings, priorities: readonly PolicyPriority[] = [], allowances: MediaAllowances = noAllowances): CompiledDetection {
  const allowed = compileAllowedMedia(allowances)
  const readHost = createHostReader()
  const noise = compileNoise(settings.defaultExclusionsOff)
  const lists = compileLists(settings.exclusions, { strict: true, sensitive: false })
  const domains = compileDomains(settings.domains)
  const ignored = new Set(settings.exclusions.sensitiveTypes.map((type) => type.trim().toLowerCase()))
  const assets = new Set(settings.priorityAssets.map((asset) => asset.trim().toLowerCase()))
  const priority = priorities.toSorted((a, b) => (a.policyId < b.policyId ? -1 : 1)).map(({ policyId, content }) => ({ policyId, test: compilePriority(content, ignored) }))
  const needsHost = domains !== undefined || priorities.some(({ content }) => (content.domains?.length ?? 0) > 0)
  const variants = new Map<string, CompiledVariant[]>()
  for (const variant of settings.variants) variants.set(variant.indicator, [...(variants.get(variant.indicator) ?? []), compileVariant(variant, settings, readHost)])

  return {
    variants: (indicator) => variants.get(indicator),
    judge(activity) {
      const { findings, kind, detail } = activity
      const host = needsHost && withHost.has(kind) ? readHost(activity) : undefined
      const domain = host === undefined || domains === undefined ? undefined : domains(host)
      const silent = noise(activity)
      const rule = silent === undefined ? lists(activity, host) ?? allowed(activity) ?? (domain?.domainClass === 'allowed' ? domain.rule : undefined) : `default:${silent}`
      const sensitive = findings !== undefined && findings.some(({ type }) => !ignored.has(type.toLowerCase()))
      const priorityAsset = kind === 'physical_access' && assets.size > 0 && assets.has(String(detail?.['assetId'] ?? '').toLowerCase())
      const priorityOf = priority.length === 0 ? none : priority.filter(({ test }) => test(activity, host)).map(({ policyId }) => policyId)
      if (rule === undefined && domain === undefined && !sensitive && !priorityAsset && priorityOf.length === 0) return plain
      return { sensitive, priorityAsset, priorityOf, ...(rule === undefined ? {} : { excluded: { rule } }), ...(domain === undefined ? {} : { domainClass: domain.domainClass }) }
    },
  }
}

/** Of an organisation that has set nothing: the default exclusions. */
export const defaultDetection: CompiledDetection = compileDetection(defaultDetectionSettings)
