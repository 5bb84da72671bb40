import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { mergeInsights } from '../../domain/risk/count.ts'
import { dayOf } from '../../domain/risk/insight.ts'
import { openDetection, type Detection } from '../../ingest/detection.ts'
import { buildActivity, buildDevice, buildRun, buildUser, encodeActivity, MONDAY_MS } from '../../testing/builders.ts'
import { openTestApp, type TestApp } from '../../testing/test-app.ts'
import type { Problem } from '../primitives.ts'
import type { DetectionDefaults, DetectionVerdict, DetectionView } from './schema.ts'

const PATH = '/api/v1/detection-settings'
let at: TestApp

beforeEach(async () => {
  at = await openTestApp()
})
afterEach(() => at.close())

const put = (settings: unknown, headers: Readonly<Record<string, string>> = {}) => at.app.inject({ method: 'PUT', url: PATH, headers: { ...at.as('Admin'), 'content-type': 'application/json', ...headers }, payload: JSON.stringify(settings) })
const tryOut = async (body: unknown) => (await at.app.inject({ method: 'POST', url: `${PATH}/test`, headers: { ...at.as('Analyst'), 'content-type': 'application/json' }, payload: JSON.stringify(body) })).json<DetectionVerdict>()
const shown = async () => (await at.app.inject({ url: PATH, headers: at.as('Analyst') })).json<DetectionView>()

describe('a change', () => {
  test('is complete, versioned, and stands in the audit log with what was before and after', async () => {
    expect((await shown()).version).toBe(0)
    expect((await put({ exclusions: { paths: ['/srv/x'] } })).json<DetectionView>()).toMatchObject({ version: 1, settings: { exclusions: { paths: ['/srv/x'], fileTypes: [] }, domains: { allowed: [] } } })
    expect((await put({ priorityAssets: ['vault'] })).json<DetectionView>().version).toBe(2)
    expect(await shown()).toMatchObject({ version: 2, settings: { exclusions: { paths: [] }, priorityAssets: ['vault'] } })
    const entries = (await at.store.auditEntries({ limit: 10, action: 'detection.changed' })).items
    expect(entries.map(({ detail }) => JSON.parse(detail) as unknown)[0]).toMatchObject({ before: { exclusions: { paths: ['/srv/x'] } }, after: { exclusions: { paths: [] }, priorityAssets: ['vault'] } })
  })
  test('that was made on an older version is refused, and changes nothing', async () => {
    await put({ priorityAssets: ['a'] })
    const answer = await put({ priorityAssets: ['b'] }, { 'if-match': '"0"' })
    expect([answer.statusCode, answer.json<Problem>().code]).toEqual([412, 'REVISION_CONFLICT'])
    expect((await put({ priorityAssets: ['c'] }, { 'if-match': '"1"' })).statusCode).toBe(200)
    expect((await shown()).settings.priorityAssets).toEqual(['c'])
  })
  test('that is wrong names each list, entry and reason, and changes nothing', async () => {
    const answer = await put({ exclusions: { paths: ['/a', '*'] }, domains: { allowed: ['*.com'] } })
    expect(answer.statusCode).toBe(400)
    expect(answer.json<Problem>()).toMatchObject({ code: 'DETECTION_INVALID', errors: [{ pointer: '/exclusions/paths/1' }, { pointer: '/domains/allowed/0' }] })
    expect((await shown()).version).toBe(0)
  })
})

