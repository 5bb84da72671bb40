import { generateKeyPairSync } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { AddressInfo } from 'node:net'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { WebSocket } from 'ws'
import type { Role } from '../../access/permissions.ts'
import { ROLE_NAMES } from '../../access/permissions.ts'
import { routeRules } from '../../access/routes.ts'
import { verifyAudit } from '../../audit/chain.ts'
import { verifyExported } from '../../audit/exported.ts'
import { countInsights, mergeInsights } from '../../domain/risk/count.ts'
import { createRetention } from '../../privacy/retention.ts'
import { repeatErasures } from '../../privacy/erasure.ts'
import { expireRequests } from '../../privacy/requests.ts'
import { savePrivacySettings } from '../../privacy/settings.ts'
import { buildAlert, buildDevice, buildPolicy, buildRun, buildTrigger, buildUser, DAY_MS, encodeActivity, EPOCH, MONDAY_MS } from '../../testing/builders.ts'
import { openTestApp, type TestApp } from '../../testing/test-app.ts'
import type { AuditPage, LooksView, PrivacyRequestPage, PrivacyRequestView, RetentionRunView, RetentionView, RevealedView } from '../contract.ts'
import type { Problem } from '../primitives.ts'

const HOUR_MS = 3_600_000
const { privateKey, publicKey } = generateKeyPairSync('ed25519')

/** A name that stands nowhere by chance. */
const NAME = 'Zephyrine Quaxelthorpe'
const FOUND = /zephyrine|quaxelthorpe|zquaxel/i
const strange = buildUser({
  displayName: NAME, email: 'zephyrine.quaxelthorpe@example.com',
  identities: [{ kind: 'account', value: 'corp\\zquaxelthorpe' }, { kind: 'email', value: 'zephyrine.quaxelthorpe@example.com' }, { kind: 'upn', value: 'zquaxelthorpe@corp.example' }],
})
const other = buildUser({ id: 'u_2', pseudonym: 'ANON-BBBBBB2', displayName: 'Bo Li', identities: [{ kind: 'account', value: 'boli' }] })

let at: TestApp
let folder: string
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'holdfast-privacy-'))
  at = await openTestApp((store) => ({ installationKey: privateKey, anchorsPath: join(folder, 'anchors.jsonl'), erasuresPath: join(folder, 'erasures.jsonl'), retention: createRetention({ store, now: () => at.nowMs, key: privateKey }) }))
})
afterEach(async () => {
  await at.close()
  rmSync(folder, { recursive: true })
})

const call = async <T>(role: Role, method: 'GET' | 'POST' | 'PUT' | 'DELETE' | 'PATCH', url: string, body?: unknown, headers: Readonly<Record<string, string>> = {}) => {
  const answer = await at.app.inject({ method, url, headers: { ...at.as(role), ...headers, ...(body === undefined ? {} : { 'content-type': 'application/json' }) }, ...(body === undefined ? {} : { payload: JSON.stringify(body) }) })
  return { status: answer.statusCode, text: answer.body, headers: answer.headers, json: (answer.headers['content-type']?.toString().match(/^application\/(?:problem\+)?json/) != null ? answer.json() : undefined) as T }
}
const codeOf = (answer: { readonly json: unknown }): string => (answer.json as Problem).code

