// What every backend promises of fleet notices and of what administrators wrote down of devices; describeStore calls it.
import { describe, expect, test } from 'vitest'
import type { FleetNotice } from '../domain/people/fleet-notice.ts'
import type { DeviceReport } from '../domain/people/device.ts'
import type { Store } from '../store/store.ts'
import { buildDevice, buildUser, MONDAY_MS } from './builders.ts'
import { buildRollout } from './rollouts-contract.ts'

export const buildFleetNotice = (over: Partial<FleetNotice> = {}): FleetNotice => ({ id: 'fn_1', key: 'silent:d_1', kind: 'device_silent', deviceId: 'd_1', detail: 'Nothing was heard of it.', fix: 'Look at it.', raisedAtMs: MONDAY_MS, ...over })

const reported = (receivedAtMs: number): DeviceReport => ({
  receivedAtMs, sentAtMs: receivedAtMs, agentVersion: '1.2.3', hostname: 'lt-1', os: 'linux', osVersion: 'Debian 13', kernel: '6', uptimeSecs: 1, elevated: true, sensors: [], spool: { epoch: '', lastSeq: 0, ackedSeq: 0, bytes: 0, maxBytes: 0, dropped: 0 },
  policy: { runningVersion: 0, runningHash: '', refusedVersion: 0, refusedReason: '' }, usage: { rssBytes: 0, cpuMillis: 0 }, sessionAccounts: [],
})

