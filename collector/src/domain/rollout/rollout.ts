// A roll-out: one new revision of a group's agent policy on its way to the group's devices, ring by ring.
//
//   active ──all rings well──> completed            what it brought is the group's own revision from then on
//     │ ^                          │
//     │ └ resume ┐                 │ roll back (at any time until a later revision is the group's own)
//     ├ pause ─> paused ───────────┤
//     ├ a rule ─> halted ──────────┴─> rolling_back ──every device that moved is decided──> rolled_back
//     └ a later change ─> superseded   its devices stay on what they have until the later one reaches them
//
// A device that has moved never gets an older version: taking something back is a new, higher version that says what ran before.
import type { RolloutPlan } from './plan.ts'

export const ROLLOUT_STATES = ['active', 'paused', 'halted', 'completed', 'rolling_back', 'rolled_back', 'superseded'] as const
export type RolloutState = (typeof ROLLOUT_STATES)[number]

/**
 * Where a device is. `pending`: its ring was not reached. `offered`: sent, and sent again with each heartbeat. `received`
 * and `verified`: the device says so, and does not run it yet. `applied`: it runs, and something is not well. `confirmed`:
 * its heartbeat proves that it runs, and all is well. `rejected`: refused, broken by it, or not taken in time. `offline`:
 * not heard of; it gets it when it returns. `gone`: put out, or in another group.
 */
export const DEVICE_STATES = ['pending', 'offered', 'received', 'verified', 'applied', 'confirmed', 'rejected', 'offline', 'gone'] as const
export type RolloutDeviceState = (typeof DEVICE_STATES)[number]

/** How a device was before it moved, to tell what the new revision did. */
export interface Baseline {
  readonly cpuMillis: number
  readonly restarts: number
  readonly lost: number
  readonly unexplained: number
  readonly blind: number
  readonly safeMode: boolean
}

export interface RolloutDevice {
  readonly deviceId: string
  readonly ring: number
  readonly state: RolloutDeviceState
  readonly stateAtMs: number
  /** Code of why it was rejected, or is not well: of the agent's refusal, or NO_ANSWER, SAFE_MODE, SENSOR_BLIND, DRIFTED. */
  readonly reason?: string
  /** When it was given this roll-out's revision; absent: never. */
  readonly movedAtMs?: number
  /** When it was told last to run something else: when it moved, and when that was taken back. */
  readonly offeredAtMs?: number
  readonly confirmedAtMs?: number
  /** It runs what an earlier roll-out brought that never became the group's own. */
  readonly carried?: true
  readonly before?: Baseline
}

export const HALT_RULES = ['failed', 'cpu', 'loss', 'restarts', 'alerts', 'silence', 'unconfirmed', 'by_hand'] as const
export type HaltRule = (typeof HALT_RULES)[number]

export interface Halt {
  readonly rule: HaltRule
  readonly atMs: number
  readonly ring: number
  /** What was seen and what is allowed, in the unit of the rule: per cent, alerts, or seconds. */
  readonly observed: number
  readonly limit: number
  /** Devices that it is about, at most ten. */
  readonly deviceIds: readonly string[]
  readonly note?: string
}

export interface RevisionRef {
  readonly version: number
  /** Hex SHA-256 of the body: what a heartbeat proves. */
  readonly hash: string
}

export interface Rollout {
  readonly id: string
  readonly group: string
  readonly state: RolloutState
  readonly plan: RolloutPlan
  readonly createdAtMs: number
  readonly by: { readonly id: string; readonly name: string }
  /** The ring that was reached last; -1 before the first. */
  readonly ring: number
  readonly ringAtMs?: number
  /** Since when enough of the ring run it. */
  readonly readyAtMs?: number
  /** Rules look at what happened after it: set anew when somebody lets a halted one go on. */
  readonly judgedFromMs?: number
  readonly from: RevisionRef
  readonly to: RevisionRef
  readonly back?: RevisionRef & { readonly atMs: number }
  readonly halt?: Halt
  readonly endedAtMs?: number
  /** What the group allows its agents under load, thousandths of one core; and after how long a silent device is offline. */
  readonly cpuLimitMillis: number
  readonly offlineAfterMs: number
  /** Hashes of contents that are not to be offered by themselves: they were taken back. */
  readonly held?: readonly string[]
  /** One that stands still is not looked at until something is asked of it. */
  readonly lastLookAtMs?: number
}

/** In these states devices may still change theirs. */
export const isRunning = ({ state }: Rollout): boolean => state === 'active' || state === 'paused' || state === 'halted' || state === 'rolling_back'
