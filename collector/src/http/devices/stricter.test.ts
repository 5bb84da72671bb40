import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { buildDevice, buildUser } from '../../testing/builders.ts'
import { openTestApp, type TestApp } from '../../testing/test-app.ts'
import type { DeviceDetail, GroupView } from './schema.ts'

const whenAtRisk = { level: 'moderate', roots: ['/srv/projects'], removableRoots: [], networkShareRoots: [], cloudSyncRoots: [], watchExcluded: ['**/.git/**'], everyIndicator: true, heartbeatIntervalSecs: 5 }

let at: TestApp
beforeEach(async () => {
  at = await openTestApp()
  await at.store.write(async (tx) => {
    await tx.saveDevice(buildDevice())
    await tx.saveUser(buildUser({ displayName: 'Alice Example' }))
    await tx.saveAgentPolicy({ group: 'default', version: 4, hash: 'a'.repeat(64), signed: new Uint8Array(), readable: '{"version":4}', createdAtMs: 1, expiresAtMs: 2 })
  })
})
afterEach(() => at.close())

const get = async <T>(url: string): Promise<T> => (await at.app.inject({ url, headers: at.as('Admin') })).json<T>()
const put = (settings: object) => at.app.inject({ method: 'PUT', url: '/api/v1/groups/default/settings', headers: { ...at.as('Admin'), 'if-match': '*' }, payload: settings })

describe('programs that send files', () => {
  test('what is everyday work comes back as it was written, stays where a change does not name it, and is audited', async () => {
    const { settings } = await get<GroupView>('/api/v1/groups/default')
    expect(settings.transfers).toEqual({ allowedPrograms: [], knownDestinations: [], uploads: true })
    const transfers = { allowedPrograms: ['restic'], knownDestinations: ['backup.example.org:22', '.example.org', 's3://backup'], uploads: false }
    expect((await put({ ...settings, transfers })).statusCode).toBe(200)
    const { transfers: _transfers, ...others } = settings
    expect((await put(others)).statusCode).toBe(200)
    expect((await get<GroupView>('/api/v1/groups/default')).settings.transfers).toEqual(transfers)
    expect((await at.audit()).filter((entry) => entry.startsWith('group.changed'))).toHaveLength(2)
  })
  test.each([{ knownDestinations: ['.org'] }, { knownDestinations: ['https://example.org/in'] }, { knownDestinations: ['me@example.org'] }, { allowedPrograms: ['/usr/bin/curl'] }, { allowedPrograms: ['Curl'] }])('%j is refused', async (over) => {
    const { settings } = await get<GroupView>('/api/v1/groups/default')
    expect((await put({ ...settings, transfers: { allowedPrograms: [], knownDestinations: [], uploads: true, ...over } })).statusCode).toBe(400)
  })
})

describe('a device of somebody at risk', () => {
  test('shows what it should run, and why, under pseudonyms; when that was taken back, no reason any more', async () => {
    const revision = { deviceId: 'd_1', group: 'default', version: 5, hash: 'b'.repeat(64), signed: new Uint8Array(), readable: '{"version":5,"device":"d_1"}', createdAtMs: Date.UTC(2026, 2, 2), expiresAtMs: 2 }
    await at.store.write((tx) => tx.saveDevicePolicy({ ...revision, why: { level: 'elevated', userIds: ['u_1', 'u_gone'] } }))
    const strict = await get<DeviceDetail>('/api/v1/devices/d_1')
    expect(strict).toMatchObject({ policy: { wantedVersion: 5, wantedHash: 'b'.repeat(64), stricter: { level: 'elevated', users: ['ANON-AAAAAA1', 'ANON'], since: '2026-03-02T00:00:00.000Z' } }, wantedPolicy: { device: 'd_1' } })
    expect(JSON.stringify(strict)).not.toContain('Alice')
    await at.store.write((tx) => tx.saveDevicePolicy({ ...revision, version: 6 }))
    expect((await get<DeviceDetail>('/api/v1/devices/d_1')).policy).toMatchObject({ wantedVersion: 6 })
    expect((await get<DeviceDetail>('/api/v1/devices/d_1')).policy.stricter).toBeUndefined()
  })
  test('has settings that come back as they were written, audited, and are refused where they name no level', async () => {
    const { settings } = await get<GroupView>('/api/v1/groups/default')
    expect((await put({ ...settings, whenAtRisk })).statusCode).toBe(200)
    expect((await get<GroupView>('/api/v1/groups/default')).settings.whenAtRisk).toEqual(whenAtRisk)
    const refused = await put({ ...settings, whenAtRisk: { ...whenAtRisk, level: 'none' } })
    expect(refused.statusCode).toBe(400)
    expect(refused.json()).toMatchObject({ errors: [{ pointer: '/body/whenAtRisk/level', detail: 'must be one of minor, moderate, elevated' }] })
    expect((await at.audit()).filter((entry) => entry.startsWith('group.changed'))).toHaveLength(1)
  })
})
