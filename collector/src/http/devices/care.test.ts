// What administrators do to devices: what it changes, what it refuses, and that it is written down.
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Role } from '../../access/permissions.ts'
import { raiseFleetNotice } from '../../fleet/notices.ts'
import { buildDevice, buildRun, buildUser, MONDAY_MS } from '../../testing/builders.ts'
import { countInsights, mergeInsights } from '../../domain/risk/count.ts'
import { openTestApp, type TestApp } from '../../testing/test-app.ts'
import type { DeviceBulkResult, DeviceDetail, DevicePage, DeviceView, FleetNoticePage, GroupRulesView } from '../contract.ts'

let at: TestApp
beforeEach(async () => {
  at = await openTestApp()
  await at.store.write(async (tx) => {
    for (const n of [1, 2, 3]) await tx.saveDevice(buildDevice({ id: `d_${n}`, hostname: `lt-${n}`, hardwareId: `h${n}`, publicKey: `U${n}` }))
    await tx.saveUser(buildUser())
  })
})
afterEach(() => at.close())

const call = (method: 'GET' | 'POST' | 'PUT' | 'PATCH', path: string, payload?: object, role: Role = 'Admin', headers: Record<string, string> = {}) => at.app.inject({ method, url: `/api/v1${path}`, headers: { ...at.as(role), ...headers }, ...(payload === undefined ? {} : { payload }) })
const detail = async (id: string): Promise<DeviceDetail> => (await call('GET', `/devices/${id}`)).json<DeviceDetail>()
const listed = async (query = ''): Promise<readonly string[]> => (await call('GET', `/devices${query}`)).json<DevicePage>().items.map(({ id }) => id)
const audited = async (word: string): Promise<number> => (await at.audit()).filter((row) => row.startsWith(word)).length

describe('tags, owner, group and maintenance', () => {
  test('are changed one by one, found again, and written down without the owner’s name', async () => {
    const changed = await call('PATCH', '/devices/d_1', { addTags: ['till', 'vip'], owner: 'u_1', maintenance: { until: new Date(MONDAY_MS + 86_400_000 * 400).toISOString(), reason: 'repair' } })
    expect(changed.statusCode).toBe(409)
    expect((await call('PATCH', '/devices/d_1', { addTags: ['till', 'vip'], owner: 'u_1' })).json<DeviceView>()).toMatchObject({ tags: ['till', 'vip'], owner: { id: 'u_1', pseudonym: buildUser().pseudonym } })
    expect((await call('PATCH', '/devices/d_1', { removeTags: ['vip'] })).json<DeviceView>().tags).toEqual(['till'])
    expect(await listed('?tag=till')).toEqual(['d_1'])
    expect((await call('PATCH', '/devices/d_1', { owner: null })).json<DeviceView>().owner).toBeUndefined()
    expect((await at.audit()).join('\n')).not.toContain(buildUser().displayName)
    expect(await audited('device.changed')).toBe(3)
  })
  test.each([[{ addTags: ['Upper'] }, 400], [{ owner: 'u_none' }, 404], [{}, 400], [{ group: 'a b' }, 400], [{ addTags: Array.from({ length: 31 }, (_, n) => `t${n}`) }, 400]])('%j is refused with %i', async (body, status) => {
    expect((await call('PATCH', '/devices/d_1', body)).statusCode).toBe(status)
  })
  test('nobody else may', async () => expect((await call('PATCH', '/devices/d_1', { addTags: ['x'] }, 'Analyst')).statusCode).toBe(403))
  test('a move by hand offers the credential of the new group, and rules leave the device there', async () => {
    await call('PATCH', '/devices/d_1', { group: 'tills' })
    expect(at.done).toContain('offered d_1 tills')
    const { revision } = (await call('GET', '/group-rules')).json<GroupRulesView>()
    const saved = await call('PUT', '/group-rules', { rules: [{ group: 'laptops', hostname: 'lt-*' }] }, 'Admin', { 'if-match': `"${revision}"` })
    expect(saved.json<GroupRulesView>()).toMatchObject({ revision: 1, matches: [2] })
    expect([(await detail('d_1')).group, (await detail('d_2')).group]).toEqual(['tills', 'laptops'])
    expect((await call('PATCH', '/devices/d_1', { group: null })).json<DeviceView>()).toMatchObject({ group: 'laptops', keepsGroup: false })
    expect(await audited('device.moved')).toBe(4)
  })
  test('rules that somebody changed meanwhile are not overwritten', async () => {
    expect((await call('PUT', '/group-rules', { rules: [] })).statusCode).toBe(428)
    expect((await call('PUT', '/group-rules', { rules: [] }, 'Admin', { 'if-match': '"7"' })).statusCode).toBe(412)
    expect((await call('PUT', '/group-rules', { rules: [{ group: 'x' }] }, 'Admin', { 'if-match': '"0"' })).statusCode).toBe(400)
  })
  test('many devices are changed each by itself: one that is not there keeps no other from it', async () => {
    const { changed, failed } = (await call('POST', '/devices/bulk', { ids: ['d_1', 'd_none', 'd_2'], addTags: ['till'], retire: { reason: 'sold' } })).json<DeviceBulkResult>()
    expect([changed, failed.map(({ id, code }) => [id, code])]).toEqual([2, [['d_none', 'NOT_FOUND']]])
    expect([await listed(), await listed('?gone=true&tag=till')]).toEqual([['d_3'], ['d_1', 'd_2']])
    expect(at.done).toEqual(expect.arrayContaining(['dismissed d_1: retired', 'cut off U1', 'cut off U2']))
  })
})

