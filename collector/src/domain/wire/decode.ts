// From the bytes of a device to the domain, with a reason code for whatever is refused.
//
// Limits come before decoding; what passes is bounded in size, count, depth (protobufjs stops recursion) and time.
import {
  type ActivityKind, fromWireTimestamp, kindOfField, MAX_ACTIVITY_BYTES, MAX_BATCH_ACTIVITIES, MAX_BATCH_BYTES, wire,
} from '@holdfast/proto'
import type { Activity, ContentFinding, FeatureState, FileFacts, LocationKind, Media, ProcessFacts } from '../risk/activity.ts'

export type RefusalReason = 'TOO_LARGE' | 'DECODE_FAILED' | 'EPOCH_INVALID' | 'SEQ_INVALID' | 'TOO_MANY' | 'ACTIVITY_TOO_LARGE' | 'KIND_UNKNOWN' | 'TIME_INVALID' | 'NUMBER_INVALID' | 'TEXT_TOO_LONG' | 'GAP_INVALID'

/** Why a message or one activity cannot be taken. */
export class Refusal extends Error {
  readonly reason: RefusalReason

  constructor(reason: RefusalReason, options?: ErrorOptions) {
    super(reason, options)
    this.name = 'Refusal'
    this.reason = reason
  }
}

const EPOCH = /^[0-9a-f]{32}$/
const GAP_REASON = /^[a-z_]{1,40}$/
/** A batch of MAX_BATCH_BYTES of activities and its own framing. */
const MESSAGE_LIMIT = MAX_BATCH_BYTES + 64 * 1024
const MAX_GAPS = 1000
/** Longest path that Linux knows, in bytes; names and values are shorter. */
const TEXT_LIMIT = 8192

export interface WireGap {
  readonly epoch: string
  readonly firstSeq: number
  readonly lastSeq: number
  readonly reason: string
  readonly atMs: number
}

export interface WireBatch {
  readonly epoch: string
  readonly firstSeq: number
  readonly bodies: readonly Uint8Array[]
  readonly gaps: readonly WireGap[]
}

const safe = (value: number | null | undefined): number => {
  const number = value ?? 0
  if (!Number.isSafeInteger(number) || number < 0) throw new Refusal('NUMBER_INVALID')
  return number
}

/**
 * Decodes a batch without its activities.
 * @throws Refusal
 */
export function decodeBatch(data: Uint8Array): WireBatch {
  if (data.length > MESSAGE_LIMIT) throw new Refusal('TOO_LARGE')
  let batch: wire.ActivityBatch
  try {
    batch = wire.ActivityBatch.decode(data)
  } catch (cause) {
    throw new Refusal('DECODE_FAILED', { cause })
  }
  const bodies = batch.activities ?? []
  const gaps = batch.gaps ?? []
  if (bodies.length > MAX_BATCH_ACTIVITIES || gaps.length > MAX_GAPS) throw new Refusal('TOO_MANY')
  if (!EPOCH.test(batch.epoch ?? '')) throw new Refusal('EPOCH_INVALID')
  const firstSeq = safe(batch.firstSeq)
  if (bodies.length > 0 && (firstSeq < 1 || !Number.isSafeInteger(firstSeq + bodies.length))) throw new Refusal('SEQ_INVALID')
  return {
    epoch: batch.epoch ?? '', firstSeq, bodies,
    gaps: gaps.map((gap) => {
      const epoch = gap.epoch === undefined || gap.epoch === null || gap.epoch === '' ? batch.epoch ?? '' : gap.epoch
      const first = safe(gap.firstSeq)
      const last = safe(gap.lastSeq)
      if (!EPOCH.test(epoch) || first < 1 || last < first || !GAP_REASON.test(gap.reason ?? '')) throw new Refusal('GAP_INVALID')
      return { epoch, firstSeq: first, lastSeq: last, reason: gap.reason ?? '', atMs: fromWireTimestamp(gap.at) ?? 0 }
    }),
  }
}

const text = (value: string | null | undefined): string | undefined => {
  if (value === undefined || value === null || value === '') return undefined
  if (value.length > TEXT_LIMIT) throw new Refusal('TEXT_TOO_LONG')
  return value
}

const locations: Readonly<Record<number, LocationKind>> = { 0: 'unknown', 1: 'local', 2: 'removable', 3: 'network_share', 4: 'cloud_sync', 5: 'remote_session' }
const states: Readonly<Record<number, FeatureState>> = { 0: 'unknown', 1: 'enabled', 2: 'disabled', 3: 'weakened', 4: 'absent', 5: 'unknown' }
const attributions: Readonly<Record<number, NonNullable<Activity['attribution']> | undefined>> = { 1: 'process', 2: 'file_owner', 3: 'session' }

