// What an account of an administrative unit may do: the people and devices of the unit and of the units below, and nothing
// that is for the whole organisation.
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { ROLE_NAMES, roles } from '../../access/permissions.ts'
import { isOrganisationWide, routeRules } from '../../access/routes.ts'
import { COOKIE, csrfOf } from '../../access/sessions.ts'
import { raiseFleetNotice } from '../../fleet/notices.ts'
import { buildDevice, buildUser, MONDAY_MS } from '../../testing/builders.ts'
import { buildRollout } from '../../testing/rollouts-contract.ts'
import { openTestApp, PASSWORD, type TestApp } from '../../testing/test-app.ts'
import type { Problem } from '../primitives.ts'
import type { UnitList, UnitView } from './schema.ts'

type Headers = Readonly<Record<string, string>>
type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'

let at: TestApp
const send = (headers: Headers, method: Method, url: string, body?: unknown) =>
  at.app.inject({ method, url, headers: { 'if-match': '*', ...headers, ...(body === undefined ? {} : { 'content-type': 'application/json' }) }, ...(body === undefined ? {} : { payload: JSON.stringify(body) }) })
const admin = (): Headers => at.as('Admin')
const codeOf = (answer: { readonly statusCode: number; json<T>(): T }): string => (answer.statusCode < 300 ? String(answer.statusCode) : answer.json<Problem>().code)
const idsOf = async (headers: Headers, url: string): Promise<readonly string[]> => (await send(headers, 'GET', url)).json<{ items: { id: string; name?: string }[] }>().items.map(({ id, name }) => id ?? name).toSorted()

const makeUnit = async (body: Readonly<Record<string, unknown>>): Promise<UnitView> => {
  const answer = await send(admin(), 'POST', '/api/v1/units', body)
  expect([answer.statusCode, answer.body]).toEqual([201, expect.any(String)])
  return answer.json<UnitView>()
}
async function signIn(name: string): Promise<Headers> {
  const answer = await send({}, 'POST', '/api/v1/session', { name, password: PASSWORD })
  const token = answer.cookies.find((cookie) => cookie.name === COOKIE)?.value ?? ''
  return { cookie: `${COOKIE}=${token}`, 'x-holdfast-csrf': csrfOf(token) }
}
/** A new account of a role that is limited to units, signed in. */
async function limited(name: string, role: string, units: readonly string[]): Promise<Headers> {
  const answer = await send(admin(), 'POST', '/api/v1/accounts', { name, password: PASSWORD, roles: [role], units })
  expect(answer.statusCode).toBe(201)
  return signIn(name)
}

let europe: UnitView
let germany: UnitView
let lab: UnitView
beforeEach(async () => {
  at = await openTestApp()
  await at.store.write(async (tx) => {
    for (const [id, country, department] of [['u_de', 'DE', 'Sales'], ['u_lab', 'DE', 'Research'], ['u_fr', 'FR', 'Sales']] as const) await tx.saveUser(buildUser({ id, country, department, pseudonym: `ANON-${id.toUpperCase()}`, identities: [{ kind: 'account', value: id }] }))
    for (const [id, group] of [['d_de', 'de-office'], ['d_lab', 'de-lab'], ['d_fr', 'fr']] as const) await tx.saveDevice(buildDevice({ id, group, hostname: id, hardwareId: id, publicKey: `U${id}`, tags: [group] }))
    for (const [id, group] of [['ro_de', 'de-office'], ['ro_fr', 'fr']] as const) await tx.saveRollout(buildRollout({ id, group }), true)
    for (const deviceId of ['d_de', 'd_fr']) await raiseFleetNotice(tx, { kind: 'device_gap', key: `gap:${deviceId}`, deviceId, detail: 'x', fix: 'y', atMs: MONDAY_MS })
    await raiseFleetNotice(tx, { kind: 'enrolment_waiting', key: 'waiting', detail: 'x', fix: 'y', atMs: MONDAY_MS })
    for (const [id, group] of [['er_de', 'de-office'], ['er_fr', 'fr']] as const) await tx.saveEnrolmentRequest({ id, codeId: `c_${group}`, group, hostname: id, os: 'linux', agentVersion: '1', publicKey: `U${id}`, hardwareId: id, address: '10.0.0.1', state: 'waiting', requestedAtMs: MONDAY_MS, expiresAtMs: MONDAY_MS * 2 })
    for (const [id, deviceId] of [['qu_de', 'd_de'], ['qu_fr', 'd_fr']] as const) {
      await tx.saveAsking({ id, question: { kind: 'mounts' }, reason: 'why', askedBy: { id: 'a_Admin', name: 'admin' }, askedAtMs: MONDAY_MS, expiresAtMs: MONDAY_MS * 2, state: 'open' })
      await tx.saveAnswer({ askingId: id, deviceId, state: 'open' })
    }
  })
  europe = await makeUnit({ name: 'Europe' })
  germany = await makeUnit({ name: 'Germany', parentId: europe.id, countries: ['de'], groups: ['de-office', 'de-lab'] })
  lab = await makeUnit({ name: 'Lab', parentId: germany.id, departments: ['Research'], groups: ['de-lab'] })
  await makeUnit({ name: 'France', parentId: europe.id, countries: ['FR'], groups: ['fr'] })
})
afterEach(() => at.close())