export function describeFleet(given: () => Store): void {
  const ids = async (query: Parameters<Store['devices']>[0]) => (await given().devices(query)).items.map(({ id }) => id)

  describe('fleet notices', () => {
    test('of one key one is open at a time, and a later one is another', async () => {
      await given().write((tx) => tx.saveFleetNotice(buildFleetNotice()))
      await expect(given().write((tx) => tx.saveFleetNotice(buildFleetNotice({ id: 'fn_2' })))).rejects.toThrow(/unique/i)
      await given().write(async (tx) => {
        await tx.saveFleetNotice(buildFleetNotice({ clearedAtMs: MONDAY_MS + 5 }))
        await tx.saveFleetNotice(buildFleetNotice({ id: 'fn_2', raisedAtMs: MONDAY_MS + 9 }))
      })
      expect(await given().openFleetNotice('silent:d_1')).toEqual(buildFleetNotice({ id: 'fn_2', raisedAtMs: MONDAY_MS + 9 }))
      expect((await given().fleetNotice('fn_1'))?.clearedAtMs).toBe(MONDAY_MS + 5)
    })
    test('are listed latest first, in pages, open or cleared, by kind and device', async () => {
      await given().write(async (tx) => {
        for (const n of [1, 2, 3]) await tx.saveFleetNotice(buildFleetNotice({ id: `fn_${n}`, key: `k${n}`, raisedAtMs: MONDAY_MS + n, ...(n === 2 ? { kind: 'device_gap' as const, clearedAtMs: MONDAY_MS + 9 } : {}), ...(n === 3 ? { deviceId: 'd_3' } : {}) }))
      })
      const list = async (query: Omit<Parameters<Store['fleetNotices']>[0], 'limit'>) => (await given().fleetNotices({ limit: 10, ...query })).items.map(({ id }) => id)
      const first = await given().fleetNotices({ limit: 2 })
      expect([first.items.map(({ id }) => id), first.total]).toEqual([['fn_3', 'fn_2'], 3])
      expect((await given().fleetNotices({ limit: 2, ...(first.nextCursor === undefined ? {} : { cursor: first.nextCursor }) })).items.map(({ id }) => id)).toEqual(['fn_1'])
      expect(await Promise.all([list({ open: true }), list({ open: false }), list({ kind: ['device_gap'] }), list({ deviceId: 'd_3' }), list({ sinceMs: MONDAY_MS + 2 })])).toEqual([['fn_3', 'fn_1'], ['fn_2'], ['fn_2'], ['fn_3'], ['fn_3', 'fn_2']])
    })
  })

  describe('what is written down of a device', () => {
    test('comes back as it was, and is gone when it is taken away', async () => {
      const device = buildDevice({ tags: ['till', 'vip'], owner: 'u_1', maintenance: { untilMs: 9, reason: 'repair', by: 'ada', sinceMs: 1 }, keepsGroup: true })
      await given().write((tx) => tx.saveDevice(device))
      expect(await given().device('d_1')).toEqual(device)
      await given().write((tx) => tx.saveDevice(buildDevice()))
      expect(await given().device('d_1')).toEqual(buildDevice())
    })
    test('is found only in the groups that are asked for: devices, faults, tags and notices', async () => {
      await given().write(async (tx) => {
        await tx.saveDevice(buildDevice({ tags: ['till'], address: '10.20.0.7' }))
        await tx.saveDevice(buildDevice({ id: 'd_2', hardwareId: 'b', publicKey: 'UB', group: 'lab', tags: ['till'] }))
        for (const id of ['d_1', 'd_2']) await tx.saveDeviceFaults(id, ['OFFLINE'])
        await tx.saveFleetNotice(buildFleetNotice())
        await tx.saveFleetNotice(buildFleetNotice({ id: 'fn_2', key: 'k2', deviceId: 'd_2' }))
        const { deviceId: _device, ...ofNobody } = buildFleetNotice({ id: 'fn_3', key: 'k3', kind: 'enrolment_waiting' })
        await tx.saveFleetNotice(ofNobody)
        await tx.saveFleetNotice({ ...ofNobody, id: 'fn_4', key: 'k4', kind: 'rollout_halted', rolloutId: 'ro_1' })
        await tx.saveRollout(buildRollout({ group: 'lab' }), true)
      })
      const groups = ['lab', 'none']
      expect([await ids({ limit: 9, groups }), await ids({ limit: 9, groups: [] }), await ids({ limit: 9, groups, group: 'default' }), (await given().devices({ limit: 1, groups })).total]).toEqual([['d_2'], [], [], 1])
      expect([await given().faultCounts(groups), await given().deviceTags(groups), await given().faultCounts([])]).toEqual([[{ code: 'OFFLINE', devices: 1 }], [{ tag: 'till', devices: 1 }], []])
      expect((await given().fleetNotices({ limit: 9, groups })).items.map(({ id }) => id).toSorted()).toEqual(['fn_2', 'fn_4'])
      expect([(await given().rollouts({ limit: 9, groups })).total, (await given().rollouts({ limit: 9, groups: ['default'] })).total]).toEqual([1, 0])
      expect((await given().device('d_1'))?.address).toBe('10.20.0.7')
    })
    test('finds devices by tag, fault, version and status; those that are gone only when they are asked for', async () => {
      await given().write(async (tx) => {
        await tx.saveDevice(buildDevice({ tags: ['till'] }))
        await tx.saveReport('d_1', reported(MONDAY_MS))
        await tx.saveDevice(buildDevice({ id: 'd_2', hardwareId: 'b', hostname: 'srv-2', publicKey: 'UB', status: 'revoked' }))
        await tx.saveDevice(buildDevice({ id: 'd_3', hardwareId: 'c', hostname: 'old-3', publicKey: 'UC', mergedInto: 'd_1', status: 'revoked' }))
        await tx.saveDevice(buildDevice({ id: 'd_4', hardwareId: 'd', hostname: 'old-4', publicKey: 'UD', retired: { atMs: 1, by: 'ada', reason: 'sold' }, status: 'revoked' }))
        await tx.saveDeviceFaults('d_2', ['OFFLINE', 'CLOCK_SKEW'])
        await tx.saveDeviceFaults('d_1', ['OFFLINE'])
      })
      const found = await Promise.all([ids({ limit: 9 }), ids({ limit: 9, tag: 'till' }), ids({ limit: 9, fault: ['CLOCK_SKEW'] }), ids({ limit: 9, fault: ['CLOCK_SKEW', 'OFFLINE'] }), ids({ limit: 9, status: 'revoked' }), ids({ limit: 9, gone: true }), ids({ limit: 9, search: '1.2.3' }), ids({ limit: 9, search: 'TILL' }), ids({ limit: 9, search: 'debian' })])
      expect(found).toEqual([['d_1', 'd_2'], ['d_1'], ['d_2'], ['d_1', 'd_2'], ['d_2'], ['d_1', 'd_2', 'd_3', 'd_4'], ['d_1'], ['d_1'], ['d_1']])
      expect(await given().deviceTags()).toEqual([{ tag: 'till', devices: 1 }])
      expect(await given().faultCounts()).toEqual([{ code: 'OFFLINE', devices: 1 }])
      expect((await given().mergedDevices('d_1')).map(({ id }) => id)).toEqual(['d_3'])
      expect((await given().deviceByPublicKey('UB'))?.id).toBe('d_2')
      expect(await given().deviceByPublicKey('none')).toBeUndefined()
    })
    test('the silent ones are active, were heard of once, and come longest silent first', async () => {
      await given().write(async (tx) => {
        for (const n of [1, 2, 3, 4]) await tx.saveDevice(buildDevice({ id: `d_${n}`, hardwareId: `h${n}`, publicKey: `U${n}`, ...(n === 3 ? { status: 'revoked' as const } : {}) }))
        for (const n of [1, 2, 3]) await tx.saveReport(`d_${n}`, reported(MONDAY_MS - n))
      })
      expect((await given().silentDevices('default', MONDAY_MS, 5)).map(({ id }) => id)).toEqual(['d_2', 'd_1'])
      expect((await given().silentDevices('default', MONDAY_MS - 1, 5)).map(({ id }) => id)).toEqual(['d_2'])
    })
    test('whose device it was is gone with the person', async () => {
      await given().write(async (tx) => {
        await tx.saveUser(buildUser())
        await tx.saveDevice(buildDevice({ owner: 'u_1', tags: ['till'] }))
        await tx.erasePerson('u_1', MONDAY_MS)
      })
      expect(await given().device('d_1')).toEqual(buildDevice({ tags: ['till'] }))
    })
  })
}
