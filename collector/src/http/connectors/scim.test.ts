import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { ENTERPRISE_SCHEMA, USER_SCHEMA } from '../../connectors/directory/scim-map.ts'
import { buildUser } from '../../testing/builders.ts'
import { openTestApp, type TestApp } from '../../testing/test-app.ts'
import type { TokenCreated } from './schema.ts'

interface Resource { readonly id: string; readonly active?: boolean; readonly title?: string; readonly displayName?: string; readonly members?: readonly { readonly value: string }[]; readonly [name: string]: unknown }
interface List { readonly totalResults: number; readonly Resources: readonly Resource[] }

let at: TestApp
let token = ''
beforeEach(async () => {
  at = await openTestApp()
  token = (await at.app.inject({ method: 'POST', url: '/api/v1/tokens', headers: at.as('Admin'), payload: { name: 'directory', connectors: ['directory'], expiresInSecs: 604_800 } })).json<TokenCreated>().token
})
afterEach(() => at.close())

const call = (method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE', path: string, payload?: object) =>
  at.app.inject({ method, url: `/scim/v2${path}`, headers: { authorization: `Bearer ${token}`, ...(payload === undefined ? {} : { 'content-type': 'application/scim+json' }) }, ...(payload === undefined ? {} : { payload: JSON.stringify(payload) }) })
const user = (name: string, over: object = {}) => ({ schemas: [USER_SCHEMA], userName: `${name}@example.com`, displayName: name, externalId: `ext-${name}`, active: true, emails: [{ value: `${name}@example.com`, type: 'work', primary: true }], ...over })
const make = async (name: string, over: object = {}): Promise<Resource> => (await call('POST', '/Users', user(name, over))).json<Resource>()
const patch = (path: string, ...operations: readonly object[]) => call('PATCH', path, { schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'], Operations: operations })

describe('users', () => {
  test('are made, found, changed and read back as they were written', async () => {
    const created = await call('POST', '/Users', user('mara', { [ENTERPRISE_SCHEMA]: { department: 'Research', employeeNumber: '17' } }))
    expect(created.statusCode).toBe(201)
    expect(created.headers['content-type']).toMatch(/^application\/scim\+json/)
    const { id } = created.json<Resource>()
    expect(created.headers['location']).toBe(`https://collector.test:8443/scim/v2/Users/${id}`)
    expect((await call('GET', `/Users?filter=${encodeURIComponent('userName eq "MARA@example.com"')}`)).json<List>()).toMatchObject({ totalResults: 1, Resources: [{ id, externalId: 'ext-mara' }] })
    expect((await call('GET', `/Users?filter=${encodeURIComponent('externalId eq "nobody"')}`)).json<List>().totalResults).toBe(0)
    expect(await at.store.user(id)).toMatchObject({ displayName: 'mara', email: 'mara@example.com', department: 'Research', directory: { active: true } })
    expect((await call('PUT', `/Users/${id}`, user('mara', { title: 'Engineer' }))).json<Resource>().title).toBe('Engineer')
    expect((await at.store.user(id))?.title).toBe('Engineer')
  })
  test('are the people whom devices know already', async () => {
    await at.store.write((tx) => tx.saveUser(buildUser({ displayName: 'mara', identities: [{ kind: 'account', value: 'mara' }] })))
    expect((await make('mara')).id).toBe('u_1')
    expect((await at.store.user('u_1'))?.identities.map((identity) => identity.kind)).toEqual(expect.arrayContaining(['account', 'upn', 'email']))
  })
  test('of one name are one', async () => {
    await make('mara')
    const again = await call('POST', '/Users', user('mara'))
    expect([again.statusCode, again.json<{ scimType: string }>().scimType]).toEqual([409, 'uniqueness'])
  })
  test.each([['false', { op: 'Replace', path: 'active', value: 'False' }], ['in a value', { op: 'replace', value: { active: false } }]])('whose account is switched off (%s) trigger once, and again when it was on in between', async (_, operation) => {
    const { id } = await make('mara')
    await patch(`/Users/${id}`, operation)
    await patch(`/Users/${id}`, operation)
    expect((await at.store.triggersOf(id)).map((trigger) => trigger.kind)).toEqual(['account_deleted'])
    await patch(`/Users/${id}`, { op: 'replace', path: 'active', value: true })
    at.nowMs += 1000
    await patch(`/Users/${id}`, operation)
    expect(await at.store.triggersOf(id)).toHaveLength(2)
  })
  test('that are deleted stay as people without an account', async () => {
    const { id } = await make('mara')
    expect((await call('DELETE', `/Users/${id}`)).statusCode).toBe(204)
    expect((await call('GET', `/Users/${id}`)).statusCode).toBe(404)
    expect((await at.store.triggersOf(id)).map((trigger) => trigger.kind)).toEqual(['account_deleted'])
    expect((await at.store.user(id))?.directory?.active).toBe(false)
  })
  test('report to their managers, through others as well', async () => {
    const [boss, lead, one] = [await make('boss'), await make('lead'), await make('one')]
    await patch(`/Users/${one.id}`, { op: 'add', path: `${ENTERPRISE_SCHEMA}:manager`, value: { value: lead.id } })
    await patch(`/Users/${lead.id}`, { op: 'add', path: `${ENTERPRISE_SCHEMA}:manager`, value: { value: boss.id } })
    expect([(await at.store.user(boss.id))?.reports, (await at.store.user(lead.id))?.reports, (await at.store.user(one.id))?.reports]).toEqual([2, 1, undefined])
    await patch(`/Users/${lead.id}`, { op: 'remove', path: `${ENTERPRISE_SCHEMA}:manager` }, { op: 'add', path: 'title', value: 'Lead' })
    expect((await at.store.user(lead.id))?.title).toBe('Lead')
    expect([(await at.store.user(boss.id))?.reports, (await at.store.user(lead.id))?.reports]).toEqual([undefined, 1])
  })
})

describe('groups', () => {
  test('put their names on their members, and take them away again', async () => {
    const [mara, nils] = [await make('mara'), await make('nils')]
    const group = (await call('POST', '/Groups', { displayName: 'Domain Admins', members: [{ value: mara.id }] })).json<Resource>()
    expect(await at.store.user(mara.id)).toMatchObject({ groups: ['Domain Admins'], privileged: true })
    await patch(`/Groups/${group.id}`, { op: 'add', path: 'members', value: [{ value: nils.id }] }, { op: 'remove', path: `members[value eq "${mara.id}"]` })
    expect((await call('GET', `/Groups/${group.id}`)).json<Resource>().members).toEqual([{ value: nils.id }])
    expect([(await at.store.user(mara.id))?.groups, (await at.store.user(mara.id))?.privileged, (await at.store.user(nils.id))?.groups]).toEqual([[], undefined, ['Domain Admins']])
    await call('PATCH', `/Groups/${group.id}`, { Operations: [{ op: 'replace', path: 'displayName', value: 'Staff' }] })
    expect((await at.store.user(nils.id))?.groups).toEqual(['Staff'])
    await call('DELETE', `/Groups/${group.id}`)
    expect((await at.store.user(nils.id))?.groups).toEqual([])
  })
})

describe('what is wrong', () => {
  test.each([
    ['a filter that is not known', 'GET', '/Users?filter=title%20co%20%22x%22', undefined, 400, 'invalidFilter'],
    ['a user without a name', 'POST', '/Users', { active: true }, 400, 'invalidValue'],
    ['a user who is not there', 'GET', '/Users/none', undefined, 404, undefined],
    ['an id that is a path', 'GET', '/Users/..%2f..%2fetc', undefined, 404, undefined],
  ] as const)('%s is answered in the form of SCIM', async (_, method, path, payload, status, scimType) => {
    const answer = await call(method, path, payload)
    expect([answer.statusCode, answer.json<{ status: string; scimType?: string }>()]).toMatchObject([status, { schemas: ['urn:ietf:params:scim:api:messages:2.0:Error'], status: String(status), ...(scimType === undefined ? {} : { scimType }) }])
  })
  test.each([[{}], [{ Operations: [] }], [{ Operations: [{ op: 'explode', path: 'title' }] }], [{ Operations: [{ op: 'add', path: 'emails[type eq', value: 1 }] }], [{ Operations: [{ op: 'remove' }] }], [{ Operations: [{ op: 'add', path: '__proto__', value: { active: false } }] }], [{ Operations: [{ op: 'remove', path: 'userName' }] }]])('a change %j is refused and changes nothing', async (message) => {
    const before = await make('mara')
    expect((await call('PATCH', `/Users/${before.id}`, message)).statusCode).toBe(400)
    expect((await call('GET', `/Users/${before.id}`)).json()).toEqual(before)
  })
  test('text that is no JSON is refused', async () => {
    const answer = await at.app.inject({ method: 'POST', url: '/scim/v2/Users', headers: { authorization: `Bearer ${token}`, 'content-type': 'application/scim+json' }, payload: '{"userName":' })
    expect([answer.statusCode, answer.json<{ scimType: string }>().scimType]).toEqual([400, 'invalidSyntax'])
  })
})

describe('a directory that switches people off', () => {
  const off = (id: string) => patch(`/Users/${id}`, { op: 'replace', path: 'active', value: false })
  const staff = async (count: number): Promise<readonly string[]> => {
    const ids: string[] = []
    for (let index = 0; index < count; index += 1) ids.push((await make(`person${index}`)).id)
    return ids
  }
  const confirm = (settings: object) => at.app.inject({ method: 'PUT', url: '/api/v1/connectors/directory/settings', headers: at.as('Admin'), payload: settings })
  const HOUR_MS = 3_600_000

  test('one at a time or at once stops at a tenth of the people within a day, by change and by deletion, and changes nothing then', async () => {
    const ids = await staff(20)
    expect((await off(ids[0] ?? '')).statusCode).toBe(200)
    expect((await call('DELETE', `/Users/${ids[1]}`)).statusCode).toBe(204)
    const refused = await off(ids[2] ?? '')
    expect(refused.statusCode).toBe(409)
    expect(refused.json()).toMatchObject({ status: '409', code: 'CONNECTOR_SCIM_CEILING', detail: expect.stringContaining('3 of 20 people') })
    expect((await call('DELETE', `/Users/${ids[3]}`)).statusCode).toBe(409)
    expect((await call('GET', `/Users/${ids[2]}`)).json<Resource>().active).toBe(true)
    expect((await call('GET', `/Users/${ids[3]}`)).statusCode).toBe(200)
    expect((await at.store.user(ids[2] ?? ''))?.directory?.active).toBe(true)
    expect(await at.store.triggersOf(ids[2] ?? '')).toEqual([])
    // Everything else goes on.
    expect((await patch(`/Users/${ids[2]}`, { op: 'replace', path: 'title', value: 'Engineer' })).statusCode).toBe(200)
  })
  test('passes again by itself when the window has moved on', async () => {
    const ids = await staff(20)
    await off(ids[0] ?? '')
    at.nowMs += 20 * HOUR_MS
    await off(ids[1] ?? '')
    expect((await off(ids[2] ?? '')).statusCode).toBe(409)
    at.nowMs += 5 * HOUR_MS
    expect((await off(ids[2] ?? '')).statusCode).toBe(200)
    expect((await off(ids[3] ?? '')).statusCode).toBe(409)
  })
  test('passes when a person has confirmed it, until then and not for ever, and not when the directory says so itself', async () => {
    const ids = await staff(20)
    for (const id of ids.slice(0, 2)) await off(id)
    expect((await at.app.inject({ method: 'PUT', url: '/api/v1/connectors/directory/settings', headers: { authorization: `Bearer ${token}` }, payload: { scimOffPercent: 100 } })).statusCode).toBe(403)
    for (const until of ['next week', new Date(at.nowMs + 8 * 24 * HOUR_MS).toISOString()]) expect((await confirm({ scimOffConfirmedUntil: until })).statusCode).toBe(400)
    expect((await off(ids[2] ?? '')).statusCode).toBe(409)
    expect((await confirm({ scimOffConfirmedUntil: new Date(at.nowMs + HOUR_MS).toISOString() })).statusCode).toBe(200)
    for (const id of ids.slice(2, 8)) expect((await off(id)).statusCode).toBe(200)
    expect((await at.audit()).filter((entry) => entry.startsWith('connector.configured'))).toHaveLength(1)
  })
  test('has another share and window where the settings say so, and none among fewer than ten people', async () => {
    const ids = await staff(9)
    for (const id of ids.slice(0, 3)) expect((await off(id)).statusCode).toBe(200)
    await make('tenth')
    expect((await off(ids[3] ?? '')).statusCode).toBe(409)
    expect((await confirm({ scimOffPercent: 40, scimOffWindowHours: 1 })).statusCode).toBe(200)
    expect((await off(ids[3] ?? '')).statusCode).toBe(200)
    expect((await off(ids[4] ?? '')).statusCode).toBe(409)
  })
})
