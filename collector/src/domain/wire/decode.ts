// From the bytes of a device to the domain, with a reason code for whatever is refused.
//
// Limits come before decoding; what passes is bounded in size, count, depth (protobufjs stops recursion) and time.
import {
  type ActivityKind, fromWireTimestamp, kindOfField, MAX_ACTIVITY_BYTES, MAX_BATCH_ACTIVITIES, MAX_BATCH_BYTES, wire,
} from '@holdfast/proto'
import { drillOf } from '../drills/names.ts'
import type { Activity, ContentFinding, FeatureState, FileFacts, LocationKind, Media, ProcessFacts } from '../risk/activity.ts'

export type RefusalReason = 'TOO_LARGE' | 'DECODE_FAILED' | 'EPOCH_INVALID' | 'SEQ_INVALID' | 'TOO_MANY' | 'ACTIVITY_TOO_LARGE' | 'KIND_UNKNOWN' | 'TIME_INVALID' | 'NUMBER_INVALID' | 'TEXT_TOO_LONG' | 'GAP_INVALID' | 'DEVICE_UNKNOWN' | 'DEVICE_REVOKED'

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
/** Fields of a custom indicator; source: the published limit of Purview. */
export const MAX_CUSTOM_FIELDS = 20
/** Members of an archive that are looked at; sequences need no more, and the bytes keep them all. */
const MEMBERS_READ = 64
/** Steps of a content's way that are looked at. */
const STEPS_READ = 32
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

type Filled<T> = { -readonly [K in keyof T]?: T[K] | undefined }

/** Sets what is known and leaves out the rest. One field at a time: this runs for every activity, and lists of entries cost more than the decoding. */
function put<T, K extends keyof T>(target: Filled<T>, key: K, value: T[K] | undefined): void {
  if (value !== undefined) target[key] = value
}

function fileFacts(facts: wire.FileFacts.$Properties | null | undefined): FileFacts | undefined {
  if (facts === null || facts === undefined) return undefined
  const out: Filled<FileFacts> & Pick<FileFacts, 'path' | 'sizeBytes' | 'location'> = { path: text(facts.path) ?? '', sizeBytes: safe(facts.sizeBytes), location: locations[facts.location ?? 0] ?? 'unknown' }
  // Files and processes are in nearly every activity, and a field that is known by name costs a third of one that is not.
  const sha256 = text(facts.sha256)
  if (sha256 !== undefined) out.sha256 = sha256
  const fingerprint = text(facts.fingerprint)
  if (fingerprint !== undefined) out.fingerprint = fingerprint
  const state = text(facts.state)
  if (state !== undefined) out.state = state
  const mimeType = text(facts.mimeType)
  if (mimeType !== undefined) out.mimeType = mimeType
  return out as FileFacts
}

function mediaFacts(media: wire.Media.$Properties | null | undefined): Media | undefined {
  if (media === null || media === undefined) return undefined
  const out: Filled<Media> = {}
  put<Media, 'vendor'>(out, 'vendor', text(media.vendor))
  put<Media, 'model'>(out, 'model', text(media.model))
  put<Media, 'serial'>(out, 'serial', text(media.serial))
  put<Media, 'bus'>(out, 'bus', text(media.bus))
  put<Media, 'capacityBytes'>(out, 'capacityBytes', safe(media.capacityBytes) || undefined)
  put<Media, 'fileSystem'>(out, 'fileSystem', text(media.fileSystem))
  put<Media, 'mountPoint'>(out, 'mountPoint', text(media.mountPoint))
  put<Media, 'volumeLabel'>(out, 'volumeLabel', text(media.volumeLabel))
  put<Media, 'vendorId'>(out, 'vendorId', text(media.vendorId))
  put<Media, 'productId'>(out, 'productId', text(media.productId))
  put<Media, 'deviceId'>(out, 'deviceId', text(media.deviceId))
  put<Media, 'deviceClass'>(out, 'deviceClass', text(media.deviceClass))
  put<Media, 'slot'>(out, 'slot', text(media.slot))
  put<Media, 'fileSystems'>(out, 'fileSystems', text((media.fileSystems ?? []).join(', ')))
  put<Media, 'encryption'>(out, 'encryption', text(media.encryption) ?? (media.encrypted === true ? 'unknown' : undefined))
  return out as Media
}

function processFacts(process: wire.Process.$Properties | null | undefined): ProcessFacts | undefined {
  if (process === null || process === undefined) return undefined
  const out: Filled<ProcessFacts> = {}
  const { pid } = process
  if (pid !== undefined && pid !== null) out.pid = pid
  const name = text(process.name)
  if (name !== undefined) out.name = name
  const executable = text(process.executable)
  if (executable !== undefined) out.executable = executable
  const parentName = text(process.parentName)
  if (parentName !== undefined) out.parentName = parentName
  const container = text(process.container)
  if (container !== undefined) out.container = container
  const programClass = text(process.programClass)
  if (programClass !== undefined) out.programClass = programClass
  return out as ProcessFacts
}

