import { describe, expect, it } from 'vitest'
import type { Baseline, RolloutDevice } from './rollout.ts'
import { type DeviceFacts, stepRollout } from './step.ts'
import { takeBack } from './step.ts'
import { type AgentDevice, type AgentPackage, type AgentUpgrade, BACK, defaultUpgradePlan, type DeviceUpgrade, leftOut, packageFor, upgradeFacts } from './upgrade.ts'

const NOW = 1_780_000_000_000
const calm: Baseline = { cpuMillis: 10, restarts: 0, lost: 0, unexplained: 0, blind: 0, safeMode: false }
const able: DeviceUpgrade = { platform: 'linux-x64', unable: '', keyId: 'a'.repeat(16), offer: 0, state: '', reason: '', receivedBytes: 0 }
const deviceOf = (over: Partial<DeviceUpgrade> = {}, agentVersion = '1.0.0'): AgentDevice => ({ deviceId: 'd_1', hostname: 'ws-1', group: 'default', agentVersion, uptimeSecs: 3600, upgrade: { ...able, ...over } })
const packageOf = (over: Partial<AgentPackage> = {}): AgentPackage => ({ id: 'f'.repeat(64), version: '1.1.0', platform: 'linux-x64', sizeBytes: 10, keyId: 'a'.repeat(16), descriptor: '', signature: '', addedAtMs: 0, by: { id: 'a_1', name: 'ina' }, isWhole: true, ...over })
const upgradeOf = (over: Partial<AgentUpgrade> = {}): AgentUpgrade => ({ id: 'au_1', group: 'default', agentVersion: '1.1.0', state: 'active', plan: { ...defaultUpgradePlan, ringPercents: [100], soakSecs: 0 }, createdAtMs: NOW, by: { id: 'a_1', name: 'ina' }, ring: 0, ringAtMs: NOW, from: { version: 0, hash: '' }, to: { version: 2, hash: '1.1.0' }, cpuLimitMillis: 250, offlineAfterMs: 90_000, ...over })
const base = (over: Partial<DeviceFacts> = {}): DeviceFacts => ({ isMember: true, lastSeenAtMs: NOW, runningVersion: 7, runningHash: 'c'.repeat(64), refusedVersion: 0, refusedReason: '', receivedVersion: 7, verifiedVersion: 7, now: calm, ...over })
const offered: RolloutDevice = { deviceId: 'd_1', ring: 0, state: 'offered', stateAtMs: NOW, movedAtMs: NOW, offeredAtMs: NOW, before: calm }

function look(upgrade: AgentUpgrade, device: RolloutDevice, agent: AgentDevice, afterMs = 0, over: Partial<DeviceFacts> = {}) {
  const nowMs = NOW + afterMs
  const facts = upgradeFacts(upgrade, device, { base: base({ lastSeenAtMs: nowMs, ...over }), agent }, nowMs)
  return stepRollout(upgrade, { nowMs, devices: [device], facts: new Map([['d_1', facts]]), isBlocked: false, alerts: { since: 0, usual: 0 } })
}
const stateAfter = (...args: Parameters<typeof look>) => {
  const [device] = look(...args).changed
  return device === undefined ? [args[1].state] : [device.state, ...(device.reason === undefined ? [] : [device.reason])]
}

describe('who has a part in it', () => {
  it.each([
    ['an older version that takes it', deviceOf(), undefined], ['a pre-release of it', deviceOf({}, '1.1.0-rc.1'), undefined], ['the version itself', deviceOf({}, '1.1.0'), 'there'], ['a later version', deviceOf({}, '1.2.0'), 'newer'],
    ['an agent that does not say', { deviceId: 'd', hostname: 'h', group: 'g', agentVersion: '0.9.0', uptimeSecs: 1 }, 'unknown'], ['an agent from a checkout', deviceOf({ unable: 'NOT_INSTALLED' }), 'unable'], ['another platform', deviceOf({ platform: 'linux-arm64' }), 'no_package'], ['another release key', deviceOf({ keyId: 'b'.repeat(16) }), 'other_key'],
  ] as const)('%s', (_name, device, expected) => {
    expect(leftOut(device, '1.1.0', [packageOf()])).toBe(expected)
  })
  it('is nobody whose package is not whole yet', () => {
    expect(leftOut(deviceOf(), '1.1.0', [packageOf({ isWhole: false })])).toBe('no_package')
    expect(packageFor(deviceOf(), '1.1.0', [packageOf({ isWhole: false })])).toBeUndefined()
  })
})

