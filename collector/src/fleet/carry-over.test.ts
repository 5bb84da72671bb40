import { describe, expect, it } from 'vitest'
import type { DeviceReport } from '../domain/people/device.ts'
import { carryOver } from './carry-over.ts'

const NOW = Date.UTC(2026, 5, 1)
const [HASH, OTHER] = ['a'.repeat(64), 'b'.repeat(64)]
const build = (changes: Partial<DeviceReport> = {}): DeviceReport => ({
  receivedAtMs: NOW, sentAtMs: NOW, agentVersion: '1.0.0', hostname: 'h', os: 'linux', osVersion: '', kernel: '', uptimeSecs: 1, elevated: true, sensors: [], spool: { epoch: '', lastSeq: 0, ackedSeq: 0, bytes: 0, maxBytes: 0, dropped: 0 },
  policy: { runningVersion: 0, runningHash: '', refusedVersion: 0, refusedReason: '' }, usage: { rssBytes: 0, cpuMillis: 0 }, sessionAccounts: [], programHash: HASH, ...changes,
})
const after = (minutes: number, changes: Partial<DeviceReport> = {}): DeviceReport => build({ receivedAtMs: NOW + minutes * 60_000, sentAtMs: NOW + minutes * 60_000, ...changes })
/** The first one may be what another run has left. */
const run = (first: DeviceReport, ...reports: readonly DeviceReport[]): DeviceReport => reports.reduce(carryOver, first.program === undefined ? carryOver(undefined, first) : first)

describe('the program of a device', () => {
  it('is known from its first heartbeat that says so, and an empty one later forgets nothing', () => {
    expect(run(build({ programHash: '' })).program).toBeUndefined()
    expect(run(build(), after(1, { programHash: '' })).program).toEqual({ hash: HASH, agentVersion: '1.0.0' })
  })

  it('that changes without another version is marked, also after it changed back, until it is old', () => {
    const changed = run(build(), after(1, { programHash: OTHER }))
    expect(changed.program).toEqual({ hash: OTHER, agentVersion: '1.0.0', changedAtMs: NOW + 60_000 })
    expect(run(changed, after(2, { programHash: OTHER })).program?.changedAtMs).toBe(NOW + 60_000)
    expect(run(changed, after(3)).program?.changedAtMs).toBe(NOW + 180_000)
    expect(run(changed, after(60 * 24 * 31, { programHash: OTHER })).program).toEqual({ hash: OTHER, agentVersion: '1.0.0' })
  })

  it('that comes with another version is an upgrade, and ends an earlier mark', () => {
    expect(run(build(), after(1, { programHash: OTHER }), after(2, { programHash: HASH, agentVersion: '1.1.0' })).program).toEqual({ hash: HASH, agentVersion: '1.1.0' })
  })
})

describe('the clock of a device', () => {
  it('that is set is marked with the step, and the step back, too', () => {
    const forward = run(build(), after(1, { sentAtMs: NOW + 3_660_000 }))
    expect(forward.clockMoved).toEqual({ atMs: NOW + 60_000, byMs: 3_600_000 })
    expect(run(forward, after(2)).clockMoved).toEqual({ atMs: NOW + 120_000, byMs: -3_600_000 })
  })

  it('that is wrong all the time, or a little off, is none that moved', () => {
    expect(run(build({ sentAtMs: NOW + 3_600_000 }), after(1, { sentAtMs: NOW + 3_660_000 })).clockMoved).toBeUndefined()
    expect(run(build(), after(1, { sentAtMs: NOW + 60_000 + 299_000 })).clockMoved).toBeUndefined()
  })

  it('that moved long ago is forgotten', () => {
    const moved = run(build(), after(1, { sentAtMs: NOW + 3_660_000 }), after(2))
    expect(run(moved, after(60 * 24 * 31)).clockMoved).toBeUndefined()
  })
})
