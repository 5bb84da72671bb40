import { type DeviceDrill, drillState, isConfirmed } from '../../domain/drills/drill.ts'
import type { Device, LedgerRange } from '../../domain/people/device.ts'
import type { DeviceHealth } from '../../fleet/contract.ts'
import type { AgentPolicyRevision, DevicePolicyRevision } from '../../store/store.ts'
import type { DeviceDetail, DeviceView, DrillView } from './schema.ts'

type LedgerRow = DeviceDetail['ledger'][number]

/** Numbers of this epoch above `ackedSeq` are on the device: it says that it sends its riskiest first. */
export interface Awaited {
  readonly epoch: string
  readonly ackedSeq: number
}
/** A device that says nothing any more has not said that it still holds them. */
const AWAITED_FOR_MS = 15 * 60_000

export function awaitedOf({ report }: Device, nowMs: number): Awaited | undefined {
  return report?.spool.outOfOrder === true && nowMs - report.receivedAtMs < AWAITED_FOR_MS ? { epoch: report.spool.epoch, ackedSeq: report.spool.ackedSeq } : undefined
}

/** The ledger of a device with what is neither received nor explained put in between. */
export function withUnexplained(ranges: readonly LedgerRange[], awaited?: Awaited): readonly LedgerRow[] {
  const out: LedgerRow[] = []
  const reached = new Map<string, number>()
  for (const range of ranges) {
    const before = reached.get(range.epoch) ?? 0
    if (range.firstSeq > before + 1) out.push({ epoch: range.epoch, firstSeq: before + 1, lastSeq: range.firstSeq - 1, kind: range.epoch === awaited?.epoch && before + 1 > awaited.ackedSeq ? 'awaited' : 'unexplained' })
    out.push({ epoch: range.epoch, firstSeq: range.firstSeq, lastSeq: range.lastSeq, kind: range.kind, ...(range.reason === undefined ? {} : { reason: range.reason }) })
    reached.set(range.epoch, Math.max(before, range.lastSeq))
  }
  return out
}

export const unexplainedCount = (ledger: readonly LedgerRow[]): number => ledger.filter((row) => row.kind === 'unexplained').reduce((sum, row) => sum + row.lastSeq - row.firstSeq + 1, 0)

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

export function presentDevice(device: Device, health: DeviceHealth, wanted: AgentPolicyRevision | DevicePolicyRevision | undefined, ledger: readonly LedgerRow[], pseudonyms: ReadonlyMap<string, string>, drill: DeviceDrill | undefined): DeviceView {
  const { report } = device
  const running = report?.policy
  const state = wanted === undefined || running === undefined ? 'unknown' : running.runningHash === wanted.hash ? 'current' : running.refusedVersion === wanted.version ? 'refused' : 'behind'
  const why = wanted !== undefined && 'deviceId' in wanted ? wanted.why : undefined
  const tiers = { full: 0, degraded: 0, blind: 0, off: 0 }
  for (const sensor of report?.sensors ?? []) tiers[sensor.tier] += 1
  return {
    id: device.id, hostname: device.hostname, os: device.os, ...(report === undefined ? {} : { osVersion: report.osVersion, agentVersion: report.agentVersion }), group: device.group,
    health: health.health, faults: [...health.faults], enrolledAt: iso(device.enrolledAtMs), ...(device.lastSeenAtMs === undefined ? {} : { lastSeenAt: iso(device.lastSeenAtMs) }),
    policy: {
      wantedVersion: wanted?.version ?? 0, wantedHash: wanted?.hash ?? '', runningVersion: running?.runningVersion ?? 0, runningHash: running?.runningHash ?? '', state,
      ...(running === undefined || running.refusedReason === '' ? {} : { refusedReason: running.refusedReason }), ...(running?.appliedAtMs === undefined ? {} : { appliedAt: iso(running.appliedAtMs) }),
      ...(wanted === undefined || why === undefined || why.level === 'none' ? {} : { stricter: { level: why.level, users: why.userIds.map((id) => pseudonyms.get(id) ?? 'ANON'), since: iso(wanted.createdAtMs) } }),
    },
    tiers, drill: { state: drillState(drill), ...(drill === undefined ? {} : { at: drillAt(drill) }) }, unexplained: unexplainedCount(ledger),
  }
}

export const presentDeviceDetail = (device: Device, view: DeviceView, wanted: AgentPolicyRevision | undefined, ledger: readonly LedgerRow[], sessionPseudonyms: readonly string[], drill: DeviceDrill | undefined): DeviceDetail => ({
  ...view,
  ...(device.report === undefined ? {} : { kernel: device.report.kernel, elevated: device.report.elevated, spool: device.report.spool, usage: device.report.usage }),
  sessionAccounts: [...sessionPseudonyms],
  sensors: (device.report?.sensors ?? []).map(({ lastSelfTestAtMs, restarts = 0, ...sensor }) => ({ ...sensor, restarts, ...(lastSelfTestAtMs === undefined ? {} : { lastSelfTestAt: iso(lastSelfTestAtMs) }) })),
  ...(drill === undefined ? {} : { lastDrill: presentDrill(drill) }),
  ledger: [...ledger],
  ...(wanted === undefined ? {} : { wantedPolicy: JSON.parse(wanted.readable) as unknown }),
})
