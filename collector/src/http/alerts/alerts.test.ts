import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Alert } from '../../domain/cases/alert.ts'
import { countInsights, mergeInsights } from '../../domain/risk/count.ts'
import { buildAlert, buildDevice, buildPolicy, buildRun, buildUser, DAY_MS, EPOCH, MONDAY_MS } from '../../testing/builders.ts'
import { openTestApp, type TestApp } from '../../testing/test-app.ts'
import type { ActivityPage } from '../activities/schema.ts'
import type { Problem } from '../primitives.ts'
import type { SavedViewList, SavedViewView } from '../saved-views/schema.ts'
import type { AlertBulkResult, AlertDetail, AlertPage, AlertStatistics, TuningPreview, TuningView } from './schema.ts'

let at: TestApp
beforeEach(async () => {
  at = await openTestApp()
  await at.store.write(async (tx) => {
    await tx.saveDevice(buildDevice())
    await tx.saveUser(buildUser())
    await tx.savePolicy(buildPolicy())
  })
})
afterEach(() => at.close())

const call = async <T>(method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE', url: string, body?: unknown, headers: Readonly<Record<string, string>> = {}, role: Parameters<TestApp['as']>[0] = 'Analyst') => {
  const answer = await at.app.inject({ method, url, headers: { ...at.as(role), ...headers, ...(body === undefined ? {} : { 'content-type': 'application/json' }) }, ...(body === undefined ? {} : { payload: JSON.stringify(body) }) })
  return { status: answer.statusCode, text: answer.body, headers: answer.headers, json: (answer.headers['content-type']?.includes('json') === true && !answer.headers['content-type'].includes('ndjson') ? answer.json() : undefined) as T }
}
const save = (...alerts: readonly Alert[]) => at.store.write((tx) => tx.saveAlerts(alerts))
/** Open alerts of one user each under a policy of its own, so that none stands in another's way. */
const queue = (count: number, over: Partial<Alert> = {}): readonly Alert[] => Array.from({ length: count }, (_, index) => buildAlert({ id: `al_${index}`, policyId: `p_${index}`, updatedAtMs: MONDAY_MS + index, ...over }))
const ids = ({ json }: { readonly json: AlertPage }) => json.items.map(({ id }) => id)

