// Cases through the API: one person, what may become of a case, who may do what, and what it leaves behind.
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Role } from '../../access/permissions.ts'
import { buildActivity, buildAlert, buildDevice, buildPolicy, buildRun, buildUser, DAY_MS, MONDAY_MS } from '../../testing/builders.ts'
import { countInsights, mergeInsights } from '../../domain/risk/count.ts'
import { createEvaluation } from '../../evaluation/evaluation.ts'
import { openTestApp, type TestApp } from '../../testing/test-app.ts'
import type { CaseDetail, CaseEventPage, CaseNotePage, CasePage, CaseStatistics } from './schema.ts'
import type { Problem } from '../primitives.ts'

let at: TestApp
beforeEach(async () => {
  at = await openTestApp()
  await at.store.write(async (tx) => {
    await tx.saveDevice(buildDevice())
    await tx.saveUser(buildUser({ displayName: 'Alice Liddell', email: 'alice@example.com', department: 'Sales' }))
    await tx.saveUser(buildUser({ id: 'u_2', pseudonym: 'ANON-BBBBBB2', displayName: 'Bob', department: 'Board', identities: [{ kind: 'account', value: 'bob' }] }))
    await tx.savePolicy(buildPolicy())
    await tx.savePolicy(buildPolicy({ name: 'Other' }, 'p_2'))
    await tx.saveAlerts([buildAlert({ score: 70, severity: 'high' }), buildAlert({ id: 'al_2', policyId: 'p_2' }), buildAlert({ id: 'al_bob', userId: 'u_2' })])
  })
})
afterEach(() => at.close())

const get = async <T>(role: Role, url: string): Promise<T> => (await at.app.inject({ method: 'GET', url, headers: at.as(role) })).json<T>()
const send = (role: Role, method: 'POST' | 'PATCH' | 'PUT', url: string, body: unknown, revision?: number) =>
  at.app.inject({ method, url, headers: { ...at.as(role), 'content-type': 'application/json', ...(revision === undefined ? {} : { 'if-match': `"${revision}"` }) }, payload: JSON.stringify(body) })
const codeOf = (answer: { readonly statusCode: number; json<T>(): T }): string => `${answer.statusCode} ${answer.json<Problem>().code ?? ''}`.trim()
const open = async (body: object = {}): Promise<CaseDetail> => (await send('Analyst', 'POST', '/api/v1/cases', { alertIds: ['al_1'], name: 'Stick', ...body })).json<CaseDetail>()

