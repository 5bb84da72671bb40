import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Role } from '../access/permissions.ts'
import { createIngest } from '../ingest/ingest.ts'
import { countInsights, mergeInsights } from '../domain/risk/count.ts'
import { buildAlert, buildDevice, buildPolicy, buildRun, buildUser, encodeActivity, encodeBatch, EPOCH, MONDAY_MS } from '../testing/builders.ts'
import { createFakeBus } from '../testing/fake-bus.ts'
import { LOCAL_TOKEN, openTestApp, PASSWORD, type TestApp } from '../testing/test-app.ts'
import type { Problem } from './primitives.ts'

let at: TestApp
const open = async (): Promise<void> => {
  at = await openTestApp((store) => ({ ingest: createIngest({ store, bus: createFakeBus(), count: countInsights, merge: mergeInsights, now: () => MONDAY_MS, log: { warn: () => {}, error: () => {} }, onUsers: () => {} }) }))
  await at.store.write(async (tx) => {
    await tx.saveDevice(buildDevice())
    await tx.saveUser(buildUser())
    await tx.savePolicy(buildPolicy())
    await tx.saveAlert(buildAlert())
    await tx.ingest([buildRun(1, 12)], countInsights, mergeInsights)
  })
}
/** One application for a whole group whose tests change nothing. */
const shared = (): void => {
  beforeAll(open)
  afterAll(() => at.close())
}
const fresh = (): void => {
  beforeEach(open)
  afterEach(() => at.close())
}

const get = (role: Role, url: string) => at.app.inject({ method: 'GET', url, headers: at.as(role) })
const send = (role: Role, method: 'POST' | 'PATCH' | 'PUT' | 'DELETE', url: string, body?: unknown, headers: Readonly<Record<string, string>> = {}) =>
  at.app.inject({ method, url, headers: { ...at.as(role), ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers }, ...(body === undefined ? {} : { payload: typeof body === 'string' ? body : JSON.stringify(body) }) })
const codeOf = (answer: { readonly statusCode: number; json<T>(): T; readonly headers: Readonly<Record<string, unknown>> }): string => {
  expect(answer.headers['content-type']).toMatch(/^application\/problem\+json(;|$)/)
  const problem = answer.json<Problem>()
  expect(problem).toMatchObject({ status: answer.statusCode, type: `urn:holdfast:error:${problem.code}` })
  expect(problem.requestId).not.toBe('')
  return `${answer.statusCode} ${problem.code}`
}

describe('a question that is not right is refused and not guessed at', () => {
  shared()
  test.each([
    ['/api/v1/alerts?sort=severity', 'an order that there is not'], ['/api/v1/alerts?sort=score;drop', 'an order that is something else'], ['/api/v1/alerts?severty=high', 'a filter that is misspelt'], ['/api/v1/alerts?severity=extreme', 'a severity that there is not'],
    ['/api/v1/alerts?limit=0', 'no rows'], ['/api/v1/alerts?limit=501', 'too many rows'], ['/api/v1/alerts?limit=abc', 'a limit that is no number'], ['/api/v1/alerts?limit=1.5', 'half a row'], ['/api/v1/alerts?limit=5&limit=6', 'two limits'],
    ['/api/v1/alerts?from=yesterday', 'a time that is none'], ['/api/v1/alerts?from=2026-02-30T00:00:00Z', 'a day that is not in the calendar'], ['/api/v1/alerts?cursor=garbage', 'a cursor that was never handed out'], [`/api/v1/alerts?cursor=${'x'.repeat(600)}`, 'a cursor that is too long'],
    ['/api/v1/alerts?userId=a%20b', 'an id that is none'], ['/api/v1/activities?kind=file_eaten', 'a kind that there is not'], ['/api/v1/activities?cursor=WzEsIngiXQ', 'a cursor of another listing'], ['/api/v1/alerts/%20', 'an id of a space'], ['/api/v1/users/u_1/chart?from=2026-13-01', 'a month that there is not'],
  ])('%s: %s', async (url) => {
    expect(codeOf(await get('Analyst', url))).toBe('400 REQUEST_INVALID')
  })
  test('what is wrong is named by its place', async () => {
    const { errors } = (await get('Analyst', '/api/v1/alerts?limit=0')).json<Problem>()
    expect(errors?.[0]?.pointer).toBe('/querystring/limit')
  })
  test.each([['/api/v1/alerts/none', '404 NOT_FOUND'], ['/api/v1/users/u_none', '404 NOT_FOUND'], ['/api/v1/nothing', '404 NOT_FOUND'], ['/assets/none.js', '404 NOT_FOUND']])('%s is not there', async (url, code) => {
    expect(codeOf(await get('Analyst', url))).toBe(code)
  })
  test('a path that cannot be decoded is refused in our own words', async () => {
    expect(codeOf(await get('Analyst', '/api/v1/alerts/%E0%A4%A'))).toBe('400 REQUEST_INVALID')
  })
  test('lists may be written with commas or repeated', async () => {
    for (const url of ['/api/v1/alerts?severity=low,high', '/api/v1/alerts?severity=low&severity=high']) expect((await get('Analyst', url)).json<{ items: unknown[] }>().items.length).toBe(1)
  })
})

