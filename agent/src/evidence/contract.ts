// What the rest of the agent sees of evidence: copies of files that the policy's capture rule chose.
//
// Nothing here is on an activity's way: a copy is made after its activity is safe, in a child of its own, and is sent only
// while no activity waits. Whatever goes wrong costs a copy and leaves a skip that says why.
import type { wire } from '@holdfast/proto'
import type { SensedActivity } from '../activity.ts'

/** Why a file that the rule chose was not kept; the bounded set of evidence.proto. */
export type SkipReason =
  | 'excluded' | 'too_large' | 'over_day_quota' | 'rate_limited' | 'queue_full' | 'denied' | 'special' | 'gone' | 'unstable' | 'timeout' | 'unread' | 'disk_full' | 'folder_full' | 'damaged' | 'refused'

export interface Skip {
  readonly epoch: string
  readonly seq: number
  readonly reason: SkipReason
  readonly atMs: number
  readonly sizeBytes: number
}

/** A sealed copy that waits to be sent. */
export interface ShelvedCopy {
  readonly id: string
  readonly epoch: string
  readonly seq: number
  readonly plainBytes: number
  readonly sealedBytes: number
  readonly sha256: string
  readonly keyId: string
  readonly capturedAtMs: number
}

export interface EvidenceStatus {
  /** The policy has a capture rule that is on. */
  readonly on: boolean
  readonly waiting: number
  readonly bytes: number
  readonly maxBytes: number
  readonly captured: number
  readonly sent: number
  readonly skipped: number
  /** Why nothing is sent, by code; empty while all is well. */
  readonly problem: string
}

export interface Evidence {
  /** Another policy is in force; the first one switches everything on. */
  follow(policy: wire.AgentPolicy.$Properties): void
  /** An activity is safe under this number; returns at once. */
  consider(activity: SensedActivity, epoch: string, seq: number): void
  /** Sends what waits over one connection, until the signal aborts. Rejects never. */
  send(link: EvidenceLink, signal: AbortSignal): Promise<void>
  status(): EvidenceStatus
  close(): Promise<void>
}

/** One connection to the collector. */
export interface EvidenceLink {
  /** One encoded EvidenceRequest. @returns an encoded EvidenceAnswer; rejects when none comes */
  request(data: Uint8Array): Promise<Uint8Array>
  /** No activity waits to be sent. */
  readonly quiet: boolean
}
