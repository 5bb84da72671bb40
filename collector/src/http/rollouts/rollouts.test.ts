import { generateKeyPairSync } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Role } from '../../access/permissions.ts'
import { createAuthority } from '../../bus/pki.ts'
import { createFleet } from '../../fleet/fleet.ts'
import { buildDevice, buildPolicy, MONDAY_MS } from '../../testing/builders.ts'
import { openTestApp, type TestApp } from '../../testing/test-app.ts'
import type { Problem } from '../primitives.ts'
import { changesOf, readGroupDocuments } from './document.ts'
import type { GroupView } from '../devices/schema.ts'
import type { AgentPolicyApplied, AgentPolicyDiff, PlanView, PreviewView, RolloutDetail, RolloutDevicePage, RolloutPage } from './schema.ts'

const authority = await createAuthority('example', MONDAY_MS)
const { privateKey } = generateKeyPairSync('ed25519')
let at: TestApp

async function ask<T>(method: 'GET' | 'POST' | 'PUT', url: string, body?: unknown, role: Role = 'Admin', headers: Readonly<Record<string, string>> = method === 'PUT' ? { 'if-match': '*' } : {}): Promise<{ readonly status: number; readonly body: T }> {
  const isText = typeof body === 'string'
  const answer = await at.app.inject({ method, url, headers: { ...at.as(role), ...headers, ...(body === undefined ? {} : { 'content-type': isText ? 'application/yaml' : 'application/json' }) }, ...(body === undefined ? {} : { payload: isText ? body : JSON.stringify(body) }) })
  return { status: answer.statusCode, body: answer.json<T>() }
}
const problem = async (...request: Parameters<typeof ask>) => {
  const { status, body } = await ask<Problem>(...request)
  return [status, body.code, ...(body.errors ?? []).map(({ pointer, detail }) => `${pointer} ${detail}`)]
}
const latest = async (): Promise<string> => (await ask<RolloutPage>('GET', '/api/v1/rollouts')).body.items[0]?.id ?? ''
const rings = { ringPercents: [25, 100], soakSecs: 60 }
const yaml = (roots: string, more = ''): string => `group: default\nsettings:\n  roots: [${roots}]\n${more}`

beforeEach(async () => {
  at = await openTestApp((store) => ({ fleet: createFleet({ store, policyKey: privateKey, organisation: 'test', caPem: authority.certificatePem, now: () => at.nowMs, log: { debug() {}, info() {}, warn() {}, error() {} } }) }))
  await at.store.write(async (tx) => {
    await tx.savePolicy(buildPolicy())
    for (let index = 0; index < 8; index += 1) await tx.saveDevice(buildDevice({ id: `d_${index}`, hostname: `ws-${index}`, hardwareId: `h${index}`, publicKey: `U${index}` }))
  })
  const answer = await ask('POST', '/api/v1/agent-policies', yaml('/old'))
  if (answer.status !== 200) throw new Error(JSON.stringify(answer.body))
})
afterEach(() => at.close())

describe('a plan of a group', () => {
  it('is kept, and turns the next change into a roll-out', async () => {
    const { body } = await ask<PlanView>('GET', '/api/v1/groups/default/rollout-plan')
    expect(body.plan).toBeNull()
    expect((await ask<PlanView>('PUT', '/api/v1/groups/default/rollout-plan', { plan: { ...body.proposed, ...rings } })).body.plan?.ringPercents).toEqual([25, 100])
    const applied = await ask<AgentPolicyApplied>('POST', '/api/v1/agent-policies', yaml('/new'))
    expect(applied.body.items).toMatchObject([{ group: 'default', changed: true, policyVersion: 2, rolloutId: await latest() }])
    expect((await ask('GET', '/api/v1/groups/default')).body).toMatchObject({ policyVersion: 1, settings: { roots: ['/new'] } })
  })

  it('that could not end is refused with where and why', async () => {
    const { body } = await ask<PlanView>('GET', '/api/v1/groups/default/rollout-plan')
    expect(await problem('PUT', '/api/v1/groups/default/rollout-plan', { plan: { ...body.proposed, ringPercents: [50, 10] } })).toEqual([400, 'REQUEST_INVALID', '/plan/ringPercents/1 must be more than the ring before it', '/plan/ringPercents must end with 100: a roll-out reaches everybody'])
  })
})

