// Why a device is not well, and what to do about it: what it said last against `FAULT_LIMITS`.
import { deviceFault, type DeviceFault, FAULT_LIMITS } from '../domain/people/device-faults.ts'
import type { Device, SensorState } from '../domain/people/device.ts'
import type { DeviceHealth, WantedPolicy } from './contract.ts'

const seconds = (ms: number): string => (ms < 120_000 ? `${Math.round(ms / 1000)} s` : ms < 7_200_000 ? `${Math.round(ms / 60_000)} min` : ms < 172_800_000 ? `${Math.round(ms / 3_600_000)} h` : `${Math.round(ms / 86_400_000)} d`)

const day = (ms: number): string => `${new Date(ms).toISOString().slice(0, 16).replace('T', ' ')} UTC`

/** What a device is measured by besides what it said. */
export interface HealthFacts {
  readonly wanted?: WantedPolicy | undefined
  /** What the group's devices are told. */
  readonly heartbeatSecs: number
  /** Heartbeats that may be missed; 0 as the table has it. */
  readonly silentHeartbeats?: number
  /** Sequence numbers that neither arrived nor are explained. */
  readonly unexplained: number
  /** Whether it ever had a fire drill; absent where nobody asks. */
  readonly drilled?: boolean
  /** Host names of the computers that speak under its name now, where there is more than one. */
  readonly clones?: readonly string[]
  /** What every device trusts, and when it ends. */
  readonly certificates?: readonly { readonly what: string; readonly endsAtMs: number; readonly withinMs: number }[]
  readonly nowMs: number
}

/** When a device of the group counts as silent, in milliseconds. */
export const silentAfterMs = (heartbeatSecs: number, heartbeats = 0): number => Math.max(FAULT_LIMITS.silentLeastMs, (heartbeats > 0 ? heartbeats : FAULT_LIMITS.silentHeartbeats) * heartbeatSecs * 1000)

/** What somebody did to the agent rather than what happened to it. */
function tamperFaults({ report, conflicts = 0 }: Device, clones: readonly string[] | undefined): readonly DeviceFault[] {
  return [
    ...(clones === undefined ? [] : [deviceFault('CLONED', { names: clones.length > 1 ? ` (${clones.join(', ')})` : '' })]),
    ...(conflicts > 0 ? [deviceFault('NUMBERS_TWICE', { count: conflicts })] : []),
    ...(report?.program?.changedAtMs === undefined ? [] : [deviceFault('PROGRAM_CHANGED', { at: day(report.program.changedAtMs) })]),
    ...(report?.clockMoved === undefined ? [] : [deviceFault('CLOCK_MOVED', { at: day(report.clockMoved.atMs), by: `${report.clockMoved.byMs > 0 ? '+' : '-'}${seconds(Math.abs(report.clockMoved.byMs))}` })]),
  ]
}

/** Why agents refuse what nobody here has sent. */
const FORGED: ReadonlySet<string> = new Set(['POLICY_UNSIGNED', 'POLICY_WRONG_KEY', 'POLICY_TOO_FEW_SIGNATURES', 'POLICY_ROOT_REFUSED', 'POLICY_OTHER_FLEET', 'POLICY_OTHER_DEVICE'])

function forgedFaults({ report }: Device, wanted: WantedPolicy | undefined): readonly DeviceFault[] {
  const { refusedVersion = 0, refusedReason = '' } = report?.policy ?? {}
  // What it should run was refused for reasons of ours; what is earlier may have been ours.
  return wanted !== undefined && refusedVersion > wanted.version && FORGED.has(refusedReason) ? [deviceFault('POLICY_FORGED', { version: refusedVersion, reason: refusedReason })] : []
}

function policyFaults(device: Device, facts: HealthFacts): readonly DeviceFault[] {
  return [...forgedFaults(device, facts.wanted), ...runningFaults(device, facts)]
}

function runningFaults(device: Device, { wanted, nowMs, heartbeatSecs }: HealthFacts): readonly DeviceFault[] {
  const policy = device.report?.policy
  if (policy === undefined) return []
  const stale = policy.runningHash !== '' && policy.expiresAtMs !== undefined && policy.expiresAtMs <= nowMs ? [deviceFault('POLICY_STALE', { at: day(policy.expiresAtMs) })] : []
  if (wanted === undefined || policy.runningHash === wanted.hash) return stale
  if (policy.refusedVersion === wanted.version) return [deviceFault('POLICY_REFUSED', { version: wanted.version, reason: policy.refusedReason || '?', running: policy.runningVersion }), ...stale]
  if (wanted.createdAtMs !== undefined && nowMs - wanted.createdAtMs < Math.max(FAULT_LIMITS.policyGraceLeastMs, FAULT_LIMITS.policyGraceHeartbeats * heartbeatSecs * 1000)) return stale
  return [deviceFault('POLICY_BEHIND', { running: policy.runningVersion, version: wanted.version }), ...stale]
}

