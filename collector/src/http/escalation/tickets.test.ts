// Tickets in systems that speak as ServiceNow and Jira do: real HTTPS servers that look at shape and credentials, lose
// answers and refuse; and what a case shows of it. Beside it holds, links and handing over.
import { readFileSync } from 'node:fs'
import { createServer, type Server } from 'node:https'
import type { AddressInfo } from 'node:net'
import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { createSealer } from '../../access/seal.ts'
import type { Role } from '../../access/permissions.ts'
import { type CertifiedKey, createAuthority, createServerCertificate } from '../../bus/pki.ts'
import { endExpiredShares } from '../../escalation/links.ts'
import { createTicketQueue, type TicketQueue } from '../../escalation/tickets/queue.ts'
import { purposeOf } from '../../escalation/tickets/target.ts'
import { planRetention } from '../../privacy/retention.ts'
import { buildAlert, buildPolicy, buildUser, DAY_MS, MONDAY_MS } from '../../testing/builders.ts'
import { openTestApp, type TestApp } from '../../testing/test-app.ts'
import type { CaseDetail } from '../cases/schema.ts'
import type { HoldList, HoldView } from '../holds/schema.ts'
import type { Problem } from '../primitives.ts'
import type { ShareLinkList, ShareLinkView } from '../share/schema.ts'
import type { HandOverPreview, TicketList, TicketTargetView, TicketTest } from './schema.ts'

interface Call { readonly method: string; readonly url: string; readonly authorization: string; readonly body: Record<string, unknown> }
type Answer = { readonly status: number; readonly body?: unknown } | 'hang up'

