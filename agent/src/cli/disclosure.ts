// What the agent collects, in the words of the person at the keyboard, from the policy that really runs.
import { chmod, mkdir } from 'node:fs/promises'
import { dirname } from 'node:path'
import { ACTIVITY_KINDS, type ActivityKind, activityKinds, type wire } from '@holdfast/proto'
import type { Identity } from '../identity/contract.ts'
import { writeDurably } from '../platform/durable-file.ts'
import { print } from './output.ts'

export interface Disclosure {
  readonly organisation: string
  readonly collectorUrl: string
  readonly policyVersion: number
  readonly policyExpiresAt?: string
  readonly collected: readonly { readonly what: string; readonly activities: readonly { readonly kind: string; readonly summary: string }[]; readonly where: readonly string[]; readonly leftOut: readonly string[] }[]
  readonly neverCollected: readonly string[]
  readonly ask: string
}

const describe = (kinds: readonly ActivityKind[]): Disclosure['collected'][number]['activities'] => kinds.map((kind) => ({ kind, summary: activityKinds[kind].summary }))
const startingWith = (prefix: string): readonly ActivityKind[] => ACTIVITY_KINDS.filter((kind) => kind.startsWith(prefix))

/** True of this agent by its making, whatever a policy says: no code of it reads any of these. */
const NEVER = [
  'What you type, what is on your screen, what camera and microphone take up, where you are.',
  'Your passwords, your mail, your messages, and which pages you look at (only of a downloaded file, where that is named above, the address that it came from).',
  'Files outside the places that are named above.',
] as const

const NO_CONTENT = 'The text or pictures in your files: only their names, sizes and check sums leave this device.'
const COUNTED_CONTENT = 'The text or pictures in your files: only their names, sizes, check sums, labels and the number of sensitive pieces in them leave this device.'
const SOME_CONTENT = 'The text or pictures in any other file than the copies that are named above.'

const DESTINATIONS: Readonly<Record<string, string>> = { removable: 'removable media', network_share: 'a network share', cloud_sync: 'a cloud folder' }

/** Whether the agent would keep copies under this policy; the same test as evidence/rule.ts. */
const captures = ({ evidence }: wire.AgentPolicy.$Properties): boolean => evidence?.enabled === true && (evidence.destinations ?? []).length > 0

/** In the words of whoever's file it is: that the content itself leaves the device, when, and what never does. */
function evidencePart(policy: wire.AgentPolicy.$Properties): Disclosure['collected'] {
  const { evidence } = policy
  if (evidence === null || evidence === undefined || !captures(policy)) return []
  const types = evidence.fileTypes ?? []
  const limit = evidence.maxFileBytes ? ` up to ${Math.max(1, Math.round(evidence.maxFileBytes / 2 ** 20))} MiB` : ''
  return [{
    what: `COPIES OF FILES, with all that is in them: when you copy a file to a place below, a copy of it is kept as evidence. It is encrypted on this device; only investigators of ${policy.organisation ?? 'the organisation'} can open it, and each look is recorded`,
    activities: [{ kind: 'file_copied', summary: `${types.length === 0 ? 'Files of every type' : `Files that end in ${types.map((type) => `.${type}`).join(', ')}`}${limit}${evidence.onlyWithFindings === true ? ', only where sensitive information was found in them' : ''}.` }],
    where: (evidence.destinations ?? []).map((destination) => DESTINATIONS[destination] ?? destination),
    leftOut: [...(evidence.privatePaths ?? []), ...(policy.files?.excludes ?? [])],
  }]
}

/** What is looked for in files, in the words of whoever's files they are. */
function inspectionPart({ inspection }: wire.AgentPolicy.$Properties): Disclosure['collected'] {
  if (inspection?.enabled !== true) return []
  const types = inspection.types ?? []
  const own = [...(inspection.customTypes ?? []), ...(inspection.dictionaries ?? []), ...(inspection.exactData ?? [])].map(({ id, name }) => (name === undefined || name === null || name === '' ? id ?? '' : name))
  return [{
    what: 'What kinds of sensitive information are in a file that is copied, sent, printed, downloaded or packed: how many card numbers, identity numbers, keys and the like, its sensitivity label, and whether it is source code. The text itself is read and forgotten on this device',
    activities: [], where: [...(types.length === 0 ? ['every type of sensitive information that the agent knows'] : types), ...own], leftOut: [],
  }]
}

/** That the agent may speak to the person, when, and that what it said and was answered is recorded. */
function warningsPart({ edge }: wire.AgentPolicy.$Properties): Disclosure['collected'] {
  const warning = (edge?.rules ?? []).filter(({ warn }) => warn === true)
  if (warning.length === 0) return []
  const asks = warning.some(({ ask }) => ask === 'reason')
  return [{
    what: `Warnings: a notice on your desktop when you do what a rule asks for care with. That you were warned${warning.some(({ ask }) => (ask ?? '') !== '') ? ', which button you chose' : ''}${asks ? ' and the reason that you give, if you give one,' : ''} is recorded; you need not answer`,
    activities: describe(['warning_shown']), where: warning.map(({ id }) => `rule ${id ?? ''}`), leftOut: [],
  }]
}

const places = (paths: readonly string[] | null | undefined, what: string): string[] => (paths ?? []).map((path) => `${path}${what}`)