const findingList = (findings: readonly wire.ContentFinding.$Properties[] | null | undefined): readonly ContentFinding[] | undefined =>
  findings === undefined || findings === null || findings.length === 0
    ? undefined
    : findings.map((finding) => ({ type: text(finding.type) ?? 'unknown', count: safe(finding.count), confidence: Math.min(100, safe(finding.confidence)) }))

type Part = Omit<Activity, 'id' | 'deviceId' | 'userId' | 'kind'>
type Mapper = (out: Filled<Part>, activity: wire.Activity) => void

function application(out: Filled<Part>, value: wire.Application.$Properties | null | undefined, oldVersion?: string | null): void {
  type Facts = NonNullable<Activity['application']>
  const facts = { name: text(value?.name) ?? '' }
  put<Facts, 'version'>(facts, 'version', text(value?.version))
  put<Facts, 'oldVersion'>(facts, 'oldVersion', text(oldVersion))
  put<Facts, 'source'>(facts, 'source', text(value?.source))
  put<Facts, 'publisher'>(facts, 'publisher', text(value?.publisher))
  put<Facts, 'path'>(facts, 'path', text(value?.path))
  put<Facts, 'signature'>(facts, 'signature', text(value?.signature))
  out.application = facts
}

function feature(out: Filled<Part>, value: wire.SecurityFeatureChanged.$Properties | null | undefined): void {
  type Facts = NonNullable<Activity['feature']>
  const facts = { id: text(value?.feature) ?? '', from: states[value?.from ?? 0] ?? 'unknown', to: states[value?.to ?? 0] ?? 'unknown' }
  put<Facts, 'fromValue'>(facts, 'fromValue', text(value?.fromValue))
  put<Facts, 'toValue'>(facts, 'toValue', text(value?.toValue))
  put<Facts, 'seenBy'>(facts, 'seenBy', text(value?.seenBy))
  out.feature = facts
}

function deletedFile(out: Filled<Part>, value: wire.FileDeleted.$Properties | null | undefined): void {
  const facts = { path: text(value?.path) ?? '', sizeBytes: 0, location: locations[value?.location ?? 0] ?? 'unknown' }
  put<FileFacts, 'fingerprint'>(facts, 'fingerprint', text(value?.fingerprint))
  out.file = facts
}

function detail(out: Filled<Part>, fields: Readonly<Record<string, string | number | boolean | null | undefined>>): void {
  const known: Record<string, string | number | boolean> = {}
  for (const [key, value] of Object.entries(fields)) if (value !== undefined && value !== null && value !== '') known[key] = typeof value === 'string' ? text(value) ?? '' : value
  out.detail = out.detail === undefined ? known : { ...out.detail, ...known }
}

/** A file, and what inspection found in it, whatever the activity is. */
const file = (out: Filled<Part>, facts: wire.FileFacts.$Properties | null | undefined): void => {
  put<Part, 'file'>(out, 'file', fileFacts(facts))
  put<Part, 'findings'>(out, 'findings', findingList(facts?.content?.findings))
  const { content } = facts ?? {}
  if (content !== null && content !== undefined) detail(out, { label: content.label, sourceCode: content.language, contentState: content.state === 'complete' ? undefined : content.state })
}
const media = (out: Filled<Part>, facts: wire.Media.$Properties | null | undefined): void => put<Part, 'media'>(out, 'media', mediaFacts(facts))
const instant = (stamp: Parameters<typeof fromWireTimestamp>[0]): string | undefined => {
  const ms = fromWireTimestamp(stamp)
  return ms === undefined ? undefined : new Date(ms).toISOString()
}

/** A connection or a mount that is over, and what was written during it. */
function mediaEnd(out: Filled<Part>, value: Pick<wire.RemovableMediaDisconnected.$Properties, 'media' | 'written' | 'lastSeenAt'> | null | undefined): void {
  media(out, value?.media)
  const { written, lastSeenAt } = value ?? {}
  const counted = written === undefined || written === null ? {} : { writtenBytes: safe(written.bytes), writtenFiles: safe(written.files), writtenAtLeast: written.atLeast === true ? true : undefined, writtenSince: instant(written.since) }
  const known = { ...counted, lastSeenAt: instant(lastSeenAt) }
  if (Object.values(known).some((fact) => fact !== undefined)) detail(out, known)
}

const findings = (out: Filled<Part>, list: readonly wire.ContentFinding.$Properties[] | null | undefined): void => {
  if (list !== null && list !== undefined && list.length > 0) put<Part, 'findings'>(out, 'findings', findingList(list))
}

