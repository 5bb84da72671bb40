// What the agent collects, in the words of the person at the keyboard, from the policy that really runs.
import { chmod, mkdir } from 'node:fs/promises'
import { dirname } from 'node:path'
import { ACTIVITY_KINDS, type ActivityKind, type wire } from '@holdfast/proto'
import type { Identity } from '../identity/contract.ts'
import { writeDurably } from '../platform/durable-file.ts'
import { disclosurePage, pagePath } from './disclosure-page.ts'
import { type DisclosureWords, disclosureWords, type Language, LANGUAGES } from './disclosure-words.ts'
import type { AskedQuestion } from '../questions/answerer.ts'
import { print } from './output.ts'

export interface Disclosure {
  /** `en` where it is absent: a file of an earlier release. */
  readonly language?: Language
  readonly organisation: string
  readonly collectorUrl: string
  readonly policyVersion: number
  readonly policyExpiresAt?: string
  readonly collected: readonly { readonly what: string; readonly activities: readonly { readonly kind: string; readonly summary: string }[]; readonly where: readonly string[]; readonly leftOut: readonly string[] }[]
  readonly neverCollected: readonly string[]
  readonly ask: string
  /** The same in the other languages. */
  readonly translations?: Readonly<Partial<Record<Language, Disclosure>>>
}

type Parts = Disclosure['collected']

const startingWith = (prefix: string): readonly ActivityKind[] => ACTIVITY_KINDS.filter((kind) => kind.startsWith(prefix))

/** Whether the agent would keep copies under this policy; the same test as evidence/rule.ts. */
const captures = ({ evidence }: wire.AgentPolicy.$Properties): boolean => evidence?.enabled === true && (evidence.destinations ?? []).length > 0

/** Says each part of a policy in one language. */
function speak(words: DisclosureWords) {
  const describe = (kinds: readonly ActivityKind[]): Parts[number]['activities'] => kinds.map((kind) => ({ kind, summary: words.kinds[kind] ?? kind }))
  const places = (paths: readonly string[] | null | undefined, what: string): string[] => (paths ?? []).map((path) => `${path}${what}`)

  /** In the words of whoever's file it is: that the content itself leaves the device, when, and what never does. */
  function evidence(policy: wire.AgentPolicy.$Properties): Parts {
    const { evidence: rule } = policy
    if (rule === null || rule === undefined || !captures(policy)) return []
    return [{
      what: words.copies(policy.organisation ?? ''),
      activities: [{ kind: 'file_copied', summary: words.copiedTypes(rule.fileTypes ?? [], rule.maxFileBytes ? Math.max(1, Math.round(rule.maxFileBytes / 2 ** 20)) : undefined, rule.onlyWithFindings === true) }],
      where: (rule.destinations ?? []).map((destination) => words.destinations[destination] ?? destination),
      leftOut: [...(rule.privatePaths ?? []), ...(policy.files?.excludes ?? [])],
    }]
  }

  /** What is looked for in files, in the words of whoever's files they are. */
  function inspection({ inspection: rule }: wire.AgentPolicy.$Properties): Parts {
    if (rule?.enabled !== true) return []
    const types = rule.types ?? []
    const own = [...(rule.customTypes ?? []), ...(rule.dictionaries ?? []), ...(rule.exactData ?? [])].map(({ id, name }) => (name === undefined || name === null || name === '' ? id ?? '' : name))
    return [{ what: words.inspection, activities: [], where: [...(types.length === 0 ? [words.everyType] : types), ...own], leftOut: [] }]
  }

  /** That the agent may speak to the person, when, and that what it said and was answered is recorded. */
  function warnings({ edge }: wire.AgentPolicy.$Properties): Parts {
    const warning = (edge?.rules ?? []).filter(({ warn }) => warn === true)
    if (warning.length === 0) return []
    return [{ what: words.warnings(warning.some(({ ask }) => (ask ?? '') !== ''), warning.some(({ ask }) => ask === 'reason')), activities: describe(['warning_shown']), where: warning.map(({ id }) => words.rule(id ?? '')), leftOut: [] }]
  }

  function files({ files: rule }: wire.AgentPolicy.$Properties): Parts {
    if (rule?.enabled !== true) return []
    const wanted = new Set(rule.kinds ?? [])
    return [{
      what: words.files, activities: describe(ACTIVITY_KINDS.filter((kind) => wanted.has(kind))),
      where: [...places(rule.roots, words.below), ...places(rule.removableRoots, words.onMedia), ...places(rule.networkShareRoots, words.onShare), ...places(rule.cloudSyncRoots, words.inCloud)],
      leftOut: rule.excludes ?? [],
    }]
  }

  /** What the sensor of processes would tell under this policy. */
  function processes({ applications, files: fileWatch }: wire.AgentPolicy.$Properties): Parts {
    const denied = applications?.deniedPrograms ?? []
    return [
      ...(applications?.runs === true && denied.length > 0 ? [{ what: words.runs, activities: describe(['application_run']), where: [words.programNames(denied.length)], leftOut: applications.allowedPrograms ?? [] }] : []),
      ...(applications?.transfers === true ? [{ what: words.transfers, activities: describe(['file_read_by_transfer_tool']), where: [words.everySentFile], leftOut: [...(applications.knownDestinations ?? []), ...(applications.allowedPrograms ?? [])] }] : []),
      ...(applications?.uploads === true && fileWatch?.enabled === true ? [{ what: words.uploads, activities: describe(['file_read_by_transfer_tool']), where: [words.everyUploadProgram], leftOut: applications.allowedPrograms ?? [] }] : []),
    ]
  }

  const someOr = (list: readonly string[] | null | undefined, every: string): readonly string[] => ((list ?? []).length > 0 ? list ?? [] : [every])

  return (policy: wire.AgentPolicy.$Properties): Pick<Disclosure, 'collected' | 'neverCollected'> => {
    const { removableMedia, securityFeatures, applications, printing } = policy
    const depth = captures(policy) ? 'copies' : policy.inspection?.enabled === true ? 'counts' : 'names'
    const tellsOfNet = applications?.transfers === true || (policy.files?.enabled === true && (policy.files.kinds ?? []).includes('file_downloaded'))
    return {
      collected: [
        ...evidence(policy), ...files(policy), ...inspection(policy), ...warnings(policy),
        ...(removableMedia?.enabled === true ? [{ what: words.media, activities: describe(startingWith('removable_media_').concat('exception_requested')), where: [words.everyMedium], leftOut: [] }] : []),
        ...(securityFeatures?.enabled === true ? [{ what: words.security, activities: describe(['security_feature_changed']), where: someOr(securityFeatures.features, words.everyFeature), leftOut: [] }] : []),
        ...(applications?.enabled === true ? [{ what: words.applications, activities: describe(['application_installed', 'application_updated', 'application_removed']), where: someOr(applications.sources, words.everySource), leftOut: [] }] : []),
        ...processes(policy),
        ...(printing?.enabled === true ? [{ what: words.printing, activities: describe(['file_printed']), where: [words.everyPrinter], leftOut: [] }] : []),
        { what: words.agent, activities: describe(startingWith('agent_').concat('clock_changed', 'telemetry_gap')), where: [words.thisDevice], leftOut: [] },
      ],
      neverCollected: [words.content[depth], words.neverInput, words.neverSecrets[depth], words.neverPages[tellsOfNet ? 'some' : 'none'], words.neverElsewhere],
    }
  }
}

