// What is asked about policies before they are on, about one alert under other numbers, and about one user.
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Role } from '../access/permissions.ts'
import { countInsights, mergeInsights } from '../domain/risk/count.ts'
import { createEvaluation, type Evaluation } from '../evaluation/evaluation.ts'
import type { Store } from '../store/store.ts'
import { buildDevice, buildPolicy, buildRun, buildTrigger, buildUser, DAY_MS, EPOCH, MONDAY_MS } from '../testing/builders.ts'
import { LOCAL_TOKEN, openTestApp, type TestApp } from '../testing/test-app.ts'
import type { AlertDetail, AnalyticsView, Overview, PolicyHealthView, PolicyPreview, PolicyView, PreviewLine, PriorityGroupView, RiskLevelView, ThresholdDataView, TriggerView, UserReport, WhatIfView } from './contract.ts'

const document = { name: 'Leaks', template: 'data_leaks' }

let at: TestApp
let evaluation: Evaluation
beforeEach(async () => {
  at = await openTestApp((store: Store) => {
    evaluation = createEvaluation({ store, now: () => at.nowMs, onAlert() {}, log: { error: (object) => { throw (object as { err: unknown }).err } } })
    return { evaluation }
  })
  at.nowMs = MONDAY_MS + 600_000
  await at.store.write(async (tx) => {
    await tx.saveDevice(buildDevice())
    await tx.saveUser(buildUser())
    await tx.savePolicy(buildPolicy())
    await tx.ingest([buildRun(1, 40)], countInsights, mergeInsights)
  })
  await evaluation.drain()
})
afterEach(() => at.close())