describe('a body that is not right changes nothing', () => {
  shared()
  const account = (over: object) => ({ name: 'new', password: PASSWORD, roles: ['Analyst'], ...over })
  test.each([
    ['{"name":', '400 REQUEST_INVALID'], ['null', '400 REQUEST_INVALID'], ['[]', '400 REQUEST_INVALID'], ['{"__proto__":{"x":1},"name":"x"}', '400 REQUEST_INVALID'], ['', '400 REQUEST_INVALID'],
    [account({ name: 7 }), '400 REQUEST_INVALID'], [account({ password: 'short' }), '400 REQUEST_INVALID'], [account({ roles: [] }), '400 REQUEST_INVALID'], [account({ roles: ['Root'] }), '400 REQUEST_INVALID'], [account({ name: 'a b' }), '400 REQUEST_INVALID'],
    [account({ admin: true }), '400 REQUEST_INVALID'], [account({ name: 'admin' }), '409 ACCOUNT_EXISTS'],
  ])('an account of %j', async (body, code) => {
    const before = (await at.store.accounts()).length
    expect(codeOf(await send('Admin', 'POST', '/api/v1/accounts', body))).toBe(code)
    expect((await at.store.accounts()).length).toBe(before)
    expect(await at.audit()).toEqual([])
  })
  test('a body that is too large, or of a kind that is not read, is refused before it is looked at', async () => {
    expect(codeOf(await send('Admin', 'POST', '/api/v1/accounts', JSON.stringify(account({ name: 'x'.repeat(1_100_000) }))))).toBe('413 REQUEST_TOO_LARGE')
    expect(codeOf(await send('Admin', 'POST', '/api/v1/accounts', '<a/>', { 'content-type': 'text/xml' }))).toBe('415 REQUEST_MEDIA_TYPE')
  })
  test.each([
    ['name: A\ntemplate: data_leak\n', 'there is no template'], ['name: [\n', 'line 2'], ['name: *x\n', 'alias'], ['name: A\ntemplate: data_leaks\nscop: 1\n', 'line 3: is not known; the nearest key is "scope"'], ['', 'holds no policy'],
    ['name: A\ntemplate: data_leaks\n---\nname: B\ntemplate: data_leaks\n', 'more than one'], [`a: &a [x]\nb: [${'*a,'.repeat(40)}]\n`, 'alias'],
  ])('a policy of %j', async (text, detail) => {
    const answer = await send('Admin', 'POST', '/api/v1/policies', text, { 'content-type': 'application/yaml' })
    expect(codeOf(answer)).toBe('400 POLICY_INVALID')
    expect(answer.body).toContain(detail.replaceAll('"', '\\"'))
    expect((await at.store.policies()).length).toBe(1)
    expect([await at.audit(), at.done]).toEqual([[], []])
  })
  test('a policy cannot change its template', async () => {
    expect(codeOf(await send('Admin', 'POST', '/api/v1/policies', { name: 'Leaks', template: 'security_policy_violations' }))).toBe('400 POLICY_INVALID')
  })
})

