import { describe, expect, it } from 'vitest'
import type { Device, DeviceReport } from '../domain/people/device.ts'
import { assessDevice } from './health.ts'

const NOW = Date.UTC(2026, 5, 1)
const wanted = { version: 3, hash: 'c'.repeat(64), createdAtMs: NOW - 3_600_000 }
const report: DeviceReport = {
  receivedAtMs: NOW - 5000, sentAtMs: NOW - 5000, agentVersion: '0.1.0', hostname: 'laptop', os: 'linux', osVersion: '12', kernel: '6', uptimeSecs: 1, elevated: true,
  sensors: [{ name: 'files', tier: 'full', reason: '', fix: '', selfTestPassed: true, emitted: 0, watches: 0 }], spool: { epoch: '', lastSeq: 0, ackedSeq: 0, bytes: 0, maxBytes: 1000, dropped: 0 },
  policy: { runningVersion: 3, runningHash: wanted.hash, refusedVersion: 0, refusedReason: '' }, usage: { rssBytes: 0, cpuMillis: 0 }, sessionAccounts: [],
}
const buildDevice = (changes: Partial<Device> = {}, reported: Partial<DeviceReport> = {}): Device => ({ id: 'd_1', hostname: 'laptop', os: 'linux', group: 'default', hardwareId: '', publicKey: 'U', status: 'active', enrolledAtMs: 0, lastSeenAtMs: NOW - 5000, report: { ...report, ...reported }, ...changes })
const codes = (device: Device, unexplained = 0) => {
  const health = assessDevice(device, wanted, 30, unexplained, NOW)
  return [health.health, ...health.faults.map((fault) => fault.code)]
}

describe('the health of a device', () => {
  it('is healthy without a fault', () => {
    expect(codes(buildDevice())).toEqual(['healthy'])
  })

  it.each<[string, Device, number, readonly string[]]>([
    ['revoked', buildDevice({ status: 'revoked' }), 0, ['revoked', 'REVOKED']],
    ['silent for 90 s', buildDevice({ lastSeenAtMs: NOW - 90_001 }), 0, ['offline', 'OFFLINE']],
    ['a full spool', buildDevice({}, { spool: { ...report.spool, bytes: 801 } }), 0, ['degraded', 'SPOOL_FILLING']],
    ['dropped activities', buildDevice({}, { spool: { ...report.spool, dropped: 1 } }), 0, ['degraded', 'SPOOL_DROPPED']],
    ['a wrong clock', buildDevice({}, { sentAtMs: NOW - 5000 + 300_001 }), 0, ['degraded', 'CLOCK_SKEW']],
    ['a degraded sensor', buildDevice({}, { sensors: [{ ...report.sensors[0]!, tier: 'degraded' }] }), 0, ['degraded', 'SENSOR_DEGRADED']],
    ['a blind sensor', buildDevice({}, { sensors: [{ ...report.sensors[0]!, tier: 'blind' }] }), 0, ['degraded', 'SENSOR_BLIND']],
    ['another policy', buildDevice({}, { policy: { ...report.policy, runningHash: '' } }), 0, ['degraded', 'POLICY_BEHIND']],
    ['a refused policy', buildDevice({}, { policy: { ...report.policy, runningHash: '', refusedVersion: 3, refusedReason: 'X' } }), 0, ['degraded', 'POLICY_REFUSED']],
    ['numbers that came twice', buildDevice({ conflicts: 3 }), 0, ['degraded', 'NUMBERS_TWICE']],
    ['a program that changed', buildDevice({}, { program: { hash: 'b'.repeat(64), agentVersion: '0.1.0', changedAtMs: NOW - 1000 } }), 0, ['degraded', 'PROGRAM_CHANGED']],
    ['a clock that moved', buildDevice({}, { clockMoved: { atMs: NOW - 1000, byMs: -3_600_000 } }), 0, ['degraded', 'CLOCK_MOVED']],
    ['safe mode, instead of each sensor', buildDevice({}, { safeMode: 'It crashed.', sensors: [{ ...report.sensors[0]!, tier: 'blind' }] }), 0, ['degraded', 'SAFE_MODE']],
    ['what was done to a device that is silent now', buildDevice({ lastSeenAtMs: NOW - 90_001, conflicts: 1 }), 0, ['offline', 'OFFLINE', 'NUMBERS_TWICE']],
    ['an unexplained gap', buildDevice(), 4, ['degraded', 'UNEXPLAINED_GAP']],
  ])('names %s', (_, device, unexplained, expected) => {
    expect(codes(device, unexplained)).toEqual(expected)
  })

  it('is never_seen before the first heartbeat', () => {
    const { report: _report, lastSeenAtMs: _lastSeenAtMs, ...device } = buildDevice()
    expect(codes(device)).toEqual(['never_seen', 'NEVER_SEEN'])
  })

  it('waits three heartbeats of the group before it says offline', () => {
    expect(assessDevice(buildDevice({ lastSeenAtMs: NOW - 200_000 }), wanted, 100, 0, NOW).health).toBe('healthy')
  })

  it('gives a policy a minute to arrive', () => {
    expect(assessDevice(buildDevice({}, { policy: { ...report.policy, runningHash: '' } }), { ...wanted, createdAtMs: NOW - 10_000 }, 30, 0, NOW).health).toBe('healthy')
  })

  it('says with every fault what to do', () => {
    const { faults } = assessDevice(buildDevice({}, { spool: { ...report.spool, bytes: 900, dropped: 2 }, sentAtMs: 0 }), wanted, 30, 1, NOW)
    expect(faults).toHaveLength(4)
    expect(faults.filter((fault) => fault.fix === '')).toEqual([])
  })
})
