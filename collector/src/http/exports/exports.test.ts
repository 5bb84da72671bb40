import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { createExportDelivery, type ExportDelivery } from '../../exports/delivery.ts'
import { installationIdOf } from '../../exports/feed-settings.ts'
import { createSealer } from '../../access/seal.ts'
import { createPeople } from '../../privacy/people.ts'
import { buildAlert, buildPolicy, buildUser, DAY_MS, MONDAY_MS } from '../../testing/builders.ts'
import { type HttpSink, startHttpSink } from '../../testing/receivers.ts'
import { openTestApp, type TestApp } from '../../testing/test-app.ts'
import type { Problem } from '../primitives.ts'
import type { DeadLetterPage, FeedView, TargetCreated, TargetList, TargetView, TestView } from './schema.ts'
import { openSecrets } from './settings.ts'

const KEY = new Uint8Array(32).fill(9)
const TOKEN = 'very-secret-splunk-token'
let at: TestApp
let receiver: HttpSink
let delivery: ExportDelivery
beforeEach(async () => {
  receiver = await startHttpSink()
  at = await openTestApp(() => ({ sealKey: KEY, exportPlace: { hostname: 'collector', folder: '/nonexistent', options: { connectMs: 500, wholeMs: 500 } } }))
  await at.store.write(async (tx) => {
    await tx.saveUser(buildUser({ displayName: 'Zephyrine Quaxel', email: 'z.quaxel@acme.example' }))
    await tx.savePolicy(buildPolicy())
  })
  const sealer = createSealer(KEY)
  const people = createPeople(at.store)
  delivery = createExportDelivery({
    store: at.store, now: () => at.nowMs, organisation: 'Acme', installationId: await installationIdOf(at.store), version: '1', consoleUrl: 'https://c.example', names: () => people.names(), place: { hostname: 'c', folder: '/nonexistent', options: { connectMs: 500, wholeMs: 500 } },
    openSecrets: (target) => openSecrets(sealer, target), log: { warn() {}, error() {} }, random: () => 1,
  })
})
afterEach(async () => {
  await at.close()
  await receiver.close()
})

async function call<T>(method: 'GET' | 'POST' | 'PUT' | 'DELETE', url: string, body?: unknown, revision?: number, role: Parameters<TestApp['as']>[0] = 'Admin') {
  const answer = await at.app.inject({ method, url, headers: { ...at.as(role), ...(revision === undefined ? {} : { 'if-match': `"${revision}"` }), ...(body === undefined ? {} : { 'content-type': 'application/json' }) }, ...(body === undefined ? {} : { payload: JSON.stringify(body) }) })
  return { status: answer.statusCode, headers: answer.headers, text: answer.body, body: answer.body === '' ? (undefined as T) : answer.json<T>() }
}
const codeOf = (answer: { readonly body: unknown }): string => (answer.body as Problem).code
const splunk = (over = {}) => ({ name: 'Splunk', place: { kind: 'splunk_hec', url: receiver.url, acknowledge: false }, allowPrivate: true, secrets: { token: TOKEN }, ...over })
const save = (...ids: string[]) => at.store.write((tx) => tx.saveAlerts(ids.map((id) => buildAlert({ id }))))

describe('secrets', () => {
  test('are used, and stand in no answer, no log of the audit and not in the database as they are', async () => {
    const made = await call<TargetCreated>('POST', '/api/v1/exports', splunk())
    expect([made.status, made.body.target.secrets]).toEqual([201, ['token']])
    await save('al_1')
    await delivery.drain()
    expect(receiver.requests[0]?.headers['authorization']).toBe(`Splunk ${TOKEN}`)
    const list = await call<TargetList>('GET', '/api/v1/exports')
    await call('PUT', `/api/v1/exports/${made.body.target.id}`, splunk({ name: 'Renamed', secrets: undefined }), 1)
    const stored = await at.store.exportTarget(made.body.target.id)
    const log = (await at.store.auditEntries({ limit: 100 })).items
    expect(JSON.stringify([made.body, list.body, stored, log])).not.toContain(TOKEN)
    expect(log.map(({ action }) => action)).toEqual(expect.arrayContaining(['export.created', 'export.changed']))
  })
  test('go to no other receiver than the one that they were given for', async () => {
    const { id } = (await call<TargetCreated>('POST', '/api/v1/exports', splunk())).body.target
    const moved = splunk({ place: { kind: 'splunk_hec', url: 'https://evil.example', acknowledge: false }, secrets: undefined })
    expect(codeOf(await call('PUT', `/api/v1/exports/${id}`, moved, 1))).toBe('EXPORT_SECRET_NEEDED')
    expect(codeOf(await call('POST', '/api/v1/exports/test', { id, target: moved }))).toBe('EXPORT_SECRET_NEEDED')
    expect((await call('PUT', `/api/v1/exports/${id}`, { ...moved, secrets: { token: 'another' } }, 1)).status).toBe(200)
  })
  test('of a webhook are made here, shown once, and can be made anew', async () => {
    const hook = { name: 'Hook', place: { kind: 'webhook', url: receiver.url, payload: 'thin', envelope: 'none' }, allowPrivate: true }
    const made = (await call<TargetCreated>('POST', '/api/v1/exports', hook)).body
    expect(made.signingSecret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/)
    const again = (await call<TargetCreated>('POST', `/api/v1/exports/${made.target.id}/signing-secret`)).body
    expect([again.signingSecret === made.signingSecret, again.target.revision]).toEqual([false, 2])
    expect((await call('GET', `/api/v1/exports/${made.target.id}`)).text).not.toContain('whsec_')
  })
})

