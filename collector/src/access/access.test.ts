import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Store } from '../store/store.ts'
import { buildAccount, MONDAY_MS } from '../testing/builders.ts'
import { openTemporaryStore, type TemporaryStore } from '../testing/temporary-store.ts'
import { DUMMY_HASH, hashPassword, verifyPassword } from './passwords.ts'
import { permissions, permissionsOf, ROLE_NAMES, roles } from './permissions.ts'
import { routeRules } from './routes.ts'
import { closeSession, csrfOf, findSession, openSession, peekSession } from './sessions.ts'
import { createThrottle } from './throttle.ts'

describe('passwords', () => {
  test('are kept as argon2id with the cost in the text, and each with a salt of its own', async () => {
    const [a, b] = await Promise.all([hashPassword('correct horse'), hashPassword('correct horse')])
    expect(a).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$[A-Za-z0-9+/]{22}\$[A-Za-z0-9+/]{43}$/)
    expect(a).not.toBe(b)
    expect(await Promise.all([verifyPassword('correct horse', a), verifyPassword('correct horsf', a), verifyPassword('', a)])).toEqual([true, false, false])
  })
  test('are the same in every Unicode form', async () => {
    expect(await verifyPassword('Ju\u0308rgen', await hashPassword('Jürgen'))).toBe(true)
  })
  test.each(['', 'x', '$argon2i$v=19$m=8,t=1,p=1$AAAA$AAAA', '$2b$10$abcdefghijklmnopqrstuv', DUMMY_HASH.slice(0, -1)])('nothing matches the text %j', async (text) => {
    expect(await verifyPassword('x', text)).toBe(false)
  })
  test('an account that does not exist costs a look of the same kind', async () => {
    expect(await verifyPassword('anything', DUMMY_HASH)).toBe(false)
    expect(DUMMY_HASH.split('$').slice(0, 4)).toEqual((await hashPassword('x')).split('$').slice(0, 4))
  })
})

describe('the throttle', () => {
  test('lets the limit through, then says how long to wait, then begins anew', () => {
    const throttle = createThrottle(3, 60)
    expect([0, 1, 2].map(() => throttle.take('a', 1000))).toEqual([undefined, undefined, undefined])
    expect(throttle.take('a', 1000)).toBe(60)
    expect(throttle.take('a', 31_000)).toBe(30)
    expect(throttle.take('a', 60_999)).toBe(1)
    expect(throttle.take('a', 61_000)).toBeUndefined()
  })
  test('tries while it is shut do not keep it shut', () => {
    const throttle = createThrottle(1, 60)
    for (let second = 0; second < 60; second += 1) throttle.take('a', second * 1000)
    expect(throttle.take('a', 60_000)).toBeUndefined()
  })
  test('keys are apart, and a success gives the tries back', () => {
    const throttle = createThrottle(1, 60)
    expect([throttle.take('a', 0), throttle.take('b', 0), throttle.take('a', 0)]).toEqual([undefined, undefined, 60])
    throttle.reset('a')
    expect(throttle.take('a', 0)).toBeUndefined()
  })
})

describe('sessions', () => {
  let temporary: TemporaryStore
  let store: Store
  const account = buildAccount()
  const hour = 3_600_000
  const begin = () => store.write((tx) => openSession(tx, account, { address: '::1', userAgent: 'x'.repeat(1000) }, MONDAY_MS))
  beforeEach(async () => {
    temporary = await openTemporaryStore()
    ;({ store } = temporary)
    await store.write((tx) => tx.saveAccount(account))
  })
  afterEach(() => temporary.remove())

  test('the store holds only a hash of the token', async () => {
    const token = await begin()
    expect(token.length).toBeGreaterThanOrEqual(43)
    expect(await store.session(token)).toBeUndefined()
    expect((await findSession(store, token, MONDAY_MS))?.account).toEqual(account)
    expect(await findSession(store, `${token}x`, MONDAY_MS)).toBeUndefined()
  })
  test('ends after an hour without use and after twelve hours in any case', async () => {
    const token = await begin()
    expect(await findSession(store, token, MONDAY_MS + hour)).toBeDefined()
    expect(await findSession(store, token, MONDAY_MS + 2 * hour + 1)).toBeUndefined()
    const used = await begin()
    for (let at = 0; at < 12; at += 0.5) expect(await findSession(store, used, MONDAY_MS + at * hour)).toBeDefined()
    expect(await findSession(store, used, MONDAY_MS + 12 * hour)).toBeUndefined()
  })
  test('looking does not keep a session from going idle', async () => {
    const token = await begin()
    expect(await peekSession(store, token, MONDAY_MS + 0.9 * hour)).toBeDefined()
    expect(await peekSession(store, token, MONDAY_MS + hour + 1)).toBeUndefined()
  })
  test('a session that is ended while it is used does not come back', async () => {
    const token = await begin()
    let ended = false
    const racing: Store = {
      ...store,
      async write(work) {
        if (!ended) {
          ended = true
          await store.write((tx) => closeSession(tx, token))
        }
        return store.write(work)
      },
    }
    await findSession(racing, token, MONDAY_MS + 120_000)
    expect(await findSession(store, token, MONDAY_MS + 120_000)).toBeUndefined()
  })
  test('a disabled account and a new password end every session', async () => {
    const token = await begin()
    await store.write((tx) => tx.saveAccount({ ...account, disabled: true }))
    expect(await findSession(store, token, MONDAY_MS)).toBeUndefined()
    await store.write((tx) => tx.saveAccount({ ...account, passwordChangedAtMs: MONDAY_MS + 1 }))
    expect(await findSession(store, token, MONDAY_MS + 2)).toBeUndefined()
  })
  test('the token for changes follows from the session and cannot be turned back', async () => {
    const [a, b] = [await begin(), await begin()]
    expect(csrfOf(a)).toBe(csrfOf(a))
    expect(csrfOf(a)).not.toBe(csrfOf(b))
    expect(csrfOf(a)).not.toContain(a)
  })
})

describe('the tables of access', () => {
  test('every route names a permission that exists, and every permission of a role does', () => {
    for (const rule of Object.values(routeRules)) expect(['public', 'session', 'own', 'loopback or overview.read', ...Object.keys(permissions)]).toContain(rule)
    for (const role of ROLE_NAMES) for (const permission of roles[role]) expect(Object.keys(permissions)).toContain(permission)
  })
  test('duties are apart: who runs the system reads no alerts, who reads the audit log reads nothing else, and only an investigator reveals', () => {
    expect(permissionsOf(['Admin']).has('alert.read') || permissionsOf(['Admin']).has('user.read') || permissionsOf(['Admin']).has('audit.read')).toBe(false)
    expect([...permissionsOf(['Auditor'])]).toEqual(['audit.read'])
    expect(ROLE_NAMES.filter((role) => permissionsOf([role]).has('user.reveal'))).toEqual(['Investigator'])
  })
  test('roles add up, and an unknown one gives nothing', () => {
    expect(permissionsOf(['Auditor', 'Approver', 'Superuser', 'toString', '__proto__'])).toEqual(new Set([...roles.Auditor, ...roles.Approver]))
  })
})
