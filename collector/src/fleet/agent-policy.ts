// The policy of a device group's agents: compiled from what risk policies need and what the group watches, then signed.
import { createHash, createPublicKey, type KeyObject, sign } from 'node:crypto'
import { type ActivityKind, fromWireTimestamp, MAX_POLICY_BYTES, toWireTimestamp, wire } from '@holdfast/proto'
import type { AgentNeeds } from '../domain/policies/agent-needs.ts'
import { unwantedExecutables } from '../domain/risk/unwanted-applications.ts'
import { CodedError } from '../errors.ts'
import type { AgentPolicyRevision } from '../store/store.ts'
import type { EvidenceCapture, GroupWatchSettings, InspectionSettings, StricterWatch } from './contract.ts'
import { defaultTransfers } from './settings.ts'

const DAY_MS = 86_400_000
export const POLICY_LIFE_MS = 90 * DAY_MS
/** A policy is issued anew, with the same content, when less than this is left of it. */
export const POLICY_RENEWAL_MS = 30 * DAY_MS

/** Kinds that the files sensor can be told to leave out; see FileWatch in policy.proto. */
const FILE_KINDS: ReadonlySet<ActivityKind> = new Set(['file_copied', 'file_created', 'file_changed', 'file_renamed', 'file_hidden', 'file_deleted', 'archive_created', 'file_downloaded', 'files_staged'])

export type Content = Omit<wire.AgentPolicy.$Properties, 'version' | 'issuedAt' | 'expiresAt'>

/** What a group watches on the device of somebody at risk: what the group watches, and more. Nothing of it can be less. */
export function stricterSettings(settings: GroupWatchSettings, stricter: StricterWatch): GroupWatchSettings {
  const { whenAtRisk: _whenAtRisk, ...own } = settings
  const left = new Set(stricter.watchExcluded)
  const both = (a: readonly string[], b: readonly string[]): readonly string[] => [...new Set([...a, ...b])]
  return {
    ...own, roots: both(own.roots, stricter.roots), excludes: own.excludes.filter((glob) => !left.has(glob)),
    removableRoots: both(own.removableRoots, stricter.removableRoots), networkShareRoots: both(own.networkShareRoots, stricter.networkShareRoots), cloudSyncRoots: both(own.cloudSyncRoots, stricter.cloudSyncRoots),
    hashLimitBytes: Math.max(own.hashLimitBytes, stricter.hashLimitBytes ?? 0), pollIntervalSecs: Math.min(own.pollIntervalSecs, stricter.pollIntervalSecs ?? own.pollIntervalSecs),
    heartbeatIntervalSecs: Math.min(own.heartbeatIntervalSecs, stricter.heartbeatIntervalSecs ?? own.heartbeatIntervalSecs),
    ...(stricter.everyIndicator ? { transfers: { ...(own.transfers ?? defaultTransfers), uploads: true } } : {}),
  }
}

function compileEvidence(needs: AgentNeeds, evidence: EvidenceCapture | undefined, publicKey: Uint8Array | undefined): wire.EvidenceCapture.$Properties | undefined {
  // Without the copies of files there is nothing to choose from; without a key nothing could be sealed.
  if (evidence?.enabled !== true || publicKey === undefined || !needs.files || !needs.kinds.includes('file_copied')) return undefined
  return {
    enabled: true, destinations: [...evidence.destinations], fileTypes: [...evidence.fileTypes], maxFileBytes: evidence.maxFileBytes, maxDayBytes: evidence.maxDayBytes, maxFilesPerMinute: evidence.maxFilesPerMinute,
    onlyWithFindings: evidence.onlyWithFindings, privatePaths: [...evidence.privatePaths], folderMaxBytes: evidence.folderMaxBytes, publicKey,
  }
}

/** Activities whose file is worth a look: what leaves, and what is got ready for it. */
const INSPECTED: readonly ActivityKind[] = ['file_copied', 'file_downloaded', 'file_read_by_transfer_tool', 'file_printed', 'archive_created']

function compileInspection(needs: AgentNeeds, inspection: InspectionSettings | undefined): wire.ContentInspection.$Properties | undefined {
  const kinds = INSPECTED.filter((kind) => needs.kinds.includes(kind))
  if (inspection?.enabled !== true || !needs.files || kinds.length === 0) return undefined
  return {
    enabled: true, kinds, types: [...inspection.types], minConfidence: inspection.minConfidence, maxFileBytes: inspection.maxFileBytes, maxFilesPerMinute: inspection.maxFilesPerMinute,
    customTypes: inspection.customTypes.map((type) => ({ ...type, keywords: [...(type.keywords ?? [])] })), dictionaries: inspection.dictionaries.map((one) => ({ ...one, phrases: [...one.phrases] })),
    exactData: inspection.exactData.map((set) => ({ ...set, salt: Buffer.from(set.salt, 'base64'), hashes: Buffer.from(set.hashes, 'base64') })), labels: inspection.labels.map((label) => ({ ...label })),
  }
}