/** The strange name everywhere that a name can come from. */
async function seed(): Promise<void> {
  await at.store.write(async (tx) => {
    await tx.saveDevice(buildDevice({ hostname: 'lt-zephyrine-quaxelthorpe' }))
    await tx.saveDevice(buildDevice({ id: 'd_2', hardwareId: 'b'.repeat(64), hostname: 'QUAXELTHORPES-MACBOOK' }))
    await tx.saveUser(strange)
    await tx.saveUser(other)
    await tx.savePolicy(buildPolicy())
    await tx.saveTriggers([buildTrigger()])
    const bodies = [
      { destination: { path: '/media/stick/ZephyrineQuaxelthorpe-CV.pdf', sizeBytes: 1000, location: 2 }, source: { path: 'C:\\Users\\zquaxelthorpe\\Desktop\\Offer Zephyrine.docx', sizeBytes: 1, location: 1 } },
      { destination: { path: '/home/zquaxelthorpe/.cache/zephyrine%20quaxelthorpe/x', sizeBytes: 1, location: 2 } },
    ].map((detail) => encodeActivity({ detail, account: 'zquaxelthorpe' }))
    const run = buildRun(1, 2)
    await tx.ingest([{ ...run, activities: run.activities.map((row, index) => ({ ...row, body: bodies[index] ?? row.body })) }], countInsights, mergeInsights)
    // Somebody else's file with the strange name in it.
    const theirs = buildRun(3, 1, { userId: 'u_2' })
    await tx.ingest([{ ...theirs, activities: theirs.activities.map((row) => ({ activity: row.activity, body: encodeActivity({ account: 'boli', detail: { destination: { path: '/media/stick/Mail to zephyrine.quaxelthorpe@example.com.eml', sizeBytes: 1, location: 2 } } }) })) }], countInsights, mergeInsights)
    await tx.saveAlert(buildAlert({ note: 'Talked to Zephyrine Quaxelthorpe.', parts: [{ code: 'insight', points: 25, reason: 'Copied: 3 files.', indicator: 'copy_to_removable_media', day: 0, evidence: [`d_1.${EPOCH}.1`, `d_1.${EPOCH}.2`] }] }))
    await tx.saveAlert(buildAlert({ id: 'al_2', userId: 'u_2', parts: [{ code: 'insight', points: 25, reason: 'Copied.', indicator: 'copy_to_removable_media', day: 0, evidence: [`d_1.${EPOCH}.3`] }] }))
    await tx.appendAlertHistory({ alertId: 'al_1', atMs: MONDAY_MS, actorId: 'analyst', what: 'status', note: 'Zephyrine Quaxelthorpe says it was hers' })
    await tx.saveCase({ id: 'cs_1', name: 'Quaxelthorpe leaves', userId: 'u_1', status: 'closed', openedAtMs: MONDAY_MS, openedBy: 'a_Analyst', contributors: [], updatedAtMs: MONDAY_MS, updatedBy: 'a_Analyst', revision: 1, resolution: { outcome: 'benign', reason: 'Zephyrine explained it', atMs: MONDAY_MS, by: 'a_Analyst' } })
    await tx.appendCaseNote({ id: 'cn_1', caseId: 'cs_1', atMs: MONDAY_MS, authorId: 'a_Analyst', kind: 'note', text: 'Met Zephyrine Quaxelthorpe (zquaxelthorpe)' })
    await tx.quarantine({ atMs: MONDAY_MS, subject: 'hf.v1.activity.d_1', reason: 'INVALID', detail: 'bad', bytes: Buffer.from('x CORP\\zquaxelthorpe corp\\zquaxelthorpe x') })
  })
}

const NEEDS: Readonly<Record<string, string>> = {
  '/api/v1/audit/export': '?format=csv', '/api/v1/audit/who-looked-at': '?identity=zephyrine.quaxelthorpe@example.com', '/api/v1/users/:id/report': '?from=2026-02-01&to=2026-03-03', '/api/v1/alerts/export': '?format=csv', '/api/v1/activities/export': '?format=csv',
}
/** Addresses that hold an id, with the ids of the strange person's things. */
const filled = (path: string): string =>
  path.replace('/users/:id', '/users/u_1').replace('/alerts/:id', '/alerts/al_1').replace('/cases/:id', '/cases/cs_1').replace('/devices/:id', '/devices/d_1').replace('/policies/:id', '/policies/p_1').replace('/groups/:name', '/groups/default').replace('/connectors/:id', '/connectors/hr').replace(/:\w+/g, 'none')