describe('a device that goes', () => {
  test('retired: it is cut off, told why, and kept with its history', async () => {
    expect((await call('POST', '/devices/d_1/retire', { reason: 'sold' })).json<DeviceView>()).toMatchObject({ health: 'revoked', retired: { reason: 'sold' }, cutOff: { why: 'retired' } })
    expect((await call('POST', '/devices/d_1/retire', { reason: 'again' })).statusCode).toBe(409)
    expect(await audited('device.retired')).toBe(1)
  })
  test('merged: its history is shown under the other one until that is taken back', async () => {
    await at.store.write((tx) => tx.ingest([buildRun(1, 4, {})], countInsights, mergeInsights))
    expect((await call('POST', '/devices/d_1/merge', { into: 'd_2' })).json<DeviceView>()).toMatchObject({ mergedInto: 'd_2', health: 'revoked' })
    expect((await detail('d_2')).merged.map(({ id, ledger }) => [id, ledger.length])).toEqual([['d_1', 1]])
    expect(await listed()).toEqual(['d_2', 'd_3'])
    for (const [id, into] of [['d_1', 'd_3'], ['d_3', 'd_1'], ['d_2', 'd_3'], ['d_3', 'd_3']] as const) expect([id, into, (await call('POST', `/devices/${id}/merge`, { into })).statusCode]).toEqual([id, into, 409])
    expect((await call('POST', '/devices/d_1/unmerge')).json<DeviceView>().mergedInto).toBeUndefined()
    expect((await detail('d_2')).merged).toEqual([])
  })
  test('cloned: its key is taken away, and its notices end with the name of who did it', async () => {
    await at.store.write((tx) => raiseFleetNotice(tx, { kind: 'device_cloned', key: 'cloned:d_1', deviceId: 'd_1', detail: 'x', fix: 'y', atMs: MONDAY_MS }))
    expect((await call('POST', '/devices/d_1/re-key', { reason: 'copied' })).json<DeviceView>()).toMatchObject({ cutOff: { why: 'cloned' } })
    expect(at.done.indexOf('dismissed d_1: cloned')).toBeLessThan(at.done.indexOf('cut off U1'))
    expect((await call('GET', '/fleet-notices')).json<FleetNoticePage>().items).toMatchObject([{ kind: 'device_cloned', clearedBy: 'admin' }])
  })
})

describe('notices on the fleet', () => {
  test('of one condition there is one, however often it is found, and a new one when it comes again', async () => {
    const raise = () => at.store.write((tx) => raiseFleetNotice(tx, { kind: 'device_silent', key: 'silent:d_1', deviceId: 'd_1', detail: 'x', fix: 'y', atMs: MONDAY_MS }))
    const [first, second] = [await raise(), await raise()]
    expect([first?.kind, second]).toEqual(['device_silent', undefined])
    expect((await call('POST', `/fleet-notices/${first?.id ?? ''}/clear`, undefined, 'Analyst')).statusCode).toBe(403)
    expect((await call('POST', `/fleet-notices/${first?.id ?? ''}/clear`)).statusCode).toBe(200)
    await raise()
    expect((await call('GET', '/fleet-notices?open=true')).json<FleetNoticePage>().total).toBe(1)
    expect([await audited('fleet.notice_raised'), await audited('fleet.notice_cleared')]).toEqual([2, 1])
  })
})
