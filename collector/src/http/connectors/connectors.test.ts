import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { verifyAudit } from '../../audit/chain.ts'
import { everything } from '../../testing/connector-imports.ts'
import { openTestApp, type TestApp } from '../../testing/test-app.ts'
import type { Problem } from '../primitives.ts'
import type { ConnectorView, ImportView, TokenCreated } from './schema.ts'

const RESIGNATIONS = 'EmailAddress,ResignationDate,LastWorkingDate\nmara@example.com,2026-02-02,2026-03-31\n'

let at: TestApp
beforeEach(async () => {
  at = await openTestApp()
})
afterEach(() => at.close())

const upload = (id: string, payload: string, query = '', headers: Readonly<Record<string, string>> = at.as('Admin')) =>
  at.app.inject({ method: 'POST', url: `/api/v1/connectors/${id}/imports${query}`, headers: { ...headers, 'content-type': 'text/csv' }, payload })
const makeToken = async (connectors: readonly string[], expiresInSecs = 3600): Promise<TokenCreated> =>
  (await at.app.inject({ method: 'POST', url: '/api/v1/tokens', headers: at.as('Admin'), payload: { name: 'nightly job', connectors, expiresInSecs } })).json<TokenCreated>()
const bearer = (token: string) => ({ authorization: `Bearer ${token}` })

describe('an upload', () => {
  test('is imported, audited without a name, and seen in the list', async () => {
    const answer = await upload('hr', RESIGNATIONS)
    expect(answer.json<ImportView>()).toMatchObject({ connector: 'hr', dryRun: false, totals: { rows: 1, usersCreated: 1, triggers: 2, leavers: 1 } })
    expect(answer.body).not.toMatch(/mara/)
    expect(await at.audit()).toContain('connector.imported connector')
    expect((await verifyAudit(at.store)).ok).toBe(true)
    expect(JSON.stringify((await at.store.auditEntries({ limit: 50 })).items)).not.toMatch(/mara|example\.com/)
    const list = (await at.app.inject({ url: '/api/v1/connectors', headers: at.as('Admin') })).json<{ items: ConnectorView[] }>()
    expect(list.items.find((row) => row.id === 'hr')).toMatchObject({ state: 'working', lastRun: { outcome: 'done', rows: 1 } })
    at.nowMs += 8 * 86_400_000
    const stale = (await at.app.inject({ url: '/api/v1/connectors', headers: { authorization: 'Bearer local-token-of-the-test' } })).json<{ items: ConnectorView[] }>()
    expect(stale.items.find((row) => row.id === 'hr')).toMatchObject({ state: 'stale', warning: expect.stringContaining('more than 7 days') as string })
  })
  test('that is only tried changes nothing, and is in no log', async () => {
    const before = await everything(at.store)
    const audited = await at.audit()
    expect((await upload('hr', RESIGNATIONS, '?dryRun=true')).json<ImportView>()).toMatchObject({ dryRun: true, totals: { triggers: 2 } })
    expect(await everything(at.store)).toEqual(before)
    expect(await at.audit()).toEqual(audited)
  })
  test('that is wrong is refused with each line', async () => {
    const answer = await upload('hr', `${RESIGNATIONS}nils@example.com,someday,\n`)
    expect([answer.statusCode, answer.json<Problem>().code, answer.json<Problem>().errors]).toEqual([400, 'CONNECTOR_FILE_INVALID', [{ pointer: '/lines/3', detail: 'ResignationDate is no time such as 2026-03-02T09:14:00Z' }]])
  })
  test.each([['/api/v1/connectors/none/imports', 404, 'NOT_FOUND'], ['/api/v1/connectors/hr/imports?dryrun=true', 400, 'REQUEST_INVALID'], ['/api/v1/connectors/hr/imports?settings=%5B%5D', 400, 'REQUEST_INVALID'], ['/api/v1/connectors/hr/imports?settings=%7B%22poor%22%3A1%7D', 400, 'REQUEST_INVALID']])('to %s is refused', async (url, status, code) => {
    const answer = await at.app.inject({ method: 'POST', url, headers: { ...at.as('Admin'), 'content-type': 'text/csv' }, payload: RESIGNATIONS })
    expect([answer.statusCode, answer.json<Problem>().code]).toEqual([status, code])
  })
  test('with names of columns and kinds of its own is read by them', async () => {
    const settings = { scenario: 'performance_review', columns: { user: 'Wer', effectiveDate: 'Wann', rating: 'Note' }, dateOrder: 'dmy', poorRatings: ['mangelhaft'], goodRatings: ['gut'] }
    const answer = await upload('hr', 'Wer;Wann;Note\nmara@example.com;03.02.2026;mangelhaft\nnils@example.com;03.02.2026;gut\n', `?settings=${encodeURIComponent(JSON.stringify(settings))}`)
    expect(answer.json<ImportView>().totals).toMatchObject({ rows: 2, triggers: 1, passed: 1 })
    expect((await at.store.triggers({ limit: 5 })).items[0]).toMatchObject({ kind: 'hr_poor_review', atMs: Date.parse('2026-02-03'), detail: { rating: 'mangelhaft' } })
  })
})