describe('a case is opened from alerts', () => {
  test('which are confirmed with it, with the comment as its first note, and everybody who looks is told', async () => {
    const heard: string[] = []
    at.live.subscribe((message) => heard.push(message.topic))
    const found = await open({ note: 'Looks like a plan.', alertIds: ['al_1', 'al_2'] })
    expect(found).toMatchObject({ name: 'Stick', status: 'active', user: { pseudonym: 'ANON-AAAAAA1' }, alertCount: 2, riskScore: 70, severity: 'high', department: 'Sales', hasAddress: true, assignee: { name: 'analyst' }, openedBy: { name: 'analyst' }, revision: 1 })
    expect(found.alerts.map(({ id, status }) => `${id} ${status}`)).toEqual(['al_1 confirmed', 'al_2 confirmed'])
    expect((await get<CaseNotePage>('Analyst', `/api/v1/cases/${found.id}/notes`)).items.map(({ text, kind, author }) => [text, kind, author.name])).toEqual([['Looks like a plan.', 'opened', 'analyst']])
    expect((await at.store.alertHistory('al_1')).map(({ what, to }) => `${what} ${to ?? ''}`)).toEqual(['status confirmed', `case ${found.id}`])
    expect(await at.audit()).toContain('case.opened case')
    expect(heard).toEqual(['case.updated', 'alert.updated', 'alert.updated'])
    expect(JSON.stringify(found)).not.toMatch(/liddell|alice/i)
  })
  test('of one user only, who has no other active case, and within the limit', async () => {
    expect(codeOf(await send('Analyst', 'POST', '/api/v1/cases', { alertIds: ['al_1', 'al_bob'], name: 'Both' }))).toBe('409 CASE_ALERTS')
    expect(codeOf(await send('Analyst', 'POST', '/api/v1/cases', { alertIds: ['al_none'], name: 'x' }))).toBe('404 NOT_FOUND')
    const found = await open()
    const again = await send('Analyst', 'POST', '/api/v1/cases', { alertIds: ['al_2'], name: 'Second' })
    expect([codeOf(again), again.json<Problem>().detail]).toEqual(['409 CASE_EXISTS', expect.stringContaining(found.id)])
    await send('Admin', 'PUT', '/api/v1/settings/cases', { maxActive: 1, dueDays: 0, trainingUrl: '' }, 0)
    expect(codeOf(await send('Analyst', 'POST', '/api/v1/cases', { alertIds: ['al_bob'], name: 'Bob' }))).toBe('409 CASE_LIMIT')
    expect((await at.store.alert('al_bob'))?.status).toBe('needs_review')
  })
  test('two at once for one user make one case', async () => {
    const answers = await Promise.all(['al_1', 'al_2'].map((id) => send('Analyst', 'POST', '/api/v1/cases', { alertIds: [id], name: id })))
    expect(answers.map((answer) => answer.statusCode).toSorted((a, b) => a - b)).toEqual([201, 409])
    expect((await get<CaseStatistics>('Analyst', '/api/v1/cases/statistics')).active).toBe(1)
  })
  test('a dismissed alert is put back to review first', async () => {
    await at.store.write((tx) => tx.saveAlert(buildAlert({ id: 'al_2', policyId: 'p_2', status: 'dismissed', dismissReason: 'not_impactful' })))
    expect(codeOf(await send('Analyst', 'POST', '/api/v1/cases', { alertIds: ['al_1', 'al_2'], name: 'x' }))).toBe('409 CASE_ALERTS')
    expect((await at.store.alert('al_1'))?.status).toBe('needs_review')
  })
  test.each([[{ name: '' }], [{ name: 'a\nb' }], [{ name: '   ' }], [{ alertIds: [] }], [{ extra: 1 }], [{ contributors: ['a_Auditor'] }], [{ contributors: ['a_none'] }]])('%j is refused', async (body) => {
    expect(codeOf(await send('Analyst', 'POST', '/api/v1/cases', { alertIds: ['al_1'], name: 'x', ...body }))).toBe('400 REQUEST_INVALID')
  })
})

describe('a case changes only as it was seen', () => {
  test('assigning, a date and a name need the revision, and stand in the history', async () => {
    const { id } = await open()
    const url = `/api/v1/cases/${id}`
    expect(codeOf(await send('Analyst', 'PATCH', url, { name: 'New' }))).toBe('428 REVISION_REQUIRED')
    expect(codeOf(await send('Analyst', 'PATCH', url, { name: 'New' }, 7))).toBe('412 REVISION_CONFLICT')
    const changed = (await send('Investigator', 'PATCH', url, { assigneeId: 'a_Investigator', dueAt: '2026-03-01T00:00:00.000Z', name: 'New' }, 1)).json<CaseDetail>()
    expect(changed).toMatchObject({ name: 'New', assignee: { name: 'investigator' }, dueAt: '2026-03-01T00:00:00.000Z', isOverdue: true, updatedBy: { name: 'investigator' }, revision: 2 })
    const cleared = (await send('Analyst', 'PATCH', url, { assigneeId: null, dueAt: null }, 2)).json<CaseDetail>()
    expect([cleared.assignee, cleared.dueAt, cleared.revision]).toEqual([undefined, undefined, 3])
    expect((await get<CaseEventPage>('Analyst', `${url}/events`)).items.map(({ what, detail }) => `${what} ${JSON.stringify(detail)}`)).toEqual(['due_date {}', 'assigned {"from":"investigator"}', 'due_date {"to":"2026-03-01T00:00:00.000Z"}', 'assigned {"from":"analyst","to":"investigator"}', 'renamed {"from":"Stick","to":"New"}', 'opened {"alerts":1}'])
    expect(codeOf(await send('Analyst', 'PATCH', url, { assigneeId: 'a_Auditor' }, 3))).toBe('400 REQUEST_INVALID')
    expect(codeOf(await send('Analyst', 'PATCH', url, {}, 3))).toBe('400 REQUEST_INVALID')
  })
  test('alerts of the same user join it, once, and those of another active case do not', async () => {
    const found = await open()
    const joined = (await send('Analyst', 'POST', `/api/v1/cases/${found.id}/alerts`, { alertIds: ['al_2'] }, 1)).json<CaseDetail>()
    expect([joined.alertCount, joined.revision]).toEqual([2, 2])
    expect(codeOf(await send('Analyst', 'POST', `/api/v1/cases/${found.id}/alerts`, { alertIds: ['al_bob'] }, 2))).toBe('409 CASE_ALERTS')
    expect((await at.store.alert('al_2'))?.caseId).toBe(found.id)
  })
})

