// What http, cli and main see of the fleet. Whatever changes the store takes the transaction, so that the audit row commits with it.
import type { AllowedMedium } from '../domain/exclusions/allowed-media.ts'
import type { RiskLevel } from '../domain/adaptive/risk-level.ts'
import type { DeviceFault } from '../domain/people/device-faults.ts'
import type { Device } from '../domain/people/device.ts'
import type { EnrolmentRequest } from '../domain/people/enrolment-request.ts'
import type { Actor } from '../audit/chain.ts'
import type { Rollout } from '../domain/rollout/rollout.ts'
import type { Choice, GroupPreview } from './offers.ts'
import type { FleetTally } from './tally.ts'
import type { EnrolmentCode, StoreReader, StoreWriter } from '../store/store.ts'

/** What of a group's copied files is kept as evidence; see EvidenceCapture in policy.proto. */
export interface EvidenceCapture {
  readonly enabled: boolean
  readonly destinations: readonly ('removable' | 'network_share' | 'cloud_sync' | 'remote_session')[]
  /** Endings without the dot; none means all. */
  readonly fileTypes: readonly string[]
  readonly maxFileBytes: number
  /** Of one person in one UTC day. */
  readonly maxDayBytes: number
  readonly maxFilesPerMinute: number
  readonly onlyWithFindings: boolean
  /** Globs of what is never read; on top of the group's excludes. */
  readonly privatePaths: readonly string[]
  /** Disk of a device for copies that wait. */
  readonly folderMaxBytes: number
}

/** What a device watches in addition while somebody who uses it is at risk. Reasons are not part of what the device is told. */
export interface StricterWatch {
  /** From this risk level on. */
  readonly level: Exclude<RiskLevel, 'none'>
  readonly roots: readonly string[]
  readonly removableRoots: readonly string[]
  readonly networkShareRoots: readonly string[]
  readonly cloudSyncRoots: readonly string[]
  /** Excludes of the group that do not hold meanwhile. */
  readonly watchExcluded: readonly string[]
  /** Whatever any indicator counts is reported, also where no policy uses it. */
  readonly everyIndicator: boolean
  /** A larger one counts. */
  readonly hashLimitBytes?: number
  /** A shorter one counts. */
  readonly pollIntervalSecs?: number
  /** A shorter one counts. */
  readonly heartbeatIntervalSecs?: number
}

/** What the content of a group's files is looked at for; see ContentInspection in policy.proto. */
export interface InspectionSettings {
  readonly enabled: boolean
  /** Ids of sensitive information types; none means all. */
  readonly types: readonly string[]
  /** Low, medium, high. */
  readonly minConfidence: 65 | 75 | 85
  readonly maxFileBytes: number
  readonly maxFilesPerMinute: number
  readonly customTypes: readonly { readonly id: string; readonly name: string; readonly pattern: string; readonly keywords?: readonly string[]; readonly proximity?: number; readonly keywordRequired?: boolean; readonly caseSensitive?: boolean; readonly checksum?: '' | 'luhn' | 'iban' | 'mod97' | 'verhoeff' }[]
  readonly dictionaries: readonly { readonly id: string; readonly name: string; readonly phrases: readonly string[]; readonly caseSensitive?: boolean; readonly minDistinct?: number }[]
  /** Salt and hashes in base64; the values themselves never come here. */
  readonly exactData: readonly { readonly id: string; readonly name: string; readonly salt: string; readonly hashes: string; readonly maxWords?: number; readonly minDistinct?: number }[]
  /** From the least to the most sensitive. */
  readonly labels: readonly { readonly id: string; readonly name: string }[]
}

/** Programs that can send files, and what of them is everyday work; see ApplicationWatch in policy.proto. */
export interface TransferSettings {
  /** Names of program files in lower case; nothing that they do is told, and running them is never news. */
  readonly allowedPrograms: readonly string[]
  /** Hosts, `.example.org` for all below it, and `s3://bucket`: a transfer to one of these is not told. */
  readonly knownDestinations: readonly string[]
  /** Files that browsers, mail and chat programs open are told as possible uploads. */
  readonly uploads: boolean
}

