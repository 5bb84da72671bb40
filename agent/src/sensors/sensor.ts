// The contract of a sensor: one file and one line in registry.ts each.
//
// A sensor knows no spool, bus, config file or clock: all of that comes through its context. It runs until `signal`
// aborts, emits nothing after that, and returns within a second. A change of policy is an abort and a new start.
import type { ActivityKind, wire } from '@holdfast/proto'
import type { ActorHint, SensedActivity } from '../activity.ts'
import type { Enrichment } from '../enrich/contract.ts'
import type { Platform } from '../platform/platform.ts'

export type Tier = 'full' | 'degraded' | 'blind'

/** How much a sensor sees on this device, and why not more. */
export interface TierReport {
  readonly tier: Tier
  /** Plain words; empty when full. */
  readonly reason: string
  /** What an administrator can do about it; empty when full. */
  readonly fix: string
  /** Kernel watches in use, 0 where the facility has none. */
  readonly watches?: number
}

export interface SensorContext {
  /** The agent policy in force; a sensor reads its own part. */
  readonly policy: wire.AgentPolicy.$Properties
  readonly platform: Platform
  readonly enrichment: Enrichment
  readonly signal: AbortSignal
  /**
   * Hands an activity over. Resolves once it is durable; a sensor on a hot path need not wait, the order is kept.
   * @throws SPOOL_FULL is never thrown here: the agent records the loss and the promise resolves.
   */
  emit(activity: SensedActivity): Promise<void>
  /** Tells the agent how much is seen now; the last report counts. */
  report(state: TierReport): void
  now(): number
  readonly log: { debug(object: object, message: string): void; info(object: object, message: string): void; warn(object: object, message: string): void; error(object: object, message: string): void }
  /** How many times longer than usual a sensor waits between looks that nothing has asked for: 1, or more while the agent keeps to its budget. */
  readonly pace: () => number
  /** Durable key and value room of this sensor (state before the last stop), at most 1 MiB a value. */
  readonly memory: { get(key: string): Promise<string | undefined>; set(key: string, value: string): Promise<void> }
}

export interface Sensor {
  /** kebab-case, unique. */
  readonly name: string
  readonly summary: string
  readonly emits: readonly ActivityKind[]
  readonly platforms: readonly NodeJS.Platform[]
  /** Why the sensor sees nothing on a platform that it does not support. */
  readonly unsupportedReason: string
  /** What an administrator can do about that. */
  readonly unsupportedFix?: string
  /** Whether the policy wants it at all. */
  wanted(policy: wire.AgentPolicy.$Properties): boolean
  /** Runs until the signal aborts. Throws only for a bug or a facility that is gone; the agent restarts it with back-off and reports it as degraded. */
  start(context: SensorContext): Promise<void>
  /** Proves that the watch is alive; false makes the agent restart the sensor. Called at most once a minute, bounded to 10 s. */
  selfTest?(context: SensorContext): Promise<boolean>
}

export const defineSensor = (sensor: Sensor): Sensor => sensor

export type { ActorHint, SensedActivity }
