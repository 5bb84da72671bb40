// Figures of the whole fleet, added up while it is looked over device by device: for metrics, at no cost of their own.
//
// What a device names (a version, a sensor) is believed only in its form and bounded in number: a hostile device must not fill
// whoever stores the metrics with names.
import type { FaultCode } from '../domain/people/device-faults.ts'
import type { Device } from '../domain/people/device.ts'
import type { DeviceHealth } from './contract.ts'

const VERSIONS = 20
const SENSORS = 40
const VERSION = /^\d{1,4}\.\d{1,4}\.\d{1,4}(?:-[0-9A-Za-z.]{1,20})?$/
const SENSOR = /^[a-z][a-z-]{0,39}$/
const OTHER = 'other'

export interface FleetTally {
  readonly endedAtMs: number
  readonly health: Readonly<Record<DeviceHealth['health'], number>>
  readonly faults: Readonly<Record<string, number>>
  readonly versions: Readonly<Record<string, number>>
  readonly sensors: readonly { readonly sensor: string; readonly tier: string; readonly devices: number }[]
  readonly spool: { readonly bytes: number; readonly activities: number; readonly dropped: number }
  readonly residentBytes: { readonly mean: number; readonly most: number }
  /** Of one core. */
  readonly cpuRatio: { readonly mean: number; readonly most: number }
}

/** Those that have most devices under their own names, the rest under `other`. */
function bounded(counts: ReadonlyMap<string, number>, most: number): Readonly<Record<string, number>> {
  const ranked = [...counts].filter(([name]) => name !== OTHER).toSorted(([a, x], [b, y]) => y - x || (a < b ? -1 : 1))
  const rest = ranked.slice(most).reduce((sum, [, count]) => sum + count, counts.get(OTHER) ?? 0)
  return { ...Object.fromEntries(ranked.slice(0, most)), ...(rest === 0 ? {} : { [OTHER]: rest }) }
}

export interface TallyWriter {
  add(device: Device, health: DeviceHealth['health'], codes: readonly FaultCode[]): void
  end(nowMs: number): FleetTally
}

export function createTally(): TallyWriter {
  const health: Record<DeviceHealth['health'], number> = { healthy: 0, degraded: 0, offline: 0, never_seen: 0, revoked: 0 }
  const faults = new Map<string, number>()
  const versions = new Map<string, number>()
  const tiers = new Map<string, Map<string, number>>()
  const spool = { bytes: 0, activities: 0, dropped: 0 }
  let inTouch = 0
  const resident = { sum: 0, most: 0 }
  const cpu = { sum: 0, most: 0 }
  const count = (into: Map<string, number>, name: string): void => void into.set(name, (into.get(name) ?? 0) + 1)

  return {
    add({ report }, state, codes) {
      health[state] += 1
      for (const code of codes) count(faults, code)
      if (report === undefined || state === 'revoked') return
      count(versions, VERSION.test(report.agentVersion) ? report.agentVersion : OTHER)
      // What a device that is away holds is still to come.
      spool.bytes += report.spool.bytes
      spool.activities += Math.max(0, report.spool.lastSeq - report.spool.ackedSeq)
      spool.dropped += report.spool.dropped
      if (state === 'offline' || state === 'never_seen') return
      inTouch += 1
      resident.sum += report.usage.rssBytes
      resident.most = Math.max(resident.most, report.usage.rssBytes)
      cpu.sum += report.usage.cpuMillis / 1000
      cpu.most = Math.max(cpu.most, report.usage.cpuMillis / 1000)
      for (const { name, tier } of report.sensors) {
        const sensor = SENSOR.test(name) && (tiers.has(name) || tiers.size < SENSORS) ? name : OTHER
        const of = tiers.get(sensor) ?? new Map<string, number>()
        count(of, tier)
        tiers.set(sensor, of)
      }
    },
    end: (nowMs) => ({
      endedAtMs: nowMs, health, faults: Object.fromEntries(faults), versions: bounded(versions, VERSIONS), spool,
      sensors: [...tiers].flatMap(([sensor, of]) => [...of].map(([tier, devices]) => ({ sensor, tier, devices }))),
      residentBytes: { mean: inTouch === 0 ? 0 : resident.sum / inTouch, most: resident.most }, cpuRatio: { mean: inTouch === 0 ? 0 : cpu.sum / inTouch, most: cpu.most },
    }),
  }
}