describe('what cannot be set up', () => {
  test.each([
    [{ place: { kind: 'webhook', url: 'http://siem.example', payload: 'thin', envelope: 'none' } }, 'https only'], [{ place: { kind: 'webhook', url: 'https://u:p@siem.example', payload: 'thin', envelope: 'none' } }, 'without credentials'], [{ place: { kind: 'webhook', url: 'file:///etc/passwd', payload: 'thin', envelope: 'none' } }, 'https address'],
    [{ place: { kind: 'elastic', url: 'https://e.example', index: 'x' }, format: 'cef' }, 'has the formats'], [{ place: { kind: 'splunk_hec', url: 'https://e.example', acknowledge: true } }, 'needs a token'], [{ place: { kind: 'elastic', url: 'https://e.example', index: 'x', user: 'u' } }, 'needs a password'],
    [{ place: { kind: 'syslog', host: 'h', port: 6514, transport: 'tls', facility: 1 }, tls: { certPem: 'x' } }, 'needs its key'], [{ place: { kind: 'syslog', host: 'h', port: 6514, transport: 'tls', facility: 1 }, tls: { caPem: 'no certificate' } }, 'not readable'], [{ place: { kind: 'file', fileName: 'a', maxBytes: 100_000, keep: 1 }, secrets: { token: 'x' } }, 'no secret token'],
    [{ place: { kind: 'file', fileName: 'a', maxBytes: 100_000, keep: 1 }, names: true }, 'needs a reason'],
  ])('%j: %s', async (target, words) => {
    const answer = await call<Problem>('POST', '/api/v1/exports', { name: 'T', ...target })
    expect([answer.status, answer.body.code, answer.body.detail]).toEqual([400, 'EXPORT_INVALID', expect.stringContaining(words)])
    expect((await at.store.exportTargets()).length).toBe(0)
  })
  test.each([{ fileName: '../x' }, { fileName: '.hidden' }, { fileName: 'a/b' }, { fileName: '' }])('a file %j outside of its folder', async (place) => {
    expect(codeOf(await call('POST', '/api/v1/exports', { name: 'T', place: { kind: 'file', maxBytes: 100_000, keep: 1, ...place } }))).toBe('REQUEST_INVALID')
  })
  test('two of one name, or a change of something that somebody changed meanwhile', async () => {
    const { id } = (await call<TargetCreated>('POST', '/api/v1/exports', splunk())).body.target
    expect(codeOf(await call('POST', '/api/v1/exports', splunk({ name: 'SPLUNK' })))).toBe('EXPORT_EXISTS')
    expect([codeOf(await call('PUT', `/api/v1/exports/${id}`, splunk())), codeOf(await call('PUT', `/api/v1/exports/${id}`, splunk(), 7))]).toEqual(['REVISION_REQUIRED', 'REVISION_CONFLICT'])
  })
})

describe('telling names', () => {
  test('is off until somebody switches it on with a reason, which the audit log keeps', async () => {
    const { id } = (await call<TargetCreated>('POST', '/api/v1/exports', splunk())).body.target
    await save('al_1')
    await delivery.drain()
    expect(receiver.requests[0]?.body).not.toMatch(/quaxel/i)
    expect(codeOf(await call('PUT', `/api/v1/exports/${id}`, splunk({ names: true }), 1))).toBe('EXPORT_INVALID')
    expect((await call('PUT', `/api/v1/exports/${id}`, splunk({ names: true, reason: 'Agreed with the works council.' }), 1)).status).toBe(200)
    await save('al_2')
    await delivery.drain()
    expect(receiver.requests[1]?.body).toContain('Zephyrine Quaxel')
    const entry = (await at.store.auditEntries({ limit: 100 })).items.find(({ action }) => action === 'export.names_on')
    expect(JSON.stringify(entry)).toContain('works council')
  })
})

