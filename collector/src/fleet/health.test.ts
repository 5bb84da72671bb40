import { describe, expect, it } from 'vitest'
import type { Device, DeviceReport } from '../domain/people/device.ts'
import { deviceFault, deviceFaults, FAULT_CODES, fillWords } from '../domain/people/device-faults.ts'
import { assessDevice, type HealthFacts } from './health.ts'

const NOW = Date.UTC(2026, 5, 1)
const wanted = { version: 3, hash: 'c'.repeat(64), createdAtMs: NOW - 3_600_000 }
const report: DeviceReport = {
  receivedAtMs: NOW - 5000, sentAtMs: NOW - 5000, agentVersion: '0.1.0', hostname: 'laptop', os: 'linux', osVersion: '12', kernel: '6', uptimeSecs: 1, elevated: true,
  sensors: [{ name: 'files', tier: 'full', reason: '', fix: '', selfTestPassed: true, emitted: 0, watches: 0 }], spool: { epoch: '', lastSeq: 0, ackedSeq: 0, bytes: 0, maxBytes: 1000, dropped: 0 },
  policy: { runningVersion: 3, runningHash: wanted.hash, refusedVersion: 0, refusedReason: '' }, usage: { rssBytes: 0, cpuMillis: 0 }, sessionAccounts: [],
}
const buildDevice = (changes: Partial<Device> = {}, reported: Partial<DeviceReport> = {}): Device => ({ id: 'd_1', hostname: 'laptop', os: 'linux', group: 'default', hardwareId: '', publicKey: 'U', status: 'active', enrolledAtMs: 0, lastSeenAtMs: NOW - 5000, report: { ...report, ...reported }, ...changes })
const assess = (device: Device, facts: Partial<HealthFacts> = {}) => assessDevice(device, { wanted, heartbeatSecs: 30, unexplained: 0, nowMs: NOW, ...facts })
const codes = (device: Device, unexplained = 0) => {
  const health = assess(device, { unexplained })
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
    ['a disk that fails', buildDevice({}, { spool: { ...report.spool, problem: 'SPOOL_IO' } }), 0, ['degraded', 'SPOOL_FAILING']],
    ['dropped activities', buildDevice({}, { spool: { ...report.spool, dropped: 1 } }), 0, ['degraded', 'SPOOL_DROPPED']],
    ['a wrong clock', buildDevice({}, { sentAtMs: NOW - 5000 + 300_001 }), 0, ['degraded', 'CLOCK_SKEW']],
    ['a degraded sensor', buildDevice({}, { sensors: [{ ...report.sensors[0]!, tier: 'degraded' }] }), 0, ['degraded', 'SENSOR_DEGRADED']],
    ['a blind sensor', buildDevice({}, { sensors: [{ ...report.sensors[0]!, tier: 'blind' }] }), 0, ['degraded', 'SENSOR_BLIND']],
    ['another policy', buildDevice({}, { policy: { ...report.policy, runningHash: '' } }), 0, ['degraded', 'POLICY_BEHIND']],
    ['a refused policy', buildDevice({}, { policy: { ...report.policy, runningHash: '', refusedVersion: 3, refusedReason: 'X' } }), 0, ['degraded', 'POLICY_REFUSED']],
    ['a policy that nobody here has made', buildDevice({}, { policy: { ...report.policy, refusedVersion: 4, refusedReason: 'POLICY_WRONG_KEY' } }), 0, ['degraded', 'POLICY_FORGED']],
    ['a later one that its group has no more', buildDevice({}, { policy: { ...report.policy, refusedVersion: 4, refusedReason: 'POLICY_INVALID' } }), 0, ['healthy']],
    ['numbers that came twice', buildDevice({ conflicts: 3 }), 0, ['degraded', 'NUMBERS_TWICE']],
    ['a program that changed', buildDevice({}, { program: { hash: 'b'.repeat(64), agentVersion: '0.1.0', changedAtMs: NOW - 1000 } }), 0, ['degraded', 'PROGRAM_CHANGED']],
    ['a clock that moved', buildDevice({}, { clockMoved: { atMs: NOW - 1000, byMs: -3_600_000 } }), 0, ['degraded', 'CLOCK_MOVED']],
    ['safe mode, instead of each sensor', buildDevice({}, { safeMode: 'It crashed.', sensors: [{ ...report.sensors[0]!, tier: 'blind' }] }), 0, ['degraded', 'SAFE_MODE']],
    ['what was done to a device that is silent now', buildDevice({ lastSeenAtMs: NOW - 90_001, conflicts: 1 }), 0, ['offline', 'OFFLINE', 'NUMBERS_TWICE']],
    ['a message in quarantine', buildDevice({ rejected: 2 }), 0, ['degraded', 'INGEST_REJECTED']],
    ['activities that wait and do not get through', buildDevice({}, { spool: { ...report.spool, lastSeq: 9, ackedSeq: 4 }, waitingSinceMs: NOW - 5000 - 180_000 }), 0, ['degraded', 'NOT_SENDING']],
    ['activities that wait for a moment', buildDevice({}, { spool: { ...report.spool, lastSeq: 9, ackedSeq: 4 }, waitingSinceMs: NOW - 60_000 }), 0, ['healthy']],
    ['a limit of watches', buildDevice({}, { sensors: [{ ...report.sensors[0]!, tier: 'degraded', reason: 'only 5 files and folders are watched', fix: 'Raise the sysctl fs.inotify.max_user_watches, narrow the roots.' }] }), 0, ['degraded', 'WATCH_LIMIT']],
    ['a policy that ended', buildDevice({}, { policy: { ...report.policy, expiresAtMs: NOW - 1 } }), 0, ['degraded', 'POLICY_STALE']],
    ['why it was cut off', buildDevice({ status: 'revoked', cutOff: { atMs: 1, why: 'cloned' } }), 0, ['revoked', 'REVOKED', 'CLONED']],
    ['an unexplained gap', buildDevice(), 4, ['degraded', 'UNEXPLAINED_GAP']],
  ])('names %s', (_, device, unexplained, expected) => {
    expect(codes(device, unexplained)).toEqual(expected)
  })

  it('is never_seen before the first heartbeat', () => {
    const { report: _report, lastSeenAtMs: _lastSeenAtMs, ...device } = buildDevice()
    expect(codes(device)).toEqual(['never_seen', 'NEVER_SEEN'])
  })

  it('waits three heartbeats of the group before it says offline', () => {
    expect(assess(buildDevice({ lastSeenAtMs: NOW - 200_000 }), { heartbeatSecs: 100 }).health).toBe('healthy')
  })

  it('gives a policy a minute to arrive', () => {
    expect(assess(buildDevice({}, { policy: { ...report.policy, runningHash: '' } }), { wanted: { ...wanted, createdAtMs: NOW - 10_000 } }).health).toBe('healthy')
  })

  it('says with every fault what to do', () => {
    const { faults } = assess(buildDevice({}, { spool: { ...report.spool, bytes: 900, dropped: 2 }, sentAtMs: 0 }), { unexplained: 1 })
    expect(faults).toHaveLength(4)
    expect(faults.filter((fault) => fault.fix === '')).toEqual([])
  })

  it('names a clone, with the computers, before what is less', () => {
    const { faults } = assess(buildDevice({}, { spool: { ...report.spool, bytes: 900 } }), { clones: ['lt-1', 'lt-2'] })
    expect(faults.map(({ code }) => code)).toEqual(['CLONED', 'SPOOL_FILLING'])
    expect(faults[0]?.detail).toContain('(lt-1, lt-2)')
  })

  it('says when what the device trusts is about to end, and which', () => {
    const certificates = [{ what: 'Authority', endsAtMs: NOW + 1000, withinMs: 2000 }, { what: 'Certificate of the collector', endsAtMs: NOW + 9000, withinMs: 2000 }]
    expect(assess(buildDevice(), { certificates }).faults.map(({ code, detail }) => [code, detail.slice(0, 14)])).toEqual([['CERTIFICATE_ENDS', 'Authority ends']])
  })

  it('is not unwell for a hint', () => {
    expect(assess(buildDevice(), { drilled: false })).toMatchObject({ health: 'healthy', faults: [{ code: 'NEVER_DRILLED', severity: 'hint' }] })
  })

  it('waits as many heartbeats as the group says', () => {
    expect([2, 20].map((silentHeartbeats) => assess(buildDevice({ lastSeenAtMs: NOW - 70_000 }), { silentHeartbeats }).health)).toEqual(['offline', 'healthy'])
  })
})

describe('the table of faults', () => {
  it('has words in both languages for each, with the same values in them', () => {
    const names = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name).toSorted()
    for (const code of FAULT_CODES) {
      const { en, de } = deviceFaults[code]
      expect([code, names(de.detail), names(de.fix)]).toEqual([code, names(en.detail), names(en.fix)])
      expect([en.title, en.detail, en.fix, de.title, de.detail, de.fix].filter((text: string) => text === '')).toEqual([])
    }
  })
  it('puts every value in, and nothing that a value holds', () => {
    expect(deviceFault('SPOOL_FILLING', { share: 90 })).toMatchObject({ detail: 'Its spool is 90 % full.', values: { share: '90' } })
    expect(fillWords('{a} {b} {c}', { a: '{b}', b: 'x' })).toBe('{b} x ')
  })
})
