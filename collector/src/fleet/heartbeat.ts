// From a heartbeat's bytes to a device report. Nothing of it is trusted: sizes and counts are capped, numbers must be
// safe integers, texts lose their control characters.
import { ACTIVITY_KINDS, type ActivityKind, fromWireTimestamp, wire } from '@holdfast/proto'
import { type DrillReport, type DrillSignal, SIGNAL_OUTCOMES, type SignalOutcome } from '../domain/drills/drill.ts'
import { type DeviceUpgrade, UPGRADE_STATES } from '../domain/rollout/upgrade.ts'
import type { DeviceReport, SensorState, SensorTier } from '../domain/people/device.ts'

const MESSAGE_LIMIT = 64 * 1024
const SENSOR_LIMIT = 64
const ACCOUNT_LIMIT = 64
const SIGNAL_LIMIT = 32
/** A drill that took longer was none. */
const DRILL_MS = 3_600_000
const TEXT_LIMIT = 500
const NAME_LIMIT = 253

const TIERS: Readonly<Record<number, SensorTier>> = { 1: 'full', 2: 'degraded', 3: 'blind', 4: 'off' }

// eslint-disable-next-line no-control-regex
const text = (value: string | null | undefined, limit = TEXT_LIMIT): string => (value ?? '').replaceAll(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]/g, ' ').slice(0, limit)
const matching = (value: string | null | undefined, form: RegExp): string => (value !== undefined && value !== null && form.test(value) ? value : '')
const HASH = /^[0-9a-f]{64}$/
const EPOCH = /^[0-9a-f]{32}$/
const CODE = /^[A-Z0-9_]{1,64}$/

class OutOfRange extends Error {}

const count = (value: number | null | undefined): number => {
  const number = value ?? 0
  if (!Number.isSafeInteger(number) || number < 0) throw new OutOfRange()
  return number
}

const time = (name: string, value: Parameters<typeof fromWireTimestamp>[0]): Readonly<Record<string, number>> => {
  const ms = fromWireTimestamp(value)
  return ms === undefined ? {} : { [name]: ms }
}

function readSensor(sensor: wire.SensorState.$Properties): SensorState {
  return {
    // A tier of a newer agent counts as blind until we know it: never better than it is.
    name: text(sensor.name, 64), tier: TIERS[sensor.tier ?? 0] ?? 'blind', reason: text(sensor.reason), fix: text(sensor.fix), selfTestPassed: sensor.selfTestPassed ?? false,
    emitted: count(sensor.emitted), watches: count(sensor.watches), restarts: count(sensor.restarts), ...time('lastSelfTestAtMs', sensor.lastSelfTestAt),
  }
}

const DRILL_ID = /^[0-9a-f]{32}$/
const DRILL_OUTCOMES = ['passed', 'failed', 'stopped'] as const

function readSignal(signal: wire.DrillSignal.$Properties): DrillSignal {
  const outcome = SIGNAL_OUTCOMES.find((known): known is SignalOutcome => known === signal.outcome)
  const kind = ACTIVITY_KINDS.find((known): known is ActivityKind => known === signal.kind)
  if (outcome === undefined || kind === undefined) throw new OutOfRange()
  const ms = (name: 'durableMs' | 'storedMs' | 'scoredMs' | 'alertedMs') => (signal[name] === undefined || signal[name] === null ? {} : { [name]: count(signal[name]) })
  return { kind, act: text(signal.act), outcome, reason: text(signal.reason), fix: text(signal.fix), ...ms('durableMs'), ...ms('storedMs'), ...ms('scoredMs'), ...ms('alertedMs') }
}

/** @returns undefined for none; one that a newer agent words otherwise is left out, and the rest of the heartbeat holds */
function readDrill(drill: wire.DrillReport.$Properties | null | undefined): DrillReport | undefined {
  if (drill === null || drill === undefined) return undefined
  const startedAtMs = fromWireTimestamp(drill.startedAt)
  const endedAtMs = fromWireTimestamp(drill.endedAt)
  const outcome = DRILL_OUTCOMES.find((known) => known === drill.outcome)
  if (!DRILL_ID.test(drill.id ?? '') || startedAtMs === undefined || endedAtMs === undefined || outcome === undefined || endedAtMs < startedAtMs || endedAtMs - startedAtMs > DRILL_MS || (drill.signals?.length ?? 0) > SIGNAL_LIMIT) return undefined
  try {
    return { id: drill.id ?? '', startedAtMs, endedAtMs, outcome, signals: (drill.signals ?? []).map(readSignal) }
  } catch (error) {
    if (error instanceof OutOfRange) return undefined
    throw error
  }
}