describe('the tree of units', () => {
  test('is listed from the top down, with what each inherits and reaches', async () => {
    const { items, groups } = (await send(admin(), 'GET', '/api/v1/units')).json<UnitList>()
    expect(items.map(({ path }) => path.join(' / '))).toEqual(['Europe', 'Europe / France', 'Europe / Germany', 'Europe / Germany / Lab'])
    expect(items.map(({ name, people, devices, below }) => [name, people, devices, below])).toEqual([['Europe', 3, ['de-lab', 'de-office', 'fr'], 3], ['France', 1, ['fr'], 0], ['Germany', 2, ['de-lab', 'de-office'], 1], ['Lab', 1, ['de-lab'], 0]])
    expect(items.at(-1)).toMatchObject({ departments: ['research'], groups: ['de-lab'], inherits: { countries: ['de'] } })
    expect(groups).toEqual(['de-lab', 'de-office', 'default', 'fr'])
  })
  test('takes no unit that reaches further than the one above, stands in a circle, or has a name that there is', async () => {
    const put = (unit: UnitView, body: object) => send(admin(), 'PUT', `/api/v1/units/${unit.id}`, { name: unit.name, ...body })
    const refused = async (answer: Awaited<ReturnType<typeof put>>) => answer.json<Problem>().errors?.map(({ pointer }) => pointer)
    expect(await refused(await put(lab, { parentId: germany.id, countries: ['fr'] }))).toEqual(['/body/countries'])
    expect(await refused(await put(lab, { parentId: germany.id, groups: ['fr', 'de-lab'] }))).toEqual(['/body/groups'])
    expect(await refused(await put(germany, { parentId: lab.id }))).toEqual(['/body/parentId'])
    expect(await refused(await put(germany, { parentId: 'un_none' }))).toEqual(['/body/parentId'])
    expect(codeOf(await put(lab, { name: 'germany', parentId: germany.id }))).toBe('UNIT_EXISTS')
    expect(codeOf(await send(admin(), 'DELETE', `/api/v1/units/${germany.id}`))).toBe('UNIT_HAS_UNITS')
    expect((await send(admin(), 'DELETE', `/api/v1/units/${lab.id}`)).statusCode).toBe(204)
  })
  test('is moved and narrowed for everything below it, at once', async () => {
    const ina = await limited('ina', 'Investigator', [lab.id])
    expect(await idsOf(ina, '/api/v1/users')).toEqual(['u_lab'])
    await send(admin(), 'PUT', `/api/v1/units/${germany.id}`, { name: 'Germany', parentId: europe.id, countries: ['at'], groups: ['de-office'] })
    expect([await idsOf(ina, '/api/v1/users'), await idsOf(ina, '/api/v1/devices')]).toEqual([[], []])
  })
})