/** Leaves out what is undefined, so that an object has only what is known. */
function compact<T extends object>(value: { readonly [K in keyof T]: T[K] | undefined }): T {
  const out: Record<string, unknown> = {}
  for (const [key, field] of Object.entries(value)) if (field !== undefined) out[key] = field
  return out as T
}

function fileFacts(facts: wire.FileFacts.$Properties | null | undefined): FileFacts | undefined {
  if (facts === null || facts === undefined) return undefined
  return compact<FileFacts>({
    path: text(facts.path) ?? '', sizeBytes: safe(facts.sizeBytes), sha256: text(facts.sha256), fingerprint: text(facts.fingerprint),
    location: locations[facts.location ?? 0] ?? 'unknown', state: text(facts.state), mimeType: text(facts.mimeType),
  })
}

function mediaFacts(media: wire.Media.$Properties | null | undefined): Media | undefined {
  if (media === null || media === undefined) return undefined
  return compact<Media>({
    vendor: text(media.vendor), model: text(media.model), serial: text(media.serial), bus: text(media.bus), capacityBytes: safe(media.capacityBytes) || undefined,
    fileSystem: text(media.fileSystem), mountPoint: text(media.mountPoint), volumeLabel: text(media.volumeLabel),
  })
}

const findingList = (findings: readonly wire.ContentFinding.$Properties[] | null | undefined): readonly ContentFinding[] | undefined =>
  findings === undefined || findings === null || findings.length === 0
    ? undefined
    : findings.map((finding) => ({ type: text(finding.type) ?? 'unknown', count: safe(finding.count), confidence: Math.min(100, safe(finding.confidence)) }))

type Part = Partial<Omit<Activity, 'id' | 'deviceId' | 'userId' | 'kind'>>
type Mapper = (activity: wire.Activity) => Part

const application = (value: wire.Application.$Properties | null | undefined, oldVersion?: string | null): Part => ({
  application: compact<NonNullable<Activity['application']>>({ name: text(value?.name) ?? '', version: text(value?.version), oldVersion: text(oldVersion), source: text(value?.source), publisher: text(value?.publisher), path: text(value?.path) }),
})
const detail = (fields: Readonly<Record<string, string | number | boolean | null | undefined>>): Part => ({
  detail: Object.fromEntries(Object.entries(fields).filter((entry): entry is [string, string | number | boolean] => entry[1] !== undefined && entry[1] !== null && entry[1] !== '').map(([key, value]) => [key, typeof value === 'string' ? text(value) ?? '' : value])),
})

/** One row a kind: what of its message the domain sees. */
const mappers: Readonly<Record<ActivityKind, Mapper>> = {
  file_copied: ({ fileCopied: m }) => ({ file: fileFacts(m?.destination), source: fileFacts(m?.source), media: mediaFacts(m?.media), findings: findingList(m?.findings) }) as Part,
  file_created: ({ fileCreated: m }) => ({ file: fileFacts(m?.file), findings: findingList(m?.findings) }) as Part,
  file_changed: ({ fileChanged: m }) => ({ file: fileFacts(m?.file), findings: findingList(m?.findings) }) as Part,
  file_renamed: ({ fileRenamed: m }) => ({ file: fileFacts(m?.file), oldPath: text(m?.oldPath), extensionChanged: m?.extensionChanged ?? false }) as Part,
  file_hidden: ({ fileHidden: m }) => ({ file: fileFacts(m?.file), oldPath: text(m?.oldPath) }) as Part,
  file_deleted: ({ fileDeleted: m }) => ({
    file: compact<FileFacts>({ path: text(m?.path) ?? '', sizeBytes: 0, fingerprint: text(m?.fingerprint), sha256: undefined, location: locations[m?.location ?? 0] ?? 'unknown', state: undefined, mimeType: undefined }),
    ...detail({ wasCopySource: m?.wasCopySource, wasExfiltrated: m?.wasExfiltrated }),
  }),
  archive_created: ({ archiveCreated: m }) => ({ file: fileFacts(m?.archive), archive: { memberCount: safe(m?.memberCount), encrypted: m?.encrypted ?? false } }) as Part,
  file_downloaded: ({ fileDownloaded: m }) => ({ file: fileFacts(m?.file), ...detail({ originUrl: m?.originUrl, originDomain: m?.originDomain }) }) as Part,
  file_read_by_transfer_tool: ({ fileReadByTransferTool: m }) => ({ file: fileFacts(m?.file), ...detail({ tool: m?.tool, destination: m?.destination }) }) as Part,
  file_printed: ({ filePrinted: m }) => detail({ printer: m?.printer, document: m?.document, pages: safe(m?.pages) }),
  files_staged: ({ filesStaged: m }) => detail({ folder: m?.folder, count: safe(m?.count), sizeBytes: safe(m?.sizeBytes) }),
  label_changed: ({ labelChanged: m }) => ({ file: fileFacts(m?.file), ...detail({ oldLabel: m?.oldLabel, newLabel: m?.newLabel }) }) as Part,
  removable_media_connected: ({ removableMediaConnected: m }) => ({ media: mediaFacts(m?.media), present: m?.present ?? false }) as Part,
  removable_media_mounted: ({ removableMediaMounted: m }) => ({ media: mediaFacts(m?.media), present: m?.present ?? false }) as Part,
  removable_media_unmounted: ({ removableMediaUnmounted: m }) => ({ media: mediaFacts(m?.media) }) as Part,
  removable_media_disconnected: ({ removableMediaDisconnected: m }) => ({ media: mediaFacts(m?.media) }) as Part,
  security_feature_changed: ({ securityFeatureChanged: m }) => ({
    feature: compact<NonNullable<Activity['feature']>>({ id: text(m?.feature) ?? '', from: states[m?.from ?? 0] ?? 'unknown', to: states[m?.to ?? 0] ?? 'unknown', fromValue: text(m?.fromValue), toValue: text(m?.toValue), seenBy: text(m?.seenBy) }),
  }),
  application_installed: ({ applicationInstalled: m }) => application(m?.application),
  application_updated: ({ applicationUpdated: m }) => application(m?.application, m?.oldVersion),
  application_removed: ({ applicationRemoved: m }) => application(m?.application),
  application_run: ({ applicationRun: m }) => application(m?.application),
  session_started: ({ sessionStarted: m }) => detail({ remote: m?.remote, remoteHost: m?.remoteHost }),
  session_ended: ({ sessionEnded: m }) => detail({ remote: m?.remote, remoteHost: m?.remoteHost }),
  agent_started: ({ agentStarted: m }) => detail({ version: m?.version, unclean: m?.unclean }),
  agent_stopped: ({ agentStopped: m }) => detail({ reason: m?.reason }),
  agent_degraded: ({ agentDegraded: m }) => detail({ sensor: m?.sensor, reason: m?.reason }),
  agent_tampered: ({ agentTampered: m }) => detail({ what: m?.what, evidence: m?.evidence }),
  clock_changed: ({ clockChanged: m }) => detail({ stepMs: m?.stepMs }),
  telemetry_gap: ({ telemetryGap: m }) => detail({ sensor: m?.sensor, reason: m?.reason, missed: safe(m?.missed) }),
  patient_record_accessed: ({ patientRecordAccessed: m }) => detail({ patient: m?.patient, relation: m?.relation, eventName: m?.eventName, restrictedReason: m?.restrictedReason }),
}

