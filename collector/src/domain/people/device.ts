// A managed computer, its health and what it really runs.

import type { DeviceUpgrade } from '../rollout/upgrade.ts'

export type SensorTier = 'full' | 'degraded' | 'blind' | 'off'

export interface SensorState {
  readonly name: string
  readonly tier: SensorTier
  readonly reason: string
  readonly fix: string
  readonly lastSelfTestAtMs?: number
  readonly selfTestPassed: boolean
  readonly emitted: number
  readonly watches: number
  /** Times it had to be started again; absent in a report of an older release. */
  readonly restarts?: number
}

/** What the last heartbeat said. */
export interface DeviceReport {
  readonly receivedAtMs: number
  readonly sentAtMs: number
  readonly agentVersion: string
  readonly hostname: string
  readonly os: string
  readonly osVersion: string
  readonly kernel: string
  readonly uptimeSecs: number
  readonly elevated: boolean
  readonly sensors: readonly SensorState[]
  readonly spool: { readonly epoch: string; readonly lastSeq: number; readonly ackedSeq: number; readonly bytes: number; readonly maxBytes: number; readonly dropped: number; readonly outOfOrder?: true; readonly problem?: string }
  readonly policy: { readonly runningVersion: number; readonly runningHash: string; readonly refusedVersion: number; readonly refusedReason: string; readonly receivedVersion?: number; readonly verifiedVersion?: number; readonly appliedAtMs?: number; readonly expiresAtMs?: number }
  readonly usage: { readonly rssBytes: number; readonly cpuMillis: number }
  readonly sessionAccounts: readonly string[]
  /** Version of what its credential allows; absent or 0 before there was one. */
  readonly permissionSet?: number
  /** Hex SHA-256 over the agent's program; absent or empty where it is not known yet. */
  readonly programHash?: string
  /** Why nothing is watched; absent or empty when all is well. */
  readonly safeMode?: string
  /** Starts that its watchdog had to make. */
  readonly watchdogRestarts?: number
  /** Whether it takes other versions of the agent, and what became of the last one; absent before there were upgrades. */
  readonly upgrade?: DeviceUpgrade
  /** The program as it was last known, and when it changed without another version; kept by the collector. */
  readonly program?: { readonly hash: string; readonly agentVersion: string; readonly changedAtMs?: number }
  /** When its clock moved against ours, and by how much; kept by the collector. */
  readonly clockMoved?: { readonly atMs: number; readonly byMs: number }
  /** Since when it has held activities of which none was acknowledged; kept by the collector. */
  readonly waitingSinceMs?: number
}

export interface Device {
  /** `d_` and 22 characters, also its subject token. */
  readonly id: string
  readonly hostname: string
  readonly os: string
  readonly group: string
  /** SHA-256 over the hardware's own ids, made on the device; re-enrolment of the same hardware keeps the device. */
  readonly hardwareId: string
  /** NKey (`U…`) of the current credential. */
  readonly publicKey: string
  readonly status: 'active' | 'revoked'
  readonly enrolledAtMs: number
  readonly lastSeenAtMs?: number
  readonly report?: DeviceReport
  /** Activities in quarantine because another one has their number: two devices that are one, or one that was set back. */
  readonly conflicts?: number
  /** Messages and activities of it in quarantine for another reason that were not replayed. */
  readonly rejected?: number
  /** Lower case, sorted, each once. */
  readonly tags?: readonly string[]
  /** Id of the user whose device it is. */
  readonly owner?: string
  /** Faults are shown and nobody is told of them until then. */
  readonly maintenance?: { readonly untilMs: number; readonly reason: string; readonly by: string; readonly sinceMs: number }
  /** Out of use for good: cut off, and left out of lists and counts; its history stays. */
  readonly retired?: { readonly atMs: number; readonly by: string; readonly reason: string }
  /** The device under which its history is shown: the same computer under another hardware id. */
  readonly mergedInto?: string
  /** Moved by hand, or enrolled so: rules on groups leave it where it is. */
  readonly keepsGroup?: true
  /** Where its connection came from last, as the broker saw it; kept only while a rule on groups asks for a network. */
  readonly address?: string
  /** Why its key was taken away, where nobody revoked it in so many words. */
  readonly cutOff?: { readonly atMs: number; readonly why: 'cloned' | 'retired' | 'merged' | 'revoked' }
}

/** One row of the loss ledger; ranges of one epoch never overlap. */
export interface LedgerRange {
  readonly epoch: string
  readonly firstSeq: number
  readonly lastSeq: number
  /** `received`, or `gap` with its reason; what no row covers below the highest is unexplained. */
  readonly kind: 'received' | 'gap'
  readonly reason?: string
}