describe('an account of a unit', () => {
  test('sees the people and devices of the unit and of those below, in every list', async () => {
    const german = await limited('ina', 'Investigator', [germany.id])
    const labs = await limited('lars', 'Investigator', [lab.id])
    const all = await limited('eva', 'Investigator', [europe.id])
    expect([await idsOf(german, '/api/v1/users'), await idsOf(labs, '/api/v1/users'), await idsOf(all, '/api/v1/users')]).toEqual([['u_de', 'u_lab'], ['u_lab'], ['u_de', 'u_fr', 'u_lab']])
    expect([await idsOf(german, '/api/v1/devices'), await idsOf(labs, '/api/v1/devices'), await idsOf(all, '/api/v1/devices')]).toEqual([['d_de', 'd_lab'], ['d_lab'], ['d_de', 'd_fr', 'd_lab']])
  })
  test('administers the devices of its groups; of all others there is nothing, under no address', async () => {
    const gus = await limited('gus', 'Admin', [germany.id])
    expect(await idsOf(gus, '/api/v1/devices')).toEqual(['d_de', 'd_lab'])
    expect((await send(gus, 'GET', '/api/v1/groups')).json<{ items: { name: string }[] }>().items.map(({ name }) => name).toSorted()).toEqual(['de-lab', 'de-office'])
    expect(await idsOf(gus, '/api/v1/rollouts')).toEqual(['ro_de'])
    expect(await idsOf(gus, '/api/v1/questions')).toEqual(['qu_de'])
    expect(await idsOf(gus, '/api/v1/enrolment-requests')).toEqual(['er_de'])
    expect((await send(gus, 'GET', '/api/v1/fleet-notices')).json<{ items: { deviceId?: string }[] }>().items.map(({ deviceId }) => deviceId)).toEqual(['d_de'])
    expect((await send(gus, 'GET', '/api/v1/device-tags')).json<{ items: { tag: string }[] }>().items.map(({ tag }) => tag)).toEqual(['de-lab', 'de-office'])
    expect((await send(gus, 'GET', '/api/v1/agent-policies')).json<{ text: string }>().text).not.toMatch(/group: (?:fr|default)/)
    await send(admin(), 'PUT', '/api/v1/group-rules', { rules: [{ group: 'fr', hostname: 'fr-*' }, { group: 'de-lab', tag: 'de-lab' }] })
    expect((await send(gus, 'GET', '/api/v1/group-rules')).json()).toMatchObject({ rules: [{ group: 'de-lab', tag: 'de-lab' }], matches: [1] })
    expect((await send(gus, 'GET', '/api/v1/overview')).json<{ devices: { healthy: number } }>().devices.healthy).toBe(2)

    const notice = (await send(admin(), 'GET', '/api/v1/fleet-notices?deviceId=d_fr')).json<{ items: { id: string }[] }>().items[0]?.id ?? ''
    const { settings } = (await send(admin(), 'GET', '/api/v1/groups/fr')).json<{ settings: object }>()
    const foreign: readonly (readonly [Method, string, unknown?])[] = [
      ['GET', '/devices/d_fr'], ['PATCH', '/devices/d_fr', { addTags: ['x'] }], ['POST', '/devices/d_fr/revoke'], ['POST', '/devices/d_fr/retire', { reason: 'x' }], ['POST', '/devices/d_fr/re-key', { reason: 'x' }], ['POST', '/devices/d_fr/merge', { into: 'd_de' }],
      ['POST', '/devices/d_de/merge', { into: 'd_fr' }], ['POST', '/devices/d_fr/unmerge'], ['PATCH', '/devices/d_de', { group: 'fr' }], ['PATCH', '/devices/d_de', { owner: 'u_fr' }], ['POST', `/fleet-notices/${notice}/clear`],
      ['GET', '/groups/fr'], ['PUT', '/groups/fr/settings', settings], ['POST', '/groups/fr/preview', settings], ['GET', '/groups/fr/rollout-plan'], ['PUT', '/groups/fr/rollout-plan', { plan: null }], ['POST', '/groups/fr/rollouts'],
      ['GET', '/rollouts/ro_fr'], ['GET', '/rollouts/ro_fr/devices'], ['POST', '/rollouts/ro_fr/pause'], ['POST', '/rollouts/ro_fr/resume'], ['POST', '/rollouts/ro_fr/halt', {}], ['POST', '/rollouts/ro_fr/roll-back'],
      ['GET', '/agent-policies?group=fr'], ['POST', '/agent-policies/diff', { group: 'fr', settings: {} }], ['POST', '/agent-policies', { group: 'fr', settings: {} }],
      ['POST', '/enrolment-codes', { group: 'fr' }], ['GET', '/questions/qu_fr'], ['POST', '/questions', { question: { kind: 'mounts' }, reason: 'because', deviceIds: ['d_fr'] }], ['POST', '/questions', { question: { kind: 'mounts' }, reason: 'because', group: 'fr' }],
    ]
    const head = (await at.store.auditHead())?.seq
    for (const [method, path, body] of foreign) expect([method, path, codeOf(await send(gus, method, `/api/v1${path}`, body))]).toEqual([method, path, 'NOT_FOUND'])
    expect((await send(gus, 'POST', '/api/v1/devices/bulk', { ids: ['d_fr'], addTags: ['x'] })).json()).toMatchObject({ changed: 0, failed: [{ id: 'd_fr', code: 'NOT_FOUND' }] })
    expect((await send(gus, 'POST', '/api/v1/enrolment-requests/decisions', { ids: ['er_fr'], approve: true })).json()).toMatchObject({ done: 0, items: [{ id: 'er_fr', outcome: 'not_found' }] })
    // Nothing of it happened, and nobody wrote down that it had.
    expect([(await at.store.auditHead())?.seq, (await at.store.device('d_fr'))?.tags, (await at.store.enrolmentRequest('er_fr'))?.state]).toEqual([head, ['fr'], 'waiting'])

    const own: readonly (readonly [Method, string, unknown?])[] = [
      ['PATCH', '/devices/d_de', { addTags: ['x'] }], ['PATCH', '/devices/d_de', { group: 'de-lab', owner: 'u_de' }], ['POST', '/devices/d_lab/retire', { reason: 'sold' }], ['GET', '/rollouts/ro_de'], ['POST', '/rollouts/ro_de/pause'], ['PUT', '/groups/de-office/settings', settings],
      ['PUT', '/groups/de-office/rollout-plan', { plan: null }], ['POST', '/agent-policies', { group: 'de-office', settings: { roots: ['/srv'] } }], ['POST', '/enrolment-codes', { group: 'de-office' }],
    ]
    for (const [method, path, body] of own) expect([method, path, (await send(gus, method, `/api/v1${path}`, body)).statusCode < 300]).toEqual([method, path, true])
  })
  test('that says nothing about devices leaves them all in sight', async () => {
    const board = await makeUnit({ name: 'Board', departments: ['board'] })
    const ina = await limited('ina', 'Analyst', [board.id])
    expect([await idsOf(ina, '/api/v1/devices'), await idsOf(ina, '/api/v1/users')]).toEqual([['d_de', 'd_fr', 'd_lab'], []])
  })
})