describe('two who decide at once', () => {
  fresh()
  const patch = (body: object, revision?: string) => send('Analyst', 'PATCH', '/api/v1/alerts/al_1', body, revision === undefined ? {} : { 'if-match': revision })
  test('must say what they saw, and the second is told that it is old', async () => {
    expect(codeOf(await patch({ status: 'confirmed' }))).toBe('428 REVISION_REQUIRED')
    expect(codeOf(await patch({ status: 'confirmed' }, 'abc'))).toBe('428 REVISION_REQUIRED')
    const first = await patch({ status: 'confirmed' }, '"1"')
    expect([first.statusCode, first.headers['etag']]).toEqual([200, '"2"'])
    expect(codeOf(await patch({ status: 'resolved' }, '"1"'))).toBe('412 REVISION_CONFLICT')
    expect((await at.store.alert('al_1'))?.status).toBe('confirmed')
  })
  test('at the same moment, one wins', async () => {
    const answers = await Promise.all(Array.from({ length: 6 }, () => patch({ status: 'dismissed', reason: 'not_impactful', note: 'n' }, '"1"')))
    expect(answers.map((answer) => answer.statusCode).toSorted((a, b) => a - b)).toEqual([200, 412, 412, 412, 412, 412])
    expect((await at.audit()).filter((entry) => entry === 'alert.dismissed alert').length).toBe(1)
  })
  test('a decision that the state does not allow is refused, and a dismissal needs its reason and note', async () => {
    await patch({ status: 'resolved' }, '"1"')
    expect(codeOf(await patch({ status: 'confirmed' }, '"2"'))).toBe('409 ALERT_TRANSITION')
    for (const body of [{ status: 'dismissed' }, { status: 'dismissed', reason: 'because', note: 'n' }, { status: 'dismissed', reason: 'not_impactful', note: '' }, {}, { status: 'gone' }, { status: 'confirmed', assigneeId: 'a_1' }]) expect(codeOf(await patch(body, '"2"'))).toBe('400 REQUEST_INVALID')
    expect(codeOf(await patch({ assigneeId: 'a_none' }, '"2"'))).toBe('404 NOT_FOUND')
  })
  test('a closed alert is not opened beside its successor', async () => {
    await patch({ status: 'resolved' }, '"1"')
    await at.store.write((tx) => tx.saveAlert(buildAlert({ id: 'al_2' })))
    expect(codeOf(await patch({ status: 'needs_review' }, '"2"'))).toBe('409 ALERT_TRANSITION')
    expect((await at.store.alert('al_1'))?.status).toBe('resolved')
  })
  test('the last administrator stays one', async () => {
    const change = (body: object) => send('Admin', 'PATCH', '/api/v1/accounts/a_Admin', body)
    expect(codeOf(await change({ disabled: true }))).toBe('409 LAST_ADMIN')
    expect(codeOf(await change({ roles: ['Analyst'] }))).toBe('409 LAST_ADMIN')
    expect((await at.store.account('a_Admin'))?.roles).toEqual(['Admin'])
  })
})