const PLATFORM = /^[a-z0-9]{1,16}-[a-z0-9]{1,16}$/
const KEY_ID = /^[0-9a-f]{16}$/

function readUpgrade(upgrade: wire.UpgradeState.$Properties | null | undefined): DeviceUpgrade | undefined {
  if (upgrade === null || upgrade === undefined) return undefined
  return {
    platform: matching(upgrade.platform, PLATFORM), unable: matching(upgrade.unable, CODE), keyId: matching(upgrade.keyId, KEY_ID), offer: count(upgrade.offer), state: UPGRADE_STATES.find((known) => known === upgrade.state) ?? '', reason: matching(upgrade.reason, CODE), receivedBytes: count(upgrade.receivedBytes),
  }
}

/** What a heartbeat says: the report on the device, and its last fire drill beside it. */
export type Heard = DeviceReport & { readonly drill?: DrillReport }

/** @returns undefined when it cannot be read or holds an impossible number */
export function readHeartbeat(data: Uint8Array, receivedAtMs: number): Heard | undefined {
  if (data.length > MESSAGE_LIMIT) return undefined
  try {
    const beat = wire.Heartbeat.decode(data)
    const { spool, policy, usage } = beat
    const sentAtMs = fromWireTimestamp(beat.sentAt)
    const drill = readDrill(beat.lastDrill)
    const upgrade = readUpgrade(beat.upgrade)
    if (sentAtMs === undefined || (beat.sensors?.length ?? 0) > SENSOR_LIMIT) return undefined
    return {
      receivedAtMs, sentAtMs, agentVersion: text(beat.agentVersion, 64), hostname: text(beat.hostname, NAME_LIMIT), os: text(beat.os, 64), osVersion: text(beat.osVersion, 128), kernel: text(beat.kernel, 128),
      uptimeSecs: count(beat.uptimeSecs), elevated: beat.elevated ?? false, sensors: (beat.sensors ?? []).map(readSensor),
      spool: { epoch: matching(spool?.epoch, EPOCH), lastSeq: count(spool?.lastSeq), ackedSeq: count(spool?.ackedSeq), bytes: count(spool?.bytes), maxBytes: count(spool?.maxBytes), dropped: count(spool?.dropped), ...(spool?.outOfOrder === true ? { outOfOrder: true as const } : {}), ...(matching(spool?.problem, CODE) === '' ? {} : { problem: matching(spool?.problem, CODE) }) },
      policy: {
        runningVersion: count(policy?.runningVersion), runningHash: matching(policy?.runningHash, HASH), refusedVersion: count(policy?.refusedVersion), refusedReason: matching(policy?.refusedReason, CODE), ...(policy?.receivedVersion ? { receivedVersion: count(policy.receivedVersion) } : {}), ...(policy?.verifiedVersion ? { verifiedVersion: count(policy.verifiedVersion) } : {}),
        ...time('appliedAtMs', policy?.appliedAt), ...time('expiresAtMs', policy?.expiresAt),
      },
      usage: { rssBytes: count(usage?.rssBytes), cpuMillis: count(usage?.cpuMillis) },
      sessionAccounts: (beat.sessionAccounts ?? []).slice(0, ACCOUNT_LIMIT).map((account) => text(account, 256)),
      permissionSet: count(beat.permissionSet), programHash: matching(beat.programHash, HASH), safeMode: text(beat.safeMode), watchdogRestarts: count(beat.restarts), ...(upgrade === undefined ? {} : { upgrade }), ...(drill === undefined ? {} : { drill }),
    }
  } catch {
    // Not protobuf, or an impossible number: the sender is broken or hostile, and there is nothing to keep of it.
    return undefined
  }
}

export interface SyncRequest {
  readonly epoch: string
  /** The device holds nothing below it. */
  readonly firstHeldSeq: number
  /** Highest number that it holds; 0 when it says none that can be. */
  readonly lastSeq: number
  readonly policyHash: string
}

/** @returns undefined when it cannot be read */
export function readSync(data: Uint8Array): SyncRequest | undefined {
  if (data.length > 1024) return undefined
  try {
    const sync = wire.Sync.decode(data)
    const firstHeldSeq = sync.firstHeldSeq ?? 0
    if (!EPOCH.test(sync.epoch ?? '') || !Number.isSafeInteger(firstHeldSeq) || firstHeldSeq < 0) return undefined
    return { epoch: sync.epoch ?? '', firstHeldSeq, lastSeq: Number.isSafeInteger(sync.lastSeq) ? Math.max(0, sync.lastSeq ?? 0) : 0, policyHash: matching(sync.policyHash, HASH) }
  } catch {
    // As above.
    return undefined
  }
}