describe('a case ends with a reason', () => {
  test('its open alerts are resolved, dismissed ones stay, the note and the log have the reason, and the user can have another case', async () => {
    const found = await open({ alertIds: ['al_1', 'al_2'] })
    await at.app.inject({ method: 'PATCH', url: '/api/v1/alerts/al_2', headers: { ...at.as('Analyst'), 'if-match': `"${found.alerts[1]?.revision}"` }, payload: { status: 'dismissed', reason: 'not_impactful', note: 'n' } })
    const closed = (await send('Analyst', 'POST', `/api/v1/cases/${found.id}/resolution`, { outcome: 'confirmed_violation', reason: 'Said so.' }, 1)).json<CaseDetail>()
    expect(closed).toMatchObject({ status: 'closed', resolution: { outcome: 'confirmed_violation', reason: 'Said so.', by: { name: 'analyst' } } })
    expect(closed.alerts.map(({ id, status }) => `${id} ${status}`)).toEqual(['al_1 resolved', 'al_2 dismissed'])
    expect((await get<CaseNotePage>('Analyst', `/api/v1/cases/${found.id}/notes`)).items[0]).toMatchObject({ kind: 'resolution', text: 'Resolved as a confirmed policy violation.\nSaid so.' })
    for (const [method, path, body] of [['PATCH', '', { name: 'x' }], ['POST', '/alerts', { alertIds: ['al_1'] }]] as const) expect(codeOf(await send('Analyst', method, `/api/v1/cases/${found.id}${path}`, body, 2))).toBe('409 CASE_CLOSED')
    expect(codeOf(await send('Analyst', 'POST', `/api/v1/cases/${found.id}/resolution`, { outcome: 'benign', reason: 'x' }, 2))).toBe('409 CASE_STATE')
    // A note may still be written: what is learnt later belongs there.
    expect((await send('Analyst', 'POST', `/api/v1/cases/${found.id}/notes`, { text: 'HR called.' })).statusCode).toBe(201)
  })
  test('opened again it is active, unless the user has a newer one', async () => {
    const found = await open()
    await send('Analyst', 'POST', `/api/v1/cases/${found.id}/resolution`, { outcome: 'benign', reason: 'A backup.' }, 1)
    const second = (await send('Analyst', 'POST', '/api/v1/cases', { alertIds: ['al_2'], name: 'Second' })).json<CaseDetail>()
    expect(codeOf(await send('Analyst', 'POST', `/api/v1/cases/${found.id}/reopen`, { reason: 'New facts.' }, 2))).toBe('409 CASE_EXISTS')
    await send('Analyst', 'POST', `/api/v1/cases/${second.id}/resolution`, { outcome: 'benign', reason: 'Same.' }, 1)
    const again = (await send('Analyst', 'POST', `/api/v1/cases/${found.id}/reopen`, { reason: 'New facts.' }, 2)).json<CaseDetail>()
    expect([again.status, again.resolution, again.revision]).toEqual(['active', undefined, 3])
    expect(codeOf(await send('Analyst', 'POST', `/api/v1/cases/${found.id}/reopen`, { reason: 'x' }, 3))).toBe('409 CASE_STATE')
  })
  test('a confirmed violation counts in the score of what the user does afterwards, a benign end does not', async () => {
    const scoreAfter = async (outcome: string): Promise<readonly string[]> => {
      const found = await open()
      await send('Analyst', 'POST', `/api/v1/cases/${found.id}/resolution`, { outcome, reason: 'r' }, 1)
      at.nowMs = MONDAY_MS + 5 * DAY_MS
      await at.store.write((tx) => tx.ingest([{ ...buildRun(1, 300), activities: buildRun(1, 300).activities.map(({ body, activity }) => ({ body, activity: { ...activity, occurredAtMs: activity.occurredAtMs + 4 * DAY_MS } })) }], countInsights, mergeInsights))
      await createEvaluation({ store: at.store, now: () => at.nowMs, onAlert: () => {}, log: { error: () => {} } }).drain()
      return (await at.store.alertsOfUser('u_1')).filter((alert) => alert.status === 'needs_review').flatMap((alert) => alert.parts.map((part) => part.code))
    }
    expect(await scoreAfter('confirmed_violation')).toContain('booster.earlier_violation')
    await at.close()
    at = await openTestApp()
    await at.store.write(async (tx) => {
      await tx.saveDevice(buildDevice())
      await tx.saveUser(buildUser())
      await tx.savePolicy(buildPolicy())
      await tx.saveAlert(buildAlert())
    })
    expect(await scoreAfter('benign')).not.toContain('booster.earlier_violation')
  })
})