describe('every look at a person and every change is written down', () => {
  fresh()
  test.each<[Role, 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE', string, unknown, string]>([
    ['Analyst', 'GET', '/api/v1/alerts/al_1', undefined, 'alert.viewed alert'], ['Analyst', 'GET', '/api/v1/users/u_1', undefined, 'user.viewed user'], ['Analyst', 'GET', '/api/v1/users/u_1/chart', undefined, 'user.viewed user'], ['Analyst', 'GET', '/api/v1/activities', undefined, 'activities.listed organisation'],
    ['Analyst', 'GET', '/api/v1/activities?userId=u_1', undefined, 'activities.listed user'], ['Investigator', 'GET', '/api/v1/users?search=alice', undefined, 'user.searched user'], ['Investigator', 'POST', '/api/v1/users/u_1/reveal', { reason: 'case 14' }, 'user.revealed user'], ['Auditor', 'GET', '/api/v1/audit', undefined, 'audit.viewed audit'],
    ['Admin', 'POST', '/api/v1/policies', { name: 'P', template: 'data_leaks' }, 'policy.created policy'], ['Admin', 'POST', '/api/v1/policies', { name: 'Leaks', template: 'data_leaks', status: 'paused' }, 'policy.changed policy'], ['Admin', 'DELETE', '/api/v1/policies/p_1', undefined, 'policy.deleted policy'],
    ['Admin', 'POST', '/api/v1/policies/preview', { name: 'P', template: 'data_leaks' }, 'policy.previewed policy'], ['Admin', 'POST', '/api/v1/devices/d_1/revoke', undefined, 'device.revoked device'], ['Admin', 'POST', '/api/v1/enrolment-codes', {}, 'enrolment_code.created enrolment_code'],
    ['Admin', 'POST', '/api/v1/accounts', { name: 'new', password: PASSWORD, roles: ['Analyst'] }, 'account.created account'], ['Admin', 'PATCH', '/api/v1/accounts/a_Analyst', { disabled: true }, 'account.changed account'], ['Admin', 'DELETE', '/api/v1/session', undefined, 'session.ended account'],
    ['Admin', 'PUT', '/api/v1/groups/default/settings', { roots: [], excludes: [], removableRoots: [], networkShareRoots: [], cloudSyncRoots: [], hashLimitBytes: 1, pollIntervalSecs: 5, heartbeatIntervalSecs: 30, spoolMaxBytes: 1_048_576 }, 'group.changed group'],
  ])('%s %s %s', async (role, method, url, body, entry) => {
    const answer = method === 'GET' ? await get(role, url) : await send(role, method, url, body, { 'if-match': '*' })
    expect(answer.statusCode).toBeLessThan(300)
    expect(await at.audit()).toContain(entry)
    for (const written of (await at.store.auditEntries({ limit: 10 })).items) {
      expect(written.actorId).toBe(`a_${role}`)
      expect(`${written.detail} ${written.targetId}`).not.toContain('alice')
    }
  })
  test('what cannot be written down does not happen', async () => {
    await at.close()
    at = await openTestApp((store) => ({
      store: { ...store, write: (work) => store.write((tx) => work({ ...tx, appendAudit: async () => { throw new Error('no room for the entry') } })) },
    }))
    await at.store.write(async (tx) => {
      await tx.saveUser(buildUser())
      await tx.saveAlert(buildAlert())
    })
    const answers = [await get('Analyst', '/api/v1/alerts/al_1'), await send('Investigator', 'POST', '/api/v1/users/u_1/reveal', { reason: 'case 14' }), await send('Analyst', 'PATCH', '/api/v1/alerts/al_1', { status: 'confirmed' }, { 'if-match': '"1"' }), await send('Admin', 'POST', '/api/v1/policies', { name: 'P', template: 'data_leaks' })]
    expect(answers.map(codeOf)).toEqual(Array.from({ length: 4 }, () => '500 INTERNAL'))
    expect(answers.every((answer) => !/alice|no room/.test(answer.body))).toBe(true)
    expect([(await at.store.alert('al_1'))?.status, (await at.store.policies()).length]).toEqual(['needs_review', 0])
  })
})