describe('a new target', () => {
  test('begins with what changes from then on, and hears of an alert that had waited for nobody', async () => {
    await save('al_1', 'al_2')
    await call('POST', '/api/v1/exports', splunk())
    await delivery.drain()
    expect(receiver.requests.length).toBe(0)
    await at.store.write((tx) => tx.saveAlert(buildAlert({ id: 'al_1', revision: 2, status: 'confirmed' })))
    await delivery.drain()
    expect(receiver.requests.map(({ body }) => (JSON.parse(body) as { event: { finding_info: { uid: string }; activity_name?: string } }).event.finding_info.uid)).toEqual(['al_1'])
  })
  test('or with everything that the outbox keeps', async () => {
    await save('al_1', 'al_2')
    await call('POST', '/api/v1/exports', splunk({ begin: 'kept' }))
    await delivery.drain()
    expect(receiver.requests[0]?.body.split('\n').length).toBe(2)
  })
})

describe('running', () => {
  const made = async (over = {}) => (await call<TargetCreated>('POST', '/api/v1/exports', splunk(over))).body.target.id
  const viewOf = async (id: string) => (await call<TargetView>('GET', `/api/v1/exports/${id}`)).body
  test('says the lag, the failure and what to do, and when it tries again', async () => {
    const id = await made()
    receiver.behave = () => ({ kind: 'answer', status: 401, body: 'bad token' })
    await save('al_1', 'al_2', 'al_3')
    at.nowMs += 30_000
    await delivery.drain()
    expect(await viewOf(id)).toMatchObject({ state: 'failing', lag: { records: 3, seconds: 30 }, failures: 1, nextTryAt: new Date(at.nowMs + 1000).toISOString(), problem: { kind: 'auth', detail: 'HTTP 401: bad token', advice: expect.stringContaining('token') as string } })
    receiver.behave = () => ({ kind: 'answer', status: 200, body: '{"code":0}' })
    await call('POST', `/api/v1/exports/${id}/resume`)
    await delivery.drain()
    expect(await viewOf(id)).toMatchObject({ state: 'good', lag: { records: 0, seconds: 0 }, sent: 3 })
  })
  test('pause and resume, replay by id and by time, and nothing that was never sent', async () => {
    const id = await made()
    await call('POST', `/api/v1/exports/${id}/pause`)
    await save('al_1', 'al_2')
    await delivery.drain()
    expect([receiver.requests.length, (await viewOf(id)).state]).toEqual([0, 'paused'])
    expect(codeOf(await call('POST', `/api/v1/exports/${id}/replay`, { fromId: 1, toId: 2 }))).toBe('EXPORT_RANGE')
    await call('POST', `/api/v1/exports/${id}/resume`)
    await delivery.drain()
    expect((await call('POST', `/api/v1/exports/${id}/replay`, { fromId: 2, toId: 99 })).body).toEqual({ fromId: 2, toId: 2, records: 1 })
    await delivery.drain()
    expect((await call('POST', `/api/v1/exports/${id}/replay`, { from: new Date(MONDAY_MS - 1).toISOString(), to: new Date(MONDAY_MS + 1).toISOString() })).body).toEqual({ fromId: 1, toId: 2, records: 2 })
    await delivery.drain()
    expect(receiver.requests.map(({ body }) => body.split('\n').length)).toEqual([2, 1, 2])
    for (const range of [{}, { fromId: 1 }, { fromId: 1, toId: 2, from: '2026-03-02T09:00:00Z' }]) expect(codeOf(await call('POST', `/api/v1/exports/${id}/replay`, range))).toBe('EXPORT_RANGE')
  })
  test('dead letters are listed without their content, tried again, or dropped with a reason', async () => {
    const id = await made()
    receiver.behave = ({ body }) => (/"al_[13]"/.test(body) ? { kind: 'answer', status: 400, body: '{"code":6,"text":"no"}' } : { kind: 'answer', status: 200, body: '{"code":0}' })
    await save('al_1', 'al_2', 'al_3')
    await delivery.drain()
    const page = (await call<DeadLetterPage>('GET', `/api/v1/exports/${id}/dead-letters`)).body
    expect(page.items.map(({ ref, reason }) => [ref, reason])).toEqual([['al_1', 'record: HTTP 400: {"code":6,"text":"no"}'], ['al_3', 'record: HTTP 400: {"code":6,"text":"no"}']])
    const [first, second] = page.items.map((letter) => letter.id)
    expect(codeOf(await call('POST', `/api/v1/exports/${id}/dead-letters`, { action: 'drop', ids: [first] }))).toBe('EXPORT_INVALID')
    expect((await call('POST', `/api/v1/exports/${id}/dead-letters`, { action: 'drop', ids: [first], reason: 'A test alert.' })).body).toEqual({ count: 1 })
    receiver.behave = () => ({ kind: 'answer', status: 200, body: '{"code":0}' })
    expect((await call('POST', `/api/v1/exports/${id}/dead-letters`, { action: 'retry', ids: [second, 999] })).body).toEqual({ count: 1 })
    await delivery.drain()
    expect([(await viewOf(id)).deadLetters, receiver.requests.at(-1)?.body.includes('al_3')]).toEqual([0, true])
  })
  test('a test sends one record that says what it is, and explains a failure', async () => {
    const good = await call<TestView>('POST', '/api/v1/exports/test', { target: splunk() })
    expect(good.body).toMatchObject({ ok: true, unsure: false })
    expect(receiver.requests[0]?.body).toContain('TEST of an export target')
    const inner = await call<TestView>('POST', '/api/v1/exports/test', { target: splunk({ allowPrivate: false, place: { kind: 'splunk_hec', url: receiver.url.replace('http', 'https'), acknowledge: false } }) })
    expect(inner.body.problem).toMatchObject({ kind: 'address', advice: expect.stringContaining('private addresses') as string })
    const { port } = receiver
    await receiver.close()
    expect((await call<TestView>('POST', '/api/v1/exports/test', { target: splunk() })).body.problem?.kind).toBe('refused')
    receiver = await startHttpSink({ port })
    expect(await at.audit()).toContain('export.tested export')
  })
})

