// The chart, the chronology, the profile, the list of users and reports, through the API.
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { createReportJobs } from '../../analysis/report-jobs.ts'
import { countInsights, mergeInsights } from '../../domain/risk/count.ts'
import { defaultDetection } from '../../domain/exclusions/compile-detection.ts'
import { buildAlert, buildDevice, buildPolicy, buildRun, buildTrigger, buildUser, DAY_MS, EPOCH, MONDAY_MS } from '../../testing/builders.ts'
import { buildCase } from '../../testing/cases-contract.ts'
import { openTestApp, type TestApp } from '../../testing/test-app.ts'
import type { Problem } from '../primitives.ts'
import type { ChronologyPage, UserProfile } from './person-schema.ts'
import type { UserChart, UserPage } from './schema.ts'
import type { ReportDetail, ReportPage, ShareCreated } from './stored-report-schema.ts'

const SOON_MS = 10_000
let at: TestApp
beforeEach(async () => {
  at = await openTestApp()
  await at.store.write(async (tx) => {
    await tx.saveDevice(buildDevice())
    await tx.saveUsers([buildUser({ department: 'Sales', title: 'Buyer', managerId: 'u_2', reports: 12, lastWorkingDayMs: MONDAY_MS + 9 * DAY_MS }), buildUser({ id: 'u_2', pseudonym: 'ANON-BBBBBB2', displayName: 'Mara Stein', identities: [{ kind: 'account', value: 'mara' }] })])
    await tx.savePolicy(buildPolicy())
    await tx.ingest([buildRun(1, 30)], countInsights, mergeInsights)
    await tx.saveTriggers([buildTrigger({ atMs: MONDAY_MS - DAY_MS })])
    await tx.saveAlert(buildAlert({ createdAtMs: MONDAY_MS + 1000 }))
  })
  at.nowMs = MONDAY_MS + 3_600_000
})
afterEach(() => at.close())

