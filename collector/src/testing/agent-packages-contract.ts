// What every backend promises of releases of the agent and roll-outs of versions; describeStore calls it.
import { describe, expect, test } from 'vitest'
import type { DeviceReport } from '../domain/people/device.ts'
import type { RolloutDevice } from '../domain/rollout/rollout.ts'
import { type AgentPackage, type AgentUpgrade, defaultUpgradePlan, type DeviceUpgrade } from '../domain/rollout/upgrade.ts'
import type { Store } from '../store/store.ts'
import { buildDevice, MONDAY_MS } from './builders.ts'

export const RELEASE_KEY_ID = 'a'.repeat(16)
export const buildAgentPackage = (over: Partial<AgentPackage> = {}): AgentPackage => ({ id: 'f'.repeat(64), version: '1.1.0', platform: 'linux-x64', sizeBytes: 10, keyId: RELEASE_KEY_ID, descriptor: 'e30=', signature: 'AA==', addedAtMs: MONDAY_MS, by: { id: 'a_1', name: 'ina' }, isWhole: true, ...over })
export const buildUpgrade = (over: Partial<AgentUpgrade> = {}): AgentUpgrade => ({ id: 'au_1', group: 'default', agentVersion: '1.1.0', state: 'active', plan: defaultUpgradePlan, createdAtMs: MONDAY_MS, by: { id: 'a_1', name: 'ina' }, ring: 0, from: { version: 0, hash: '' }, to: { version: 2, hash: '1.1.0' }, cpuLimitMillis: 250, offlineAfterMs: 90_000, ...over })
/** The last heartbeat of an agent that takes other versions. */
export const reportOf = (over: Partial<DeviceUpgrade> = {}, agentVersion = '1.0.0', nowMs = MONDAY_MS): DeviceReport => ({
  receivedAtMs: nowMs, sentAtMs: nowMs, agentVersion, hostname: 'ws', os: 'linux', osVersion: '12', kernel: '6', uptimeSecs: 1, elevated: true, sensors: [], spool: { epoch: '', lastSeq: 0, ackedSeq: 0, bytes: 0, maxBytes: 0, dropped: 0 },
  policy: { runningVersion: 0, runningHash: '', refusedVersion: 0, refusedReason: '' }, usage: { rssBytes: 0, cpuMillis: 10 }, sessionAccounts: [], upgrade: { platform: 'linux-x64', unable: '', keyId: RELEASE_KEY_ID, offer: 0, state: '', reason: '', receivedBytes: 0, ...over },
})