const call = (role: Role, method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE', url: string, body?: unknown, headers: Readonly<Record<string, string>> = {}) =>
  at.app.inject({ method, url: `/api/v1${url}`, headers: { ...at.as(role), ...headers, ...(body === undefined ? {} : { 'content-type': typeof body === 'string' ? 'application/yaml' : 'application/json' }) }, ...(body === undefined ? {} : { payload: typeof body === 'string' ? body : JSON.stringify(body) }) })
const told = async <T>(role: Role, method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE', url: string, body?: unknown): Promise<T> => {
  const answer = await call(role, method, url, body)
  expect([url, answer.statusCode < 300 ? '' : answer.body]).toEqual([url, ''])
  return (answer.body === '' ? undefined : answer.json()) as T
}
const codeOf = async (...parameters: Parameters<typeof call>): Promise<string> => (await call(...parameters)).json<{ code: string }>().code
const theAlert = async () => {
  const [alert] = await at.store.alertsOfUser('u_1')
  if (alert === undefined) throw new Error('there is no alert')
  return alert
}

describe('a preview', () => {
  test('says its progress line by line and the result last, in YAML as in JSON', async () => {
    const answer = await call('Admin', 'POST', '/policies/preview?days=10', 'name: Leaks\ntemplate: data_leaks\n', { accept: 'application/x-ndjson' })
    expect(answer.headers['content-type']).toMatch(/^application\/x-ndjson/)
    const lines = answer.body.trim().split('\n').map((line) => JSON.parse(line) as PreviewLine)
    expect(lines.slice(0, -1)).toEqual([{ progress: { done: 1, total: 1, alerts: 1 } }])
    const plain = await told<PolicyPreview>('Admin', 'POST', '/policies/preview?days=10', document)
    expect(lines.at(-1)).toEqual({ result: { ...plain, tookMs: (lines.at(-1) as { result: PolicyPreview }).result.tookMs } })
    expect(plain).toMatchObject({ days: 10, users: 1, inScope: 1, alertsPerDay: [{ day: '2026-03-02' }], confirmed: { looked: 0, missed: 0 } })
  })
  test('of a saved policy needs no document, and is audited', async () => {
    expect((await told<PolicyPreview>('Admin', 'POST', '/policies/p_1/preview', undefined)).alerts).toEqual({ low: 0, medium: 0, high: 1 })
    expect((await at.audit()).filter((entry) => entry.startsWith('policy.previewed')).length).toBe(1)
  })
  test('refuses a bad document before anybody is looked at, and a range that means nothing', async () => {
    expect(await codeOf('Admin', 'POST', '/policies/preview', { name: 'x', template: 'data_leak' }, { accept: 'application/x-ndjson' })).toBe('POLICY_INVALID')
    for (const days of [0, 151, 1.5]) expect(await codeOf('Admin', 'POST', `/policies/preview?days=${days}`, document)).toBe('REQUEST_INVALID')
  })
})

describe('policies', () => {
  test('threshold data counts by the numbers in the document and its scope', async () => {
    const data = await told<ThresholdDataView>('Admin', 'POST', '/policies/thresholds', { ...document, indicators: { copy_to_removable_media: { thresholds: { low: 40, medium: 41, high: 60 } } } })
    expect(data).toMatchObject({ days: 10, users: 1, over: 1 })
    expect(data.indicators.find((row) => row.indicator === 'copy_to_removable_media')).toMatchObject({ low: 1, medium: 0, high: 0, largest: 40, unit: 'files' })
    expect(await told<ThresholdDataView>('Admin', 'POST', '/policies/thresholds?days=30', { ...document, scope: { users: ['nobody'] } })).toMatchObject({ users: 0, over: 0 })
  })
  test('a quick policy is on in one step, and takes no name that is taken', async () => {
    expect(await told<PolicyView>('Admin', 'POST', '/policies/quick', { kind: 'departing_users' })).toMatchObject({ status: 'on', template: 'data_theft_by_departing_users', name: 'Data theft by departing users (quick)' })
    expect(await codeOf('Admin', 'POST', '/policies/quick', { kind: 'departing_users' })).toBe('POLICY_INVALID')
  })
  test('a copy is paused and its original stays; a pause keeps alerts and says a version', async () => {
    const copy = await told<PolicyView>('Admin', 'POST', '/policies/Leaks/copy', { name: 'Leaks of research' })
    expect(copy).toMatchObject({ status: 'paused', version: 1, template: 'data_leaks' })
    expect(copy.id).not.toBe('p_1')
    expect(await codeOf('Admin', 'POST', '/policies/p_1/copy', { name: 'Leaks of research' })).toBe('POLICY_INVALID')
    expect(await told<PolicyView>('Admin', 'POST', '/policies/p_1/pause')).toMatchObject({ status: 'paused', version: 2, openAlerts: 1 })
    expect(await told<PolicyView>('Admin', 'POST', '/policies/p_1/pause')).toMatchObject({ version: 2 })
    expect(await told<PolicyView>('Admin', 'POST', '/policies/p_1/resume')).toMatchObject({ status: 'on', version: 3 })
  })
  test('health is told with each policy and follows a change at once', async () => {
    const before = await told<PolicyHealthView>('Admin', 'GET', '/policies/p_1/health')
    expect(before).toMatchObject({ assigned: 1, inScope: 1 })
    expect(before.messages.map((message) => message.code)).toEqual(['devices_silent'])
    await told('Admin', 'POST', '/policies', { ...document, scope: { users: ['nobody'] } })
    const { items } = await told<{ items: PolicyView[] }>('Analyst', 'GET', '/policies')
    expect(items[0]?.health?.messages.map((message) => message.code)).toContain('no_users')
  })
  test('the set-up ticks itself when what it asks for is done', async () => {
    const done = async () => (await told<Overview>('Admin', 'GET', '/overview')).checklist.filter((step) => step.done).map((step) => step.id)
    expect(await done()).not.toContain('priority_group')
    await told('Admin', 'POST', '/priority-groups', { name: 'Board', members: ['alice'] })
    await told('Admin', 'POST', '/policies/preview', document)
    expect(await done()).toEqual(expect.arrayContaining(['priority_group', 'preview', 'policy', 'data']))
  })
})

describe('analytics', () => {
  test('tells no group of fewer than ten, and nothing that could name one', async () => {
    const found = await told<AnalyticsView>('Read-only', 'GET', '/analytics')
    expect(found).toMatchObject({ enabled: false, days: 10, observedDays: 1, isGrowing: true, users: { fewerThan: 10 }, topIndicators: [] })
    expect(found.kinds.every((row) => 'fewerThan' in row.over)).toBe(true)
    expect(JSON.stringify(found)).not.toMatch(/u_1|ANON|alice/)
  })
  test('asks devices for everything only when it is switched on, and says so to the audit log', async () => {
    expect(await told('Admin', 'PUT', '/analytics', { enabled: true })).toEqual({ enabled: true })
    expect((await told<AnalyticsView>('Admin', 'GET', '/analytics?days=30'))).toMatchObject({ enabled: true, days: 30 })
    expect(await at.audit()).toContain('analytics.switched_on settings')
    expect(at.done.some((entry) => entry.startsWith('pushed'))).toBe(true)
  })
})

describe('one alert under other numbers', () => {
  test('with no change is the alert', async () => {
    const alert = await theAlert()
    const found = await told<WhatIfView>('Analyst', 'POST', `/alerts/${alert.id}/what-if`, {})
    const detail = await told<AlertDetail>('Analyst', 'GET', `/alerts/${alert.id}`)
    expect(found).toMatchObject({ score: alert.score, difference: 0, before: { score: alert.score, isAlert: true }, after: { score: alert.score, severity: alert.severity } })
    expect(found.after.reasons).toEqual(detail.reasons)
    expect(found.before).toEqual(found.after)
  })
  test('with higher thresholds or less volume is less, or no alert, and nothing is stored', async () => {
    const alert = await theAlert()
    const higher = await told<WhatIfView>('Analyst', 'POST', `/alerts/${alert.id}/what-if`, { indicators: { copy_to_removable_media: { thresholds: { low: 30, medium: 100, high: 200 } } } })
    expect(higher.difference).toBeLessThan(0)
    expect(higher.after.reasons.reduce((sum, reason) => sum + reason.points, 0)).toBe(higher.after.score)
    const off = await told<WhatIfView>('Analyst', 'POST', `/alerts/${alert.id}/what-if`, { indicators: { copy_to_removable_media: false, volume_to_removable_media: false }, triggers: [{ indicator: 'file_printed', threshold: 3 }] })
    expect(off.after).toMatchObject({ score: 0, isAlert: false, reasons: [] })
    expect(await theAlert()).toEqual(alert)
    expect((await at.store.policy('p_1'))?.version).toBe(1)
  })
  test('of a closed alert looks at what was known when it was closed', async () => {
    const alert = await theAlert()
    at.nowMs += 1000
    const closed = await at.app.inject({ method: 'PATCH', url: `/api/v1/alerts/${alert.id}`, headers: { ...at.as('Analyst'), 'if-match': `"${alert.revision}"`, 'content-type': 'application/json' }, payload: JSON.stringify({ status: 'dismissed', reason: 'expected_for_user', note: 'a move' }) })
    expect(closed.json<AlertDetail>()).toMatchObject({ status: 'dismissed' })
    at.nowMs += 3 * DAY_MS
    await at.store.write(async (tx) => {
      const run = buildRun(100, 200)
      await tx.ingest([{ ...run, activities: run.activities.map((row) => ({ ...row, activity: { ...row.activity, occurredAtMs: row.activity.occurredAtMs + 2 * DAY_MS } })) }], countInsights, mergeInsights)
    })
    // The session is over by then.
    const answer = await at.app.inject({ method: 'POST', url: `/api/v1/alerts/${alert.id}/what-if`, headers: { authorization: `Bearer ${LOCAL_TOKEN}`, 'content-type': 'application/json' }, payload: '{}' })
    expect(answer.json<WhatIfView>().before).toMatchObject({ score: alert.score })
  })
  test('refuses words that no policy knows, and an alert whose policy is gone', async () => {
    const alert = await theAlert()
    expect(await codeOf('Analyst', 'POST', `/alerts/${alert.id}/what-if`, { indicators: { copy_to_moon: true } })).toBe('POLICY_INVALID')
    expect(await codeOf('Analyst', 'POST', `/alerts/${alert.id}/what-if`, { name: 'x' })).toBe('REQUEST_INVALID')
    await told('Admin', 'DELETE', '/policies/p_1')
    expect(await codeOf('Analyst', 'POST', `/alerts/${alert.id}/what-if`, {})).toBe('NOT_FOUND')
  })
})

describe('one user', () => {
  test('is reported over 2 to 90 days, policy or not, and every look is audited', async () => {
    await told('Admin', 'DELETE', '/policies/p_1')
    await at.store.write((tx) => tx.saveTriggers([buildTrigger()]))
    const report = await told<UserReport>('Investigator', 'POST', '/users/u_1/report', { from: '2026-02-01', to: '2026-03-02', reason: 'case 14' })
    expect(report).toMatchObject({ days: 30, user: { pseudonym: 'ANON-AAAAAA1' }, categories: [{ category: 'exfiltration', days: 1, excludedEvents: 0 }], triggers: [{ kind: 'hr_resignation', isManual: false }], riskLevel: { level: 'none' } })
    expect(report.points.map((point) => point.indicator)).toContain('copy_to_removable_media')
    expect(JSON.stringify(report)).not.toContain('alice')
    const head = await at.store.auditHead()
    expect(head?.action).toBe('user.reported')
    expect(JSON.parse(head?.detail ?? '{}')).toMatchObject({ from: '2026-02-01' })
    // What somebody wrote about a person is sealed under that person's key.
    expect(head?.detail).not.toContain('case 14')
    expect((await told<UserReport>('Investigator', 'GET', '/users/u_1/report?from=2026-02-01&to=2026-02-02')).points).toEqual([])
  })
  test.each([['2026-03-02', '2026-03-02'], ['2026-03-02', '2026-03-01'], ['2025-12-02', '2026-03-02'], ['2026-02-30', '2026-03-02']])('is not reported from %s to %s', async (from, to) => {
    expect(await codeOf('Investigator', 'GET', `/users/u_1/report?from=${from}&to=${to}`)).toBe('REQUEST_INVALID')
  })
  test('is scored by hand without any other trigger, until it is ended', async () => {
    await at.store.write(async (tx) => {
      await tx.savePolicy(buildPolicy({ name: 'Leavers', template: 'data_theft_by_departing_users' }, 'p_2'))
    })
    const trigger = await told<TriggerView>('Analyst', 'POST', '/users/u_1/triggers', { days: 14, reason: 'a hint', policyId: 'p_2' })
    expect(trigger).toMatchObject({ kind: 'manual', note: 'a hint', policyId: 'p_2', until: new Date(at.nowMs + 14 * DAY_MS).toISOString() })
    await evaluation.drain()
    expect((await at.store.alertsOfUser('u_1')).map((alert) => alert.policyId).toSorted()).toEqual(['p_1', 'p_2'])
    await told('Analyst', 'DELETE', `/users/u_1/triggers/${trigger.id}`)
    expect((await told<{ items: TriggerView[] }>('Analyst', 'GET', '/users/u_1/triggers')).items).toEqual([])
    expect((await at.audit()).filter((entry) => entry.startsWith('user.scoring'))).toEqual(['user.scoring_started user', 'user.scoring_ended user'])
  })
  test('is not scored by hand for longer or shorter than the rules say, under no policy that is not there, and HR events are no scoring by hand', async () => {
    for (const days of [4, 31]) expect(await codeOf('Analyst', 'POST', '/users/u_1/triggers', { days, reason: 'a hint' })).toBe('REQUEST_INVALID')
    expect(await codeOf('Analyst', 'POST', '/users/u_1/triggers', { days: 14, reason: 'a hint', policyId: 'none' })).toBe('NOT_FOUND')
    await at.store.write((tx) => tx.saveTriggers([buildTrigger()]))
    expect(await codeOf('Analyst', 'DELETE', '/users/u_1/triggers/t_1')).toBe('TRIGGER_NOT_MANUAL')
  })
  test('has activities that are found benign, with the reason, until that is taken back', async () => {
    const activityIds = [1, 2].map((seq) => `d_1.${EPOCH}.${seq}`)
    const page = await told<{ items: { activityId: string }[] }>('Analyst', 'POST', '/users/u_1/dismissed-activities', { activityIds, reason: 'a backup' })
    expect(page.items.map((row) => row.activityId)).toEqual(activityIds)
    const events = async () => (await told<UserReport>('Investigator', 'GET', '/users/u_1/report?from=2026-03-01&to=2026-03-02')).points.find((point) => point.indicator === 'copy_to_removable_media')?.events
    expect(await events()).toBe(38)
    for (const id of activityIds) await told('Analyst', 'DELETE', `/users/u_1/dismissed-activities/${id}`)
    expect(await events()).toBe(40)
    expect((await at.audit()).filter((entry) => entry.startsWith('activity.'))).toEqual(['activity.dismissed user', 'activity.restored user', 'activity.restored user'])
  })
  test('has a risk level that a person can end, and listeners hear it', async () => {
    const heard: unknown[] = []
    const end = at.live.subscribe((message) => heard.push(message))
    const ended = await told<RiskLevelView>('Analyst', 'DELETE', '/users/u_1/risk-level', { reason: 'talked to them' })
    end()
    expect(ended).toMatchObject({ level: 'none', reason: 'Ended by hand.', resetAt: new Date(at.nowMs).toISOString() })
    expect(heard).toEqual([{ topic: 'user.risk_level', userId: 'u_1', level: 'none' }])
    expect(await told<RiskLevelView>('Analyst', 'GET', '/users/u_1/risk-level')).toEqual(ended)
  })
})

describe('priority groups', () => {
  test('take members by id, account or address, keep their name, and say which policies name them', async () => {
    const group = await told<PriorityGroupView>('Admin', 'POST', '/priority-groups', { name: 'Board', members: ['alice', 'u_1'], viewers: ['Investigator'] })
    expect(group).toMatchObject({ members: ['u_1'], viewers: ['Investigator'], policies: [] })
    await told('Admin', 'POST', '/policies', { ...document, scope: { priorityGroups: ['board'] } })
    expect((await told<{ items: PriorityGroupView[] }>('Admin', 'GET', '/priority-groups')).items[0]?.policies).toEqual(['Leaks'])
    expect(await told<PriorityGroupView>('Admin', 'PATCH', '/priority-groups/Board', { remove: ['ALICE'], description: 'who decides' })).toMatchObject({ members: [], description: 'who decides', name: 'Board' })
    await told('Admin', 'DELETE', `/priority-groups/${group.id}`)
    expect((await told<{ items: PriorityGroupView[] }>('Admin', 'GET', '/priority-groups')).items).toEqual([])
  })
  test('refuse people that nobody knows, viewers that are nobody, and a second one of the name', async () => {
    expect(await codeOf('Admin', 'POST', '/priority-groups', { name: 'Board', members: ['nobody'] })).toBe('REQUEST_INVALID')
    expect(await codeOf('Admin', 'POST', '/priority-groups', { name: 'Board', viewers: ['a_none'] })).toBe('REQUEST_INVALID')
    await told('Admin', 'POST', '/priority-groups', { name: 'Board' })
    expect(await codeOf('Admin', 'POST', '/priority-groups', { name: 'BOARD' })).toBe('PRIORITY_GROUP_EXISTS')
  })
  test('score a member differently from the next look on', async () => {
    await evaluation.drain()
    await told('Admin', 'POST', '/priority-groups', { name: 'Board', members: ['u_1'] })
    expect((await at.store.markedUsers(5)).map((mark) => mark.userId)).toEqual(['u_1'])
    await evaluation.drain()
    expect((await theAlert()).parts.map((part) => part.code)).toContain('booster.priority_user')
  })
})
