// What the store keeps of evidence: one record for each copy that a device offered or could not keep, and its custody.
import type { Page, PageRequest } from './store.ts'

/**
 * `refused`: the collector has no room for it now, the device holds it. `receiving`: parts of it are here. `verified`: all of it
 * is here, opened once, and its content is what the device read. `damaged`: it could not be opened. `skipped`: the device did
 * not keep it. `deleted`: it was here; a tombstone.
 */
export type EvidenceState = 'refused' | 'receiving' | 'verified' | 'damaged' | 'skipped' | 'deleted'
export type EvidenceForm = 'text' | 'pdf' | 'image' | 'other'

export interface EvidenceItem {
  /** `ev_…`, made here. */
  readonly id: string
  readonly deviceId: string
  /** Made on the device; empty for what it did not keep. */
  readonly deviceRef: string
  readonly activityId: string
  /** Empty while the activity of a skipped file is not here yet. */
  readonly userId: string
  readonly state: EvidenceState
  /** Why it is refused, damaged, skipped or deleted: a code, or the words of whoever deleted it. */
  readonly reason?: string
  /** Of the content, 0 where nobody knows. */
  readonly sizeBytes: number
  readonly sealedBytes: number
  /** Of the content as the device read it. */
  readonly sha256?: string
  /** Of the content when the activity was seen; another one means that the file changed in between. */
  readonly activitySha256?: string
  readonly keyId?: string
  /** Name of the sealed copy in the evidence folder, without its ending; says nothing of the file. */
  readonly storedName?: string
  readonly capturedAtMs: number
  readonly receivedAtMs?: number
  readonly form?: EvidenceForm
  readonly mediaType?: string
  /** What was found in the text of it, as far as it was looked at. */
  readonly findings?: readonly { readonly type: string; readonly count: number }[]
  /** Why it must stay, one entry a hold; while there is any it is not deleted. */
  readonly holds: readonly string[]
  readonly deletedAtMs?: number
}

/** One thing that happened to a copy. Only ever added; see evidence/custody.ts. */
export interface CustodyEvent {
  readonly evidenceId: string
  /** 1, 2, 3 … without a hole within one copy. */
  readonly n: number
  readonly atMs: number
  readonly actorId: string
  readonly actorName: string
  readonly what: 'captured' | 'sent' | 'received' | 'verified' | 'refuted' | 'viewed' | 'revealed' | 'downloaded' | 'exported' | 'held' | 'released' | 'deleted'
  /** JSON text. */
  readonly detail: string
  readonly hash: string
}

export interface EvidenceQuery extends PageRequest {
  readonly userId?: string
  readonly deviceId?: string
  readonly states?: readonly EvidenceState[]
  /** Captured at or after. */
  readonly fromMs?: number
  /** Captured before. */
  readonly toMs?: number
}

export interface EvidenceUse {
  readonly bytes: number
  readonly items: number
}

export interface EvidenceReader {
  evidence(id: string): Promise<EvidenceItem | undefined>
  evidenceByIds(ids: readonly string[]): Promise<readonly EvidenceItem[]>
  evidenceByDeviceRef(deviceId: string, deviceRef: string): Promise<EvidenceItem | undefined>
  /** Of many activities at once, the newest first within one. */
  evidenceOfActivities(activityIds: readonly string[]): Promise<readonly EvidenceItem[]>
  /** Newest first. */
  evidenceList(query: EvidenceQuery): Promise<Page<EvidenceItem>>
  /** Of one device, or of all: sealed bytes that are here or on their way. */
  evidenceUse(deviceId?: string): Promise<EvidenceUse>
  /** Ordered by n. */
  custody(evidenceId: string): Promise<readonly CustodyEvent[]>
}

export interface EvidenceWriter {
  saveEvidence(item: EvidenceItem): Promise<void>
  /** What is there already stays as it is. */
  saveSkippedEvidence(items: readonly EvidenceItem[]): Promise<void>
  appendCustody(event: CustodyEvent): Promise<void>
}
