// Which role is told which field, and that no order, filter or search tells a field that is hidden.
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Role } from '../../access/permissions.ts'
import { buildAlert, buildPolicy, buildUser } from '../../testing/builders.ts'
import { openTestApp, type TestApp } from '../../testing/test-app.ts'
import type { Problem } from '../primitives.ts'

/** Words that stand only in the fields that nobody is told without a reveal. */
const SECRETS = ['Wilhelmina', 'wilma@example.com', 'employee-4711', 'argon2id', 'tokenHash', 'passwordHash']
let at: TestApp
beforeAll(async () => {
  at = await openTestApp()
  await at.store.write(async (tx) => {
    await tx.saveUser(buildUser({ displayName: 'Wilhelmina', email: 'wilma@example.com', department: 'Sales', identities: [{ kind: 'account', value: 'wilhelmina' }, { kind: 'employee_id', value: 'employee-4711' }] }))
    await tx.savePolicy(buildPolicy())
    await tx.saveAlert(buildAlert())
  })
})
afterAll(() => at.close())
const get = (role: Role, url: string) => at.app.inject({ url, headers: at.as(role) })

test.each<[Role, string, readonly string[]]>([
  ['Analyst', '/api/v1/users', ['pseudonym', 'department']], ['Investigator', '/api/v1/users', ['pseudonym', 'department']], ['Read-only', '/api/v1/alerts', ['pseudonym', 'score']], ['Analyst', '/api/v1/alerts/al_1', ['reasons', 'history']],
  ['Analyst', '/api/v1/users/u_1', ['alerts']], ['Admin', '/api/v1/accounts', ['roles', 'signIn']], ['Admin', '/api/v1/tokens', ['items']], ['Admin', '/api/v1/settings/access', ['groupRoles']], ['Auditor', '/api/v1/audit', ['items']], ['Analyst', '/api/v1/account', ['passkeys']], ['Analyst', '/api/v1/account/sessions', ['userAgent']],
])('%s is told of %s what stands in the table, and none of what is hidden', async (role, url, fields) => {
  const answer = await get(role, url)
  expect(answer.statusCode).toBe(200)
  for (const field of fields) expect(answer.body).toContain(`"${field}"`)
  for (const secret of SECRETS) expect([secret, answer.body.toLowerCase().includes(secret.toLowerCase())]).toEqual([secret, false])
})
test.each(['/api/v1/users?sort=displayName', '/api/v1/users?sort=email', '/api/v1/users?displayName=Wilhelmina', '/api/v1/alerts?sort=-displayName', '/api/v1/alerts?sort=user.email', '/api/v1/alerts?displayName=Wilhelmina', '/api/v1/accounts?sort=passwordHash', '/api/v1/risk-levels?sort=displayName', '/api/v1/activities?sort=account', '/api/v1/audit?sort=hash'])('%s tells nothing: a column that is not listed is refused, or stays without effect', async (url) => {
  const roles: readonly Role[] = ['Analyst', 'Investigator', 'Admin', 'Auditor']
  for (const role of roles) {
    const [answer, plain] = [await get(role, url), await get(role, url.split('?')[0] ?? '')]
    const told = answer.statusCode === 400 ? answer.json<Problem>().code : answer.body.replaceAll(/"requestId":"[^"]*"/g, '')
    expect([role, told]).toEqual([role, answer.statusCode === 400 ? 'REQUEST_INVALID' : plain.body.replaceAll(/"requestId":"[^"]*"/g, '')])
  }
})
test('a search by a hidden name finds nobody for who may not reveal', async () => {
  for (const word of ['Wilhelmina', 'wilma@example.com', 'employee-4711']) expect((await get('Analyst', `/api/v1/users?search=${encodeURIComponent(word)}`)).json<{ items: unknown[] }>().items).toEqual([])
})