describe('what a filter asks', () => {
  test('time is asked relative to now and as days, both ends included', async () => {
    await save(buildAlert({ id: 'al_new', createdAtMs: MONDAY_MS - DAY_MS / 2 }), buildAlert({ id: 'al_old', policyId: 'p_2', createdAtMs: MONDAY_MS - 40 * DAY_MS }))
    expect(ids(await call('GET', '/api/v1/alerts?from=now-30d&to=now'))).toEqual(['al_new'])
    expect(ids(await call('GET', '/api/v1/alerts?from=2026-01-01&to=2026-01-21'))).toEqual(['al_old'])
    expect((await call<Problem>('GET', '/api/v1/alerts?from=2026-02-30')).json.code).toBe('REQUEST_INVALID')
    expect((await call<Problem>('GET', '/api/v1/alerts?from=yesterday')).status).toBe(400)
  })
  test('me and nobody stand for the asker and for no one', async () => {
    const [one, two, three] = queue(3) as [Alert, Alert, Alert]
    await save({ ...one, assigneeId: 'a_Analyst' }, { ...two, assigneeId: 'a_Investigator' }, three)
    expect(ids(await call('GET', '/api/v1/alerts?assignee=me'))).toEqual(['al_0'])
    expect(ids(await call('GET', '/api/v1/alerts?assignee=me&assignee=nobody&sort=updatedAt'))).toEqual(['al_0', 'al_2'])
  })
  test('the clock of a severity says what is due and overdue, and a reopened alert starts anew', async () => {
    await save(buildAlert({ id: 'al_late', severity: 'high', createdAtMs: MONDAY_MS - 5 * 3_600_000 }), buildAlert({ id: 'al_back', policyId: 'p_2', severity: 'high', createdAtMs: MONDAY_MS - 9 * DAY_MS, reopenedAtMs: MONDAY_MS - 3_600_000 }))
    const { json } = await call<AlertPage>('GET', '/api/v1/alerts?sort=createdAt')
    expect(json.items.map(({ id, overdue, dueAt }) => [id, overdue, dueAt])).toEqual([['al_back', false, '2026-03-02T12:00:00.000Z'], ['al_late', true, '2026-03-02T08:00:00.000Z']])
    expect(ids(await call('GET', '/api/v1/alerts?overdue=true'))).toEqual(['al_late'])
    expect((await call<AlertStatistics>('GET', '/api/v1/alerts/statistics')).json.overdue).toBe(1)
    const settings = { hoursToDecision: { high: 6, medium: 24, low: 72 }, inlineTuning: false }
    expect((await call('PUT', '/api/v1/settings/alerts', settings, { 'if-match': '"0"' }, 'Admin')).status).toBe(200)
    expect((await call<Problem>('PUT', '/api/v1/settings/alerts', settings, { 'if-match': '"0"' }, 'Admin')).json.code).toBe('REVISION_CONFLICT')
    expect(ids(await call('GET', '/api/v1/alerts?overdue=true'))).toEqual([])
    expect(await at.audit()).toContain('settings.changed settings')
  })
  test('the numbers of open alerts go back through 30 days', async () => {
    await save(buildAlert({ id: 'al_a', createdAtMs: MONDAY_MS - 2 * DAY_MS }), buildAlert({ id: 'al_b', policyId: 'p_2', createdAtMs: MONDAY_MS - 3 * DAY_MS, status: 'resolved', decidedAtMs: MONDAY_MS - DAY_MS }))
    const { openPerDay, meanDecisionBySeverity } = (await call<AlertStatistics>('GET', '/api/v1/alerts/statistics')).json
    expect(openPerDay.length).toBe(30)
    expect(openPerDay.slice(-5).map(({ day, low }) => [day, low])).toEqual([['2026-02-26', 0], ['2026-02-27', 1], ['2026-02-28', 2], ['2026-03-01', 1], ['2026-03-02', 1]])
    expect(meanDecisionBySeverity).toEqual([{ severity: 'low', secs: 2 * 86_400, count: 1 }])
  })
})