describe('the pull feed', () => {
  const open = async (): Promise<string> => {
    await call('PUT', '/api/v1/settings/feed', { enabled: true, names: false }, 0)
    const { tenantId } = (await call<FeedView>('GET', '/api/v1/settings/feed')).body
    return `/api/v1.0/${tenantId}/activity/feed`
  }
  const feed = <T>(method: 'GET' | 'POST', url: string) => call<T>(method, url, undefined, undefined, 'Analyst')
  const errorOf = async (method: 'GET' | 'POST', url: string) => {
    const answer = await feed<{ error: { code: string } }>(method, url)
    return [answer.status, answer.body.error.code]
  }
  const start = (root: string) => feed('POST', `${root}/subscriptions/start?contentType=Audit.General`)
  interface Content { readonly contentId: string; readonly contentUri: string; readonly contentCreated: string; readonly contentExpiration: string }
  const pathOf = (uri: string): string => new URL(uri).pathname

  test('is off by default, and each refusal has that API’s code', async () => {
    expect(await errorOf('GET', '/api/v1.0/x/activity/feed/subscriptions/list')).toEqual([403, 'AF10001'])
    const root = await open()
    expect(await errorOf('GET', '/api/v1.0/x/activity/feed/subscriptions/list')).toEqual([400, 'AF20010'])
    expect(await errorOf('POST', `${root}/subscriptions/start?contentType=Audit.Exchange`)).toEqual([400, 'AF20020'])
    expect(await errorOf('GET', `${root}/subscriptions/content?contentType=Audit.General`)).toEqual([400, 'AF20022'])
    expect((await start(root)).body).toEqual({ contentType: 'Audit.General', status: 'enabled', webhook: null })
    expect(await errorOf('POST', `${root}/subscriptions/start?contentType=Audit.General`)).toEqual([400, 'AF20024'])
    for (const span of ['startTime=2026-03-01', 'startTime=2026-02-01&endTime=2026-02-02', 'startTime=2026-02-28T00:00:00&endTime=2026-03-02T00:00:01', 'startTime=x&endTime=y']) expect(await errorOf('GET', `${root}/subscriptions/content?contentType=Audit.General&${span}`)).toEqual([400, 'AF20030'])
    expect(await errorOf('GET', `${root}/audit/1-1`)).toEqual([404, 'AF20050'])
  })
  test('hands out each change once its minute is over, the same however often, until it expires', async () => {
    const root = await open()
    await start(root)
    await save('al_1', 'al_2')
    await delivery.drain()
    const list = async () => (await feed<Content[]>('GET', `${root}/subscriptions/content?contentType=Audit.General`)).body
    expect(await list()).toEqual([])
    at.nowMs += 60_000
    await at.store.write((tx) => tx.saveAlert(buildAlert({ id: 'al_1', status: 'dismissed', dismissReason: 'expected_for_user', revision: 2 })))
    await delivery.drain()
    const [first, ...more] = await list()
    expect([first?.contentCreated, more]).toEqual([new Date(MONDAY_MS + 60_000).toISOString(), []])
    const read = () => feed<Record<string, unknown>[]>('GET', pathOf(first?.contentUri ?? ''))
    const records = (await read()).body
    expect(records.map((record) => [record['Operation'], record['Status'], record['Severity'], record['Category']])).toEqual([['AlertTriggered', 'Active', 'Medium', 'InsiderRiskManagement'], ['AlertTriggered', 'Active', 'Medium', 'InsiderRiskManagement']].map((row) => [row[0], row[1], records[0]?.['Severity'], row[3]]))
    expect((await read()).body).toEqual(records)
    expect(JSON.stringify(records)).not.toMatch(/quaxel/i)
    at.nowMs += 60_000
    const second = (await list())[1]
    const [update] = (await feed<Record<string, unknown>[]>('GET', pathOf(second?.contentUri ?? ''))).body
    expect([update?.['AlertId'], update?.['Status'], update?.['Operation']]).toEqual([records[0]?.['AlertId'], 'Dismissed', 'AlertUpdated'])
    at.nowMs = MONDAY_MS + 7 * DAY_MS + 61_000
    await at.store.write(async (tx) => {
      for (const session of await tx.sessionsOf('a_Analyst')) await tx.saveSession({ ...session, expiresAtMs: at.nowMs + DAY_MS, lastSeenAtMs: at.nowMs })
    })
    expect(await errorOf('GET', pathOf(first?.contentUri ?? ''))).toEqual([410, 'AF20051'])
    expect((await at.audit()).filter((entry) => entry === 'feed.read feed').length).toBe(3)
  })
  test('goes on in pages that neither miss nor double a record, and shows nobody whom the reader may not see', async () => {
    const root = await open()
    await start(root)
    const ids = Array.from({ length: 2300 }, (_, index) => `al_${index}`)
    await save(...ids)
    await at.store.write(async (tx) => {
      for (const change of await tx.outboxChanges(5000)) await tx.saveOutboxDocument(change, JSON.stringify({ kind: 'alert', recordId: `ob_${change.seq}`, alertId: change.ref, atMs: 0, change: 'created', user: { id: 'u_1', name: 'ANON' }, policy: { id: 'p', name: 'P' }, severity: 'low', status: 'needs_review', trigger: { kind: 'x', atMs: 0 } }), MONDAY_MS)
    })
    at.nowMs += 60_000
    const contents: Content[] = []
    let pages = 0
    for (let url: string | undefined = `${root}/subscriptions/content?contentType=Audit.General`; url !== undefined; pages += 1) {
      const page: Awaited<ReturnType<typeof feed<Content[]>>> = await feed<Content[]>('GET', url)
      contents.push(...page.body)
      const next = page.headers['nextpageuri']
      url = typeof next === 'string' ? `${new URL(next).pathname}${new URL(next).search}` : undefined
    }
    const records = (await Promise.all(contents.map(async ({ contentUri }) => (await feed<{ Id: string }[]>('GET', pathOf(contentUri))).body))).flat()
    expect([pages, contents.length, records.length, new Set(records.map(({ Id }) => Id)).size]).toEqual([2, 5, 2300, 2300])
  }, 20_000)
  test('an API token with the scope of the feed reads it and nothing else', async () => {
    const root = await open()
    const made = await call<{ token: string }>('POST', '/api/v1/tokens', { name: 'siem', permissions: ['feed.read'], expiresInSecs: 3600 }, undefined, 'Analyst')
    const headers = { authorization: `Bearer ${made.body.token}` }
    expect((await at.app.inject({ method: 'POST', url: `${root}/subscriptions/start?contentType=Audit.General`, headers })).statusCode).toBe(200)
    expect((await at.app.inject({ url: '/api/v1/alerts', headers })).statusCode).toBe(403)
  })
})

test('the Sigma rules are one file an indicator and a sequence', async () => {
  const { items } = (await call<{ items: { name: string; yaml: string }[] }>('GET', '/api/v1/sigma')).body
  expect(items.find(({ name }) => name === 'copy_to_removable_media.yml')?.yaml).toContain('logsource:')
})