function compileApplications(needs: AgentNeeds, settings: GroupWatchSettings): wire.ApplicationWatch.$Properties {
  const { allowedPrograms, knownDestinations, uploads } = settings.transfers ?? defaultTransfers
  const runs = needs.kinds.includes('application_run')
  const transfers = needs.kinds.includes('file_read_by_transfer_tool')
  return {
    ...(needs.applications ? { enabled: true, pollIntervalSecs: settings.pollIntervalSecs } : { enabled: false }),
    ...(runs ? { runs: true, deniedPrograms: [...unwantedExecutables] } : {}),
    ...(transfers ? { transfers: true, uploads, knownDestinations: [...knownDestinations] } : {}),
    ...(runs || transfers ? { allowedPrograms: [...allowedPrograms] } : {}),
  }
}

const timestampOf = (text: string | undefined): ReturnType<typeof toWireTimestamp> | undefined => (text === undefined ? undefined : toWireTimestamp(Date.parse(text)))

/** Rules over kinds that are collected at all: what no policy needs is not collected for the sake of a warning. */
function compileEdge(needs: AgentNeeds, { edge, allowedMedia = [] }: GroupWatchSettings): wire.EdgeRules.$Properties | undefined {
  const rules = (edge?.rules ?? []).filter(({ enabled }) => enabled).flatMap(({ enabled: _enabled, kinds, ...rule }) => {
    const collected = (kinds.length === 0 ? ['file_copied'] : kinds).filter((kind) => (needs.kinds as readonly string[]).includes(kind))
    return collected.length === 0 ? [] : [{ ...rule, kinds: collected, destinations: [...rule.destinations], types: [...rule.types], labels: [...rule.labels], texts: rule.texts.map((text) => ({ ...text })) }]
  })
  if (rules.length === 0) return undefined
  // Whom an entry holds for is not the device's business: scoring looks at that.
  const media = rules.some(({ unallowedDevice }) => unallowedDevice) ? allowedMedia : []
  return {
    rules, languages: [...(edge?.languages ?? [])],
    allowedMedia: media.map(({ vendorId, productId, serial, deviceClass, from, until }) => {
      const [startsAt, expiresAt] = [timestampOf(from), timestampOf(until)]
      return { vendorId: vendorId ?? '', productId: productId ?? '', serial: serial ?? '', deviceClass: deviceClass ?? '', ...(startsAt === undefined ? {} : { startsAt }), ...(expiresAt === undefined ? {} : { expiresAt }) }
    }),
  }
}

/** What is switched off carries no setting: an agent is told nothing that it does not need. */
export function compileContent(organisation: string, group: string, needs: AgentNeeds, settings: GroupWatchSettings, evidenceKey?: Uint8Array, told: Told = {}): Content {
  const evidence = compileEvidence(needs, settings.evidence, evidenceKey)
  const inspection = compileInspection(needs, settings.inspection)
  const edge = compileEdge(needs, settings)
  return {
    organisation, group,
    files: needs.files
      ? {
          enabled: true, roots: [...settings.roots], excludes: [...settings.excludes], kinds: needs.kinds.filter((kind) => FILE_KINDS.has(kind)), hashLimitBytes: settings.hashLimitBytes,
          removableRoots: [...settings.removableRoots], networkShareRoots: [...settings.networkShareRoots], cloudSyncRoots: [...settings.cloudSyncRoots],
        }
      : { enabled: false },
    removableMedia: { enabled: needs.removableMedia },
    securityFeatures: needs.securityFeatures ? { enabled: true, pollIntervalSecs: settings.pollIntervalSecs } : { enabled: false },
    applications: compileApplications(needs, settings),
    ...(needs.kinds.includes('file_printed') ? { printing: { enabled: true } } : {}),
    reporting: { heartbeatIntervalSecs: settings.heartbeatIntervalSecs, spoolMaxBytes: settings.spoolMaxBytes, ...(settings.cpuLimitPercent === undefined ? {} : { cpuLimitMillis: settings.cpuLimitPercent * 10 }), ...(settings.memoryLimitBytes === undefined ? {} : { memoryLimitBytes: settings.memoryLimitBytes }) },
    ...(evidence === undefined ? {} : { evidence }),
    ...(inspection === undefined ? {} : { inspection }),
    ...(edge === undefined ? {} : { edge }),
    ...told,
    ...(settings.uninstall === undefined ? {} : { uninstall: { salt: Buffer.from(settings.uninstall.salt, 'base64'), tokenHash: Buffer.from(settings.uninstall.tokenHash, 'base64') } }),
  }
}

/** Bytes of a content; equal contents have equal bytes. */
export const encodeContent = (content: Content): Buffer => Buffer.from(wire.AgentPolicy.encode(content).finish())

