import { type DeviceDrill, drillState, isConfirmed } from '../../domain/drills/drill.ts'
import type { Device } from '../../domain/people/device.ts'
import { type LedgerRow, unexplainedCount } from '../../domain/people/ledger.ts'
import type { DeviceHealth } from '../../fleet/contract.ts'
import type { AgentPolicyRevision, DevicePolicyRevision } from '../../store/store.ts'
import type { DeviceDetail, DeviceView, DrillView } from './schema.ts'

/** A device whose history is shown under another. */
export interface MergedDevice {
  readonly id: string
  readonly hostname: string
  readonly enrolledAt: string
  readonly lastSeenAt?: string
  readonly ledger: readonly LedgerRow[]
}

const iso = (ms: number): string => new Date(ms).toISOString()

/** When it ended; of one that runs, or of which no report came, when it began. */
const drillAt = ({ report, firstAtMs }: DeviceDrill): string => iso(report?.endedAtMs ?? firstAtMs)

export function presentDrill(drill: DeviceDrill): DrillView {
  const { report, arrivals } = drill
  return {
    id: drill.id, state: drillState(drill), ...(report === undefined ? {} : { startedAt: iso(report.startedAtMs), endedAt: iso(report.endedAtMs) }),
    signals: (report?.signals ?? []).map((signal) => {
      const own = arrivals.filter(({ kind }) => kind === signal.kind)
      const alert = own.find((arrival) => arrival.alert !== undefined)?.alert
      return { ...signal, confirmed: isConfirmed(signal, drill), indicators: [...new Set(own.flatMap(({ indicators }) => indicators))], ...(alert === undefined ? {} : { alert: { ...alert } }) }
    }),
  }
}

export function presentDevice(device: Device, health: DeviceHealth, wanted: AgentPolicyRevision | DevicePolicyRevision | undefined, ledger: readonly LedgerRow[], pseudonyms: ReadonlyMap<string, string>, drill: DeviceDrill | undefined, nowMs: number): DeviceView {
  const { report, maintenance, retired, cutOff } = device
  const running = report?.policy
  const state = wanted === undefined || running === undefined ? 'unknown' : running.runningHash === wanted.hash ? 'current' : running.refusedVersion === wanted.version ? 'refused' : 'behind'
  const why = wanted !== undefined && 'deviceId' in wanted ? wanted.why : undefined
  const tiers = { full: 0, degraded: 0, blind: 0, off: 0 }
  for (const sensor of report?.sensors ?? []) tiers[sensor.tier] += 1
  return {
    id: device.id, hostname: device.hostname, os: device.os, ...(report === undefined ? {} : { osVersion: report.osVersion, agentVersion: report.agentVersion }), group: device.group,
    health: health.health, faults: health.faults.map((fault) => ({ ...fault, values: { ...fault.values } })), tags: [...(device.tags ?? [])], keepsGroup: device.keepsGroup === true,
    ...(device.owner === undefined ? {} : { owner: { id: device.owner, pseudonym: pseudonyms.get(device.owner) ?? 'ANON' } }), ...(maintenance === undefined || maintenance.untilMs <= nowMs ? {} : { maintenance: { until: iso(maintenance.untilMs), reason: maintenance.reason, by: maintenance.by } }),
    ...(retired === undefined ? {} : { retired: { at: iso(retired.atMs), reason: retired.reason, by: retired.by } }), ...(device.mergedInto === undefined ? {} : { mergedInto: device.mergedInto }), ...(cutOff === undefined ? {} : { cutOff: { at: iso(cutOff.atMs), why: cutOff.why } }),
    enrolledAt: iso(device.enrolledAtMs), ...(device.lastSeenAtMs === undefined ? {} : { lastSeenAt: iso(device.lastSeenAtMs) }),
    policy: {
      wantedVersion: wanted?.version ?? 0, wantedHash: wanted?.hash ?? '', runningVersion: running?.runningVersion ?? 0, runningHash: running?.runningHash ?? '', state,
      ...(running === undefined || running.refusedReason === '' ? {} : { refusedReason: running.refusedReason }), ...(running?.appliedAtMs === undefined ? {} : { appliedAt: iso(running.appliedAtMs) }),
      ...(wanted === undefined || why === undefined || why.level === 'none' ? {} : { stricter: { level: why.level, users: why.userIds.map((id) => pseudonyms.get(id) ?? 'ANON'), since: iso(wanted.createdAtMs) } }),
    },
    tiers, drill: { state: drillState(drill), ...(drill === undefined ? {} : { at: drillAt(drill) }) }, unexplained: unexplainedCount(ledger),
  }
}

export const presentDeviceDetail = (device: Device, view: DeviceView, wanted: AgentPolicyRevision | undefined, ledger: readonly LedgerRow[], sessionPseudonyms: readonly string[], drill: DeviceDrill | undefined, merged: readonly MergedDevice[]): DeviceDetail => ({
  ...view, ...(device.address === undefined ? {} : { address: device.address }), merged: merged.map((row) => ({ ...row, ledger: [...row.ledger] })),
  ...(device.report === undefined ? {} : { kernel: device.report.kernel, elevated: device.report.elevated, spool: device.report.spool, usage: device.report.usage }),
  sessionAccounts: [...sessionPseudonyms],
  sensors: (device.report?.sensors ?? []).map(({ lastSelfTestAtMs, restarts = 0, ...sensor }) => ({ ...sensor, restarts, ...(lastSelfTestAtMs === undefined ? {} : { lastSelfTestAt: iso(lastSelfTestAtMs) }) })),
  ...(drill === undefined ? {} : { lastDrill: presentDrill(drill) }),
  ledger: [...ledger],
  ...(wanted === undefined ? {} : { wantedPolicy: JSON.parse(wanted.readable) as unknown }),
})