describe('what is for the whole organisation', () => {
  test('is closed to an account of a unit on every route, and to its tokens', async () => {
    const gus = await limited('gus', 'Admin', [europe.id])
    const scopes = roles.Admin.filter((permission) => permission === 'settings.manage' || permission === 'device.manage')
    const made = await send(gus, 'POST', '/api/v1/tokens', { name: 'script', permissions: scopes, expiresInSecs: 3600 })
    const token: Headers = { authorization: `Bearer ${made.json<{ token: string }>().token}` }
    const wide = Object.entries(routeRules).filter(([route, rule]) => isOrganisationWide(route, rule) && roles.Admin.some((permission) => permission === rule))
    expect(wide.length).toBeGreaterThan(40)
    for (const [route, rule] of wide) {
      const [method = '', path = ''] = route.split(' ')
      const body = method === 'GET' || method === 'DELETE' ? undefined : []
      const who = scopes.some((scope) => scope === rule) ? [gus, token] : [gus]
      const answers = await Promise.all(who.map((headers) => send(headers, method as Method, path.replaceAll(/:\w+/g, 'none'), body)))
      expect([route, ...answers.map(codeOf)]).toEqual([route, ...who.map(() => 'UNIT_LIMITED')])
    }
    for (const permission of ['account.manage', 'policy.manage', 'export.manage'] as const) expect(codeOf(await send(gus, 'POST', '/api/v1/tokens', { name: 'x', permissions: [permission], expiresInSecs: 3600 }))).toBe('TOKEN_TOO_WIDE')
  })
  test('is no way out: nobody of a unit changes accounts, units or rules on groups, and none of them is the last administrator', async () => {
    const gus = await limited('gus', 'Admin', [europe.id])
    const { accountId, permissions, ofUnits } = (await send(gus, 'GET', '/api/v1/me')).json<{ accountId: string; permissions: string[]; ofUnits?: boolean }>()
    expect([ofUnits, permissions.includes('account.manage'), permissions.includes('settings.manage')]).toEqual([true, false, true])
    expect(codeOf(await send(gus, 'PATCH', `/api/v1/accounts/${accountId}`, { units: [] }))).toBe('UNIT_LIMITED')
    expect(codeOf(await send(gus, 'PUT', '/api/v1/group-rules', { rules: [{ group: 'de-office', hostname: '*' }] }))).toBe('UNIT_LIMITED')
    for (const change of [{ units: [europe.id] }, { disabled: true }]) expect(codeOf(await send(admin(), 'PATCH', '/api/v1/accounts/a_Admin', change))).toBe('LAST_ADMIN')
  })
  test('a route that is new and changes settings is closed until somebody opens it', () => {
    expect([isOrganisationWide('PUT /api/v1/settings/new', 'settings.manage'), isOrganisationWide('PUT /api/v1/groups/:name/settings', 'settings.manage'), isOrganisationWide('GET /api/v1/devices', 'device.read')]).toEqual([true, false, false])
    expect(ROLE_NAMES.length).toBeGreaterThan(0)
  })
})
