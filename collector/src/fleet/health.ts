// Why a device is not well, and what to do about it.
import type { Device } from '../domain/people/device.ts'
import type { DeviceHealth, WantedPolicy } from './contract.ts'

type Fault = DeviceHealth['faults'][number]

/** Silence of three heartbeats, at least this, means that a device is offline. */
const OFFLINE_MS = 90_000
const CLOCK_SKEW_MS = 5 * 60_000
const SPOOL_SHARE = 0.8
/** A policy that was made just now is on its way. */
const POLICY_GRACE_MS = 60_000

const seconds = (ms: number): string => (ms < 120_000 ? `${Math.round(ms / 1000)} seconds` : ms < 7_200_000 ? `${Math.round(ms / 60_000)} minutes` : ms < 172_800_000 ? `${Math.round(ms / 3_600_000)} hours` : `${Math.round(ms / 86_400_000)} days`)

const day = (ms: number): string => `${new Date(ms).toISOString().slice(0, 16).replace('T', ' ')} UTC`

/** What somebody did to the agent rather than what happened to it. */
function tamperFaults({ report, conflicts = 0 }: Device): readonly Fault[] {
  const faults: Fault[] = []
  if (conflicts > 0) faults.push({ code: 'NUMBERS_TWICE', detail: `${conflicts} activities came under numbers that others have already; both are kept, the later ones in quarantine.`, fix: 'Its disk was copied to another device, or set back to an earlier state. Enrol each copy with a code of its own; if nobody did that, somebody plays activities in under its name.' })
  if (report?.program?.changedAtMs !== undefined) faults.push({ code: 'PROGRAM_CHANGED', detail: `The agent’s program became another at ${day(report.program.changedAtMs)}, and no upgrade explains it.`, fix: 'Compare its files with those of the package, and install it again. It stays here until then, for 30 days at most.' })
  if (report?.clockMoved !== undefined) faults.push({ code: 'CLOCK_MOVED', detail: `Its clock moved by ${seconds(Math.abs(report.clockMoved.byMs))} ${report.clockMoved.byMs > 0 ? 'forward' : 'back'} at ${day(report.clockMoved.atMs)}.`, fix: 'Times of its activities from before and after do not compare; they keep their order. Find out who set it. It stays here for 30 days.' })
  return faults
}

function policyFaults(device: Device, wanted: WantedPolicy | undefined, nowMs: number): readonly Fault[] {
  const policy = device.report?.policy
  if (policy === undefined || wanted === undefined || policy.runningHash === wanted.hash) return []
  if (policy.refusedVersion === wanted.version) return [{ code: 'POLICY_REFUSED', detail: `It refused policy version ${wanted.version}: ${policy.refusedReason || 'no reason given'}; version ${policy.runningVersion} still runs.`, fix: 'Look the reason up in the error reference, and at the log of the agent.' }]
  if (wanted.createdAtMs !== undefined && nowMs - wanted.createdAtMs < POLICY_GRACE_MS) return []
  return [{ code: 'POLICY_BEHIND', detail: `It runs policy version ${policy.runningVersion}; version ${wanted.version} is wanted.`, fix: 'It is sent again with each heartbeat. If this stays, look at the log of the agent.' }]
}

/**
 * @param heartbeatSecs what the group's devices are told
 * @param unexplained sequence numbers that neither arrived nor are explained
 */
export function assessDevice(device: Device, wanted: WantedPolicy | undefined, heartbeatSecs: number, unexplained: number, nowMs: number): DeviceHealth {
  if (device.status === 'revoked') return { health: 'revoked', faults: [{ code: 'REVOKED', detail: 'Its credential was revoked.', fix: 'Enrol it with a new code to let it in again.' }] }
  const faults: Fault[] = []
  const { report } = device
  if (unexplained > 0) faults.push({ code: 'UNEXPLAINED_GAP', detail: `${unexplained} activities neither arrived nor are explained.`, fix: 'Look at its loss ledger. If the agent holds them it sends them again; otherwise somebody may have changed its spool.' })
  faults.push(...tamperFaults(device))
  if (report === undefined || device.lastSeenAtMs === undefined) return { health: 'never_seen', faults: [{ code: 'NEVER_SEEN', detail: 'It was enrolled and has not connected since.', fix: 'Start the agent: holdfast-agent run. If it runs, check that the device reaches the NATS port of the collector.' }, ...faults] }

  const silentMs = nowMs - device.lastSeenAtMs
  if (silentMs > Math.max(OFFLINE_MS, 3 * heartbeatSecs * 1000)) return { health: 'offline', faults: [{ code: 'OFFLINE', detail: `Nothing was heard of it for ${seconds(silentMs)}.`, fix: 'Switched off or away: nothing to do, its spool is sent when it returns. Otherwise run holdfast-agent doctor on it.' }, ...faults] }
  if ((report.safeMode ?? '') !== '') faults.push({ code: 'SAFE_MODE', detail: `It runs in safe mode and watches nothing. ${report.safeMode ?? ''}`, fix: 'It tries again by itself. Change the policy of its group, or restart the agent, to try at once; its log says what crashed.' })
  for (const sensor of (report.safeMode ?? '') === '' ? report.sensors : []) {
    if (sensor.tier === 'blind') faults.push({ code: 'SENSOR_BLIND', detail: `${sensor.name} sees nothing${sensor.reason === '' ? '' : `: ${sensor.reason}`}.`, fix: sensor.fix })
    else if (sensor.tier === 'degraded') faults.push({ code: 'SENSOR_DEGRADED', detail: `${sensor.name} sees less than it should${sensor.reason === '' ? '' : `: ${sensor.reason}`}.`, fix: sensor.fix })
  }
  if (report.spool.maxBytes > 0 && report.spool.bytes > report.spool.maxBytes * SPOOL_SHARE) faults.push({ code: 'SPOOL_FILLING', detail: `Its spool is ${Math.round((report.spool.bytes / report.spool.maxBytes) * 100)} % full.`, fix: 'Check that the collector takes activities (its disk, its log); raise spoolMaxBytes of the group if it was away for long.' })
  if (report.spool.dropped > 0) faults.push({ code: 'SPOOL_DROPPED', detail: `It had to drop ${report.spool.dropped} activities; gap records say which.`, fix: 'Raise spoolMaxBytes of the group.' })
  const skewMs = Math.abs(report.receivedAtMs - report.sentAtMs)
  if (skewMs > CLOCK_SKEW_MS) faults.push({ code: 'CLOCK_SKEW', detail: `Its clock is ${seconds(skewMs)} off.`, fix: 'Switch time synchronisation on.' })
  faults.push(...policyFaults(device, wanted, nowMs))
  return { health: faults.length === 0 ? 'healthy' : 'degraded', faults }
}