/** Content of each member, else its path where it is a known file; a name in an archive is nobody's path. */
const memberNames = (members: readonly wire.FileFacts.$Properties[] | null | undefined): readonly string[] =>
  (members ?? []).slice(0, MEMBERS_READ).flatMap((member) => {
    const facts = fileFacts(member)
    return facts?.fingerprint ?? (facts === undefined || facts.path === '' ? [] : facts.path)
  })

/** One row a kind: what of its message the domain sees. */
const mappers: Readonly<Record<ActivityKind, Mapper>> = {
  file_copied: (out, { fileCopied: m }) => {
    file(out, m?.destination)
    put<Part, 'source'>(out, 'source', fileFacts(m?.source))
    media(out, m?.media)
    findings(out, m?.findings)
    // Members are told only where they are known files; an office document has parts that are none.
    const members = memberNames(m?.members)
    if (members.length > 0 || m?.encrypted === true) out.archive = { memberCount: safe(m?.memberCount), encrypted: m?.encrypted ?? false, ...(members.length === 0 ? {} : { members }) }
    const chain = (m?.chain ?? []).slice(0, STEPS_READ).map((step) => `${text(step.kind) ?? 'copied'} ${text(step.path) ?? ''}`)
    const origin = text(m?.chain?.[0]?.path)
    const similarity = Math.min(100, safe(m?.similarity))
    if (chain.length > 0 || similarity > 0) detail(out, { origin, chain: chain.join(' → ').slice(0, TEXT_LIMIT), similarity: similarity || undefined })
    const label = text(m?.sensitivityLabel)
    if (label !== undefined) out.detail = { ...out.detail, label }
  },
  file_created: (out, { fileCreated: m }) => {
    file(out, m?.file)
    findings(out, m?.findings)
  },
  file_changed: (out, { fileChanged: m }) => {
    file(out, m?.file)
    findings(out, m?.findings)
  },
  file_renamed: (out, { fileRenamed: m }) => {
    file(out, m?.file)
    put<Part, 'oldPath'>(out, 'oldPath', text(m?.oldPath))
    out.extensionChanged = m?.extensionChanged ?? false
  },
  file_hidden: (out, { fileHidden: m }) => {
    file(out, m?.file)
    put<Part, 'oldPath'>(out, 'oldPath', text(m?.oldPath))
  },
  file_deleted: (out, { fileDeleted: m }) => {
    deletedFile(out, m)
    detail(out, { wasCopySource: m?.wasCopySource, wasExfiltrated: m?.wasExfiltrated })
  },
  archive_created: (out, { archiveCreated: m }) => {
    file(out, m?.archive)
    const members = memberNames(m?.members)
    const state = text(m?.state)
    detail(out, { knownMembers: safe(m?.matchedCount) || undefined, membersState: state === 'complete' ? undefined : state })
    out.archive = { memberCount: safe(m?.memberCount), encrypted: m?.encrypted ?? false, ...(members.length === 0 ? {} : { members }) }
  },
  file_downloaded: (out, { fileDownloaded: m }) => {
    file(out, m?.file)
    detail(out, { originUrl: m?.originUrl, originDomain: m?.originDomain, referrerDomain: m?.referrerDomain, seenBy: m?.seenBy })
  },
  file_read_by_transfer_tool: (out, { fileReadByTransferTool: m }) => {
    file(out, m?.file)
    detail(out, { tool: m?.tool, destination: m?.destination, ...(m?.possible === true ? { possible: true } : {}) })
  },
  file_printed: (out, { filePrinted: m }) => {
    file(out, m?.file)
    detail(out, {
      printer: m?.printer, document: m?.document, pages: safe(m?.pages), ...(safe(m?.copies) > 1 ? { copies: safe(m?.copies) } : {}), printerKind: m?.printerKind, printerHost: m?.printerHost,
      documentFormat: m?.documentFormat, jobState: m?.jobState, fileKnownBy: m?.fileKnownBy, ...(safe(m?.sizeBytes) > 0 ? { printedBytes: safe(m?.sizeBytes) } : {}),
    })
  },
  files_staged: (out, { filesStaged: m }) => {
    detail(out, { folder: m?.folder, count: safe(m?.count), sizeBytes: safe(m?.sizeBytes), sourceFolders: safe(m?.sourceFolders) || undefined, withinSecs: safe(m?.withinSecs) || undefined })
    const gathered = memberNames(m?.files)
    if (gathered.length > 0) out.gathered = gathered
  },
  label_changed: (out, { labelChanged: m }) => {
    file(out, m?.file)
    detail(out, { oldLabel: m?.oldLabel, newLabel: m?.newLabel })
  },
  removable_media_connected: (out, { removableMediaConnected: m }) => {
    media(out, m?.media)
    out.present = m?.present ?? false
  },
  removable_media_mounted: (out, { removableMediaMounted: m }) => {
    media(out, m?.media)
    out.present = m?.present ?? false
  },
  removable_media_unmounted: (out, { removableMediaUnmounted: m }) => mediaEnd(out, m),
  removable_media_disconnected: (out, { removableMediaDisconnected: m }) => mediaEnd(out, m),
  security_feature_changed: (out, { securityFeatureChanged: m }) => feature(out, m),
  application_installed: (out, { applicationInstalled: m }) => application(out, m?.application),
  application_updated: (out, { applicationUpdated: m }) => application(out, m?.application, m?.oldVersion),
  application_removed: (out, { applicationRemoved: m }) => application(out, m?.application),
  application_run: (out, { applicationRun: m }) => application(out, m?.application),
  session_started: (out, { sessionStarted: m }) => detail(out, { remote: m?.remote, remoteHost: m?.remoteHost }),
  session_ended: (out, { sessionEnded: m }) => detail(out, { remote: m?.remote, remoteHost: m?.remoteHost }),
  agent_started: (out, { agentStarted: m }) => detail(out, { version: m?.version, unclean: m?.unclean, restartedAfter: m?.restartedAfter, safeMode: m?.safeMode }),
  agent_stopped: (out, { agentStopped: m }) => detail(out, { reason: m?.reason }),
  agent_degraded: (out, { agentDegraded: m }) => detail(out, { sensor: m?.sensor, reason: m?.reason }),
  agent_tampered: (out, { agentTampered: m }) => detail(out, { what: m?.what, evidence: m?.evidence }),
  clock_changed: (out, { clockChanged: m }) => detail(out, { stepMs: m?.stepMs }),
  telemetry_gap: (out, { telemetryGap: m }) => detail(out, { sensor: m?.sensor, reason: m?.reason, missed: safe(m?.missed) }),
  warning_shown: (out, { warningShown: m }) => detail(out, { rule: m?.rule, outcome: m?.outcome, answer: m?.answer, reason: m?.reason, aboutKind: m?.aboutKind, aboutPath: m?.aboutPath, suppressed: safe(m?.suppressed) || undefined, noticeId: m?.noticeId }),
  exception_requested: (out, { exceptionRequested: m }) => {
    media(out, m?.media)
    detail(out, { request: m?.request, reason: m?.reason, hours: safe(m?.hours) || undefined, via: m?.via })
  },
  patient_record_accessed: (out, { patientRecordAccessed: m }) => detail(out, { patient: m?.patient, relation: m?.relation, eventName: m?.eventName, restrictedReason: m?.restrictedReason }),
  security_alert_raised: (out, { securityAlertRaised: m }) =>
    detail(out, { source: m?.source, alertId: m?.alertId, title: m?.title, severity: m?.severity, status: m?.status, verdict: m?.verdict, category: m?.category, attack: m?.attack, host: m?.host, previousStatus: m?.previousStatus }),
  physical_access: (out, { physicalAccess: m }) => detail(out, { assetId: m?.assetId, assetName: m?.assetName, status: m?.status }),
  custom_detection: (out, { customDetection: m }) => {
    const fields = m?.fields ?? []
    if (fields.length > MAX_CUSTOM_FIELDS) throw new Refusal('TOO_MANY')
    detail(out, { ...Object.fromEntries(fields.map((field) => [`field.${field.name ?? ''}`, field.value])), indicator: m?.indicator, amount: safe(m?.amount) })
  },
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
  const mapped: Filled<Part> & Pick<UnattributedActivity, 'id' | 'deviceId' | 'kind' | 'occurredAtMs' | 'observedAtMs' | 'sensor' | 'recovered' | 'actor'> = {
    id, deviceId, kind, occurredAtMs, observedAtMs: fromWireTimestamp(message.observedAt) ?? occurredAtMs, sensor: text(message.sensor) ?? '', recovered: message.recovered ?? false,
    actor: { account: account ?? '', accountId: text(actor?.accountId) ?? '', domain: domain ?? '' },
  }
  if (account !== undefined) mapped.account = domain === undefined ? account : `${domain}\\${account}`
  put<Part, 'attribution'>(mapped, 'attribution', attributions[actor?.attribution ?? 0])
  put<Part, 'process'>(mapped, 'process', processFacts(actor?.process))
  mappers[kind](mapped, message)
  const mark = text(message.drill)
  if (mark !== undefined) put<Part, 'drill'>(mapped, 'drill', drillOf(mark, mapped))
  // Every field was put by a typed mapper, and only when it was known.
  return mapped as UnattributedActivity
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
