// Activities as devices send them: seeded, in the mix of a working day (W1 of the workloads in docs/performance.md).
import { activityKinds, type ActivityKind, toWireTimestamp, wire } from '@holdfast/proto'

/** mulberry32: the same seed gives the same day. */
export function seeded(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = state
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

/** Share of each kind: six changes of ten, two new files, the rest rarer. */
export const MIX: readonly (readonly [ActivityKind, number])[] = [
  ['file_changed', 0.6], ['file_created', 0.2], ['file_deleted', 0.06], ['file_renamed', 0.06], ['session_started', 0.03], ['application_installed', 0.015], ['removable_media_mounted', 0.015], ['file_copied', 0.015], ['security_feature_changed', 0.005],
]

const FOLDERS = ['Documents/contracts', 'Documents/finance/2026', 'Projects/apollo/src', 'Projects/apollo/docs', 'Downloads', 'Desktop', 'Pictures/site-visit', '.config/editor']
const WORDS = ['forecast', 'minutes', 'offer', 'drawing', 'invoice', 'protocol', 'summary', 'index', 'budget', 'report', 'draft', 'notes']
const ENDINGS = ['docx', 'xlsx', 'pdf', 'ts', 'md', 'png', 'txt', 'zip']
const PROGRAMS = ['soffice.bin', 'code', 'cp', 'nautilus', 'chrome', 'rsync', 'vim']

export interface Person {
  readonly account: string
  readonly uid: string
}

export const personOf = (index: number): Person => ({ account: `user${String(index).padStart(4, '0')}`, uid: String(1000 + index) })

const pick = <T>(random: () => number, list: readonly T[]): T => list[Math.floor(random() * list.length)] as T
const hex = (random: () => number, digits: number): string => {
  let text = ''
  while (text.length < digits) text += Math.floor(random() * 0x1_0000_0000).toString(16).padStart(8, '0')
  return text.slice(0, digits)
}

function fileFacts(random: () => number, account: string, folder: string, location: wire.LocationKind): wire.FileFacts.$Properties {
  const name = `${pick(random, WORDS)}-${Math.floor(random() * 5000)}.${pick(random, ENDINGS)}`
  return { path: location === wire.LocationKind.LOCATION_KIND_REMOVABLE ? `/media/${account}/STICK/${name}` : `/home/${account}/${folder}/${name}`, sizeBytes: Math.floor(random() * 4_000_000), sha256: hex(random, 64), fingerprint: hex(random, 32), location, state: 'stable', mimeType: 'application/octet-stream' }
}

const { LOCATION_KIND_LOCAL: LOCAL, LOCATION_KIND_REMOVABLE: REMOVABLE } = wire.LocationKind
const { FEATURE_STATE_ENABLED: ENABLED, FEATURE_STATE_DISABLED: DISABLED } = wire.FeatureState
const media = { vendor: 'SanDisk', model: 'Ultra', serial: '4C530001', bus: 'usb', capacityBytes: 31_000_000_000, fileSystem: 'exfat', mountPoint: '/media/x/STICK' }

function detailOf(random: () => number, kind: ActivityKind, account: string): Partial<wire.Activity.$Properties> {
  const folder = pick(random, FOLDERS)
  switch (kind) {
    case 'file_copied': return { fileCopied: { destination: fileFacts(random, account, folder, REMOVABLE), source: fileFacts(random, account, folder, LOCAL), media } }
    case 'file_created': return { fileCreated: { file: fileFacts(random, account, folder, LOCAL) } }
    case 'file_deleted': return { fileDeleted: { path: `/home/${account}/${folder}/${pick(random, WORDS)}-${Math.floor(random() * 5000)}.tmp`, fingerprint: hex(random, 32), location: LOCAL } }
    case 'file_renamed': return { fileRenamed: { file: fileFacts(random, account, folder, LOCAL), oldPath: `/home/${account}/${folder}/${pick(random, WORDS)}.old`, extensionChanged: random() < 0.05 } }
    case 'session_started': return { sessionStarted: { remote: random() < 0.2, remoteHost: 'ws17' } }
    case 'application_installed': return { applicationInstalled: { application: { name: `lib${pick(random, WORDS)}${Math.floor(random() * 400)}`, version: '1.4.2-3', source: 'dpkg', publisher: 'Debian' } } }
    case 'removable_media_mounted': return { removableMediaMounted: { media, present: random() < 0.9 } }
    case 'security_feature_changed': return { securityFeatureChanged: { feature: random() < 0.1 ? 'firewall.ufw' : 'updates.unattended', from: DISABLED, to: random() < 0.5 ? ENABLED : DISABLED, fromValue: 'off', toValue: 'on', seenBy: 'file' } }
    default: return { fileChanged: { file: fileFacts(random, account, folder, LOCAL) } }
  }
}

export function kindAt(share: number): ActivityKind {
  let rest = share
  for (const [kind, weight] of MIX) {
    rest -= weight
    if (rest < 0) return kind
  }
  return 'file_changed'
}

/** One encoded activity. */
export function encodeActivity(random: () => number, person: Person, kind: ActivityKind, occurredAtMs: number): Uint8Array {
  const at = toWireTimestamp(occurredAtMs)
  const program = pick(random, PROGRAMS)
  return wire.Activity.encode({
    occurredAt: at, observedAt: at, sensor: activityKinds[kind].category === 'security' ? 'security-features' : 'files',
    actor: { account: person.account, accountId: person.uid, attribution: wire.Attribution.ATTRIBUTION_PROCESS, process: { pid: 2 + Math.floor(random() * 30_000), name: program, executable: `/usr/bin/${program}`, parentName: 'systemd', parentPid: 1 } },
    ...detailOf(random, kind, person.account),
  }).finish()
}

export interface DeviceBatch {
  readonly deviceId: string
  readonly payload: Uint8Array
  readonly activities: number
}

export const deviceIdOf = (index: number): string => `d_bench${String(index).padStart(4, '0')}`

/**
 * Encoded batches of all devices in turn, one person a device.
 *
 * @param perBatch activities in a batch
 */
export function deviceBatches(options: { readonly seed: number; readonly devices: number; readonly activities: number; readonly perBatch: number; readonly startMs: number }): readonly DeviceBatch[] {
  const { seed, devices, activities, perBatch, startMs } = options
  const random = seeded(seed)
  const next = Array.from({ length: devices }, () => 1)
  const epochs = Array.from({ length: devices }, () => hex(random, 32))
  const batches: DeviceBatch[] = []
  for (let made = 0; made < activities; made += perBatch) {
    const device = batches.length % devices
    const person = personOf(device)
    const bodies = Array.from({ length: perBatch }, (_, index) => encodeActivity(random, person, kindAt(random()), startMs + made + index))
    const firstSeq = next[device] ?? 1
    next[device] = firstSeq + perBatch
    batches.push({ deviceId: deviceIdOf(device), payload: wire.ActivityBatch.encode({ epoch: epochs[device] ?? '', firstSeq, activities: bodies }).finish(), activities: perBatch })
  }
  return batches
}