describe('many at once', () => {
  const note = 'A planned move, checked with the lead.'
  test('a dismissal takes those that wait, names the others, and is undone as a whole', async () => {
    const alerts = queue(4)
    await save(...alerts.slice(0, 3), { ...(alerts[3] as Alert), status: 'confirmed' })
    const { json } = await call<AlertBulkResult>('POST', '/api/v1/alerts/bulk', { action: 'dismiss', reason: 'expected_for_user', note, alerts: [{ id: 'al_0', revision: 1 }, { id: 'al_1', revision: 7 }, { id: 'al_2' }, { id: 'al_3' }, { id: 'al_none' }] })
    expect([json.done, json.failed.map(({ id, code }) => [id, code])]).toEqual([['al_0', 'al_2'], [['al_1', 'REVISION_CONFLICT'], ['al_3', 'ALERT_TRANSITION'], ['al_none', 'NOT_FOUND']]])
    expect(ids(await call('GET', '/api/v1/alerts?dismissReason=expected_for_user&sort=updatedAt'))).toEqual(['al_0', 'al_2'])
    expect((await call<Problem>('POST', '/api/v1/alerts/undo', { operationId: json.undo?.operationId }, {}, 'Investigator')).json.code).toBe('NOT_FOUND')
    at.nowMs += 9000
    const undone = (await call<AlertBulkResult>('POST', '/api/v1/alerts/undo', { operationId: json.undo?.operationId })).json
    expect(undone).toEqual({ done: ['al_0', 'al_2'], failed: [] })
    const { revision, ...after } = (await at.store.alert('al_0')) as Alert
    expect([{ ...after, revision: 1 }, revision]).toEqual([alerts[0], 3])
    expect((await at.audit()).filter((line) => line.startsWith('alert.'))).toEqual(['alert.dismissed alert', 'alert.dismissed alert', 'alert.undone alert', 'alert.undone alert'])
    expect((await call<Problem>('POST', '/api/v1/alerts/undo', { operationId: json.undo?.operationId })).json.code).toBe('NOT_FOUND')
  })
  test('an undo leaves alone what was changed since, and comes too late after its time', async () => {
    await save(...queue(2))
    const { json } = await call<AlertBulkResult>('POST', '/api/v1/alerts/bulk', { action: 'assign', assigneeId: 'me', alerts: [{ id: 'al_0' }, { id: 'al_1' }] })
    await call('PATCH', '/api/v1/alerts/al_1', { status: 'confirmed' }, { 'if-match': '"2"' }, 'Investigator')
    const undone = (await call<AlertBulkResult>('POST', '/api/v1/alerts/undo', { operationId: json.undo?.operationId })).json
    expect([undone.done, undone.failed.map(({ id, code }) => [id, code])]).toEqual([['al_0'], [['al_1', 'REVISION_CONFLICT']]])
    const again = await call<AlertDetail>('PATCH', '/api/v1/alerts/al_0', { status: 'resolved' }, { 'if-match': '"3"' })
    at.nowMs += 16_000
    expect((await call<Problem>('POST', '/api/v1/alerts/undo', { operationId: again.json.undo?.operationId })).json.code).toBe('UNDO_EXPIRED')
  })
  test('all that match are taken, up to the limit, and not more than were seen', async () => {
    await save(...queue(401))
    expect((await call<Problem>('POST', '/api/v1/alerts/bulk', { action: 'dismiss', reason: 'not_impactful', note, matching: { status: ['needs_review'] } })).json.code).toBe('ALERT_BULK_LIMIT')
    await save({ ...(queue(401)[400] as Alert), severity: 'high' })
    expect((await call<Problem>('POST', '/api/v1/alerts/bulk', { action: 'dismiss', reason: 'not_impactful', note, matching: { severity: ['low'] }, expected: 399 })).json.code).toBe('ALERT_BULK_CHANGED')
    const { json } = await call<AlertBulkResult>('POST', '/api/v1/alerts/bulk', { action: 'dismiss', reason: 'not_impactful', note, matching: { severity: ['low'] }, expected: 400 })
    expect([json.done.length, json.failed.length]).toEqual([400, 0])
    expect(ids(await call('GET', '/api/v1/alerts?status=needs_review'))).toEqual(['al_400'])
  }, 30_000)
  test('a dismissal without a note and a choice of neither or both ways are refused', async () => {
    await save(...queue(1))
    for (const body of [{ action: 'dismiss', reason: 'not_impactful', alerts: [{ id: 'al_0' }] }, { action: 'assign', assigneeId: null }, { action: 'assign', assigneeId: null, alerts: [{ id: 'al_0' }], matching: {} }]) expect((await call('POST', '/api/v1/alerts/bulk', body)).status).toBe(400)
    expect((await call<Problem>('POST', '/api/v1/alerts/bulk', { action: 'assign', assigneeId: 'a_none', alerts: [{ id: 'al_0' }] })).json.code).toBe('NOT_FOUND')
  })
  test('members of a group that is for other eyes are as if they were not there', async () => {
    await save(...queue(1))
    await at.store.write((tx) => tx.savePriorityGroup({ id: 'g_1', name: 'Board', description: '', members: ['u_1'], viewers: ['Investigator'] }))
    const { json } = await call<AlertBulkResult>('POST', '/api/v1/alerts/bulk', { action: 'assign', assigneeId: 'me', alerts: [{ id: 'al_0' }] })
    expect(json.failed.map(({ code }) => code)).toEqual(['NOT_FOUND'])
    expect((await call('GET', '/api/v1/alerts/export?format=jsonl')).text).toBe('')
  })
})