/** That the device may be asked, and what it was asked last. */
const withQuestions = ({ collected, neverCollected }: Pick<Disclosure, 'collected' | 'neverCollected'>, words: DisclosureWords, asked: readonly AskedQuestion[]): Pick<Disclosure, 'collected' | 'neverCollected'> => ({
  collected: [...collected, { what: words.questions, activities: [], where: asked.length === 0 ? [words.noQuestion] : asked.map(({ kind, at, folder }) => words.asked(kind, at, folder)), leftOut: [] }], neverCollected,
})

/** @param policy the one in force; the built-in one collects nothing */
export function discloseCollection(policy: wire.AgentPolicy.$Properties, identity: Pick<Identity, 'organisation' | 'collectorUrl'>, facts: { readonly version: number; readonly expiresAtMs?: number; readonly asked?: readonly AskedQuestion[] }): Disclosure & { readonly translations: Readonly<Record<Language, Disclosure>> } {
  const say = (language: Language): Disclosure => ({
    language, organisation: identity.organisation, collectorUrl: identity.collectorUrl, policyVersion: facts.version,
    ...(facts.expiresAtMs === undefined ? {} : { policyExpiresAt: new Date(facts.expiresAtMs).toISOString() }),
    ...withQuestions(speak(disclosureWords[language])({ organisation: identity.organisation, ...policy }), disclosureWords[language], facts.asked ?? []),
    ask: disclosureWords[language].ask(identity.organisation, new URL(identity.collectorUrl).host),
  })
  const translations: Readonly<Record<Language, Disclosure>> = { en: say('en'), de: say('de') }
  return { ...translations.en, translations }
}

/** In a language, as far as the file knows it: one of an earlier release is English only. */
export const disclosureIn = (disclosure: Disclosure, language: Language): Disclosure => disclosure.translations?.[language] ?? disclosure

/** Writes what every account of the device may read: the file for the command, and beside it a page in each language. */
export async function publishDisclosure(path: string, disclosure: Disclosure, nowMs = Date.now()): Promise<void> {
  const folder = dirname(path)
  // The agent's umask would close a new folder to everybody else.
  if ((await mkdir(folder, { recursive: true })) !== undefined) await chmod(folder, 0o755)
  await writeDurably(path, `${JSON.stringify(disclosure)}\n`, { mode: 0o644, sync: false })
  for (const language of LANGUAGES) await writeDurably(pagePath(path, language), disclosurePage(disclosureIn(disclosure, language), language, nowMs, path), { mode: 0o644, sync: false })
}

export function printDisclosure(disclosure: Disclosure, language: Language = disclosure.language ?? 'en'): void {
  const words = disclosureWords[language]
  print(`${words.title}, ${words.for(disclosure.organisation)}`)
  print(disclosure.policyVersion === 0 ? words.nothingYet : words.policy(disclosure.policyVersion, disclosure.organisation, disclosure.policyExpiresAt?.slice(0, 10)))
  for (const { what, activities, where, leftOut } of disclosure.collected) {
    print(`\n${what}`)
    for (const { summary } of activities) print(`  - ${summary}`)
    if (where.length > 0) print(`  ${activities.length === 0 ? words.which : words.where}: ${where.join(', ')}${where.some((place) => place.startsWith('~')) ? `; ${words.homes}` : ''}`)
    if (leftOut.length > 0) print(`  ${words.leftOut}: ${leftOut.join(', ')}`)
  }
  print(`\n${words.never}`)
  for (const line of disclosure.neverCollected) print(`  - ${line}`)
  print(`\n${disclosure.ask}`)
}