describe('a test of settings', () => {
  test('says which rule holds, in force or as a draft', async () => {
    expect((await tryOut({ path: '/home/alice/.cache/x' })).cases).toMatchObject([{ excluded: { rule: 'default:linux_cache' }, indicators: ['file_deleted'] }, { indicators: ['copy_to_removable_media', 'volume_to_removable_media'] }])
    expect((await tryOut({ path: '/home/alice/.cache/x', settings: { defaultExclusionsOff: ['linux_cache'] } })).cases[0]).not.toHaveProperty('excluded')
    await put({ domains: { unallowed: ['**.share.example'] } })
    expect((await tryOut({ domain: 'up.share.example' })).cases).toMatchObject([{ domainClass: 'unallowed', indicators: ['browser_upload', 'transfer_to_unallowed_domain'] }, { domainClass: 'unallowed' }])
    expect((await tryOut({ application: 'AnyDesk' })).cases).toMatchObject([{ applicationClass: 'remote_access', indicators: ['unwanted_application_installed'] }])
    expect((await tryOut({ activity: { occurredAt: '2026-03-02T09:00:00Z', fileDeleted: { path: '/x/node_modules/y', location: 'LOCATION_KIND_LOCAL' } } })).cases).toMatchObject([{ excluded: { rule: 'default:build_node' } }])
  })
  test('of nothing, of no activity and of a wrong draft is refused', async () => {
    for (const [body, code] of [[{}, 'REQUEST_INVALID'], [{ activity: { nonsense: 1 } }, 'REQUEST_INVALID'], [{ path: '/a', settings: { exclusions: { paths: ['*'] } } }, 'DETECTION_INVALID']] as const) {
      const answer = await at.app.inject({ method: 'POST', url: `${PATH}/test`, headers: { ...at.as('Analyst'), 'content-type': 'application/json' }, payload: JSON.stringify(body) })
      expect([answer.statusCode, answer.json<Problem>().code]).toEqual([400, code])
    }
  })
})

describe('defaults', () => {
  test('are listed with their reasons, and whether they are ticked', async () => {
    await put({ defaultExclusionsOff: ['linux_cache'] })
    const defaults = (await at.app.inject({ url: `${PATH}/defaults`, headers: at.as('Analyst') })).json<DetectionDefaults>()
    expect(defaults.exclusions.find(({ id }) => id === 'linux_cache')?.on).toBe(false)
    expect(defaults.exclusions.filter(({ on }) => !on)).toHaveLength(1)
    expect(defaults.limits).toEqual({ entries: 500, groupEntries: 200, variantsPerIndicator: 3, groups: 100 })
    expect(defaults.applicationClasses.map((row) => row.class)).toContain('tunnel')
  })
})

describe('without a restart', () => {
  let detection: Detection
  test('what is counted after a change is counted under it, and what was counted stays', async () => {
    await at.close()
    at = await openTestApp((store) => ({ detection: { get compiled() { return detection.compiled }, get stored() { return detection.stored }, get allowances() { return detection.allowances }, joined: (device, group) => detection.joined(device, group), count: (list) => detection.count(list), reload: async () => { detection = await openDetection(store) } } }))
    detection = await openDetection(at.store)
    await at.store.write(async (tx) => {
      await tx.saveDevice(buildDevice())
      await tx.saveUser(buildUser())
      await tx.ingest([buildRun(1, 3)], detection.count, mergeInsights)
    })
    expect((await put({ exclusions: { paths: ['/media/stick'] } })).statusCode).toBe(200)
    await at.store.write((tx) => tx.ingest([buildRun(4, 2)], detection.count, mergeInsights))
    const insights = await at.store.insights('u_1', dayOf(MONDAY_MS), dayOf(MONDAY_MS))
    expect(insights.find(({ indicator }) => indicator === 'copy_to_removable_media')).toMatchObject({ events: 5, excludedEvents: 2, bytes: 3000 })
  })
  test('an activity is shown as excluded, with the rule and the reason', async () => {
    await put({ exclusions: { keywords: [{ contains: 'menu' }] } })
    await at.store.write(async (tx) => {
      await tx.saveDevice(buildDevice())
      await tx.saveUser(buildUser())
      const activity = buildActivity({ file: { path: '/media/stick/menu.pdf', sizeBytes: 1, location: 'removable' } })
      await tx.ingest([{ ...buildRun(1, 0), activities: [{ activity, body: encodeActivity({ detail: { destination: { path: '/media/stick/menu.pdf', sizeBytes: 1, location: 2 } } }) }] }], (await openDetection(tx)).count, mergeInsights)
    })
    const page = (await at.app.inject({ url: '/api/v1/activities', headers: at.as('Analyst') })).json<{ items: unknown[] }>()
    expect(page.items).toMatchObject([{ excluded: { rule: 'keywords[0]', why: 'The settings leave out what contains menu.' }, indicators: ['copy_to_removable_media', 'volume_to_removable_media'] }])
  })
})