describe('what somebody changed meanwhile', () => {
  const seen = (revision: number): { readonly 'if-match': string } => ({ 'if-match': `"${revision}"` })
  const code = async (url: string, body: unknown, headers: Readonly<Record<string, string>>, method: 'PUT' | 'POST' = 'PUT') => {
    const answer = await ask<Problem>(method, url, body, 'Admin', headers)
    return answer.status < 300 ? answer.status : answer.body.code
  }
  it('is not overwritten by a plan that was made from what was there before; without a word on what was seen, nothing is', async () => {
    const { body } = await ask<PlanView>('GET', '/api/v1/groups/default/rollout-plan')
    const plan = { ...body.proposed, ...rings }
    const path = '/api/v1/groups/default/rollout-plan'
    expect([body.revision, await code(path, { plan }, {}), await code(path, { plan }, { 'if-match': 'W/"x"' })]).toEqual([0, 'REVISION_REQUIRED', 'REVISION_REQUIRED'])
    expect((await ask<PlanView>('PUT', path, { plan }, 'Admin', seen(0))).body.revision).toBe(1)
    expect([await code(path, { plan: null }, seen(0)), await code(path, { plan: null }, seen(1)), await code(path, { plan }, { 'if-match': '*' })]).toEqual(['REVISION_CONFLICT', 200, 200])
  })
  it('is not overwritten by settings either, and a refused change is not in the audit log', async () => {
    const view = (await ask<GroupView>('GET', '/api/v1/groups/default')).body
    const path = '/api/v1/groups/default/settings'
    expect([view.revision, await code(path, view.settings, {})]).toEqual([1, 'REVISION_REQUIRED'])
    const both = await Promise.all([code(path, { ...view.settings, roots: ['/one'] }, seen(1)), code(path, { ...view.settings, roots: ['/two'] }, seen(1))])
    expect(new Set(both)).toEqual(new Set([200, 'REVISION_CONFLICT']))
    expect((await ask<GroupView>('GET', '/api/v1/groups/default')).body.revision).toBe(2)
    expect((await at.audit()).filter((row) => row === 'group.changed group')).toHaveLength(2)
  })
  it('is not overwritten by the text of a group that was edited on a page; several documents name no one state', async () => {
    const url = '/api/v1/agent-policies'
    const etag = async () => (await at.app.inject({ url: `${url}?group=default`, headers: at.as('Admin') })).headers['etag']
    expect(await etag()).toBe('"1"')
    expect(await code(url, yaml('/mine'), seen(1), 'POST')).toBe(200)
    expect([await code(url, yaml('/stale'), seen(1), 'POST'), await code(url, yaml('/stale', 'rollout: null\n'), seen(1), 'POST'), await code(url, `${yaml('/a')}---\ngroup: lab\nsettings: {}\n`, seen(2), 'POST')]).toEqual(['REVISION_CONFLICT', 'REVISION_CONFLICT', 'REQUEST_INVALID'])
    expect((await ask<GroupView>('GET', '/api/v1/groups/default')).body.settings.roots).toEqual(['/mine'])
    // A plan alone is a change of the text, too.
    await ask('PUT', '/api/v1/groups/default/rollout-plan', { plan: null })
    expect([await etag(), await code(url, yaml('/stale'), seen(2), 'POST')]).toEqual(['"3"', 'REVISION_CONFLICT'])
  })
  it('by taking a roll-out back counts as a change of the settings', async () => {
    await ask('POST', '/api/v1/agent-policies?rollout=rings', yaml('/new'))
    const { revision } = (await ask<GroupView>('GET', '/api/v1/groups/default')).body
    await ask('POST', `/api/v1/rollouts/${await latest()}/roll-back`)
    const now = (await ask<GroupView>('GET', '/api/v1/groups/default')).body
    expect([now.settings.roots, now.revision > revision]).toEqual([['/old'], true])
  })
})

describe('a roll-out', () => {
  beforeEach(async () => {
    await ask('POST', '/api/v1/agent-policies?rollout=rings', yaml('/new'))
  })

  it('is shown with its rings, what changes, and where each device is', async () => {
    const { body } = await ask<RolloutDetail>('GET', `/api/v1/rollouts/${await latest()}`, undefined, 'Analyst')
    expect(body).toMatchObject({ group: 'default', state: 'active', ring: 0, rings: 4, devices: 8, counts: { pending: 8 }, createdBy: 'admin', canRollBack: true, changes: [{ path: 'files.roots', before: ['/old'], after: ['/new'] }] })
    const devices = await ask<RolloutDevicePage>('GET', `/api/v1/rollouts/${await latest()}/devices?state=pending&ring=1`)
    expect(devices.body).toMatchObject({ total: 1, items: [{ state: 'pending', ring: 1, next: 'Waits for its ring.' }] })
  })

  it('is paused, resumed, stopped with a note and taken back by who may, and each is in the audit log', async () => {
    const path = `/api/v1/rollouts/${await latest()}`
    expect(await problem('POST', `${path}/pause`, undefined, 'Analyst')).toEqual([403, 'NOT_ALLOWED'])
    expect((await ask<RolloutDetail>('POST', `${path}/pause`)).body.state).toBe('paused')
    expect(await problem('POST', `${path}/pause`)).toEqual([409, 'ROLLOUT_STATE'])
    expect((await ask<RolloutDetail>('POST', `${path}/resume`)).body.state).toBe('active')
    expect((await ask<RolloutDetail>('POST', `${path}/halt`, { note: 'Not today.' })).body).toMatchObject({ state: 'halted', halt: { rule: 'by_hand', reason: 'Not today.' } })
    expect((await ask<RolloutDetail>('POST', `${path}/roll-back`)).body).toMatchObject({ state: 'rolling_back', canRollBack: false })
    expect((await ask('GET', '/api/v1/groups/default')).body).toMatchObject({ settings: { roots: ['/old'] } })
    expect((await at.audit()).filter((row) => row.endsWith(' rollout'))).toEqual(['rollout.started rollout', 'rollout.paused rollout', 'rollout.resumed rollout', 'rollout.halted rollout', 'rollout.rolled_back rollout'])
  })

  it('that is not needed is not started', async () => {
    await ask('POST', `/api/v1/rollouts/${await latest()}/roll-back`)
    expect(await problem('POST', '/api/v1/groups/default/rollouts')).toEqual([409, 'ROLLOUT_STATE'])
  })
})