/** What the device says of the person; who that is, ingest decides. */
export interface WireActor {
  readonly account: string
  readonly accountId: string
  readonly domain: string
}

/** An activity whose user is not known yet. */
export type UnattributedActivity = Omit<Activity, 'userId'> & { readonly actor: WireActor }

/** Maps a decoded message. @throws Refusal */
export function mapActivity(message: wire.Activity, id: string, deviceId: string): UnattributedActivity {
  const kind = message.detail === undefined ? undefined : kindOfField(message.detail)
  if (kind === undefined) throw new Refusal('KIND_UNKNOWN')
  const occurredAtMs = fromWireTimestamp(message.occurredAt)
  if (occurredAtMs === undefined) throw new Refusal('TIME_INVALID')
  const { actor } = message
  const account = text(actor?.account)
  const domain = text(actor?.domain)
  const { process } = actor ?? {}
  const mapped: Record<string, unknown> = {
    id, deviceId, kind, occurredAtMs, observedAtMs: fromWireTimestamp(message.observedAt) ?? occurredAtMs, sensor: text(message.sensor) ?? '', recovered: message.recovered ?? false,
    actor: { account: account ?? '', accountId: text(actor?.accountId) ?? '', domain: domain ?? '' },
  }
  if (account !== undefined) mapped['account'] = domain === undefined ? account : `${domain}\\${account}`
  const attribution = attributions[actor?.attribution ?? 0]
  if (attribution !== undefined) mapped['attribution'] = attribution
  if (process !== undefined && process !== null) mapped['process'] = compact<ProcessFacts>({ pid: process.pid ?? undefined, name: text(process.name), executable: text(process.executable), parentName: text(process.parentName) })
  for (const [key, value] of Object.entries(mappers[kind](message))) if (value !== undefined) mapped[key] = value
  // Every field came from a typed mapper; the assembly is dynamic only to leave out what is absent.
  return mapped as unknown as UnattributedActivity
}

/** Decodes and maps one activity. @throws Refusal */
export function decodeActivity(body: Uint8Array, id: string, deviceId: string): UnattributedActivity {
  if (body.length === 0 || body.length > MAX_ACTIVITY_BYTES) throw new Refusal('ACTIVITY_TOO_LARGE')
  let message: wire.Activity
  try {
    message = wire.Activity.decode(body)
  } catch (cause) {
    throw new Refusal('DECODE_FAILED', { cause })
  }
  return mapActivity(message, id, deviceId)
}
