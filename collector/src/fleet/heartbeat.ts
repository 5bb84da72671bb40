// From a heartbeat's bytes to a device report. Nothing of it is trusted: sizes and counts are capped, numbers must be
// safe integers, texts lose their control characters.
import { fromWireTimestamp, wire } from '@holdfast/proto'
import type { DeviceReport, SensorState, SensorTier } from '../domain/people/device.ts'

const MESSAGE_LIMIT = 64 * 1024
const SENSOR_LIMIT = 64
const ACCOUNT_LIMIT = 64
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
    emitted: count(sensor.emitted), watches: count(sensor.watches), ...time('lastSelfTestAtMs', sensor.lastSelfTestAt),
  }
}

/** @returns undefined when it cannot be read or holds an impossible number */
export function readHeartbeat(data: Uint8Array, receivedAtMs: number): DeviceReport | undefined {
  if (data.length > MESSAGE_LIMIT) return undefined
  try {
    const beat = wire.Heartbeat.decode(data)
    const { spool, policy, usage } = beat
    const sentAtMs = fromWireTimestamp(beat.sentAt)
    if (sentAtMs === undefined || (beat.sensors?.length ?? 0) > SENSOR_LIMIT) return undefined
    return {
      receivedAtMs, sentAtMs, agentVersion: text(beat.agentVersion, 64), hostname: text(beat.hostname, NAME_LIMIT), os: text(beat.os, 64), osVersion: text(beat.osVersion, 128), kernel: text(beat.kernel, 128),
      uptimeSecs: count(beat.uptimeSecs), elevated: beat.elevated ?? false, sensors: (beat.sensors ?? []).map(readSensor),
      spool: { epoch: matching(spool?.epoch, EPOCH), lastSeq: count(spool?.lastSeq), ackedSeq: count(spool?.ackedSeq), bytes: count(spool?.bytes), maxBytes: count(spool?.maxBytes), dropped: count(spool?.dropped) },
      policy: {
        runningVersion: count(policy?.runningVersion), runningHash: matching(policy?.runningHash, HASH), refusedVersion: count(policy?.refusedVersion), refusedReason: matching(policy?.refusedReason, CODE),
        ...time('appliedAtMs', policy?.appliedAt), ...time('expiresAtMs', policy?.expiresAt),
      },
      usage: { rssBytes: count(usage?.rssBytes), cpuMillis: count(usage?.cpuMillis) },
      sessionAccounts: (beat.sessionAccounts ?? []).slice(0, ACCOUNT_LIMIT).map((account) => text(account, 256)),
      permissionSet: count(beat.permissionSet),
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
  readonly policyHash: string
}

/** @returns undefined when it cannot be read */
export function readSync(data: Uint8Array): SyncRequest | undefined {
  if (data.length > 1024) return undefined
  try {
    const sync = wire.Sync.decode(data)
    const firstHeldSeq = sync.firstHeldSeq ?? 0
    if (!EPOCH.test(sync.epoch ?? '') || !Number.isSafeInteger(firstHeldSeq) || firstHeldSeq < 0) return undefined
    return { epoch: sync.epoch ?? '', firstHeldSeq, policyHash: matching(sync.policyHash, HASH) }
  } catch {
    // As above.
    return undefined
  }
}