describe('what leaves as a file', () => {
  test('CSV holds what is filtered and nothing that a spreadsheet would run', async () => {
    await at.store.write((tx) => tx.savePolicy({ ...buildPolicy(), id: 'p_0', name: '=HYPERLINK("http://evil")' }))
    await save(...queue(1), ...queue(3, { severity: 'high' }).slice(1))
    const { text, headers } = await call('GET', '/api/v1/alerts/export?format=csv&severity=low')
    expect([headers['content-type'], headers['content-disposition']]).toEqual(['text/csv; charset=utf-8', 'attachment; filename="alerts-2026-03-02.csv"'])
    const [head, row, ...rest] = text.trim().split('\r\n')
    expect([head?.startsWith('id,severity,score'), rest.length]).toEqual([true, 0])
    expect(row).toContain(`"'=HYPERLINK(""http://evil"")"`)
    expect(row).toContain('ANON-AAAAAA1')
    const entry = (await at.store.auditEntries({ limit: 1 })).items[0]
    expect([entry?.action, JSON.parse(entry?.detail ?? '')]).toMatchObject(['alert.exported', { format: 'csv', filter: { severity: ['low'] }, rows: 1 }])
  })
  test('JSON lines are the API’s documents, over more than one page', async () => {
    await save(...queue(501))
    const { text } = await call('GET', '/api/v1/alerts/export?format=jsonl')
    const rows = text.trim().split('\n').map((line) => (JSON.parse(line) as { id: string }).id)
    expect([rows.length, new Set(rows).size]).toEqual([501, 501])
  })
  test('a role that may only read takes nothing away', async () => {
    expect((await call('GET', '/api/v1/alerts/export?format=csv', undefined, {}, 'Read-only')).status).toBe(403)
  })
})

describe('saved views', () => {
  const view = { resource: 'alerts', name: 'High ones', isShared: false, filter: { severity: ['high'], from: 'now-30d' }, columns: ['severity', 'user'], sort: '-score' }
  const list = async (role: 'Analyst' | 'Investigator' = 'Analyst') => (await call<SavedViewList>('GET', '/api/v1/saved-views?resource=alerts&counts=true', undefined, {}, role)).json.items
  test('a view is private until it is shared, with a count, and its owner’s to change', async () => {
    await save(...queue(2, { severity: 'high' }), ...queue(3).slice(2))
    const made = (await call<SavedViewView>('POST', '/api/v1/saved-views', view)).json
    expect((await list()).map(({ name, count, isMine }) => [name, count, isMine])).toEqual([['High ones', 2, true]])
    expect(await list('Investigator')).toEqual([])
    expect((await call<SavedViewView>('PUT', `/api/v1/saved-views/${made.id}`, { ...view, isShared: true }, { 'if-match': '"1"' })).json.revision).toBe(2)
    expect((await list('Investigator')).map(({ name, isMine, owner, filter, sort, columns }) => [name, isMine, owner, filter, sort, columns])).toEqual([['High ones', false, 'analyst', view.filter, '-score', view.columns]])
    expect((await call('PUT', `/api/v1/saved-views/${made.id}`, view, { 'if-match': '"2"' }, 'Investigator')).status).toBe(403)
    expect((await call('DELETE', `/api/v1/saved-views/${made.id}`, undefined, { 'if-match': '"1"' })).status).toBe(412)
    await call('PUT', '/api/v1/saved-views/default', { resource: 'alerts', viewId: made.id }, {}, 'Investigator')
    expect([(await list('Investigator')).map(({ isDefault }) => isDefault), (await list()).map(({ isDefault }) => isDefault)]).toEqual([[true], [false]])
    expect((await call('DELETE', `/api/v1/saved-views/${made.id}`, undefined, { 'if-match': '"2"' })).status).toBe(204)
    expect([await list(), await list('Investigator')]).toEqual([[], []])
  })
  test('a filter that the list does not know is refused, and so is one of a list that one may not see', async () => {
    expect((await call('POST', '/api/v1/saved-views', { ...view, filter: { colour: ['red'] } })).status).toBe(400)
    expect((await call('POST', '/api/v1/saved-views', view, {}, 'Auditor')).status).toBe(403)
  })
})