describe('who may do what', () => {
  test('a guest works on the case that they were added to, and on no other', async () => {
    const found = await open({ contributors: ['a_Approver'] })
    await send('Analyst', 'POST', '/api/v1/cases', { alertIds: ['al_bob'], name: 'Bob' })
    expect((await get<CasePage>('Approver', '/api/v1/cases')).items.map(({ id }) => id)).toEqual([found.id])
    expect((await get<CaseStatistics>('Approver', '/api/v1/cases/statistics')).active).toBe(1)
    expect((await get<CasePage>('Read-only', '/api/v1/cases')).items).toEqual([])
    const url = `/api/v1/cases/${found.id}`
    expect((await get<CaseDetail>('Approver', url)).may).toEqual({ manage: false, triage: false, content: false })
    for (const part of ['', '/notes', '/events', '/activities', '/chart', '/notices']) {
      expect((await at.app.inject({ method: 'GET', url: `${url}${part}`, headers: at.as('Approver') })).statusCode).toBe(200)
      expect(codeOf(await at.app.inject({ method: 'GET', url: `${url}${part}`, headers: at.as('Read-only') }))).toBe('404 NOT_FOUND')
      expect(codeOf(await at.app.inject({ method: 'GET', url: `${url}${part}`, headers: at.as('Auditor') }))).toBe('403 NOT_ALLOWED')
    }
    expect((await send('Approver', 'POST', `${url}/notes`, { text: 'From legal.' })).statusCode).toBe(201)
    expect(codeOf(await send('Approver', 'PATCH', url, { contributors: [] }, 1))).toBe('403 NOT_ALLOWED')
    expect(codeOf(await send('Approver', 'POST', `${url}/alerts`, { alertIds: ['al_2'] }, 1))).toBe('403 NOT_ALLOWED')
    expect(codeOf(await at.app.inject({ method: 'PATCH', url: '/api/v1/alerts/al_1', headers: { ...at.as('Approver'), 'if-match': '"2"' }, payload: { status: 'resolved' } }))).toBe('403 NOT_ALLOWED')
    // The end of a case decides on its alerts.
    expect(codeOf(await send('Approver', 'POST', `${url}/resolution`, { outcome: 'benign', reason: 'Contract allows it.' }, 1))).toBe('403 NOT_ALLOWED')
  })
  test('who is taken out of the case does not see it any more', async () => {
    const found = await open({ contributors: ['a_Approver'] })
    expect((await send('Analyst', 'PATCH', `/api/v1/cases/${found.id}`, { contributors: [] }, 1)).statusCode).toBe(200)
    expect((await at.app.inject({ method: 'GET', url: `/api/v1/cases/${found.id}`, headers: at.as('Approver') })).statusCode).toBe(404)
  })
  test('the case of somebody who is hidden is not there, also for notes, statistics and a search', async () => {
    const bob = (await send('Analyst', 'POST', '/api/v1/cases', { alertIds: ['al_bob'], name: 'Bob' })).json<CaseDetail>()
    await at.store.write((tx) => tx.savePriorityGroup({ id: 'pg_1', name: 'Board', description: '', members: ['u_2'], viewers: ['Investigator'] }))
    expect((await get<CasePage>('Analyst', '/api/v1/cases?search=Bob')).items).toEqual([])
    expect((await get<CaseStatistics>('Analyst', '/api/v1/cases/statistics')).active).toBe(0)
    for (const part of ['', '/notes', '/events', '/notices']) expect((await at.app.inject({ method: 'GET', url: `/api/v1/cases/${bob.id}${part}`, headers: at.as('Analyst') })).statusCode).toBe(404)
    expect(codeOf(await send('Analyst', 'POST', `/api/v1/cases/${bob.id}/resolution`, { outcome: 'benign', reason: 'x' }, 1))).toBe('404 NOT_FOUND')
    expect((await get<CasePage>('Investigator', '/api/v1/cases')).items.map(({ id }) => id)).toEqual([bob.id])
  })
  test('names that somebody wrote are hidden where they are read', async () => {
    const found = await open({ note: 'Alice Liddell (alice@example.com) copied /home/alice/plans.' })
    expect((await at.app.inject({ method: 'GET', url: `/api/v1/cases/${found.id}/notes`, headers: at.as('Analyst') })).body).not.toMatch(/alice|liddell/i)
  })
})