describe('names', () => {
  fresh()
  test('a search by name finds nobody for whoever may not see names', async () => {
    for (const search of ['alice', 'ALICE', 'u_1', 'anon-x']) expect((await get('Analyst', `/api/v1/users?search=${search}`)).json<{ items: unknown[] }>().items).toEqual([])
    expect(await at.audit()).toEqual([])
    await at.store.write((tx) => tx.saveUser(buildUser({ id: 'u_2', pseudonym: 'ANON-ABCDEFG', identities: [] })))
    expect((await get('Analyst', '/api/v1/users?search=ANON-ABCDEFG')).json<{ items: unknown[] }>().items.length).toBe(1)
  })
  test('who has a session on a device is shown by pseudonym', async () => {
    const report = { receivedAtMs: 7, sentAtMs: 6, agentVersion: '1', hostname: 'lt-1', os: 'linux', osVersion: '', kernel: '', uptimeSecs: 1, elevated: true, sensors: [], spool: { epoch: EPOCH, lastSeq: 1, ackedSeq: 1, bytes: 0, maxBytes: 1, dropped: 0 }, policy: { runningVersion: 1, runningHash: '', refusedVersion: 0, refusedReason: '' }, usage: { rssBytes: 1, cpuMillis: 1 }, sessionAccounts: ['alice', 'Alice', 'stranger', 'CORP\\alice'] }
    await at.store.write((tx) => tx.saveReport('d_1', report))
    expect((await get('Analyst', '/api/v1/devices/d_1')).json<{ sessionAccounts: string[] }>().sessionAccounts).toEqual(['ANON-AAAAAA1', 'ANON-AAAAAA1', 'ANON', 'ANON'])
  })
})

describe('signing in', () => {
  fresh()
  const signIn = (name: string, password: string, headers: Readonly<Record<string, string>> = {}) => at.app.inject({ method: 'POST', url: '/api/v1/session', headers: { 'content-type': 'application/json', ...headers }, payload: JSON.stringify({ name, password }) })
  test('gives a cookie that no script and no other site can use', async () => {
    const answer = await signIn('analyst', PASSWORD)
    expect(answer.statusCode).toBe(200)
    expect(answer.headers['set-cookie']).toMatch(/^__Host-holdfast=[\w-]{43}; Path=\/; HttpOnly; Secure; SameSite=Strict$/)
    expect(await at.audit()).toEqual(['session.created account'])
  })
  test('says the same for a wrong name, a wrong password and a disabled account, and each is written down', async () => {
    await send('Admin', 'PATCH', '/api/v1/accounts/a_Analyst', { disabled: true })
    const answers = [await signIn('nobody', PASSWORD), await signIn('admin', 'wrong'), await signIn('analyst', PASSWORD)]
    expect(new Set(answers.map((answer) => JSON.stringify({ ...answer.json<Problem>(), requestId: '' }))).size).toBe(1)
    expect(answers.map(codeOf)).toEqual(['401 SIGN_IN_REFUSED', '401 SIGN_IN_REFUSED', '401 SIGN_IN_REFUSED'])
    expect((await at.audit()).filter((entry) => entry.startsWith('session.refused')).length).toBe(3)
  })
  test('ten wrong tries shut the account for this address, all at once or one by one, and time opens it', async () => {
    const answers = await Promise.all(Array.from({ length: 14 }, () => signIn('admin', 'wrong')))
    expect(answers.filter((answer) => answer.statusCode === 401).length).toBe(10)
    const refused = await signIn('ADMIN', PASSWORD)
    expect(codeOf(refused)).toBe('429 TOO_MANY_TRIES')
    expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0)
    at.nowMs += 900_000
    expect((await signIn('admin', PASSWORD)).statusCode).toBe(200)
  })
  test('from another site is refused', async () => {
    expect(codeOf(await signIn('admin', PASSWORD, { origin: 'https://evil.example' }))).toBe('403 CSRF_REFUSED')
  })
  test('a session of an account that lost a role ends', async () => {
    await send('Admin', 'PATCH', '/api/v1/accounts/a_Analyst', { roles: ['Read-only'] })
    expect(codeOf(await get('Analyst', '/api/v1/me'))).toBe('401 SESSION_REQUIRED')
  })
})