describe('the activity explorer', () => {
  const part: Alert['parts'][number] = { code: 'insight', points: 25, reason: 'x', indicator: 'copy_to_removable_media', day: Math.floor(MONDAY_MS / DAY_MS), evidence: [`d_1.${EPOCH}.2`] }
  const rows = async (query: string) => {
    const { json } = await call<ActivityPage>('GET', `/api/v1/activities?${query}`)
    return json.items.map(({ id }) => Number(id.split('.')[2]))
  }
  beforeEach(async () => {
    await at.store.write((tx) => tx.ingest([buildRun(1, 6)], countInsights, mergeInsights))
    await save(buildAlert({ parts: [part, { ...part, code: 'booster.above_peers', evidence: [] }, { ...part, code: 'sequence.archive_then_exfiltration', evidence: [`d_1.${EPOCH}.3`] }], firstActivityAtMs: MONDAY_MS + 2000, lastActivityAtMs: MONDAY_MS + 4000 }))
  })
  test('the scope of an alert is what it counts; the scope of the user is everything', async () => {
    expect(await rows('alertId=al_1')).toEqual([4, 3, 2])
    expect(await rows('alertId=al_1&scope=scored&sort=occurredAt')).toEqual([1, 2, 3, 4, 5, 6])
    expect(await rows('userId=u_1&limit=2')).toEqual([6, 5])
  })
  test('factor, text, kind and review narrow it, and a page goes on where the last one ended', async () => {
    expect(await rows('alertId=al_1&scope=scored&factor=sequence')).toEqual([3])
    expect(await rows('alertId=al_1&scope=scored&factor=unusual')).toEqual([6, 5, 4, 3, 2, 1])
    expect(await rows('userId=u_1&q=STICK/4.TXT')).toEqual([4])
    expect(await rows('userId=u_1&kind=file_printed')).toEqual([])
    expect((await call('POST', '/api/v1/activities/reviews', { activityIds: [`d_1.${EPOCH}.4`], reviewed: true })).status).toBe(204)
    expect([await rows('alertId=al_1&reviewed=false'), await rows('alertId=al_1&reviewed=true')]).toEqual([[3, 2], [4]])
    const { json } = await call<ActivityPage>('GET', '/api/v1/activities?alertId=al_1&limit=2')
    expect(await rows(`alertId=al_1&limit=2&cursor=${json.nextCursor}`)).toEqual([2])
    expect(json.items[0]).toMatchObject({ reviewed: { by: 'analyst' }, factors: ['unusual'], isEvidence: false })
    expect(await at.audit()).toContain('activity.reviewed user')
  })
  test('by score, every activity stands once, in the order of its day’s score', async () => {
    await at.store.write((tx) => tx.ingest([{ ...buildRun(7, 1), activities: buildRun(7, 1).activities.map((one) => ({ ...one, activity: { ...one.activity, occurredAtMs: MONDAY_MS - DAY_MS } })) }], countInsights, mergeInsights))
    const seen: number[] = []
    let cursor: string | undefined
    do {
      const { json } = await call<ActivityPage>('GET', `/api/v1/activities?userId=u_1&sort=-score&limit=2${cursor === undefined ? '' : `&cursor=${encodeURIComponent(cursor)}`}`)
      seen.push(...json.items.map(({ id }) => Number(id.split('.')[2])))
      cursor = json.nextCursor
    } while (cursor !== undefined)
    expect(seen.length).toBe(new Set(seen).size)
    expect(seen.slice(0, 6).toSorted((a, b) => a - b)).toEqual([1, 2, 3, 4, 5, 6])
  })
  test('what was found benign stays in the scope of its alert, also where the alert no longer spans it', async () => {
    const { status } = await call('POST', '/api/v1/users/u_1/dismissed-activities', { activityIds: [`d_1.${EPOCH}.5`], reason: 'a backup' })
    const { json } = await call<ActivityPage>('GET', '/api/v1/activities?alertId=al_1')
    expect([status, json.items.map(({ id, dismissed }) => [Number(id.split('.')[2]), dismissed?.reason])]).toEqual([200, [[5, 'a backup'], [4, undefined], [3, undefined], [2, undefined]]])
  })
  test('its file holds every row that matches, under the pseudonym', async () => {
    const { text } = await call('GET', '/api/v1/activities/export?format=csv&alertId=al_1&scope=scored')
    expect([text.trim().split('\r\n').length, /alice/.test(text)]).toEqual([7, false])
    expect(await at.audit()).toContain('activities.exported user')
  })
  test('filters of one user need a user', async () => {
    expect((await call('GET', '/api/v1/activities?q=x')).status).toBe(400)
    expect((await call('GET', '/api/v1/activities?alertId=al_none')).status).toBe(404)
  })
})

