// Who tries to see or to become more than they may: tokens, units, groups, administrators, directories.
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { permissions, permissionsOf, ROLE_NAMES, roles, type Permission } from '../../access/permissions.ts'
import { routeRules } from '../../access/routes.ts'
import { countInsights, mergeInsights } from '../../domain/risk/count.ts'
import { buildAlert, buildPolicy, buildRun, buildUser } from '../../testing/builders.ts'
import { LOCAL_TOKEN, openTestApp, PASSWORD, type TestApp } from '../../testing/test-app.ts'
import type { Problem } from '../primitives.ts'

let at: TestApp
beforeEach(async () => {
  at = await openTestApp()
})
afterEach(() => at.close())

const json = { 'content-type': 'application/json' }
type Headers = Readonly<Record<string, string>>
const send = (headers: Headers, method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE', url: string, body?: unknown) =>
  at.app.inject({ method, url, headers: { ...headers, ...(body === undefined ? {} : json) }, ...(body === undefined ? {} : { payload: JSON.stringify(body) }) })
const local: Headers = { authorization: `Bearer ${LOCAL_TOKEN}` }
const codeOf = (answer: { json<T>(): T }): string => answer.json<Problem>().code
const makeToken = async (headers: Headers, wanted: Readonly<Record<string, unknown>>): Promise<Headers & { authorization: string }> => {
  const made = await send(headers, 'POST', '/api/v1/tokens', { name: 'script', expiresInSecs: 3600, ...wanted })
  expect(made.statusCode).toBe(201)
  return { authorization: `Bearer ${made.json<{ token: string }>().token}` }
}

describe('a token of a program', () => {
  test('opens the routes of its scopes and no others: every route with every scope', async () => {
    const failures: string[] = []
    for (const scope of (Object.keys(permissions) as Permission[]).filter((one) => permissionsOf(ROLE_NAMES).has(one))) {
      const token = await makeToken(local, { permissions: [scope] })
      for (const [route, rule] of Object.entries(routeRules)) {
        if (rule === 'public' || route === 'GET /api/v1/live') continue
        const [method = '', path = ''] = route.split(' ')
        const wanted = rule === 'loopback or overview.read' ? 'overview.read' : rule
        const open = wanted === scope || route === 'GET /api/v1/me'
        // A body that no handler takes: what is let through fails later, and changes nothing.
        const answer = await send(token, method as 'GET', path.replaceAll(/:\w+/g, 'none'), method === 'GET' || method === 'DELETE' ? undefined : [])
        const refused = answer.statusCode === 403 && answer.body.includes('NOT_ALLOWED')
        if (refused === open || answer.statusCode === 401) failures.push(`${route} with ${scope}: ${answer.statusCode}`)
      }
    }
    expect(failures).toEqual([])
  }, 120_000)
  test('is never made for more than its maker may', async () => {
    for (const [role, permission] of [['Analyst', 'user.reveal'], ['Admin', 'alert.read'], ['Auditor', 'overview.read']] as const) {
      const answer = await send(at.as(role), 'POST', '/api/v1/tokens', { name: 'x', permissions: [permission], expiresInSecs: 3600 })
      expect([answer.statusCode, codeOf(answer)]).toEqual([403, 'TOKEN_TOO_WIDE'])
    }
    expect(codeOf(await send(at.as('Analyst'), 'POST', '/api/v1/tokens', { name: 'x', connectors: ['hr'], expiresInSecs: 3600 }))).toBe('TOKEN_TOO_WIDE')
  })
  test('loses what its maker loses, at once, and dies with the account', async () => {
    const token = await makeToken(at.as('Investigator'), { permissions: ['alert.read', 'policy.read'] })
    expect((await send(token, 'GET', '/api/v1/alerts')).statusCode).toBe(200)
    await send(at.as('Admin'), 'PATCH', '/api/v1/accounts/a_Investigator', { roles: ['Approver'] })
    expect((await send(token, 'GET', '/api/v1/alerts')).statusCode).toBe(403)
    expect((await send(token, 'GET', '/api/v1/policies')).statusCode).toBe(200)
    await send(at.as('Admin'), 'PATCH', '/api/v1/accounts/a_Investigator', { disabled: true })
    expect((await send(token, 'GET', '/api/v1/policies')).statusCode).toBe(401)
    await send(at.as('Admin'), 'PATCH', '/api/v1/accounts/a_Investigator', { disabled: false })
    expect((await send(token, 'GET', '/api/v1/policies')).statusCode).toBe(200)
    expect((await send(at.as('Admin'), 'DELETE', '/api/v1/accounts/a_Investigator')).statusCode).toBe(204)
    expect((await send(token, 'GET', '/api/v1/policies')).statusCode).toBe(401)
  })
  test('ends at its time and when it is revoked, tells when it was used last, and makes no other token', async () => {
    const token = await makeToken(at.as('Analyst'), { permissions: ['alert.read'] })
    expect((await send(token, 'GET', '/api/v1/alerts')).statusCode).toBe(200)
    expect(codeOf(await send(token, 'POST', '/api/v1/tokens', { name: 'x', permissions: ['alert.read'], expiresInSecs: 3600 }))).toBe('NOT_ALLOWED')
    const [listed] = (await send(at.as('Analyst'), 'GET', '/api/v1/tokens')).json<{ items: { id: string; lastUsedAt?: string }[] }>().items
    expect(listed?.lastUsedAt).toBe(new Date(at.nowMs).toISOString())
    expect((await send(at.as('Auditor'), 'DELETE', `/api/v1/tokens/${listed?.id}`)).statusCode).toBe(404)
    expect((await send(at.as('Auditor'), 'GET', '/api/v1/tokens')).json<{ items: unknown[] }>().items).toEqual([])
    const second = await makeToken(at.as('Analyst'), { permissions: ['alert.read'] })
    expect((await send(at.as('Admin'), 'DELETE', `/api/v1/tokens/${listed?.id}`)).statusCode).toBe(200)
    expect([(await send(token, 'GET', '/api/v1/alerts')).statusCode, (await send(second, 'GET', '/api/v1/alerts')).statusCode]).toEqual([401, 200])
    at.nowMs += 3_600_000
    expect((await send(second, 'GET', '/api/v1/alerts')).statusCode).toBe(401)
  })
  test('with a letter wrong is known to be mistyped, and is not looked up', async () => {
    const { authorization } = await makeToken(at.as('Analyst'), { permissions: ['alert.read'] })
    expect(authorization).toMatch(/^Bearer hft_[\w-]{49}$/)
    const last = authorization.at(-1) === 'A' ? 'B' : 'A'
    for (const wrong of [`${authorization.slice(0, -1)}${last}`, authorization.slice(0, -6).replace(/.$/, (letter) => (letter === 'x' ? 'y' : 'x'))]) expect((await send({ authorization: wrong }, 'GET', '/api/v1/alerts')).statusCode).toBe(401)
  })
})

describe('people out of sight', () => {
  beforeEach(async () => {
    await at.store.write(async (tx) => {
      await tx.savePolicy(buildPolicy())
      for (const [index, [id, country]] of [['u_de', 'DE'], ['u_fr', 'FR']].entries()) {
        await tx.saveUser(buildUser({ id: id ?? '', country: country ?? '', department: 'Sales', pseudonym: `ANON-AAAAAA${index + 1}`, identities: [{ kind: 'account', value: id ?? '' }] }))
        await tx.saveAlert(buildAlert({ id: `al_${id}`, userId: id ?? '' }))
      }
      await tx.saveDevice({ id: 'd_1', hostname: 'h', os: 'linux', group: 'default', hardwareId: 'a'.repeat(64), publicKey: `U${'A'.repeat(55)}`, status: 'active', enrolledAtMs: 1 })
      await tx.ingest([buildRun(1, 3, { userId: 'u_de' }), buildRun(4, 3, { userId: 'u_fr' })], countInsights, mergeInsights)
    })
  })
  /** A new session of a role whose account is limited to a unit. */
  const limited = async (name: string, unit: Readonly<Record<string, unknown>>): Promise<Headers> => {
    const { id } = (await send(at.as('Admin'), 'POST', '/api/v1/units', { name: 'Unit', ...unit })).json<{ id: string }>()
    await send(at.as('Admin'), 'PATCH', `/api/v1/accounts/a_${name}`, { units: [id] })
    const { COOKIE, csrfOf } = await import('../../access/sessions.ts')
    const answer = await send({}, 'POST', '/api/v1/session', { name: name.toLowerCase(), password: PASSWORD })
    const token = answer.cookies.find((cookie) => cookie.name === COOKIE)?.value ?? ''
    return { cookie: `${COOKIE}=${token}`, 'x-holdfast-csrf': csrfOf(token) }
  }
  test('an account with a unit finds nobody else, in no list and under no address', async () => {
    const german = await limited('Investigator', { countries: ['de'] })
    expect((await send(german, 'GET', '/api/v1/users')).json<{ items: { id: string }[] }>().items.map(({ id }) => id)).toEqual(['u_de'])
    expect((await send(german, 'GET', '/api/v1/alerts')).json<{ items: { id: string }[] }>().items.map(({ id }) => id)).toEqual(['al_u_de'])
    expect(new Set((await send(german, 'GET', '/api/v1/activities')).json<{ items: { user: { id: string } }[] }>().items.map(({ user }) => user.id))).toEqual(new Set(['u_de']))
    expect((await send(german, 'GET', '/api/v1/activities?userId=u_fr')).json<{ items: unknown[] }>().items).toEqual([])
    expect((await send(german, 'GET', '/api/v1/users?search=u_fr')).json<{ items: unknown[] }>().items).toEqual([])
    for (const url of ['/api/v1/users/u_fr', '/api/v1/users/u_fr/chart', '/api/v1/users/u_fr/triggers', '/api/v1/users/u_fr/risk-level', '/api/v1/users/u_fr/dismissed-activities', '/api/v1/users/u_fr/report?from=2026-02-01&to=2026-03-02', '/api/v1/alerts/al_u_fr']) expect([url, (await send(german, 'GET', url)).statusCode]).toEqual([url, 404])
    expect((await send(german, 'POST', '/api/v1/users/u_fr/reveal', { reason: 'curious' })).statusCode).toBe(404)
    expect((await send(german, 'POST', '/api/v1/alerts/al_u_fr/what-if', { alertVolume: 'fewer' })).statusCode).toBe(404)
    expect((await send({ ...german, 'if-match': '"1"' }, 'PATCH', '/api/v1/alerts/al_u_fr', { assigneeId: null })).statusCode).toBe(404)
    expect((await send(german, 'GET', '/api/v1/users/u_de')).statusCode).toBe(200)
    const token = await makeToken(german, { permissions: ['alert.read', 'user.read'] })
    expect((await send(token, 'GET', '/api/v1/alerts/al_u_fr')).statusCode).toBe(404)
    expect((await send(token, 'GET', '/api/v1/users')).json<{ items: unknown[] }>().items.length).toBe(1)
  })
  test('a unit in use cannot be deleted, and a change of it holds at once', async () => {
    const investigator = await limited('Investigator', { countries: ['FR'], departments: ['SALES'] })
    const [unit] = (await send(at.as('Admin'), 'GET', '/api/v1/units')).json<{ items: { id: string; accounts: number }[] }>().items
    expect(unit?.accounts).toBe(1)
    expect(codeOf(await send(at.as('Admin'), 'DELETE', `/api/v1/units/${unit?.id}`))).toBe('UNIT_IN_USE')
    expect((await send(investigator, 'GET', '/api/v1/users/u_fr')).statusCode).toBe(200)
    await send(at.as('Admin'), 'PUT', `/api/v1/units/${unit?.id}`, { name: 'Unit', countries: ['DE'] })
    expect((await send(investigator, 'GET', '/api/v1/users/u_fr')).statusCode).toBe(404)
  })
  test('members of a priority group are seen by its viewers only', async () => {
    await at.store.write((tx) => tx.savePriorityGroup({ id: 'pg_1', name: 'Board', description: '', members: ['u_de'], viewers: ['Investigator', 'a_none'] }))
    expect((await send(at.as('Analyst'), 'GET', '/api/v1/alerts')).json<{ items: { id: string }[] }>().items.map(({ id }) => id)).toEqual(['al_u_fr'])
    expect((await send(at.as('Analyst'), 'GET', '/api/v1/users/u_de')).statusCode).toBe(404)
    expect((await send(at.as('Investigator'), 'GET', '/api/v1/users/u_de')).statusCode).toBe(200)
    await at.store.write((tx) => tx.savePriorityGroup({ id: 'pg_1', name: 'Board', description: '', members: ['u_de'], viewers: ['a_Analyst'] }))
    expect([(await send(at.as('Analyst'), 'GET', '/api/v1/users/u_de')).statusCode, (await send(at.as('Investigator'), 'GET', '/api/v1/users/u_de')).statusCode]).toEqual([200, 404])
  })
})

describe('an administrator', () => {
  test('reads nothing of any person: every route about people refuses', async () => {
    const about = Object.entries(routeRules).filter(([, rule]) => /^(?:alert|activity|user|case|evidence|notice)\./.test(rule) && !(permissionsOf(['Admin']) as ReadonlySet<string>).has(rule))
    expect(about.length).toBeGreaterThan(20)
    for (const [route] of about) {
      const [method = '', path = ''] = route.split(' ')
      const answer = await send(at.as('Admin'), method as 'GET', path.replaceAll(/:\w+/g, 'none'), method === 'GET' || method === 'DELETE' ? undefined : {})
      expect([route, answer.statusCode]).toEqual([route, 403])
    }
    expect(roles.Admin.filter((permission) => /^(?:alert|activity|user|audit)\./.test(permission))).toEqual([])
  })
  test('who gives themself a role is written down and announced to the others and to auditors, who cannot take that back', async () => {
    await send(at.as('Admin'), 'PATCH', '/api/v1/accounts/a_Admin', { roles: ['Admin', 'Investigator'] })
    expect((await send(at.as('Admin'), 'GET', '/api/v1/me')).statusCode).toBe(401)
    const seen = (await send(at.as('Auditor'), 'GET', '/api/v1/access/notices')).json<{ items: unknown[] }>().items
    expect(seen[0]).toMatchObject({ actor: 'admin', account: 'admin', roles: ['Investigator'], isSelf: true })
    expect((await send(at.as('Analyst'), 'GET', '/api/v1/access/notices')).json<{ items: unknown[] }>().items).toEqual([])
    expect(await at.audit()).toEqual(expect.arrayContaining(['account.changed account', 'account.powers_granted account']))
  })
  test('the last one with a password stays, whoever tries what, and both of two cannot go at once', async () => {
    for (const attempt of [send(at.as('Admin'), 'PATCH', '/api/v1/accounts/a_Admin', { disabled: true }), send(at.as('Admin'), 'PATCH', '/api/v1/accounts/a_Admin', { roles: ['Analyst'] }), send(at.as('Admin'), 'DELETE', '/api/v1/accounts/a_Admin')]) expect(codeOf(await attempt)).toBe('LAST_ADMIN')
    // One without a password is no way in when the identity provider is down.
    await send(at.as('Admin'), 'POST', '/api/v1/accounts', { name: 'sso-admin', email: 'sso@example.com', roles: ['Admin'] })
    expect(codeOf(await send(at.as('Admin'), 'PATCH', '/api/v1/accounts/a_Admin', { disabled: true }))).toBe('LAST_ADMIN')
    const second = (await send(at.as('Admin'), 'POST', '/api/v1/accounts', { name: 'second', password: PASSWORD, roles: ['Admin'] })).json<{ id: string }>()
    const answers = await Promise.all([send(local, 'PATCH', '/api/v1/accounts/a_Admin', { disabled: true }), send(local, 'DELETE', `/api/v1/accounts/${second.id}`), send(local, 'PATCH', `/api/v1/accounts/${second.id}`, { roles: ['Analyst'] })])
    expect(answers.filter((answer) => answer.statusCode === 409).length).toBeGreaterThanOrEqual(1)
    expect((await at.store.accounts()).filter((account) => !account.disabled && account.roles.includes('Admin') && account.passwordHash !== '').length).toBe(1)
  })
  test('never sees a secret of the identity provider again, and it does not follow to another issuer', async () => {
    const oidc = { enabled: true, issuer: 'https://idp.example', clientId: 'holdfast', clientSecret: 'very-secret-value', label: 'Example', scopes: ['email'], groupsClaim: 'groups', rolesFromGroups: false, justInTime: false }
    const put = (revision: number, body: unknown) => send({ ...at.as('Admin'), 'if-match': `"${revision}"` }, 'PUT', '/api/v1/settings/access', body)
    const saved = await put(0, { requireSecondFactor: [], groupRoles: [], oidc })
    expect(saved.statusCode).toBe(200)
    expect(saved.json<{ oidc: { hasClientSecret: boolean } }>().oidc.hasClientSecret).toBe(true)
    const { clientSecret: _secret, ...kept } = oidc
    expect((await put(1, { requireSecondFactor: [], groupRoles: [], oidc: { ...kept, label: 'Other' } })).json<{ oidc: { hasClientSecret: boolean } }>().oidc.hasClientSecret).toBe(true)
    expect((await put(2, { requireSecondFactor: [], groupRoles: [], oidc: { ...kept, issuer: 'https://evil.example' } })).json<{ oidc: { hasClientSecret: boolean } }>().oidc.hasClientSecret).toBe(false)
    const everything = JSON.stringify([(await send(at.as('Admin'), 'GET', '/api/v1/settings/access')).body, (await at.store.auditEntries({ limit: 100 })).items, await at.store.setting('access')])
    expect(everything).not.toContain('very-secret-value')
    expect((await put(0, { requireSecondFactor: [], groupRoles: [] })).statusCode).toBe(412)
  })
  test.each(['not an address', 'ftp://idp.example', 'http://idp.example', 'https://user:pw@idp.example', 'https://idp.example/?x=1'])('an issuer such as %s is refused in words before anything is fetched', async (issuer) => {
    const answer = await send(at.as('Admin'), 'POST', '/api/v1/settings/access/oidc-test', { issuer, clientId: 'x' })
    expect([answer.statusCode, codeOf(answer)]).toEqual([502, 'OIDC_UNAVAILABLE'])
    expect(answer.json<Problem>().detail).toContain('https address')
  })
})

describe('accounts over SCIM', () => {
  const base = '/scim/accounts/v2'
  let directory: Headers
  beforeEach(async () => {
    directory = await makeToken(at.as('Admin'), { permissions: ['account.provision'] })
    await send({ ...at.as('Admin'), 'if-match': '"0"' }, 'PUT', '/api/v1/settings/access', { requireSecondFactor: [], groupRoles: [{ group: 'Security Analysts', roles: ['Analyst'] }, { group: 'Holdfast Admins', roles: ['Admin'] }] })
  })
  const createUser = async (userName: string, over: Readonly<Record<string, unknown>> = {}) => send(directory, 'POST', `${base}/Users`, { userName, active: true, emails: [{ value: `${userName}@Example.com`, primary: true }], ...over })
  const rolesOf = async (id: string) => (await at.store.account(id))?.roles
  test('are made, get the roles of their groups, lose them, are disabled and deleted', async () => {
    const made = await createUser('mara')
    expect([made.statusCode, made.headers['content-type']]).toEqual([201, 'application/scim+json; charset=utf-8'])
    const { id } = made.json<{ id: string }>()
    expect(await at.store.account(id)).toMatchObject({ name: 'mara', email: 'mara@example.com', roles: [], disabled: false })
    const group = (await send(directory, 'POST', `${base}/Groups`, { displayName: 'security analysts', members: [{ value: id }] })).json<{ id: string }>()
    expect(await rolesOf(id)).toEqual(['Analyst'])
    await send(directory, 'PATCH', `${base}/Groups/${group.id}`, { Operations: [{ op: 'remove', path: `members[value eq "${id}"]` }] })
    expect(await rolesOf(id)).toEqual([])
    await send(directory, 'PATCH', `${base}/Groups/${group.id}`, { Operations: [{ op: 'add', path: 'members', value: [{ value: id }] }] })
    expect(await rolesOf(id)).toEqual(['Analyst'])
    await send(directory, 'PATCH', `${base}/Users/${id}`, { Operations: [{ op: 'Replace', path: 'active', value: 'False' }] })
    expect((await at.store.account(id))?.disabled).toBe(true)
    expect((await send(directory, 'GET', `${base}/Users?filter=${encodeURIComponent('userName eq "MARA"')}`)).json<{ totalResults: number }>().totalResults).toBe(1)
    expect((await send(directory, 'DELETE', `${base}/Users/${id}`)).statusCode).toBe(204)
    expect(await at.store.account(id)).toBeUndefined()
    expect((await send(directory, 'GET', `${base}/Users/${id}`)).statusCode).toBe(404)
  })
  test('follow the table of groups when it changes, and cannot be given roles by hand', async () => {
    const { id } = (await createUser('mara')).json<{ id: string }>()
    await send(directory, 'POST', `${base}/Groups`, { displayName: 'Security Analysts', members: [{ value: id }] })
    await send({ ...at.as('Admin'), 'if-match': '"1"' }, 'PUT', '/api/v1/settings/access', { requireSecondFactor: [], groupRoles: [{ group: 'Security Analysts', roles: ['Read-only'] }] })
    expect(await rolesOf(id)).toEqual(['Read-only'])
    expect(codeOf(await send(at.as('Admin'), 'PATCH', `/api/v1/accounts/${id}`, { roles: ['Investigator'] }))).toBe('ACCOUNT_MANAGED')
  })
  test('never take over one that was made by hand, and never the last administrator', async () => {
    for (const name of ['admin', 'ADMIN']) {
      const answer = await createUser(name)
      expect([answer.statusCode, answer.json<{ scimType: string }>().scimType]).toEqual([409, 'uniqueness'])
    }
    for (const [method, body] of [['DELETE', undefined], ['PATCH', { Operations: [{ op: 'replace', path: 'active', value: false }] }], ['PUT', { userName: 'admin', active: false }]] as const) expect((await send(directory, method, `${base}/Users/a_Admin`, body)).statusCode).toBe(404)
    const group = await send(directory, 'POST', `${base}/Groups`, { displayName: 'Holdfast Admins', members: [{ value: 'a_Analyst' }] })
    expect(group.statusCode).toBe(201)
    expect(await rolesOf('a_Analyst')).toEqual(['Analyst'])
  })
  test('a directory that gives somebody powers is announced as anybody is', async () => {
    const { id } = (await createUser('mara')).json<{ id: string }>()
    await send(directory, 'POST', `${base}/Groups`, { displayName: 'Holdfast Admins', members: [{ value: id }] })
    expect((await send(at.as('Auditor'), 'GET', '/api/v1/access/notices')).json<{ items: unknown[] }>().items[0]).toMatchObject({ actor: 'token:script', account: 'mara', roles: ['Admin'], isSelf: false })
  })
  test('a token for watched people is none for accounts, and the other way round', async () => {
    const people = await makeToken(at.as('Admin'), { connectors: ['directory'] })
    expect((await send(people, 'GET', `${base}/Users`)).statusCode).toBe(403)
    expect((await send(directory, 'GET', '/scim/v2/Users')).statusCode).toBe(403)
    expect((await send(directory, 'GET', '/api/v1/accounts')).statusCode).toBe(403)
  })
  test.each([{ userName: '' }, { userName: 'with space' }, { userName: 'x'.repeat(65) }, [], null])('the resource %j is refused and nothing is made', async (body) => {
    const before = (await at.store.accounts()).length
    expect((await send(directory, 'POST', `${base}/Users`, body)).statusCode).toBe(400)
    expect((await at.store.accounts()).length).toBe(before)
  })
})

describe('headers', () => {
  test('stand on every answer, refusals and files included, with a nonce of its own each time', async () => {
    const nonces = new Set<string>()
    for (const [url, method] of [['/', 'GET'], ['/alerts/al_1', 'GET'], ['/api/v1/me', 'GET'], ['/api/v1/none', 'GET'], ['/%zz', 'GET'], ['/assets/none.js', 'GET'], ['/api/v1/session', 'POST'], ['/scim/accounts/v2/Users', 'GET'], ['/livez', 'GET'], ['/ca.pem', 'GET'], ['/api/v1/session/oidc/callback', 'GET']] as const) {
      const { headers } = await send({}, method, url)
      const policy = String(headers['content-security-policy'])
      expect([url, policy]).toEqual([url, expect.stringMatching(/^default-src 'self'; script-src 'self' 'nonce-[\w+/=]{24}'; style-src 'self' 'nonce-[\w+/=]{24}'; img-src 'self' data:; connect-src 'self'; object-src 'none'; base-uri 'none'; frame-ancestors 'none'; form-action 'self'$/)])
      expect(policy).not.toContain('unsafe')
      nonces.add(/nonce-([\w+/=]+)/.exec(policy)?.[1] ?? '')
      expect([url, headers['strict-transport-security'], headers['x-content-type-options'], headers['referrer-policy'], headers['cross-origin-opener-policy']]).toEqual([url, 'max-age=31536000; includeSubDomains', 'nosniff', 'no-referrer', 'same-origin'])
      expect([url, headers['access-control-allow-origin']]).toEqual([url, undefined])
      expect([url, headers['cache-control']]).toEqual([url, url.startsWith('/assets') ? undefined : 'no-store'])
    }
    expect(nonces.size).toBe(11)
  })
})