function filesPart(files: wire.FileWatch.$Properties | null | undefined): Disclosure['collected'] {
  if (files?.enabled !== true) return []
  const wanted = new Set(files.kinds ?? [])
  const kinds = ACTIVITY_KINDS.filter((kind) => wanted.has(kind))
  return [{
    what: 'Files: name, place, size, check sum, and the program and account that did it', activities: describe(kinds),
    where: [...places(files.roots, ' and below'), ...places(files.removableRoots, ' (removable media)'), ...places(files.networkShareRoots, ' (network share)'), ...places(files.cloudSyncRoots, ' (cloud folder)')],
    leftOut: files.excludes ?? [],
  }]
}

/** What the sensor of processes would tell under this policy. */
function processesPart(applications: wire.ApplicationWatch.$Properties | null | undefined): Disclosure['collected'] {
  return [
    ...(applications?.runs === true && (applications.deniedPrograms ?? []).length > 0
      ? [{ what: 'Programs that the policy names: the first time that you run one of them', activities: describe(['application_run']), where: [`${applications.deniedPrograms?.length} names of programs, for remote access, tunnels, attacks, wiping and the like`], leftOut: applications.allowedPrograms ?? [] }]
      : []),
    ...(applications?.transfers === true
      ? [{ what: 'Programs that send files, such as curl, scp, rsync and rclone: name, size and check sum of the file, and the host that it goes to; nothing else of the command', activities: describe(['file_read_by_transfer_tool']), where: ['every file that such a program is told to send'], leftOut: applications.knownDestinations ?? [] }]
      : []),
  ]
}

/** @param policy the one in force; the built-in one collects nothing */
export function discloseCollection(policy: wire.AgentPolicy.$Properties, identity: Pick<Identity, 'organisation' | 'collectorUrl'>, facts: { readonly version: number; readonly expiresAtMs?: number }): Disclosure {
  const { removableMedia, securityFeatures, applications } = policy
  return {
    organisation: identity.organisation, collectorUrl: identity.collectorUrl, policyVersion: facts.version,
    ...(facts.expiresAtMs === undefined ? {} : { policyExpiresAt: new Date(facts.expiresAtMs).toISOString() }),
    collected: [
      ...evidencePart(policy),
      ...filesPart(policy.files),
      ...inspectionPart(policy),
      ...warningsPart(policy),
      ...(removableMedia?.enabled === true ? [{ what: 'Removable media: maker, model, serial number, size and name of the volume', activities: describe(startingWith('removable_media_')), where: ['every medium of this device'], leftOut: [] }] : []),
      ...(securityFeatures?.enabled === true ? [{ what: 'Security features of this device, before and after a change', activities: describe(['security_feature_changed']), where: (securityFeatures.features ?? []).length > 0 ? (securityFeatures.features ?? []) : ['every feature that the agent knows'], leftOut: [] }] : []),
      ...(applications?.enabled === true ? [{ what: 'Applications and packages: name, version and where they come from', activities: describe(['application_installed', 'application_updated', 'application_removed']), where: (applications.sources ?? []).length > 0 ? (applications.sources ?? []) : ['every source that the agent knows'], leftOut: [] }] : []),
      ...processesPart(applications),
      { what: 'The agent itself: that it runs, what it can see, and who has a session', activities: describe(startingWith('agent_').concat('clock_changed', 'telemetry_gap')), where: ['this device'], leftOut: [] },
    ],
    neverCollected: [captures(policy) ? SOME_CONTENT : policy.inspection?.enabled === true ? COUNTED_CONTENT : NO_CONTENT, ...NEVER],
    ask: `${identity.organisation} runs this agent. Whoever looks after ${new URL(identity.collectorUrl).host} there can tell you who may see this, why, and for how long.`,
  }
}

/** Writes the file that every account of the device may read. */
export async function publishDisclosure(path: string, disclosure: Disclosure): Promise<void> {
  const folder = dirname(path)
  // The agent's umask would close a new folder to everybody else.
  if ((await mkdir(folder, { recursive: true })) !== undefined) await chmod(folder, 0o755)
  await writeDurably(path, `${JSON.stringify(disclosure)}\n`, { mode: 0o644, sync: false })
}

export function printDisclosure(disclosure: Disclosure): void {
  const nothing = disclosure.policyVersion === 0
  print(`What Holdfast collects on this device for ${disclosure.organisation}`)
  print(nothing ? 'No policy has arrived yet, so nothing is collected but the state of the agent itself.' : `By policy version ${disclosure.policyVersion}, signed by ${disclosure.organisation}${disclosure.policyExpiresAt === undefined ? '' : `, which ends on ${disclosure.policyExpiresAt.slice(0, 10)}`}.`)
  for (const { what, activities, where, leftOut } of disclosure.collected) {
    print(`\n${what}`)
    for (const { summary } of activities) print(`  - ${summary}`)
    if (where.length > 0) print(`  where: ${where.join(', ')}${where.some((place) => place.startsWith('~')) ? '; ~ is the home folder of each person' : ''}`)
    if (leftOut.length > 0) print(`  left out: ${leftOut.join(', ')}`)
  }
  print('\nNever collected')
  for (const line of disclosure.neverCollected) print(`  - ${line}`)
  print(`\n${disclosure.ask}`)
}
