import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { openTestApp, type TestApp } from '../../testing/test-app.ts'
import { buildDevice, buildUser } from '../../testing/builders.ts'
import type { DetectionVerdict, GroupView } from '../contract.ts'

let at: TestApp
beforeEach(async () => {
  at = await openTestApp()
})
afterEach(() => at.close())

const PATH = '/api/v1/groups/default'
const entry = { vendorId: '0951', productId: '1666', serial: 'KEY-1', reason: 'stick of the sales team', until: '2100-01-01T00:00:00.000Z' }
const settings = async (): Promise<GroupView['settings']> => (await at.app.inject({ url: PATH, headers: at.as('Admin') })).json<GroupView>().settings
const put = async (allowedMedia: unknown, role: 'Admin' | 'Analyst' = 'Admin') => at.app.inject({ method: 'PUT', url: `${PATH}/settings`, headers: { ...at.as(role), 'if-match': '*' }, payload: { ...(await settings()), allowedMedia } })

describe('media that a group allows', () => {
  test('are stored, audited, shown, and in force at once', async () => {
    const saved = await put([entry])
    expect([saved.statusCode, saved.json<GroupView>().settings.allowedMedia]).toEqual([200, [entry]])
    expect((await at.audit()).filter((row) => row.startsWith('group.changed'))).toHaveLength(1)
    await at.store.write(async (tx) => {
      await tx.saveDevice(buildDevice())
      await tx.saveUser(buildUser())
    })
    expect((await put([entry, { deviceClass: 'ptp', reason: 'press', copies: true }])).statusCode).toBe(200)
    const verdict = await at.app.inject({ method: 'POST', url: '/api/v1/detection-settings/test', headers: at.as('Analyst'), payload: { activity: { device: buildDevice().id, occurredAt: '2027-01-04T09:00:00Z', removableMediaMounted: { media: { vendorId: '0951', productId: '1666', serial: 'KEY-1' } } } } })
    expect(verdict.statusCode).toBe(200)
    expect(verdict.json<DetectionVerdict>().cases[0]?.excluded).toEqual({ rule: 'allowedMedia.default[0]', why: 'The group default allows 0951:1666:KEY-1 until 2100-01-01T00:00:00.000Z: stick of the sales team' })
  })

  test('stay when a change of the settings does not speak of them', async () => {
    await put([entry])
    const { allowedMedia: _allowed, ...rest } = await settings()
    await at.app.inject({ method: 'PUT', url: `${PATH}/settings`, headers: { ...at.as('Admin'), 'if-match': '*' }, payload: rest })
    expect((await settings()).allowedMedia).toEqual([entry])
  })

  test('that are none are refused with their place and reason, and nothing is changed', async () => {
    const refused = await put([entry, { serial: 'X', reason: 'y' }])
    expect([refused.statusCode, refused.json<{ errors: unknown }>().errors]).toEqual([400, [{ pointer: '/allowedMedia/1', detail: expect.stringContaining('serial number') as string }]])
    expect((await put([{ vendorId: 'zz', productId: '1', reason: 'y' }])).statusCode).toBe(400)
    expect((await settings()).allowedMedia).toEqual([])
  })

  test('are not for an analyst to change', async () => expect((await put([entry], 'Analyst')).statusCode).toBe(403))
})