export function describeAgentPackages(given: () => Store): void {
  const named = (id: string, over: Parameters<typeof buildDevice>[0] = {}) => buildDevice({ id, hostname: `host-of-${id}`, hardwareId: id, publicKey: `U${id}`, ...over })
  const moved = (deviceId: string, over: Partial<RolloutDevice> = {}): RolloutDevice => ({ deviceId, ring: 0, state: 'offered', stateAtMs: MONDAY_MS, movedAtMs: MONDAY_MS, offeredAtMs: MONDAY_MS, ...over })

  describe('releases and roll-outs of versions', () => {
    test('a release is kept as it was given, changed, and forgotten', async () => {
      await given().write((tx) => tx.saveAgentPackage(buildAgentPackage({ isWhole: false })))
      await given().write((tx) => tx.saveAgentPackage(buildAgentPackage()))
      expect(await given().agentPackage('f'.repeat(64))).toEqual(buildAgentPackage())
      expect(await given().agentPackages()).toEqual([buildAgentPackage()])
      await given().write((tx) => tx.deleteAgentPackage('f'.repeat(64)))
      expect([await given().agentPackage('f'.repeat(64)), await given().agentPackages()]).toEqual([undefined, []])
    })

    test('roll-outs are listed the latest first, by group, and the latest of each group is found', async () => {
      await given().write(async (tx) => {
        await tx.saveAgentUpgrade(buildUpgrade())
        await tx.saveAgentUpgrade(buildUpgrade({ id: 'au_2', group: 'lab' }))
        await tx.saveAgentUpgrade(buildUpgrade({ id: 'au_3', state: 'paused' }))
        await tx.saveAgentUpgrade(buildUpgrade({ state: 'superseded' }))
      })
      const first = await given().agentUpgrades({ limit: 2 })
      expect([first.total, first.items.map(({ id }) => id)]).toEqual([3, ['au_3', 'au_2']])
      expect((await given().agentUpgrades({ limit: 2, cursor: first.nextCursor ?? '' })).items.map(({ id, state }) => [id, state])).toEqual([['au_1', 'superseded']])
      expect((await given().agentUpgrades({ limit: 5, groups: ['lab'] })).items.map(({ id }) => id)).toEqual(['au_2'])
      expect((await given().latestAgentUpgrades()).map(({ id }) => id)).toEqual(['au_2', 'au_3'])
    })

    test('what devices say of versions is found with what else they say, and who is no member is told apart', async () => {
      await given().write(async (tx) => {
        await tx.saveDevice(named('d_a', { group: 'desk' }))
        await tx.saveReport('d_a', { ...reportOf({ offer: 2, state: 'fetching', receivedBytes: 5 }), hostname: 'host-of-d_a' })
        await tx.saveDevice(named('d_b', { group: 'lab' }))
        await tx.saveReport('d_b', { ...reportOf(), hostname: 'host-of-d_b' })
        await tx.saveDevice(named('d_c', { group: 'desk' }))
        await tx.saveAgentUpgrade(buildUpgrade())
        await tx.saveUpgradeDevices('au_1', [moved('d_a'), moved('d_b', { ring: 1, state: 'rejected' })])
      })
      const facts = await given().upgradeFacts('au_1', 'desk')
      expect(facts.get('d_a')).toMatchObject({ base: { isMember: true, lastSeenAtMs: MONDAY_MS, now: { cpuMillis: 10 } }, agent: { agentVersion: '1.0.0', upgrade: { state: 'fetching', receivedBytes: 5 } } })
      expect(facts.get('d_b')?.base.isMember).toBe(false)
      expect((await given().agentDevices('desk', 'au_1')).map(({ deviceId, agentVersion }) => [deviceId, agentVersion])).toEqual([['d_c', '']])
      expect((await given().upgradeDevicePage({ limit: 10, upgradeId: 'au_1' })).items.map(({ deviceId, hostname }) => [deviceId, hostname])).toEqual([['d_a', 'host-of-d_a'], ['d_b', 'host-of-d_b']])
      expect(await given().upgradeCounts('au_1')).toEqual([{ ring: 0, state: 'offered', devices: 1, moved: 1 }, { ring: 1, state: 'rejected', devices: 1, moved: 1 }])
      expect((await given().agentCounts()).filter(({ group }) => group !== 'default').map(({ group, agentVersion, unable, devices }) => [group, agentVersion, unable, devices])).toEqual([['desk', '', 'UNKNOWN', 1], ['desk', '1.0.0', '', 1], ['lab', '1.0.0', '', 1]])
    })

    test('the upgrade of a device is the latest in which it moved', async () => {
      await given().write(async (tx) => {
        for (const id of ['au_1', 'au_2', 'au_3']) await tx.saveAgentUpgrade(buildUpgrade({ id }))
        await tx.saveUpgradeDevices('au_1', [moved('d_a')])
        await tx.saveUpgradeDevices('au_2', [moved('d_a')])
        await tx.saveUpgradeDevices('au_3', [{ deviceId: 'd_a', ring: 1, state: 'pending', stateAtMs: 1 }])
      })
      expect([(await given().upgradeOf('d_a'))?.id, await given().upgradeOf('d_b')]).toEqual(['au_2', undefined])
    })
  })
}