describe('agent policies as code', () => {
  it('are pulled, and applying what was pulled changes nothing', async () => {
    await ask('PUT', '/api/v1/groups/default/rollout-plan', { plan: { ...(await ask<PlanView>('GET', '/api/v1/groups/default/rollout-plan')).body.proposed, ...rings } })
    const { body } = await ask<{ text: string }>('GET', '/api/v1/agent-policies')
    expect(body.text).toContain('group: default\n')
    expect((await ask<AgentPolicyDiff>('POST', '/api/v1/agent-policies/diff', body.text)).body.items).toEqual([{ group: 'default', changes: [], rolloutChanges: [] }])
    expect((await ask<AgentPolicyApplied>('POST', '/api/v1/agent-policies', body.text)).body.items).toEqual([{ group: 'default', changed: false, policyVersion: 1 }])
  })

  it('say in a diff what would change, and change nothing', async () => {
    const diff = await ask<AgentPolicyDiff>('POST', '/api/v1/agent-policies/diff', yaml('/old, /srv', 'rollout:\n  ringPercents: [50, 100]\n'), 'Analyst')
    expect(diff.body.items[0]?.changes).toEqual([{ path: 'roots', before: ['/old'], after: ['/old', '/srv'] }])
    expect(diff.body.items[0]?.rolloutChanges).toHaveLength(1)
    expect((await ask('GET', '/api/v1/groups/default')).body).toMatchObject({ settings: { roots: ['/old'] } })
  })

  it('with a key that nobody knows are refused with its line and the nearest key, and nothing is applied', async () => {
    const text = `${yaml('/new')}---\ngroup: lab\nsettings:\n  heartbeatIntervalSec: 5\n  edge:\n    languages: [en]\n    ruels: []\nrollout:\n  soakSecs: 5\n  windows:\n    - { days: [1], from: '22:00', to: '05:00', zone: Mars/Base }\n`
    const [status, code, ...problems] = await problem('POST', '/api/v1/agent-policies', text)
    expect([status, code]).toEqual([400, 'REQUEST_INVALID'])
    expect(problems).toContain('line 7: /settings/heartbeatIntervalSec is not known; the nearest key is "heartbeatIntervalSecs"')
    expect(problems).toContain('line 10: /settings/edge/ruels is not known; the nearest key is "rules"')
    expect((await ask('GET', '/api/v1/groups/default')).body).toMatchObject({ settings: { roots: ['/old'] } })
    expect(await problem('POST', '/api/v1/agent-policies', yaml('/x', 'rollout:\n  windows:\n    - { days: [1], from: "22:00", to: "05:00", zone: Mars/Base }\n'))).toEqual([400, 'REQUEST_INVALID', 'line 6: /rollout/windows/0/zone is no time zone; write it as Europe/Berlin'])
    expect(await problem('POST', '/api/v1/agent-policies', '{')).toHaveLength(3)
    expect(() => readGroupDocuments('')).toThrow('does not have the right shape')
    expect(() => readGroupDocuments(`${yaml('/a')}---\n${yaml('/b')}`)).toThrow('does not have the right shape')
  })
})

describe('a preview of settings', () => {
  it('says what would be told to agents and what the group sends, and saves nothing', async () => {
    const { settings } = (await ask<{ settings: object }>('GET', '/api/v1/groups/default')).body
    const { body } = await ask<PreviewView>('POST', '/api/v1/groups/default/preview', { ...settings, roots: ['/srv'] })
    expect(body).toMatchObject({ group: 'default', devices: 8, changes: [{ path: 'roots', before: ['/old'], after: ['/srv'] }], policy: { files: { roots: ['/srv'] } } })
    expect(body.volume.perDay.every(({ now, expected }) => now === 0 && expected === undefined)).toBe(true)
    expect((await ask('GET', '/api/v1/groups/default')).body).toMatchObject({ settings: { roots: ['/old'] } })
  })

  it('compares by path, with lists as wholes', () => {
    expect(changesOf({ a: 1, b: { c: [1], d: 2 } }, { b: { c: [1, 2], d: 2 }, e: 3 })).toEqual([{ path: 'a', before: 1 }, { path: 'b.c', before: [1], after: [1, 2] }, { path: 'e', after: 3 }])
  })
})