/** A server that remembers what it was asked, and answers as it is told to. */
async function openSystem(certificate: CertifiedKey, answer: (call: Call) => Answer) {
  const calls: Call[] = []
  const server: Server = createServer({ key: certificate.keyPem, cert: certificate.certificatePem }, (request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const text = Buffer.concat(chunks).toString()
      const call = { method: request.method ?? '', url: request.url ?? '', authorization: request.headers.authorization ?? '', body: text === '' ? {} : (JSON.parse(text) as Record<string, unknown>) }
      calls.push(call)
      const given = answer(call)
      if (given === 'hang up') {
        request.socket.destroy()
        return
      }
      response.writeHead(given.status, { 'content-type': 'application/json' }).end(given.body === undefined ? '' : JSON.stringify(given.body))
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return { calls, url: `https://127.0.0.1:${(server.address() as AddressInfo).port}`, close: () => new Promise((resolve) => { server.close(resolve); server.closeAllConnections() }) }
}

let authority: CertifiedKey
let certificate: CertifiedKey
beforeAll(async () => {
  authority = await createAuthority('test', Date.now())
  certificate = await createServerCertificate(authority, ['127.0.0.1'], Date.now())
})

let at: TestApp
let queue: TicketQueue
const closers: (() => Promise<unknown>)[] = []
const sealKey = Buffer.alloc(32, 3)
beforeEach(async () => {
  at = await openTestApp(() => ({ sealKey }))
  queue = createTicketQueue({ store: at.store, now: () => at.nowMs, random: () => 1, consoleUrl: 'https://holdfast.test', secretOf: (target) => createSealer(sealKey).open(target.secret, purposeOf(target.id)) })
  await at.store.write(async (tx) => {
    await tx.saveUser(buildUser({ displayName: 'Alice Liddell', department: 'Sales' }))
    await tx.savePolicy(buildPolicy())
    await tx.saveAlerts([buildAlert({ score: 80, severity: 'high' })])
  })
})
afterEach(async () => {
  for (const close of closers.splice(0)) await close()
  await at.close()
})

const send = (role: Role, method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE', url: string, body?: unknown, revision?: number) =>
  at.app.inject({ method, url, headers: { ...at.as(role), ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...(revision === undefined ? {} : { 'if-match': `"${revision}"` }) }, ...(body === undefined ? {} : { payload: JSON.stringify(body) }) })
const codeOf = (answer: { readonly statusCode: number; json<T>(): T }): string => `${answer.statusCode} ${answer.json<Problem>().code}`
const openCase = async (): Promise<CaseDetail> => (await send('Analyst', 'POST', '/api/v1/cases', { alertIds: ['al_1'], name: 'Stick' })).json<CaseDetail>()
const settings = (system: 'servicenow' | 'jira', url: string) => ({ name: system, system, url, user: 'holdfast', allowPrivate: true, caPem: authority.certificatePem, severities: system === 'jira' ? { high: 'Highest', medium: 'Medium', low: 'Low' } : { high: '1', medium: '2', low: '3' }, project: system === 'jira' ? 'SEC' : '', issueType: system === 'jira' ? 'Task' : '', assignmentGroup: '', secret: 's3cret-token' })
const BASIC = `Basic ${Buffer.from('holdfast:s3cret-token').toString('base64')}`
const setUp = async (system: 'servicenow' | 'jira', url: string): Promise<TicketTargetView> => (await send('Admin', 'POST', '/api/v1/settings/tickets', settings(system, url))).json<TicketTargetView>()
const ticketsOf = async (id: string): Promise<TicketList> => (await send('Analyst', 'GET', `/api/v1/cases/${id}/tickets`)).json<TicketList>()

describe('a ticket', () => {
  test('is an incident in ServiceNow, made once although the answer was lost, and hears of updates and of the end of the case', async () => {
    const incidents: Record<string, unknown>[] = []
    let lose = true
    const system = await openSystem(certificate, ({ method, url, authorization, body }) => {
      if (authorization !== BASIC) return { status: 401, body: { error: { message: 'User Not Authenticated' } } }
      if (method === 'GET' && url.includes('sysparm_query=')) return { status: 200, body: { result: incidents.filter((one) => decodeURIComponent(url).includes(`correlation_id=${String(one['correlation_id'])}`)).map(() => ({ sys_id: 'abc123', number: 'INC0010001' })) } }
      if (method === 'GET') return { status: 200, body: { result: { work_notes: '' } } }
      if (method === 'PATCH') return { status: 200, body: { result: { sys_id: 'abc123', number: 'INC0010001' } } }
      incidents.push(body)
      if (lose) {
        lose = false
        return 'hang up'
      }
      return { status: 201, body: { result: { sys_id: 'abc123', number: 'INC0010001' } } }
    })
    closers.push(system.close)
    const target = await setUp('servicenow', system.url)
    const found = await openCase()
    expect((await send('Analyst', 'POST', `/api/v1/cases/${found.id}/tickets`, { targetId: target.id, text: 'Alice Liddell copied files.' })).statusCode).toBe(202)
    expect(codeOf(await send('Analyst', 'POST', `/api/v1/cases/${found.id}/tickets`, { targetId: target.id }))).toBe('409 TICKET_EXISTS')
    await queue.drain()
    expect((await ticketsOf(found.id)).items[0]).toMatchObject({ state: 'waiting', problem: 'reset: ECONNRESET', waiting: 1 })
    at.nowMs += 10_000
    await queue.drain()
    expect((await ticketsOf(found.id)).items[0]).toMatchObject({ state: 'open', number: 'INC0010001', link: `${system.url}/nav_to.do?uri=incident.do%3Fsys_id%3Dabc123`, waiting: 0 })
    expect(incidents.length).toBe(1)
    expect(incidents[0]).toMatchObject({ short_description: `Insider risk case ${found.id.slice(-8)} of ANON-AAAAAA1`, correlation_id: expect.stringMatching(/^ct_[0-9a-f]{32}$/), correlation_display: 'Holdfast', impact: '1', urgency: '1', work_notes: `Opened by Holdfast: https://holdfast.test/cases/${found.id}` })
    expect(JSON.stringify(system.calls)).not.toMatch(/liddell|alice/i)
    await send('Analyst', 'POST', `/api/v1/cases/${found.id}/tickets/${(await ticketsOf(found.id)).items[0]?.id}/updates`, { text: 'Talked to Alice Liddell.' })
    await send('Analyst', 'POST', `/api/v1/cases/${found.id}/resolution`, { outcome: 'confirmed_violation', reason: 'Said so.' }, 1)
    await queue.drain()
    expect(system.calls.filter(({ method }) => method === 'PATCH').map(({ url, body }) => [url.split('?')[0], String(body['work_notes']).split('\n')[0]])).toEqual([['/api/now/table/incident/abc123', 'Talked to ANON-AAAAAA1.'], ['/api/now/table/incident/abc123', 'The case was resolved as a confirmed policy violation.']])
    expect((await at.store.caseEvents({ caseId: found.id, limit: 50 })).items.map(({ what }) => what).filter((what) => what.startsWith('ticket'))).toEqual(['ticket_updated', 'ticket_updated', 'ticket_opened', 'ticket_requested'])
    expect(await at.audit()).toEqual(expect.arrayContaining(['ticket.requested case', 'ticket.opened case', 'ticket.updated case', 'ticket.target_added settings']))
  })

  test('is an issue in Jira with a document for its description, and a comment for an update; what is refused says why and can be tried again', async () => {
    let refuse = true
    const system = await openSystem(certificate, ({ method, url, authorization, body }) => {
      if (authorization !== BASIC) return { status: 401, body: {} }
      if (url === '/rest/api/3/myself') return { status: 200, body: { accountId: '5b10' } }
      if (url === '/rest/api/3/search/jql') return { status: 200, body: { issues: [] } }
      if (method === 'POST' && url === '/rest/api/3/issue') return refuse ? { status: 400, body: { errors: { priority: 'Priority name is not valid', echo: authorization } } } : { status: 201, body: { id: '10000', key: 'SEC-24', self: 'x' } }
      if (url === '/rest/api/3/issue/10000/comment' && method === 'POST') return { status: 201, body: { id: '1', body: body['body'] } }
      return { status: 404 }
    })
    closers.push(system.close)
    const target = await setUp('jira', system.url)
    expect((await send('Admin', 'POST', '/api/v1/settings/tickets/test', { ...settings('jira', system.url), id: target.id, secret: undefined })).json<TicketTest>()).toEqual({ ok: true, as: '5b10' })
    const found = await openCase()
    await send('Analyst', 'POST', `/api/v1/cases/${found.id}/tickets`, { targetId: target.id, summary: 'Please look', text: 'Two lines.\nSecond.' })
    await queue.drain()
    const [failed] = (await ticketsOf(found.id)).items
    expect([failed?.state, failed?.problem]).toEqual(['failed', expect.stringContaining('Priority name is not valid')])
    expect(failed?.problem).not.toMatch(/s3cret|aG9sZGZhc3Q/)
    refuse = false
    await send('Analyst', 'POST', `/api/v1/cases/${found.id}/tickets/${failed?.id}/retry`)
    await queue.drain()
    expect((await ticketsOf(found.id)).items[0]).toMatchObject({ state: 'open', number: 'SEC-24', link: `${system.url}/browse/SEC-24` })
    const issue = system.calls.findLast(({ url }) => url === '/rest/api/3/issue')?.body['fields'] as Record<string, unknown>
    expect(issue).toMatchObject({ project: { key: 'SEC' }, issuetype: { name: 'Task' }, summary: 'Please look', priority: { name: 'Highest' }, labels: ['holdfast', `holdfast-${failed?.id}`], description: { type: 'doc', version: 1 } })
    expect((issue['description'] as { content: unknown[] }).content.slice(0, 2)).toEqual(['Two lines.', 'Second.'].map((text) => ({ type: 'paragraph', content: [{ type: 'text', text }] })))
    await send('Analyst', 'POST', `/api/v1/cases/${found.id}/tickets/${failed?.id}/updates`, { text: 'More.' })
    await queue.drain()
    expect(JSON.stringify(system.calls.at(-1)?.body)).toContain('"text":"More."')
  })

  test('goes only where it may: not in the clear, not inside unless allowed, and a kept secret not to another address', async () => {
    const system = await openSystem(certificate, () => ({ status: 200, body: { result: [] } }))
    closers.push(system.close)
    expect(codeOf(await send('Admin', 'POST', '/api/v1/settings/tickets', settings('servicenow', 'http://itsm.example.com')))).toBe('400 REQUEST_INVALID')
    expect((await send('Admin', 'POST', '/api/v1/settings/tickets/test', { ...settings('servicenow', system.url), allowPrivate: false })).json<TicketTest>()).toMatchObject({ ok: false, problem: { kind: 'address' } })
    expect((await send('Admin', 'POST', '/api/v1/settings/tickets/test', { ...settings('servicenow', system.url), caPem: '' })).json<TicketTest>()).toMatchObject({ ok: false, problem: { kind: 'tls' } })
    const target = await setUp('servicenow', system.url)
    expect(JSON.stringify((await send('Admin', 'GET', '/api/v1/settings/tickets')).json())).not.toContain('s3cret')
    expect(readFileSync(at.path).includes('s3cret-token')).toBe(false)
    expect(codeOf(await send('Admin', 'PUT', `/api/v1/settings/tickets/${target.id}`, { ...settings('servicenow', 'https://evil.example.com'), secret: undefined }, 1))).toBe('400 TICKET_SECRET_NEEDED')
    expect(system.calls.length).toBe(0)
  })
})

describe('a legal hold', () => {
  test('beats retention and erasure, says so, and is released only with a reason', async () => {
    const found = await openCase()
    expect(codeOf(await send('Analyst', 'POST', `/api/v1/cases/${found.id}/holds`, { reason: 'court' }))).toBe('403 NOT_ALLOWED')
    const hold = (await send('Investigator', 'POST', `/api/v1/cases/${found.id}/holds`, { reason: 'Lawsuit of Alice Liddell' })).json<HoldView>()
    expect(hold).toMatchObject({ reason: 'Lawsuit of ANON-AAAAAA1', by: { name: 'investigator' }, caseId: found.id })
    expect(codeOf(await send('Investigator', 'POST', `/api/v1/cases/${found.id}/holds`, { reason: 'again' }))).toBe('409 HOLD_EXISTS')
    await send('Analyst', 'POST', `/api/v1/cases/${found.id}/resolution`, { outcome: 'benign', reason: 'Ok.' }, 1)
    const erase = async () => send('Admin', 'POST', '/api/v1/erasures', { userId: 'u_1', reasonKind: 'court_order', reason: 'asked for' })
    const refused = await erase()
    expect([codeOf(refused), refused.json<Problem>().detail]).toEqual(['409 ERASURE_HELD', expect.stringContaining(hold.id)])
    const lineOf = async () => (await planRetention(at.store, MONDAY_MS + 400 * DAY_MS)).find(({ cls }) => cls === 'cases_resolved')
    expect(await lineOf()).toMatchObject({ due: 0, held: 1 })
    expect(codeOf(await send('Investigator', 'POST', `/api/v1/holds/${hold.id}/release`, { reason: '' }))).toBe('400 REQUEST_INVALID')
    expect((await send('Investigator', 'POST', `/api/v1/holds/${hold.id}/release`, { reason: 'Settled.' })).json<HoldView>()).toMatchObject({ releaseReason: 'Settled.', releasedBy: { name: 'investigator' } })
    expect(codeOf(await send('Investigator', 'POST', `/api/v1/holds/${hold.id}/release`, { reason: 'Settled.' }))).toBe('409 HOLD_OVER')
    expect((await send('Analyst', 'GET', '/api/v1/holds')).json<HoldList>().items).toEqual([])
    expect((await send('Analyst', 'GET', '/api/v1/holds?released=true')).json<HoldList>().items.length).toBe(1)
    expect(codeOf(await erase())).not.toMatch(/HELD/)
    expect(await at.audit()).toEqual(expect.arrayContaining(['hold.placed case', 'hold.released user']))
  })
})

describe('a link', () => {
  const share = (role: Role, body: object) => send(role, 'POST', '/api/v1/share-links', { kind: 'case', days: 7, ...body })
  test('gives its recipient a place in the case from the first opening to its end, and nobody else anything', async () => {
    const found = await openCase()
    const link = (await share('Analyst', { ref: found.id, toId: 'a_Read-only', note: 'See what Alice Liddell did', view: 'tab=alerts' })).json<ShareLinkView>()
    expect(link).toMatchObject({ url: `https://collector.test:8443/shared/${link.id}`, givesAccess: true, isLive: true, note: 'See what ANON-AAAAAA1 did' })
    const view = () => send('Read-only', 'GET', `/api/v1/cases/${found.id}`)
    expect(codeOf(await view())).toBe('404 NOT_FOUND')
    expect(codeOf(await send('Approver', 'POST', `/api/v1/share-links/${link.id}/open`))).toBe('410 SHARE_OVER')
    expect((await send('Read-only', 'POST', `/api/v1/share-links/${link.id}/open`)).json()).toMatchObject({ path: `/cases/${found.id}?tab=alerts` })
    expect((await view()).statusCode).toBe(200)
    expect(codeOf(await share('Read-only', { ref: found.id, toId: 'a_Approver' }))).toBe('409 SHARE_RECIPIENT')
    expect((await send('Read-only', 'GET', '/api/v1/share-links')).json<ShareLinkList>().items.map(({ id }) => id)).toEqual([link.id])
    expect((await send('Analyst', 'DELETE', `/api/v1/share-links/${link.id}`)).statusCode).toBe(204)
    expect([codeOf(await view()), codeOf(await send('Read-only', 'POST', `/api/v1/share-links/${link.id}/open`))]).toEqual(['404 NOT_FOUND', '410 SHARE_OVER'])
    expect((await at.store.caseEvents({ caseId: found.id, limit: 9 })).items.map(({ what }) => what)).toEqual(['contributor_removed', 'contributor_added', 'shared', 'opened'])
  })
  test('ends by itself, with the place that it gave', async () => {
    const found = await openCase()
    const link = (await share('Analyst', { ref: found.id, toId: 'a_Approver', days: 1 })).json<ShareLinkView>()
    await send('Approver', 'POST', `/api/v1/share-links/${link.id}/open`)
    expect((await at.store.case(found.id))?.contributors).toEqual(['a_Approver'])
    await endExpiredShares(at.store, at.nowMs + 2 * DAY_MS)
    expect((await at.store.case(found.id))?.contributors).toEqual([])
  })
  test('to an alert or a user is only for who may see them anyway', async () => {
    expect((await share('Analyst', { kind: 'alert', ref: 'al_1', toId: 'a_Investigator' })).statusCode).toBe(201)
    expect(codeOf(await share('Analyst', { kind: 'user', ref: 'u_1', toId: 'a_Read-only' }))).toBe('409 SHARE_RECIPIENT')
    expect(codeOf(await share('Admin', { kind: 'user', ref: 'u_1', toId: 'a_Analyst' }))).toBe('403 NOT_ALLOWED')
    expect(codeOf(await share('Analyst', { kind: 'user', ref: 'u_1', toId: 'a_Investigator', view: '"><script>' }))).toBe('400 REQUEST_INVALID')
  })
})

describe('handing over', () => {
  test('gives a colleague everything open as it was previewed, in the histories and the log', async () => {
    const found = await openCase()
    await at.store.write((tx) => tx.saveAlert(buildAlert({ id: 'al_2', policyId: 'p_2', assigneeId: 'a_Analyst' })))
    const preview = (await send('Investigator', 'GET', '/api/v1/hand-over?fromId=a_Analyst')).json<HandOverPreview>()
    expect(preview).toMatchObject({ alerts: 1, cases: 1, recipients: [{ id: 'a_Investigator' }] })
    const go = (expected: object, toId = 'a_Investigator') => send('Investigator', 'POST', '/api/v1/hand-over', { fromId: 'a_Analyst', toId, reason: 'holiday', expected })
    expect(codeOf(await go({ alerts: 9, cases: 1 }))).toBe('409 HAND_OVER_CHANGED')
    expect(codeOf(await go({ alerts: 1, cases: 1 }, 'a_Auditor'))).toBe('400 REQUEST_INVALID')
    expect((await go({ alerts: 1, cases: 1 })).json()).toEqual({ alerts: 1, cases: 1, failed: [] })
    expect([(await at.store.alert('al_2'))?.assigneeId, (await at.store.case(found.id))?.assigneeId]).toEqual(['a_Investigator', 'a_Investigator'])
    expect(await at.audit()).toEqual(expect.arrayContaining(['alert.assigned alert', 'case.changed case', 'case.handed_over account']))
  })
})
