// What the agent tells the collector about itself.
import { toWireTimestamp, wire } from '@holdfast/proto'
import type { Platform } from '../platform/platform.ts'
import type { PolicyKeeper } from '../policy/contract.ts'
import type { RunningSensor } from '../runner/runner.ts'
import type { SpoolFigures } from '../spool/contract.ts'
import type { UsageMeter } from './usage.ts'

const MAX_SESSION_ACCOUNTS = 256

const tiers = { full: wire.SensorTier.SENSOR_TIER_FULL, degraded: wire.SensorTier.SENSOR_TIER_DEGRADED, blind: wire.SensorTier.SENSOR_TIER_BLIND, off: wire.SensorTier.SENSOR_TIER_OFF } as const

export interface HeartbeatDeps {
  readonly version: string
  readonly platform: Pick<Platform, 'description' | 'sessions' | 'elevated'>
  readonly sensors: () => readonly RunningSensor[]
  readonly spool: () => SpoolFigures & { /** Why nothing can be written, by code. */ readonly problem?: string }
  readonly policy: Pick<PolicyKeeper, 'running' | 'refused'> & Partial<Pick<PolicyKeeper, 'seen'>>
  readonly usage: UsageMeter
  /** The last fire drill, as it goes out. */
  readonly drill?: () => wire.DrillReport.$Properties | undefined
  /** Hash over the program; empty until it is known. */
  readonly programHash?: () => string
  /** Why nothing is watched; empty when all is well. */
  readonly safeMode?: string
  /** Starts that the watchdog had to make. */
  readonly restarts?: number
  /** Whether other versions of the agent are taken, and what became of the last one. */
  readonly upgrade?: () => Promise<wire.UpgradeState.$Properties>
  readonly now: () => number
  readonly steady: () => number
}

const sensorState = (sensor: RunningSensor): wire.SensorState.$Properties => ({
  name: sensor.name, tier: tiers[sensor.tier], reason: sensor.reason, fix: sensor.fix, emitted: sensor.emitted, watches: sensor.watches, restarts: sensor.restarts,
  ...(sensor.lastSelfTestAtMs === undefined ? {} : { lastSelfTestAt: toWireTimestamp(sensor.lastSelfTestAtMs), selfTestPassed: sensor.selfTestPassed ?? false }),
})

function policyState({ running, refused, seen }: HeartbeatDeps['policy']): wire.PolicyState.$Properties {
  const { version, hash, appliedAtMs, expiresAtMs } = running()
  const refusal = refused()
  return {
    runningVersion: version, runningHash: hash, appliedAt: toWireTimestamp(appliedAtMs), ...(expiresAtMs === undefined ? {} : { expiresAt: toWireTimestamp(expiresAtMs) }),
    ...(refusal === undefined ? {} : { refusedVersion: refusal.version, refusedReason: refusal.code }), ...seen?.(),
  }
}

/** @returns a builder of heartbeats; what cannot be found out is left empty, because a heartbeat must go out in any case */
export function createHeartbeat(deps: HeartbeatDeps): () => Promise<wire.Heartbeat.$Properties> {
  const startedAt = deps.steady()
  return async () => {
    const [description, sessions, upgrade] = await Promise.all([deps.platform.description().catch(() => undefined), deps.platform.sessions().catch(() => []), deps.upgrade?.().catch(() => undefined)])
    const lastDrill = deps.drill?.()
    const { epoch, lastSeq, ackedSeq, bytes, maxBytes, dropped, problem = '' } = deps.spool()
    return {
      sentAt: toWireTimestamp(deps.now()), agentVersion: deps.version, ...description, uptimeSecs: Math.floor((deps.steady() - startedAt) / 1000),
      sensors: deps.sensors().map(sensorState), spool: { epoch, lastSeq, ackedSeq, bytes, maxBytes, dropped, problem }, policy: policyState(deps.policy), usage: deps.usage.read(),
      sessionAccounts: [...new Set(sessions.map(({ account }) => account))].slice(0, MAX_SESSION_ACCOUNTS), elevated: deps.platform.elevated, ...(lastDrill === undefined ? {} : { lastDrill }),
      programHash: deps.programHash?.() ?? '', safeMode: deps.safeMode ?? '', restarts: deps.restarts ?? 0, ...(upgrade === undefined ? {} : { upgrade }),
    }
  }
}