describe('tuning from an alert', () => {
  beforeEach(async () => {
    await at.store.write((tx) => tx.ingest([buildRun(1, 60)], countInsights, mergeInsights))
    await at.store.write((tx) => tx.saveSetting('alerts', JSON.stringify({ settings: { hoursToDecision: { high: 4, medium: 24, low: 72 }, inlineTuning: true }, revision: 1 })))
    await save(buildAlert({ score: 45, parts: [{ code: 'insight', points: 45, reason: 'x', indicator: 'copy_to_removable_media', day: Math.floor(MONDAY_MS / DAY_MS), evidence: [] }] }))
  })
  test('raising says what becomes of this alert and of all before it is saved as a new version', async () => {
    const { json: view } = await call<TuningView>('GET', '/api/v1/alerts/al_1/tuning')
    expect(view).toMatchObject({ mayTune: true, version: 1, indicators: [{ indicator: 'copy_to_removable_media', amount: 60 }] })
    const { json: preview } = await call<TuningPreview>('POST', '/api/v1/alerts/al_1/tuning/preview', { indicator: 'copy_to_removable_media', choice: 'raise' })
    expect([preview.alert.before.isAlert, preview.alert.after.isAlert, (preview.thresholds?.low ?? 0) > 60]).toEqual([true, false, true])
    expect([preview.before.low + preview.before.medium + preview.before.high, preview.after.low + preview.after.medium + preview.after.high]).toEqual([1, 0])
    expect((await at.store.policy('p_1'))?.version).toBe(1)
    const { json: saved } = await call<TuningView>('POST', '/api/v1/alerts/al_1/tuning', { tuning: { indicator: 'copy_to_removable_media', choice: 'raise' }, version: 1 })
    expect([saved.version, (await at.store.policy('p_1'))?.indicators['copy_to_removable_media']?.thresholds]).toEqual([2, preview.thresholds])
    expect((await call<Problem>('POST', '/api/v1/alerts/al_1/tuning', { tuning: { indicator: 'copy_to_removable_media', choice: 'stop' }, version: 1 })).json.code).toBe('REVISION_CONFLICT')
    expect(await at.audit()).toContain('policy.changed policy')
  }, 20_000)
  test('stopping switches the indicator off; one that the alert is not about is refused', async () => {
    await call('POST', '/api/v1/alerts/al_1/tuning', { tuning: { indicator: 'copy_to_removable_media', choice: 'stop' }, version: 1 })
    expect((await at.store.policy('p_1'))?.indicators['copy_to_removable_media']?.enabled).toBe(false)
    expect((await call<Problem>('POST', '/api/v1/alerts/al_1/tuning/preview', { indicator: 'file_printed', choice: 'raise' })).json.code).toBe('TUNING_REFUSED')
  })
  test('without the setting only who manages policies may', async () => {
    await at.store.write((tx) => tx.saveSetting('alerts', JSON.stringify({ settings: { hoursToDecision: { high: 4, medium: 24, low: 72 }, inlineTuning: false }, revision: 2 })))
    expect((await call<TuningView>('GET', '/api/v1/alerts/al_1/tuning')).json.mayTune).toBe(false)
    expect((await call('POST', '/api/v1/alerts/al_1/tuning', { tuning: { indicator: 'copy_to_removable_media', choice: 'stop' }, version: 1 })).status).toBe(403)
  })
})