/** One edge rule: what a device does by itself about an activity; see EdgeRule in policy.proto. All conditions that are given must hold. */
export interface EdgeRuleSettings {
  readonly id: string
  readonly enabled: boolean
  readonly kinds: readonly string[]
  readonly destinations: readonly ('removable' | 'network_share' | 'cloud_sync' | 'remote_session')[]
  readonly sensitive: boolean
  readonly types: readonly string[]
  readonly minCount: number
  readonly labels: readonly string[]
  /** 0: not asked for. */
  readonly minActivities: number
  readonly minBytes: number
  readonly windowSecs: number
  readonly unallowedDevice: boolean
  readonly warn: boolean
  readonly first: boolean
  readonly maxPerHour: number
  readonly ask: '' | 'acknowledge' | 'reason'
  readonly texts: readonly { readonly language: string; readonly title: string; readonly body: string }[]
}

export interface EdgeSettings {
  /** Two letters each, best first, for whoever's own language has no text. */
  readonly languages: readonly string[]
  readonly rules: readonly EdgeRuleSettings[]
}

export interface GroupWatchSettings {
  /** Media that the group's devices may have: what they do scores nothing. Absent: none. */
  readonly allowedMedia?: readonly AllowedMedium[]
  readonly roots: readonly string[]
  readonly excludes: readonly string[]
  readonly removableRoots: readonly string[]
  readonly networkShareRoots: readonly string[]
  readonly cloudSyncRoots: readonly string[]
  readonly hashLimitBytes: number
  readonly pollIntervalSecs: number
  readonly heartbeatIntervalSecs: number
  readonly spoolMaxBytes: number
  /** What all processes of the agent may use under load: per cent of one core, and bytes of memory. Absent: what the agent thinks right (25 %, 360 MiB). */
  readonly cpuLimitPercent?: number
  readonly memoryLimitBytes?: number
  /** Absent: nothing is kept. */
  readonly evidence?: EvidenceCapture
  readonly whenAtRisk?: StricterWatch
  /** Absent: no content is looked at. */
  readonly inspection?: InspectionSettings
  /** Absent: nothing is everyday work, and possible uploads are told. */
  readonly transfers?: TransferSettings
  /** Absent: nobody is warned. */
  readonly edge?: EdgeSettings
  /** What came of a device and was not stored yet when it is revoked: true puts it into quarantine. Absent: it is stored. */
  readonly quarantineRevoked?: boolean
  /** Heartbeats that a device may miss before somebody is told; 0: nobody is. Absent: 3. */
  readonly silentAfterHeartbeats?: number
  /** Absent: the agent may be removed without a token. Base64 of salt and scrypt hash; the token itself is nowhere here. */
  readonly uninstall?: { readonly salt: string; readonly tokenHash: string }
}

export interface EnrolmentInput {
  readonly code: string
  readonly publicKey: string
  readonly hardwareId: string
  readonly hostname: string
  readonly os: string
  readonly agentVersion: string
  readonly proof: string
}

export interface EnrolmentResult {
  readonly device: Device
  readonly codeId: string
  readonly jwt: string
  readonly organisation: string
  readonly natsServers: readonly string[]
  readonly caPem: string
  /** Raw Ed25519 public keys, base64. */
  readonly policyKeys: readonly string[]
  /** Base64 of the encoded wire.SignedRoot, where there is one. */
  readonly root?: string
  readonly reEnrolled: boolean
  /** The key that the device had before; to be revoked after the commit. */
  readonly replacedKey?: string
}

export interface DeviceHealth {
  readonly health: 'healthy' | 'degraded' | 'offline' | 'never_seen' | 'revoked'
  readonly faults: readonly DeviceFault[]
}

/** The revision that a device should run. */
export interface WantedPolicy {
  readonly version: number
  readonly hash: string
  readonly createdAtMs?: number
}

