// Edge rules on their way from a form to the signed policy, and a device that sends out of its order.
import { wire } from '@holdfast/proto'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { compileContent } from '../../fleet/agent-policy.ts'
import type { EdgeRuleSettings } from '../../fleet/contract.ts'
import { defaultSettings } from '../../fleet/settings.ts'
import { buildDevice } from '../../testing/builders.ts'
import { openTestApp, type TestApp } from '../../testing/test-app.ts'
import { awaitedOf, unexplainedCount, withUnexplained } from '../../domain/people/ledger.ts'
import type { GroupView } from './schema.ts'

const rule: EdgeRuleSettings = {
  id: 'cards', enabled: true, kinds: [], destinations: ['removable'], sensitive: true, types: [], minCount: 5, labels: [], minActivities: 0, minBytes: 0, windowSecs: 3600, unallowedDevice: false, warn: true, first: false, maxPerHour: 3, ask: 'reason',
  texts: [{ language: 'de', title: 'Bitte prüfen', body: '' }],
}

describe('edge rules of a group', () => {
  let at: TestApp
  beforeEach(async () => {
    at = await openTestApp()
    await at.store.write((tx) => tx.saveDevice(buildDevice()))
  })
  afterEach(() => at.close())
  const group = async (): Promise<GroupView> => (await at.app.inject({ url: '/api/v1/groups/default', headers: at.as('Admin') })).json<GroupView>()
  const put = async (settings: object): Promise<number> => (await at.app.inject({ method: 'PUT', url: '/api/v1/groups/default/settings', headers: { ...at.as('Admin'), 'if-match': '*' }, payload: settings })).statusCode

  test('there are none until somebody writes one; then they stay where a change does not name them, and are audited', async () => {
    const { settings } = await group()
    expect(settings.edge).toEqual({ languages: ['en'], rules: [] })
    const edge = { languages: ['de', 'en'], rules: [rule] }
    expect(await put({ ...settings, edge })).toBe(200)
    const { edge: _edge, ...others } = settings
    expect(await put(others)).toBe(200)
    expect((await group()).settings.edge).toEqual(edge)
    expect((await at.audit()).filter((entry) => entry.startsWith('group.changed'))).toHaveLength(2)
  })

  test.each([
    ['a rule twice', [rule, rule]], ['one that does nothing', [{ ...rule, warn: false }]], ['a kind that nobody can be warned of', [{ ...rule, kinds: ['agent_stopped'] }]], ['a text in no language', [{ ...rule, texts: [{ language: 'Deutsch', title: '', body: '' }] }]],
    ['a storm', [{ ...rule, maxPerHour: 61 }]], ['an id that is none', [{ ...rule, id: 'Not one' }]],
  ])('%s is refused', async (_what, rules) => {
    const { settings } = await group()
    expect(await put({ ...settings, edge: { languages: [], rules } })).toBe(400)
  })
})

describe('what a device is told', () => {
  const needs = { files: true, kinds: ['file_copied'], removableMedia: false, securityFeatures: false, applications: false } as unknown as Parameters<typeof compileContent>[2]
  const compiled = (rules: readonly EdgeRuleSettings[], more: object = {}) => compileContent('acme', 'default', needs, { ...defaultSettings, edge: { languages: ['de'], rules }, ...more }).edge

  test('nothing of a rule that is off, or of kinds that no policy has collected', () => {
    expect(compileContent('acme', 'default', needs, defaultSettings).edge).toBeUndefined()
    expect(compiled([{ ...rule, enabled: false }, { ...rule, id: 'run', kinds: ['application_run'] }])).toBeUndefined()
  })

  test('the rule as it can be signed, with the allowed media only where it asks for them', () => {
    const allowedMedia = [{ vendorId: '0781', productId: '5567', reason: 'handed out', until: '2027-01-01T00:00:00Z' }]
    expect(compiled([rule], { allowedMedia })?.allowedMedia).toEqual([])
    const edge = compiled([{ ...rule, kinds: ['file_copied', 'file_printed'], unallowedDevice: true }], { allowedMedia })
    expect(edge?.rules?.[0]).not.toHaveProperty('enabled')
    const back = wire.EdgeRules.decode(wire.EdgeRules.encode(edge ?? {}).finish())
    expect(back).toMatchObject({ languages: ['de'], rules: [{ id: 'cards', kinds: ['file_copied'], destinations: ['removable'], sensitive: true, minCount: 5, unallowedDevice: true, warn: true, ask: 'reason' }] })
    expect(back.allowedMedia).toMatchObject([{ vendorId: '0781', productId: '5567', expiresAt: { seconds: 1_798_761_600 } }])
  })
})

describe('a device that sends its riskiest first', () => {
  const epoch = 'e'.repeat(32)
  const ranges = [{ epoch, firstSeq: 1, lastSeq: 100, kind: 'received' }, { epoch, firstSeq: 5000, lastSeq: 5003, kind: 'received' }] as const
  const device = (outOfOrder: boolean, ackedSeq = 100) => {
    const built = buildDevice()
    return { ...built, report: { receivedAtMs: 1000, spool: { epoch, lastSeq: 9000, ackedSeq, bytes: 1, maxBytes: 2, dropped: 0, ...(outOfOrder ? { outOfOrder: true as const } : {}) } } as NonNullable<typeof built.report> }
  }
  test('has no gap, as long as it says that it holds what is missing', () => {
    expect(withUnexplained(ranges, awaitedOf(device(true), 2000)).map(({ kind }) => kind)).toEqual(['received', 'awaited', 'received'])
    expect(unexplainedCount(withUnexplained(ranges, awaitedOf(device(true), 2000)))).toBe(0)
  })
  test('has one when it has stopped saying so, says nothing any more, or has forgotten the numbers', () => {
    for (const awaited of [awaitedOf(device(false), 2000), awaitedOf(device(true), 3_600_000), awaitedOf(device(true, 200), 2000)]) expect(unexplainedCount(withUnexplained(ranges, awaited))).toBe(4899)
  })
})