function sensorFault({ name: sensor, tier, reason, fix }: SensorState): readonly DeviceFault[] {
  if (tier !== 'blind' && tier !== 'degraded') return []
  const values = { sensor, reason: reason === '' ? '' : `: ${reason}`, fix }
  // The agent says it with the name of the limit, in the reason or in what helps.
  if (/fs\.inotify\.max_user_(watches|instances)/.test(`${reason} ${fix}`)) return [deviceFault('WATCH_LIMIT', values)]
  return [deviceFault(tier === 'blind' ? 'SENSOR_BLIND' : 'SENSOR_DEGRADED', values)]
}

/** Of a device that is heard now. */
function livingFaults(device: Device, facts: HealthFacts): readonly DeviceFault[] {
  const { heartbeatSecs } = facts
  const { report } = device
  if (report === undefined) return []
  const { spool, waitingSinceMs, safeMode = '' } = report
  const waitedMs = waitingSinceMs === undefined ? 0 : report.receivedAtMs - waitingSinceMs
  const skewMs = Math.abs(report.receivedAtMs - report.sentAtMs)
  return [
    ...(safeMode === '' ? report.sensors.flatMap(sensorFault) : [deviceFault('SAFE_MODE', { reason: safeMode })]),
    ...(waitedMs >= Math.max(FAULT_LIMITS.notSendingLeastMs, FAULT_LIMITS.notSendingHeartbeats * heartbeatSecs * 1000) ? [deviceFault('NOT_SENDING', { count: spool.lastSeq - spool.ackedSeq, time: seconds(waitedMs) })] : []),
    ...(spool.problem === undefined ? [] : [deviceFault('SPOOL_FAILING', { problem: spool.problem })]),
    ...(spool.maxBytes > 0 && spool.bytes > spool.maxBytes * FAULT_LIMITS.spoolShare ? [deviceFault('SPOOL_FILLING', { share: Math.round((spool.bytes / spool.maxBytes) * 100) })] : []),
    ...(spool.dropped > 0 ? [deviceFault('SPOOL_DROPPED', { count: spool.dropped })] : []),
    ...(skewMs > FAULT_LIMITS.clockSkewMs ? [deviceFault('CLOCK_SKEW', { by: seconds(skewMs) })] : []),
    ...policyFaults(device, facts),
  ]
}

/** Faults come with the worst first; those that are hints come last and leave a device healthy. */
export function assessDevice(device: Device, facts: HealthFacts): DeviceHealth {
  const { nowMs, unexplained } = facts
  if (device.status === 'revoked') return { health: 'revoked', faults: [deviceFault('REVOKED'), ...(device.cutOff?.why === 'cloned' ? [deviceFault('CLONED', { names: '' })] : [])] }
  const lasting = [
    ...(unexplained > 0 ? [deviceFault('UNEXPLAINED_GAP', { count: unexplained })] : []), ...tamperFaults(device, facts.clones), ...((device.rejected ?? 0) > 0 ? [deviceFault('INGEST_REJECTED', { count: device.rejected ?? 0 })] : []),
    ...(facts.certificates ?? []).filter(({ endsAtMs, withinMs }) => endsAtMs - nowMs < withinMs).map(({ what, endsAtMs }) => deviceFault('CERTIFICATE_ENDS', { what, at: day(endsAtMs) })),
  ]
  const hints = facts.drilled === false ? [deviceFault('NEVER_DRILLED')] : []
  if (device.report === undefined || device.lastSeenAtMs === undefined) return { health: 'never_seen', faults: [deviceFault('NEVER_SEEN'), ...lasting] }
  const silentMs = nowMs - device.lastSeenAtMs
  if (silentMs > silentAfterMs(facts.heartbeatSecs, facts.silentHeartbeats)) return { health: 'offline', faults: [deviceFault('OFFLINE', { time: seconds(silentMs) }), ...lasting] }
  const faults = [...lasting, ...livingFaults(device, facts)].toSorted((a, b) => Number(b.severity === 'critical') - Number(a.severity === 'critical'))
  return { health: faults.length === 0 ? 'healthy' : 'degraded', faults: [...faults, ...hints] }
}
