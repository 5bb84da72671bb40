import { describe, expect, test } from 'vitest'
import type { DeviceReport } from '../domain/people/device.ts'
import { buildDevice, MONDAY_MS } from '../testing/builders.ts'
import { createTally } from './tally.ts'

const report = (over: Partial<DeviceReport> = {}): DeviceReport => ({
  receivedAtMs: MONDAY_MS, sentAtMs: MONDAY_MS, agentVersion: '1.2.0', hostname: 'lt-1', os: 'linux', osVersion: '', kernel: '', uptimeSecs: 1, elevated: true, sensors: [{ name: 'file-copy', tier: 'full', reason: '', fix: '', selfTestPassed: true, emitted: 1, watches: 1 }],
  spool: { epoch: '', lastSeq: 10, ackedSeq: 4, bytes: 1000, maxBytes: 10_000, dropped: 2 }, policy: { runningVersion: 1, runningHash: '', refusedVersion: 0, refusedReason: '' }, usage: { rssBytes: 50_000_000, cpuMillis: 20 }, sessionAccounts: [], ...over,
})

describe('the figures of a fleet', () => {
  test('are sums over all devices, with the load of those alone that are in touch', () => {
    const tally = createTally()
    tally.add(buildDevice({ report: report() }), 'healthy', [])
    tally.add(buildDevice({ report: report({ usage: { rssBytes: 150_000_000, cpuMillis: 60 } }) }), 'degraded', ['CLOCK_SKEW'])
    tally.add(buildDevice({ report: report({ usage: { rssBytes: 999_000_000, cpuMillis: 900 } }) }), 'offline', ['OFFLINE'])
    tally.add(buildDevice(), 'never_seen', [])
    expect(tally.end(7)).toEqual({
      endedAtMs: 7, health: { healthy: 1, degraded: 1, offline: 1, never_seen: 1, revoked: 0 }, faults: { CLOCK_SKEW: 1, OFFLINE: 1 }, versions: { '1.2.0': 3 }, sensors: [{ sensor: 'file-copy', tier: 'full', devices: 2 }],
      spool: { bytes: 3000, activities: 18, dropped: 6 }, residentBytes: { mean: 100_000_000, most: 150_000_000 }, cpuRatio: { mean: 0.04, most: 0.06 },
    })
  })
  test('name no more versions and sensors than there may be, whatever devices say', () => {
    const tally = createTally()
    for (let index = 0; index < 500; index += 1) tally.add(buildDevice({ report: report({ agentVersion: index % 2 === 0 ? `1.0.${index}` : `alice ${index}`, sensors: [{ name: index % 2 === 0 ? `sensor-${'abcdefghijklmnopqrstuvwxyz'[index % 26] ?? ''}${'abcdefghijklmnopqrstuvwxyz'[Math.floor(index / 26)] ?? ''}` : 'Alice\n', tier: 'full', reason: '', fix: '', selfTestPassed: true, emitted: 0, watches: 0 }] }) }), 'healthy', [])
    const { versions, sensors } = tally.end(0)
    expect(Object.keys(versions).length).toBeLessThanOrEqual(21)
    expect(sensors.length).toBeLessThanOrEqual(41)
    expect(JSON.stringify([versions, sensors])).not.toMatch(/alice/i)
    expect(Object.values(versions).reduce((sum, count) => sum + count, 0)).toBe(500)
  })
})