describe('what is asked for', () => {
  test('activities of a case are those of its user, and looking is written down', async () => {
    await at.store.write((tx) => tx.ingest([buildRun(1, 3)], countInsights, mergeInsights))
    const found = await open()
    expect((await get<{ items: readonly { readonly kind: string }[] }>('Analyst', `/api/v1/cases/${found.id}/activities?kind=file_copied`)).items.map(({ kind }) => kind)).toEqual([buildActivity().kind, buildActivity().kind, buildActivity().kind])
    expect(codeOf(await at.app.inject({ method: 'GET', url: `/api/v1/cases/${found.id}/activities?kind=file_eaten`, headers: at.as('Analyst') }))).toBe('400 REQUEST_INVALID')
    expect(await at.audit()).toContain('activities.listed user')
  })
  test.each([['status=closed', 0], ['status=active', 1], ['assigneeId=me', 1], ['assigneeId=none', 0], ['due=overdue', 0], ['due=week', 0], ['userId=u_1', 1], ['search=stick', 1], ['search=plan', 1], ['search=nothing', 0], ['from=2026-03-02T00:00:00Z', 1], ['to=2026-03-02T00:00:00Z', 0], ['sort=dueAt', 1]])('%s finds %i', async (query, count) => {
    await open({ note: 'A plan.' })
    expect((await get<CasePage>('Analyst', `/api/v1/cases?${query}`)).total).toBe(count)
  })
  test('the settings are changed as they were seen', async () => {
    const first = await at.app.inject({ method: 'GET', url: '/api/v1/settings/cases', headers: at.as('Analyst') })
    expect([first.headers['etag'], first.json()]).toEqual(['"0"', { maxActive: 100, dueDays: 0, trainingUrl: '' }])
    expect((await send('Admin', 'PUT', '/api/v1/settings/cases', { maxActive: 5, dueDays: 14, trainingUrl: 'https://t.example/x' }, 0)).headers['etag']).toBe('"1"')
    expect(codeOf(await send('Admin', 'PUT', '/api/v1/settings/cases', { maxActive: 5, dueDays: 14, trainingUrl: '' }, 0))).toBe('412 REVISION_CONFLICT')
    expect(codeOf(await send('Admin', 'PUT', '/api/v1/settings/cases', { maxActive: 5, dueDays: 14, trainingUrl: 'javascript:alert(1)' }, 1))).toBe('400 REQUEST_INVALID')
    expect((await open()).dueAt).toBe(new Date(MONDAY_MS + 14 * DAY_MS).toISOString())
  })
})