type Role = Parameters<TestApp['as']>[0]
const call = async <T>(method: 'GET' | 'POST' | 'DELETE', url: string, body?: unknown, role: Role = 'Investigator') => {
  const answer = await at.app.inject({ method, url, headers: { ...at.as(role), ...(body === undefined ? {} : { 'content-type': 'application/json' }) }, ...(body === undefined ? {} : { payload: JSON.stringify(body) }) })
  return { status: answer.statusCode, text: answer.body, headers: answer.headers, json: (answer.headers['content-type']?.includes('json') === true ? answer.json() : undefined) as T }
}
const ask = (over: Readonly<Record<string, string>> = {}, role: Role = 'Investigator') => call<ReportDetail>('POST', '/api/v1/user-reports', { userId: 'u_1', from: '2026-02-01', to: '2026-03-02', reason: 'Case 14.', ...over }, role)
async function madeReport(): Promise<ReportDetail> {
  const { json } = await ask()
  const endMs = Date.now() + SOON_MS
  for (;;) {
    const { json: found } = await call<ReportDetail>('GET', `/api/v1/user-reports/${json.id}`)
    if (found.state === 'done') return found
    if (Date.now() > endMs) throw new Error(`the report is ${found.state}`)
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
}

describe('the chart', () => {
  test('counts, scores, markers and single activities of a short range are those of the store', async () => {
    const { json } = await call<UserChart>('GET', '/api/v1/users/u_1/chart?from=2026-03-01&to=2026-03-02')
    const copies = json.points.find(({ indicator }) => indicator === 'copy_to_removable_media')
    expect(copies).toMatchObject({ day: '2026-03-02', category: 'exfiltration', events: 30, reviewedEvents: 0 })
    expect(json.markers.map(({ kind }) => kind)).toEqual(['trigger', 'alert'])
    expect(json.cumulative).toMatchObject([{ day: '2026-03-02' }])
    expect(json.events?.length).toBe(30)
    expect(json.events?.[0]).toMatchObject({ score: Math.max(...json.points.map(({ score }) => score)) })
    expect((await call<UserChart>('GET', '/api/v1/users/u_1/chart')).json.events).toBeUndefined()
  })
  test('what was reviewed is told for each bubble', async () => {
    await call('POST', '/api/v1/activities/reviews', { activityIds: [`d_1.${EPOCH}.1`, `d_1.${EPOCH}.2`], reviewed: true })
    const { json } = await call<UserChart>('GET', '/api/v1/users/u_1/chart')
    expect(json.points.find(({ indicator }) => indicator === 'copy_to_removable_media')?.reviewedEvents).toBe(2)
  })
  test('a contributor of a case sees the chart without what HR knows', async () => {
    await at.store.write((tx) => tx.saveCase(buildCase({ contributors: ['a_Approver'] })))
    const seen = async (role: Role) => (await call<UserChart>('GET', '/api/v1/cases/cs_1/chart', undefined, role)).json.markers.map(({ kind }) => kind)
    expect(await seen('Investigator')).toContain('trigger')
    expect(await seen('Approver')).not.toContain('trigger')
  })
  test('a range that is backwards or longer than anything is scored is refused', async () => {
    expect((await call<Problem>('GET', '/api/v1/users/u_1/chart?from=2026-03-03&to=2026-03-02')).json.code).toBe('REQUEST_INVALID')
    expect((await call<Problem>('GET', '/api/v1/users/u_1/chart?from=2025-03-03&to=2026-03-02')).json.code).toBe('REQUEST_INVALID')
  })
})

describe('the person', () => {
  test('a chronology is newest first, pages without a hole, and shows cases only to who may see them', async () => {
    await at.store.write(async (tx) => {
      await tx.saveCase(buildCase())
      await tx.appendCaseEvent({ caseId: 'cs_1', atMs: MONDAY_MS + 5000, actorId: 'a_Analyst', what: 'opened', detail: {} })
    })
    const all = (await call<ChronologyPage>('GET', '/api/v1/users/u_1/chronology?limit=500')).json
    expect(all.items.map((entry) => entry.at)).toEqual(all.items.map((entry) => entry.at).toSorted().toReversed())
    expect(new Set(all.items.map(({ kind }) => kind))).toEqual(new Set(['alert', 'trigger', 'insight', 'case']))
    const paged: unknown[] = []
    for (let cursor: string | undefined = ''; cursor !== undefined; ) {
      const page: ChronologyPage = (await call<ChronologyPage>('GET', `/api/v1/users/u_1/chronology?limit=2${cursor === '' ? '' : `&cursor=${encodeURIComponent(cursor)}`}`)).json
      paged.push(...page.items)
      cursor = page.nextCursor
    }
    expect(paged).toEqual(all.items)
    expect((await call<ChronologyPage>('GET', '/api/v1/users/u_1/chronology?kind=trigger')).json.items.map(({ what }) => what)).toEqual(['hr_resignation'])
    expect((await call<Problem>('GET', '/api/v1/users/u_1/chronology?cursor=bm9uc2Vuc2U')).json.code).toBe('REQUEST_INVALID')
  })
  test('a profile names nobody, and says which policies score the person until when', async () => {
    const { json, text } = await call<UserProfile>('GET', '/api/v1/users/u_1/profile')
    expect(json).toMatchObject({ department: 'Sales', manager: { pseudonym: 'ANON-BBBBBB2' }, highImpact: [{ code: 'reports', count: 12 }], devices: [{ id: 'd_1' }], riskLevel: { level: 'none' } })
    expect(json.policies).toMatchObject([{ id: 'p_1', activeUntil: expect.stringMatching(/^2026-0[34]/) }])
    expect(text).not.toMatch(/stein|mara\b/i)
  })
  test('a list says what stands against each, and filters by it', async () => {
    const { json } = await call<UserPage>('GET', '/api/v1/users?sort=-riskScore&trigger=true')
    expect(json.items).toMatchObject([{ id: 'u_1', openAlerts: 1, confirmedViolations: 0, level: 'none', trigger: { kind: 'hr_resignation' }, isHighImpact: true, isPriority: false }])
    expect(json.total).toBe(1)
  })
})

describe('reports', () => {
  test('are made in the background, hold what the store holds, and stay as they were made', async () => {
    const report = await madeReport()
    expect(report).toMatchObject({ state: 'done', progress: 100, activities: 30, createdBy: 'investigator', keptUntil: new Date(at.nowMs + 120 * DAY_MS).toISOString(), result: { activities: 30, scored: 30, kinds: [{ name: 'file_copied', events: 30 }], devices: [{ id: 'd_1' }] } })
    expect(report.result?.hours[9]).toBe(30)
    await at.store.write((tx) => tx.ingest([buildRun(31, 10)], countInsights, mergeInsights))
    expect((await call<ReportDetail>('GET', `/api/v1/user-reports/${report.id}`)).json.result?.activities).toBe(30)
    expect((await call<ReportPage>('GET', '/api/v1/user-reports?userId=u_1')).json.items.map(({ id }) => id)).toEqual([report.id])
    expect(await at.audit()).toEqual(expect.arrayContaining(['report.requested user', 'report.viewed user', 'report.listed organisation']))
  })
  test('cover 3 to 90 days of somebody who is known, with a reason, and only investigators ask', async () => {
    expect((await ask({ from: '2026-03-01' })).status).toBe(400)
    expect((await ask({ from: '2025-11-01' })).status).toBe(400)
    expect((await ask({ from: '2026-05-01', to: '2026-05-20' })).status).toBe(400)
    expect((await ask({ reason: 'x' })).status).toBe(400)
    expect((await ask({ userId: 'u_none' })).status).toBe(404)
    expect((await ask({}, 'Analyst')).status).toBe(403)
  })
  test('that a restart cut short are made again, and one that was deleted meanwhile stays deleted', async () => {
    const jobs = createReportJobs({ store: at.store, detection: () => defaultDetection, now: () => at.nowMs })
    const stored = { id: 'ur_1', userId: 'u_1', fromDay: 20_480, toDay: 20_515, reason: 'Case.', state: 'running', progress: 40, byId: 'a_1', byName: 'ina', createdAtMs: at.nowMs, activities: 12, tries: 1 } as const
    await at.store.write((tx) => tx.saveActivityReport(stored))
    expect(await jobs.drain()).toBe(1)
    expect(await at.store.report('ur_1')).toMatchObject({ state: 'done', activities: 30, tries: 2 })
    await at.store.write((tx) => tx.deleteReport('ur_1'))
    expect(await jobs.drain()).toBe(0)
    expect(await at.store.report('ur_1')).toBeUndefined()
  })
  test('leave as CSV and JSON under pseudonyms, and not before they are done', async () => {
    const { id } = await madeReport()
    const csv = await call('GET', `/api/v1/user-reports/${id}/export?format=csv`)
    expect(csv.text.split('\r\n')[0]).toMatch(/^day,indicator,/)
    expect(csv.headers['content-disposition']).toContain('ANON-AAAAAA1')
    expect((await call<ReportDetail>('GET', `/api/v1/user-reports/${id}/export?format=json`)).json.result?.activities).toBe(30)
    await at.store.write((tx) => tx.saveActivityReport({ id: 'ur_wait', userId: 'u_2', fromDay: 1, toDay: 9, reason: 'x', state: 'queued', progress: 0, byId: 'a', byName: 'a', createdAtMs: 1, activities: 0, tries: 0 }))
    expect((await call<Problem>('GET', '/api/v1/user-reports/ur_wait/export?format=csv')).json.code).toBe('REPORT_NOT_DONE')
  })
})

describe('links to a report', () => {
  const share = async (id: string, body: unknown = { days: 7 }) => (await call<ShareCreated>('POST', `/api/v1/user-reports/${id}/shares`, body)).json
  test('open it for who may see it anyway, end by time and by hand, and are kept as hashes', async () => {
    const { id } = await madeReport()
    const made = await share(id)
    const open = (role: Role = 'Investigator') => call<ReportDetail & Problem>('GET', `/api/v1/user-reports/shared/${made.token}`, undefined, role)
    expect((await open()).json.id).toBe(id)
    expect((await open('Analyst')).status).toBe(403)
    expect(JSON.stringify(await at.store.reportShares(id))).not.toContain(made.token)
    expect((await call('DELETE', `/api/v1/user-reports/${id}/shares/${made.id}`)).status).toBe(204)
    expect((await open()).json.code).toBe('SHARE_OVER')
    const other = await share(id, { days: 1 })
    at.nowMs += 2 * DAY_MS
    const late = await call<Problem>('GET', `/api/v1/user-reports/shared/${other.token}`)
    expect([401, 410]).toContain(late.status)
  })
  test('are only for accounts that may see reports, and nobody else is named in one', async () => {
    const { id } = await madeReport()
    expect((await call<Problem>('POST', `/api/v1/user-reports/${id}/shares`, { days: 7, accountIds: ['a_Analyst'] })).json.code).toBe('REQUEST_INVALID')
    expect((await share(id, { days: 7, accountIds: ['a_Investigator'] })).accounts).toEqual([{ id: 'a_Investigator', name: 'investigator' }])
    expect((await call<Problem>('GET', `/api/v1/user-reports/shared/${'x'.repeat(32)}`)).status).toBe(404)
  })
})