describe('what heartbeats prove of a version', () => {
  it('is that it runs only after its probation', () => {
    expect(stateAfter(upgradeOf(), offered, deviceOf({ offer: 2, state: 'probation' }, '1.1.0'))).toEqual(['verified'])
    expect(stateAfter(upgradeOf(), offered, deviceOf({ offer: 2, state: 'confirmed' }, '1.1.0'))).toEqual(['confirmed'])
  })
  it('is that it runs, too, when somebody installed it by hand', () => {
    expect(stateAfter(upgradeOf(), offered, deviceOf({}, '1.1.0'))).toEqual(['confirmed'])
  })
  it('is a failure when the device returned by itself, which stops the roll-out', () => {
    const step = look(upgradeOf(), offered, deviceOf({ offer: 2, state: 'returned', reason: 'RETURNED_SENSORS' }))
    expect(step.changed[0]).toMatchObject({ state: 'rejected', reason: 'RETURNED_SENSORS' })
    expect(step.rollout).toMatchObject({ state: 'halted', halt: { rule: 'failed', deviceIds: ['d_1'] } })
  })
  it('is not what it says of an earlier offer', () => {
    expect(stateAfter(upgradeOf(), offered, deviceOf({ offer: 1, state: 'returned', reason: 'RETURNED_SENSORS' }))).toEqual(['offered'])
  })
  it('is patience for a device that fetches slowly, and none for one that does nothing', () => {
    const hours = 5 * 3_600_000
    expect(stateAfter(upgradeOf(), offered, deviceOf({ offer: 2, state: 'fetching', receivedBytes: 4 }), hours)).toEqual(['received'])
    expect(stateAfter(upgradeOf(), offered, deviceOf(), hours)).toEqual(['rejected', 'NO_ANSWER'])
  })
  it('is no patience for ever', () => {
    expect(stateAfter(upgradeOf(), offered, deviceOf({ offer: 2, state: 'fetching' }), 25 * 3_600_000)).toEqual(['rejected', 'NO_ANSWER'])
  })
  it('is that it fell back, when it ran the version and does not any more', () => {
    const step = look(upgradeOf(), { ...offered, state: 'confirmed', confirmedAtMs: NOW }, deviceOf({ offer: 2, state: 'confirmed' }, '1.0.0'), 7_200_000)
    expect(step.changed[0]).toMatchObject({ state: 'offered', reason: 'DRIFTED' })
    expect(step.tell).toEqual(['d_1'])
  })
})

describe('what a new version takes of the processor', () => {
  const busy = { now: { ...calm, cpuMillis: 900 } }
  const ruleAt = (uptimeSecs: number, state: DeviceUpgrade['state'] = 'confirmed') => look(upgradeOf(), offered, { ...deviceOf({ offer: 2, state }, '1.1.0'), uptimeSecs }, 0, busy).rollout.halt?.rule
  it('is judged once it has settled, and not while it is installed or starts', () => {
    expect([ruleAt(3600), ruleAt(30), ruleAt(3600, 'installing'), ruleAt(3600, 'probation')]).toEqual(['cpu', undefined, undefined, undefined])
  })
})

describe('the way back', () => {
  const back = (device: RolloutDevice) => {
    const taken = takeBack(upgradeOf(), [device], { version: 3, hash: BACK }, NOW)
    return { upgrade: { ...taken.rollout, agentVersion: '1.1.0' }, device: taken.changed[0] ?? device }
  }
  it('is done when the device runs any other version, whichever that was', () => {
    const { upgrade, device } = back({ ...offered, state: 'confirmed' })
    expect(stateAfter(upgrade, device, deviceOf({ offer: 2, state: 'confirmed' }, '1.1.0'))).toEqual(['offered'])
    const step = look(upgrade, device, deviceOf({ offer: 3, state: 'returned' }, '0.9.0'))
    expect(step.changed[0]?.state).toBe('confirmed')
    expect(look(step.rollout as AgentUpgrade, step.changed[0] ?? device, deviceOf({ offer: 3, state: 'returned' }, '0.9.0')).rollout.state).toBe('rolled_back')
  })
  it('is a failure of its own where there is nothing to go back to', () => {
    const { upgrade, device } = back({ ...offered, state: 'confirmed' })
    expect(stateAfter(upgrade, device, deviceOf({ offer: 3, state: 'refused', reason: 'UPGRADE_UNREADABLE' }, '1.1.0'))).toEqual(['rejected', 'UPGRADE_UNREADABLE'])
  })
  it('is no failure of a device that had not begun, and let the release go', () => {
    const { upgrade, device } = back({ ...offered, state: 'received' })
    expect(stateAfter(upgrade, device, deviceOf({ offer: 3, state: 'refused', reason: 'WITHDRAWN' }))).toEqual(['confirmed'])
  })
})