describe('a name that is hidden', () => {
  test('stands in no answer of any route to any role, in no export, header, error or live message', async () => {
    await seed()
    await at.app.listen({ host: '127.0.0.1', port: 0 })
    const { port } = at.app.server.address() as AddressInfo
    const heard: string[] = []
    const sockets = ROLE_NAMES.map((role) => {
      const socket = new WebSocket(`ws://127.0.0.1:${port}/api/v1/live`, { headers: { cookie: at.as(role)['cookie'] ?? '' } })
      socket.on('message', (data: Buffer) => heard.push(data.toString()))
      return socket
    })
    await Promise.all(sockets.map((socket) => new Promise((resolve) => void socket.once('message', resolve))))
    const leaks: string[] = []
    for (const route of Object.keys(routeRules).filter((name) => name.startsWith('GET /api/') && name !== 'GET /api/v1/live')) {
      const path = route.slice(4)
      for (const role of ROLE_NAMES) {
        const answer = await call(role, 'GET', `${filled(path)}${NEEDS[path] ?? ''}`)
        if (FOUND.test(answer.text) || FOUND.test(JSON.stringify(answer.headers))) leaks.push(`${role} ${route}`)
      }
    }
    for (const [method, url, body] of [
      ['POST', '/api/v1/users/u_1/triggers', { days: 14, reason: `${NAME} gave notice` }], ['POST', '/api/v1/erasures', { identity: 'zephyrine.quaxelthorpe@example.org', reasonKind: 'other', reason: NAME }], ['POST', '/api/v1/alerts/al_1/what-if', { alertVolume: 'fewer' }],
      ['POST', '/api/v1/users/u_1/dismissed-activities', { activityIds: [`d_1.${EPOCH}.1`], reason: `a backup of ${NAME}` }],
    ] as const) for (const role of ROLE_NAMES) {
      const answer = await call(role, method, url, body)
      if (FOUND.test(answer.text.replace(/"note":"[^"]*"/g, ''))) leaks.push(`${role} ${method} ${url}`)
    }
    at.live.publish({ topic: 'alert.updated', alertId: 'al_1', severity: 'low', userId: 'u_1' })
    await at.store.write(async () => {})
    for (const socket of sockets) socket.terminate()
    expect(leaks).toEqual([])
    expect(heard.filter((message) => FOUND.test(message))).toEqual([])
    expect(heard.length).toBeGreaterThanOrEqual(ROLE_NAMES.length)
  })
  test('cannot be found out by searching for it', async () => {
    await seed()
    for (const role of ['Analyst', 'Read-only'] as const) expect((await call<{ items?: unknown[] }>(role, 'GET', `/api/v1/users?search=zquaxelthorpe`)).json.items ?? []).toEqual([])
    await at.store.write((tx) => savePrivacySettings(tx, { value: { revealNeedsSecond: true, revealHours: 4, erasureNeedsSecond: true, requestHours: 24 }, revision: 1 }))
    expect((await call<{ items: unknown[] }>('Investigator', 'GET', `/api/v1/users?search=zephyrine.quaxelthorpe@example.com`)).json.items).toEqual([])
  })
})

describe('seeing a name', () => {
  beforeEach(seed)
  const ask = (role: Role = 'Investigator', reason = 'case 14') => call<RevealedView>(role, 'POST', '/api/v1/users/u_1/reveal', { kind: 'case_work', reason })
  const secondNeeded = () => at.store.write((tx) => savePrivacySettings(tx, { value: { revealNeedsSecond: true, revealHours: 4, erasureNeedsSecond: true, requestHours: 24 }, revision: 1 }))

  test('needs a reason, shows the name everywhere to that account alone, and ends by itself', async () => {
    expect((await call('Investigator', 'POST', '/api/v1/users/u_1/reveal', { kind: 'case_work', reason: '  ' })).status).toBe(400)
    const { status, json } = await ask()
    expect([status, json.displayName, json.request.state]).toEqual([200, NAME, 'live'])
    const alert = await call<{ user: { displayName?: string } }>('Investigator', 'GET', '/api/v1/alerts/al_1')
    expect(alert.json.user.displayName).toBe(NAME)
    expect((await call('Analyst', 'GET', '/api/v1/alerts/al_1')).text).not.toMatch(FOUND)
    at.nowMs += 4 * HOUR_MS
    await at.store.write(async (tx) => {
      for (const session of [at.tokenOf('Investigator')]) expect(session).not.toBe('')
      await tx.saveSetting('x', 'x')
    })
    const entries = await at.store.write((tx) => expireRequests(tx, at.nowMs))
    expect(entries.map((request) => request.state)).toEqual(['live'])
    expect(await at.store.liveReveals('a_Investigator', at.nowMs)).toEqual([])
    expect(await at.audit()).toContain('user.reveal_expired user')
  })
  test('is over by the clock, before anything wrote that down', async () => {
    await ask()
    expect(await at.store.liveReveals('a_Investigator', at.nowMs + 4 * HOUR_MS - 1)).toHaveLength(1)
    expect(await at.store.liveReveals('a_Investigator', at.nowMs + 4 * HOUR_MS)).toEqual([])
  })
  test('can be ended early, by the account itself', async () => {
    const { json } = await ask()
    expect((await call<PrivacyRequestView>('Analyst', 'DELETE', `/api/v1/privacy-requests/${json.request.id}`)).status).toBe(404)
    expect((await call<PrivacyRequestView>('Investigator', 'DELETE', `/api/v1/privacy-requests/${json.request.id}`)).json.state).toBe('ended')
    expect((await call('Investigator', 'GET', '/api/v1/alerts/al_1')).text).not.toMatch(FOUND)
    expect(codeOf(await call('Investigator', 'DELETE', `/api/v1/privacy-requests/${json.request.id}`))).toBe('REQUEST_OVER')
  })
  test('with a second person shows nothing until somebody else has agreed', async () => {
    await secondNeeded()
    const { status, json, text } = await ask('Investigator', `${NAME} resigned`)
    expect([status, json.request.state, FOUND.test(text)]).toEqual([202, 'pending', false])
    expect((await call('Investigator', 'GET', '/api/v1/alerts/al_1')).text).not.toMatch(FOUND)
    const queue = await call<PrivacyRequestPage>('Approver', 'GET', '/api/v1/privacy-requests?state=pending')
    expect([queue.json.items.length, queue.json.items[0]?.isOwn, FOUND.test(queue.text)]).toEqual([1, false, false])
    expect((await call('Investigator', 'POST', `/api/v1/privacy-requests/${json.request.id}/decision`, { grant: true })).status).toBe(403)
    expect((await call<PrivacyRequestView>('Approver', 'POST', `/api/v1/privacy-requests/${json.request.id}/decision`, { grant: true, note: 'yes' })).json.state).toBe('live')
    expect((await call<{ user: { displayName?: string } }>('Investigator', 'GET', '/api/v1/alerts/al_1')).json.user.displayName).toBe(NAME)
    expect(codeOf(await call('Approver', 'POST', `/api/v1/privacy-requests/${json.request.id}/decision`, { grant: false }))).toBe('REQUEST_OVER')
  })
  test('is granted by nobody to themselves, and by nobody too late', async () => {
    await secondNeeded()
    const account = await at.store.account('a_Investigator')
    await at.store.write((tx) => tx.saveAccount({ ...account!, roles: ['Investigator', 'Approver'] }))
    const { json } = await ask()
    expect(codeOf(await call('Investigator', 'POST', `/api/v1/privacy-requests/${json.request.id}/decision`, { grant: true }))).toBe('SECOND_PERSON')
    const pending = await at.store.privacyRequest(json.request.id)
    await at.store.write((tx) => tx.savePrivacyRequest({ ...pending!, decideByMs: at.nowMs }))
    expect(codeOf(await call('Approver', 'POST', `/api/v1/privacy-requests/${json.request.id}/decision`, { grant: true }))).toBe('REQUEST_OVER')
  })
  test('does not happen when the audit log cannot be written', async () => {
    at.store.write = async () => Promise.reject(new Error('disk full'))
    const { status, text } = await ask()
    expect([status, FOUND.test(text)]).toEqual([500, false])
    expect((await call('Analyst', 'GET', '/api/v1/alerts')).status).toBe(500)
    expect((await call('Auditor', 'GET', '/api/v1/audit/export?format=csv')).status).toBe(500)
  })
})

describe('the audit log', () => {
  beforeEach(seed)
  test('names who looked at somebody, with words sealed in the store and opened for the auditor', async () => {
    await call('Investigator', 'POST', '/api/v1/users/u_1/reveal', { kind: 'safety', reason: 'Quaxelthorpe was threatened' })
    await call('Analyst', 'GET', '/api/v1/alerts')
    await call('Analyst', 'GET', '/api/v1/alerts')
    const stored = (await at.store.auditEntries({ limit: 500 })).items
    expect(stored.filter((entry) => FOUND.test(entry.detail))).toEqual([])
    const page = await call<AuditPage>('Auditor', 'GET', '/api/v1/audit?subject=zephyrine.quaxelthorpe@example.com')
    expect(page.json.items.map((entry) => entry.action)).toEqual(['alerts.seen', 'user.revealed'])
    expect(page.json.items[1]).toMatchObject({ category: 'users', roles: ['Investigator'], detail: { reason: 'ANON-AAAAAA1 was threatened' }, subjects: [{ pseudonym: 'ANON-AAAAAA1' }] })
    const looks = await call<LooksView>('Auditor', 'GET', '/api/v1/audit/who-looked-at?user=u_1')
    expect([looks.json.total, looks.json.people, looks.json.byRole.map(({ role }) => role).toSorted()]).toEqual([2, 2, ['Analyst', 'Investigator']])
  })
  test('filters by category, actor, target and time', async () => {
    await call('Investigator', 'POST', '/api/v1/users/u_1/reveal', { reason: 'case 14' })
    await call('Admin', 'PUT', '/api/v1/settings/privacy', { revealNeedsSecond: true, revealHours: 2, erasureNeedsSecond: true, requestHours: 24 }, { 'if-match': '"0"' })
    const actions = async (query: string) => (await call<AuditPage>('Auditor', 'GET', `/api/v1/audit?${query}`)).json.items.map((entry) => entry.action)
    expect(await actions('category=settings')).toEqual(['settings.privacy_changed'])
    expect(await actions('actor=investigator')).toEqual(['user.revealed'])
    expect(await actions('target=u_1')).toEqual(['user.revealed'])
    expect(await actions(`to=${new Date(MONDAY_MS).toISOString()}`)).toEqual([])
    expect((await call('Auditor', 'GET', '/api/v1/audit?category=nothing')).status).toBe(400)
    const [entry] = (await call<AuditPage>('Auditor', 'GET', '/api/v1/audit?action=settings.privacy_changed')).json.items
    expect([entry?.before, entry?.after]).toMatchObject([{ revealNeedsSecond: false }, { revealNeedsSecond: true, revealHours: 2 }])
  })
  test('leaves as a file that verifies where no server is, and betrays every change', async () => {
    for (let index = 0; index < 5; index += 1) await call('Auditor', 'GET', '/api/v1/audit')
    const path = join(folder, 'audit.jsonl')
    const text = (await call('Auditor', 'GET', '/api/v1/audit/export?format=jsonl')).text
    writeFileSync(path, text)
    const head = await at.store.auditHead()
    expect(await verifyExported(path)).toMatchObject({ ok: true, entries: head?.seq, head: head?.hash })
    const lines = text.trim().split('\n')
    const broken = async (changed: readonly string[], anchors: { seq: number; hash: string }[] = []) => {
      writeFileSync(path, `${changed.join('\n')}\n`)
      return verifyExported(path, { anchors }).then(({ ok, firstBadSeq }) => [ok, firstBadSeq])
    }
    expect(await broken(lines.map((line, index) => (index === 3 ? line.replace('"actorName":"auditor"', '"actorName":"nobody"') : line)))).toEqual([false, 3])
    expect(await broken(lines.filter((_, index) => index !== 3))).toEqual([false, 4])
    expect(await broken([lines[0] ?? '', lines[2] ?? '', lines[1] ?? '', ...lines.slice(3)])).toEqual([false, 2])
    expect(await broken(lines.slice(0, -1))).toEqual([false, 6])
    const { head: _head, ...bare } = JSON.parse(lines[0] ?? '') as Record<string, unknown>
    expect(await broken([JSON.stringify(bare), ...lines.slice(1, -2)], [{ seq: head?.seq ?? 0, hash: head?.hash ?? '' }])).toEqual([false, 5])
    const csv = await call('Auditor', 'GET', '/api/v1/audit/export?format=csv&category=audit')
    expect([csv.headers['content-disposition'], csv.text.split('\r\n')[0]]).toEqual(['attachment; filename="audit-log-2026-03-02.csv"', 'seq,at,category,action,actor,actor_id,roles,target_kind,target_id,subjects,detail,before,after,hash'])
  })
  test('is shortened up to a signed checkpoint, says so, and the rest still verifies', async () => {
    await call('Analyst', 'GET', '/api/v1/alerts/al_2')
    for (let index = 0; index < 3; index += 1) await call('Auditor', 'GET', '/api/v1/audit')
    const first = (await at.store.auditHead())?.seq ?? 0
    at.nowMs += 200 * DAY_MS
    const retention = createRetention({ store: at.store, now: () => at.nowMs, key: privateKey })
    await retention.daily()
    expect((await at.store.auditEntries({ limit: 1, ascending: true })).items[0]?.seq).toBe(first + 1)
    expect(await verifyAudit(at.store, [], publicKey)).toMatchObject({ ok: true, checkpoint: { seq: first, signed: 'good' } })
    expect((await at.audit()).some((line) => line.startsWith('audit.pruned'))).toBe(true)
    const stranger = generateKeyPairSync('ed25519').publicKey
    expect(await verifyAudit(at.store, [], stranger)).toMatchObject({ ok: false, problem: expect.stringContaining('not signed by this installation') as string })
    const [checkpoint] = [await at.store.auditCheckpoint()]
    expect(await verifyAudit(at.store, [{ seq: checkpoint?.seq ?? 0, hash: 'f'.repeat(64) }], publicKey)).toMatchObject({ ok: false })
  })
  test('cannot be shortened past a checkpoint, by any statement', async () => {
    await call('Auditor', 'GET', '/api/v1/audit')
    await expect(at.store.write((tx) => tx.pruneAudit(100))).resolves.toBe(0)
    expect((await at.store.auditHead())?.seq).toBeGreaterThan(0)
  })
})

describe('keeping no longer than said', () => {
  beforeEach(seed)
  const view = async () => (await call<RetentionView>('Admin', 'GET', '/api/v1/settings/retention')).json
  const line = (found: RetentionView, cls: string) => found.lines.find((one) => one.cls === cls)
  const session = () => at.store.write(async (tx) => {
    for (const role of ['Admin', 'Auditor'] as const) {
      const { openSession } = await import('../../access/sessions.ts')
      const account = await tx.account(`a_${role}`)
      tokens.set(role, await openSession(tx, account!, { address: '127.0.0.1', userAgent: 'test' }, at.nowMs))
    }
  })
  const tokens = new Map<Role, string>()

  test('has the published defaults, and a dry run that changes nothing', async () => {
    const found = await view()
    expect(['alerts_needing_review', 'cases_resolved', 'audit'].map((cls) => line(found, cls)?.days)).toEqual([120, 120, 180])
    expect(found.lines.every((one) => one.due === 0)).toBe(true)
    expect((await call('Admin', 'PUT', '/api/v1/settings/retention', { days: { audit: 5 } }, { 'if-match': '"0"' })).status).toBe(400)
  })
  test('takes away what is old in small steps, keeps what a hold or an active case keeps, and says so', async () => {
    await at.store.write((tx) => tx.placeHold({ id: 'lh_1', userId: 'u_2', reason: 'court', byId: 'a_Admin', atMs: at.nowMs }))
    at.nowMs += 400 * DAY_MS
    const retention = createRetention({ store: at.store, now: () => at.nowMs, key: privateKey })
    await retention.daily()
    const [run] = await at.store.retentionRuns(1)
    expect(run).toMatchObject({ state: 'done', removed: { cases_resolved: 1, alerts_needing_review: 1, activities: 2 }, held: { alerts_needing_review: 1, activities: 1 } })
    expect(await at.store.alert('al_1')).toBeUndefined()
    expect(await at.store.alert('al_2')).toBeDefined()
    expect((await at.store.activities({ limit: 10 })).items.map((activity) => activity.userId)).toEqual(['u_2'])
    expect(await at.store.case('cs_1')).toBeUndefined()
    expect(await at.audit()).toEqual(expect.arrayContaining(['retention.started retention', 'retention.cleaned retention']))
    await at.store.write((tx) => tx.releaseHold('lh_1', { reason: 'over', byId: 'a_Admin', atMs: at.nowMs }))
    at.nowMs += 2 * DAY_MS
    await retention.daily()
    expect((await at.store.activities({ limit: 10 })).items).toEqual([])
    await session()
  })
  test('runs by hand too, and answers with how far it is', async () => {
    const { status, json } = await call<RetentionRunView>('Admin', 'POST', '/api/v1/retention-runs')
    expect([status, json.state]).toEqual([202, 'running'])
    await expect.poll(async () => (await call<{ items: RetentionRunView[] }>('Admin', 'GET', '/api/v1/retention-runs')).json.items[0]?.state).toBe('done')
  })
})

describe('erasing one person', () => {
  beforeEach(seed)
  const erase = (body: object = { identity: 'zephyrine.quaxelthorpe@example.com' }) => call<{ state: string; request?: string }>('Admin', 'POST', '/api/v1/erasures', { ...body, reasonKind: 'request_of_person', reason: `${NAME} asked for it` })
  const bytesOf = async (): Promise<string> => {
    const path = at.path
    return ['', '-wal'].map((end) => {
      try {
        return readFileSync(`${path}${end}`, 'latin1')
      } catch {
        return ''
      }
    }).join('')
  }

  test('needs a second person, leaves pseudonymous counts, a chain that verifies, and no byte of the name in the files', async () => {
    await call('Investigator', 'POST', '/api/v1/users/u_1/reveal', { reason: `because of ${NAME}` })
    await call('Analyst', 'POST', '/api/v1/users/u_1/triggers', { days: 14, reason: `${NAME} gave notice` })
    expect(FOUND.test(await bytesOf())).toBe(true)
    const counts = (await at.store.insights('u_1', 0, 99_999)).map(({ indicator, events, bytes, files }) => [indicator, events, bytes, files.length])
    const asked = await erase()
    expect([asked.status, asked.json.state]).toEqual([202, 'pending'])
    const done = await call<PrivacyRequestView>('Approver', 'POST', `/api/v1/privacy-requests/${asked.json.request ?? ''}/decision`, { grant: true })
    expect(done.json.state).toBe('done')
    expect(await at.store.user('u_1')).toMatchObject({ pseudonym: 'ANON-AAAAAA1', displayName: 'erased', identities: [], erasedAtMs: at.nowMs })
    expect((await at.store.insights('u_1', 0, 99_999)).map(({ indicator, events, bytes, files }) => [indicator, events, bytes, files.length])).toEqual(counts)
    expect(await at.store.alert('al_1')).toMatchObject({ score: 25, parts: [{ indicator: 'copy_to_removable_media', reason: 'Erased.', evidence: [] }] })
    expect((await at.store.activities({ userId: 'u_1', limit: 10 })).items).toEqual([])
    expect(await at.store.alert('al_2')).toMatchObject({ userId: 'u_2', parts: [{ reason: 'Copied.' }] })
    expect(await verifyAudit(at.store)).toMatchObject({ ok: true })
    const entry = (await call<AuditPage>('Auditor', 'GET', '/api/v1/audit?action=user.revealed')).json.items[0]
    expect([entry?.erased, entry?.detail]).toEqual([true, expect.not.objectContaining({ reason: expect.anything() as string })])
    // Somebody else's file still holds the address: it is theirs.
    const left = (await bytesOf()).match(/.{0,12}(?:zephyrine|quaxelthorpe|zquaxel).{0,24}/gi) ?? []
    expect(left.filter((found) => !found.includes('Mail to zephyrine') && !/^.{0,12}(?:lt-zephyrine-quaxelthorpe|QUAXELTHORPES-MACBOOK)/s.test(found))).toEqual([])
  })
  test('is refused under a hold and with an active case, with the reason, and twice', async () => {
    await at.store.write((tx) => tx.placeHold({ id: 'lh_1', userId: 'u_1', reason: 'court', byId: 'a_Admin', atMs: at.nowMs }))
    const held = await erase()
    expect([held.status, codeOf(held)]).toEqual([409, 'ERASURE_HELD'])
    await at.store.write(async (tx) => {
      await tx.releaseHold('lh_1', { reason: 'over', byId: 'a_Admin', atMs: at.nowMs })
      await tx.saveCase({ id: 'cs_2', name: 'Case', userId: 'u_1', status: 'active', openedAtMs: MONDAY_MS, openedBy: 'a_Analyst', contributors: [], updatedAtMs: MONDAY_MS, updatedBy: 'a_Analyst', revision: 1 })
    })
    expect(codeOf(await erase())).toBe('ERASURE_CASE_ACTIVE')
  })
  test('comes again after a backup from before was restored', async () => {
    writeFileSync(join(folder, 'erasures.jsonl'), `${JSON.stringify({ userId: 'u_1', pseudonym: 'ANON-AAAAAA1', atMs: 1 })}\n{"userId":"u_`)
    expect(await repeatErasures(at.store, join(folder, 'erasures.jsonl'), at.nowMs)).toBe(1)
    expect(await at.store.user('u_1')).toMatchObject({ displayName: 'erased' })
    expect(await repeatErasures(at.store, join(folder, 'erasures.jsonl'), at.nowMs)).toBe(0)
  })
})