describe('the first account', () => {
  fresh()
  test('needs the code, and is made once', async () => {
    await at.close()
    at = await openTestApp()
    const setUp = (setupCode: string) => at.app.inject({ method: 'POST', url: '/api/v1/setup', headers: { 'content-type': 'application/json' }, payload: JSON.stringify({ setupCode, name: 'eve', password: PASSWORD }) })
    // No code was ever made here, and there are accounts already.
    expect(codeOf(await setUp('0123456789abcdef'))).toBe('403 SETUP_REFUSED')
  })
})

describe('the command line on the same machine', () => {
  fresh()
  const local = (token: string, remoteAddress = '127.0.0.1') => at.app.inject({ method: 'GET', url: '/api/v1/alerts/al_1', headers: { authorization: `Bearer ${token}`, 'x-holdfast-account': 'root' }, remoteAddress })
  test('acts with every role, under its own name', async () => {
    expect((await local(LOCAL_TOKEN)).statusCode).toBe(200)
    expect((await at.store.auditHead())?.actorName).toBe('local:root')
  })
  test('has no power from another machine, or with another token', async () => {
    expect(codeOf(await local(LOCAL_TOKEN, '192.0.2.7'))).toBe('401 SESSION_REQUIRED')
    expect(codeOf(await local(`${LOCAL_TOKEN}x`))).toBe('401 SESSION_REQUIRED')
  })
})

describe('quarantine', () => {
  fresh()
  test('a message is taken once it can be, by its own number however old it is, and written down with it', async () => {
    await at.store.write(async (tx) => {
      await tx.quarantine({ atMs: 1, subject: 'hf.v1.activity.d_1', reason: 'DECODE_FAILED', detail: '', bytes: encodeBatch(13, [encodeActivity()]) })
      for (let index = 0; index < 600; index += 1) await tx.quarantine({ atMs: 1, subject: 'hf.v1.activity.d_1', reason: 'DECODE_FAILED', detail: '', bytes: Uint8Array.from([255, index >> 8, index & 255]) })
    })
    const replay = (id: number | string) => send('Admin', 'POST', `/api/v1/quarantine/${id}/replay`)
    expect((await replay(1)).json()).toEqual({ stored: 1, duplicates: 0 })
    expect((await replay(1)).json()).toEqual({ stored: 0, duplicates: 1 })
    expect(codeOf(await replay(2))).toBe('409 QUARANTINE_REFUSED')
    expect(codeOf(await replay(9999))).toBe('404 NOT_FOUND')
    expect(codeOf(await replay('x'))).toBe('400 REQUEST_INVALID')
    expect(await at.audit()).toEqual(['quarantine.replayed quarantine', 'quarantine.replayed quarantine'])
    expect((await at.store.quarantinedById(1))?.replayedAtMs).toBe(MONDAY_MS)
  })
})

describe('every answer', () => {
  shared()
  test.each(['/', '/api/v1/setup', '/api/v1/nothing', '/docs'])('of %s carries the headers that keep a page in', async (url) => {
    const { headers } = await at.app.inject(url)
    expect(headers['content-security-policy']).toContain("frame-ancestors 'none'")
    expect(headers['content-security-policy']).toContain("object-src 'none'")
    expect(headers).toMatchObject({ 'x-content-type-options': 'nosniff', 'referrer-policy': 'no-referrer', 'cache-control': 'no-store' })
    expect(headers['strict-transport-security']).toContain('max-age=')
  })
  test('has a nonce of its own', async () => {
    const nonces = await Promise.all([1, 2].map(async () => /'nonce-([^']+)'/.exec(String((await at.app.inject('/')).headers['content-security-policy']))?.[1]))
    expect(nonces[0]).not.toBe(nonces[1])
  })
})