export interface Fleet {
  /** The text is `HF1-…`: a secret and the pin of the CA; it is shown once and never stored. */
  createCode(tx: StoreWriter, request: { readonly group: string; readonly uses: number; readonly expiresInSecs: number; readonly createdBy: string; readonly needsApproval?: boolean }): Promise<{ readonly code: EnrolmentCode; readonly text: string }>
  /** @throws ENROLMENT_CODE_UNKNOWN, ENROLMENT_CODE_EXPIRED, ENROLMENT_CODE_USED, ENROLMENT_CODE_REVOKED, ENROLMENT_PROOF_INVALID */
  enrol(tx: StoreWriter, input: EnrolmentInput): Promise<EnrolmentResult>
  /** What the device still has to wait for, without a change; cheap, for those who ask again. @throws ENROLMENT_… */
  waitsFor(reader: StoreReader, input: EnrolmentInput): Promise<EnrolmentRequest | undefined>
  /** As `waitsFor`, and puts a device that comes for the first time into the queue. Undefined: it may enrol. @throws ENROLMENT_… */
  requestApproval(tx: StoreWriter, input: EnrolmentInput, address: string): Promise<EnrolmentRequest | undefined>
  revoke(tx: StoreWriter, deviceId: string): Promise<Device>
  /** Tells the bus; call after the commit. */
  cutOff(publicKey: string): Promise<void>
  groupSettings(store: StoreReader, group: string): Promise<GroupWatchSettings>
  saveGroupSettings(tx: StoreWriter, group: string, settings: GroupWatchSettings): Promise<void>
  /** Compiles every group's agent policy, and those of devices of people at risk, from the risk policies that are on and its settings; signs and stores the ones that changed: as the group's own, or as a roll-out where the group has a plan or `choice` says so. */
  compilePolicies(tx: StoreWriter, choice?: Choice): Promise<readonly { readonly group: string; readonly version: number; readonly hash: string }[]>
  /** Risk levels may have changed: the devices of these people follow within a second or two. */
  followRiskLevels(): void
  /** Pushes to the devices of the groups, all groups when none is named; call after the commit. */
  pushPolicies(groups?: readonly string[]): Promise<void>
  /** Tells these devices of a group what they should run; call after the commit. */
  pushToDevices(group: string, deviceIds: readonly string[]): Promise<void>
  /** Takes a roll-out back; see fleet/offers.ts. @returns the devices to tell. @throws NOT_FOUND, ROLLOUT_STATE */
  takeBack(tx: StoreWriter, rolloutId: string, by: Actor): Promise<{ readonly rollout: Rollout; readonly tell: readonly string[] }>
  /** What a group's agents would be told under these settings; nothing is saved. `kinds` are the files sensor's and others' that it would collect. */
  previewPolicy(reader: StoreReader, group: string, settings: GroupWatchSettings): Promise<GroupPreview>
  /** @param unexplained sequence numbers that neither arrived nor are explained; see the device's ledger */
  healthOf(device: Device, wanted: WantedPolicy | undefined, nowMs: number, unexplained?: number, drilled?: boolean): DeviceHealth
  /** Tells a device, and whoever else has its credential, why it is about to be cut off; call after the commit and before `cutOff`. */
  dismiss(device: Pick<Device, 'id' | 'group'>, why: NonNullable<Device['cutOff']>['why']): void
  /** Whether nothing of it is taken any more: put out, in a group that wants it so. */
  isPutOut(deviceId: string): boolean
  /** What another process has done. */
  readonly heardOf: { putOut(deviceId: string, group: string): void; letIn(deviceId: string): void; settings(): Promise<void> }
  /** Listens to heartbeats that other processes answer, so that health and policies are told from the same facts everywhere, until the signal aborts. */
  overhear(signal: AbortSignal): void
  /** Offers a device the credential for the group that it belongs to now; call after the commit. */
  offerCredential(device: Device): void
  /** Moves devices as the rules on groups say. @returns who was moved, and by which rule; call `pushPolicies` and `offerCredential` after the commit */
  applyGroupRules(tx: StoreWriter, devices: readonly Device[]): Promise<readonly { readonly device: Device; readonly from: string; readonly rule: number }[]>
  /** Figures of the last look over the whole fleet; undefined before the first. */
  readonly tally: FleetTally | undefined
  /** Answers heartbeats and syncs, and issues policies anew before they expire, until the signal aborts. */
  start(signal: AbortSignal): void
  /** Writes the reports that were not written yet. */
  flush(): Promise<void>
  readonly counters: { readonly heartbeats: number; readonly syncs: number; readonly refused: number }
}