describe('settings', () => {
  test('are checked, kept, and said in the log', async () => {
    const put = (payload: unknown) => at.app.inject({ method: 'PUT', url: '/api/v1/connectors/hr/settings', headers: at.as('Admin'), payload: payload as object })
    expect((await put({ poorRatingAtMost: 'two' })).json<Problem>()).toMatchObject({ code: 'REQUEST_INVALID', errors: [{ pointer: '/body/poorRatingAtMost' }] })
    expect((await put({ poorRatingAtMost: 3 })).json()).toEqual({ poorRatingAtMost: 3 })
    expect((await at.app.inject({ url: '/api/v1/connectors/hr/settings', headers: at.as('Admin') })).json()).toEqual({ poorRatingAtMost: 3 })
    expect(await at.audit()).toContain('connector.configured connector')
    expect((await upload('hr', 'EmailAddress,EffectiveDate,Rating\nmara@example.com,2026-02-02,3 - ok\n')).json<ImportView>().totals.triggers).toBe(1)
  })
})

describe('a token', () => {
  test('is for its connectors and for nothing else', async () => {
    const { token } = await makeToken(['hr'])
    expect((await upload('hr', RESIGNATIONS, '', bearer(token))).statusCode).toBe(200)
    expect((await upload('directory', 'account\nmara\n', '', bearer(token))).json<Problem>().code).toBe('CONNECTOR_SCOPE')
    for (const url of ['/api/v1/alerts', '/api/v1/users', '/api/v1/accounts', '/api/v1/tokens', '/api/v1/policies', '/api/v1/audit']) expect([url, (await at.app.inject({ url, headers: bearer(token) })).json<Problem>().code]).toEqual([url, 'NOT_ALLOWED'])
    expect((await at.app.inject({ method: 'PUT', url: '/api/v1/connectors/hr/settings', headers: bearer(token), payload: {} })).json<Problem>().code).toBe('NOT_ALLOWED')
    expect((await at.app.inject({ url: '/scim/v2/Users', headers: bearer(token) })).json<{ code: string }>().code).toBe('CONNECTOR_SCOPE')
    expect((await at.app.inject({ url: '/api/v1/connectors', headers: bearer(token) })).json<{ items: ConnectorView[] }>().items.map((row) => row.id)).toEqual(['hr'])
  })
  test('ends when its time is over, and when it is revoked', async () => {
    const short = await makeToken(['hr'], 60)
    const revoked = await makeToken(['hr'], 86_400)
    await at.app.inject({ method: 'DELETE', url: `/api/v1/tokens/${revoked.id}`, headers: at.as('Admin') })
    expect((await upload('hr', RESIGNATIONS, '', bearer(revoked.token))).json<Problem>().code).toBe('SESSION_REQUIRED')
    at.nowMs += 60_000
    expect((await upload('hr', RESIGNATIONS, '', bearer(short.token))).json<Problem>().code).toBe('SESSION_REQUIRED')
  })
  test('is kept as a hash and shown once', async () => {
    const { token } = await makeToken(['hr'])
    expect(token).toMatch(/^hft_[\w-]{43}[\w-]{6}$/)
    expect(JSON.stringify(await at.store.apiTokens())).not.toContain(token)
    expect((await at.app.inject({ url: '/api/v1/tokens', headers: at.as('Admin') })).body).not.toContain(token)
  })
})