/** What a revision says, without what differs from one version to the next. */
export function contentOf(revision: AgentPolicyRevision): Content {
  const { version: _version, issuedAt: _issuedAt, expiresAt: _expiresAt, ...content } = wire.AgentPolicy.decode(wire.SignedPolicy.decode(revision.signed).body ?? new Uint8Array())
  return content
}

/** Whether a revision says the same and has enough of its life left. */
export const isCurrent = (revision: AgentPolicyRevision, content: Content, nowMs: number): boolean =>
  revision.expiresAtMs - nowMs >= POLICY_RENEWAL_MS && encodeContent(contentOf(revision)).equals(encodeContent(content))

/** 32 raw bytes of the public half. */
export const rawPolicyKey = (key: KeyObject): Buffer => createPublicKey(key).export({ format: 'der', type: 'spki' }).subarray(-32)

export const policyKeyId = (raw: Uint8Array): string => createHash('sha256').update(raw).digest('hex').slice(0, 16)

/** What signs policies. While a key is changed, more than one does: whoever trusts any of them takes the policy. */
export interface PolicySigner {
  readonly key: KeyObject
  readonly cosigners: readonly KeyObject[]
  /** What devices are to trust; absent: what they trust since they enrolled. */
  readonly trust?: wire.Trust.$Properties
  /** The root of trust in force; absent where nobody made one. */
  readonly root?: SignerRoot
}

export interface SignerRoot {
  readonly version: number
  readonly epoch: number
  /** Base64 of raw public keys, and how many of them a policy takes. */
  readonly policyKeys: readonly string[]
  readonly policyThreshold: number
  /** Encoded wire.SignedRoots, the last ones, in the order of their versions. */
  readonly chain: readonly Uint8Array[]
}

/** What a policy says of whom to trust; the same for every group. */
export type Told = Pick<Content, 'trust' | 'rootVersion' | 'epoch'>
export const toldBy = ({ trust, root }: PolicySigner): Told => ({ ...(trust === undefined ? {} : { trust }), ...(root === undefined ? {} : { rootVersion: root.version, epoch: root.epoch }) })

/** Base64 of the public half, as identities and roots have it. */
export const publicText = (key: KeyObject): string => rawPolicyKey(key).toString('base64')

/** How many more keys must sign a revision before devices take it. */
export function signaturesMissing(signed: Uint8Array, { root }: PolicySigner): number {
  if (root === undefined || root.policyThreshold === 1) return 0
  const ids = new Set(root.policyKeys.map((text) => policyKeyId(Buffer.from(text, 'base64'))))
  const signers = new Set(wire.SignedPolicy.decode(signed).signatures.flatMap(({ keyId }) => (keyId != null && ids.has(keyId) ? [keyId] : [])))
  return Math.max(0, root.policyThreshold - signers.size)
}

/**
 * Signs a new revision of a group, or of one of its devices. Whom to trust is said as of now, whatever the content says: what is
 * taken back, or issued again, brings no key back that was retired since.
 *
 * @param version greater than every version of this group and of its devices so far
 * @throws POLICY_INVALID when it is larger than agents accept
 */
export function signRevision(content: Content, version: number, signer: PolicySigner, nowMs: number): AgentPolicyRevision {
  const { key, cosigners, root } = signer
  const { trust: _trust, rootVersion: _rootVersion, epoch: _epoch, ...said } = content
  const expiresAtMs = nowMs + POLICY_LIFE_MS
  const policy: wire.AgentPolicy.$Properties = { ...said, ...toldBy(signer), version, issuedAt: toWireTimestamp(nowMs), expiresAt: toWireTimestamp(expiresAtMs) }
  const body = wire.AgentPolicy.encode(policy).finish()
  const signed = wire.SignedPolicy.encode({ body, signatures: [key, ...cosigners].map((one) => ({ keyId: policyKeyId(rawPolicyKey(one)), signature: sign(null, body, one) })), roots: [...(root?.chain ?? [])] }).finish()
  if (signed.length > MAX_POLICY_BYTES) throw new CodedError('POLICY_INVALID', { problem: `the agents' policy would have ${signed.length} bytes, ${MAX_POLICY_BYTES} are the limit; shorten the lists of the group` })
  const readable = { ...policy, ...(policy.evidence == null ? {} : { evidence: { ...policy.evidence, publicKey: Buffer.from(policy.evidence.publicKey ?? []).toString('base64') } }), ...(policy.trust == null ? {} : { trust: { ...policy.trust, policyKeys: (policy.trust.policyKeys ?? []).map((raw) => Buffer.from(raw).toString('base64')) } }), issuedAt: new Date(fromWireTimestamp(policy.issuedAt) ?? nowMs).toISOString(), expiresAt: new Date(expiresAtMs).toISOString() }
  return { group: content.group ?? '', version, hash: createHash('sha256').update(body).digest('hex'), signed, readable: JSON.stringify(readable), createdAtMs: nowMs, expiresAtMs }
}
