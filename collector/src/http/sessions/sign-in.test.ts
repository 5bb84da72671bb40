// What goes wrong, or is tried, on the way in.
import { TOTP, Secret } from 'otpauth'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { COOKIE, csrfOf } from '../../access/sessions.ts'
import { openTestApp, PASSWORD, type TestApp } from '../../testing/test-app.ts'
import type { Problem } from '../primitives.ts'

interface Browser {
  /** Cookies as a browser would keep them. */
  readonly jar: Map<string, string>
  send(method: 'GET' | 'POST' | 'PUT' | 'DELETE', url: string, body?: unknown, headers?: Readonly<Record<string, string>>): Promise<{ readonly status: number; readonly code: string | undefined; json<T>(): T; readonly headers: Readonly<Record<string, unknown>> }>
}

describe('the way in', () => {
  let at: TestApp
  beforeEach(async () => {
    at = await openTestApp()
  })
  afterEach(() => at.close())

  const openBrowser = (remoteAddress = '127.0.0.1'): Browser => {
    const jar = new Map<string, string>()
    return {
      jar,
      async send(method, url, body, headers = {}) {
        const session = jar.get(COOKIE)
        const answer = await at.app.inject({
          method, url, remoteAddress,
          headers: { cookie: [...jar].map(([name, value]) => `${name}=${value}`).join('; '), ...(session === undefined ? {} : { 'x-holdfast-csrf': csrfOf(session) }), ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
          ...(body === undefined ? {} : { payload: JSON.stringify(body) }),
        })
        for (const cookie of answer.cookies) {
          if (cookie.value === '') jar.delete(cookie.name)
          else jar.set(cookie.name, cookie.value)
        }
        const isProblem = String(answer.headers['content-type']).includes('problem')
        return { status: answer.statusCode, code: isProblem ? answer.json<Problem>().code : undefined, json: <T>() => answer.json<T>(), headers: answer.headers }
      },
    }
  }
  const enter = (browser: Browser, name = 'analyst', password = PASSWORD) => browser.send('POST', '/api/v1/session', { name, password })
  const codeOf = (secret: string, ms = at.nowMs) => new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: ms })
  /** Signs in and sets up an authenticator app. */
  const enrol = async (browser: Browser, name = 'analyst') => {
    await enter(browser, name)
    const { secret } = (await browser.send('POST', '/api/v1/account/totp', {})).json<{ secret: string }>()
    const confirmed = await browser.send('POST', '/api/v1/account/totp/confirm', { code: codeOf(secret) })
    expect(confirmed.status).toBe(200)
    at.nowMs += 60_000
    return { secret, codes: confirmed.json<{ codes: string[] }>().codes }
  }

  describe('passwords', () => {
    test('the limit is exact under 200 guesses at once, and an address that is made up changes nothing', async () => {
      const answers = await Promise.all(Array.from({ length: 200 }, (_, index) => openBrowser().send('POST', '/api/v1/session', { name: 'analyst', password: `guess ${index}` }, { 'x-forwarded-for': `10.0.0.${index}` })))
      expect(answers.filter(({ code }) => code === 'SIGN_IN_REFUSED').length).toBe(10)
      expect(answers.filter(({ code }) => code === 'TOO_MANY_TRIES').length).toBe(190)
      expect(Number(answers.find(({ status }) => status === 429)?.headers['retry-after'])).toBeGreaterThan(0)
    })
    test('guesses from one address do not keep the owner out at another, and nobody is kept out for ever', async () => {
      for (let guess = 0; guess < 12; guess += 1) await enter(openBrowser('10.9.9.9'), 'analyst', 'wrong')
      expect((await enter(openBrowser('10.9.9.9'))).code).toBe('TOO_MANY_TRIES')
      expect((await enter(openBrowser('10.1.1.1'))).status).toBe(200)
      at.nowMs += 16 * 60_000
      expect((await enter(openBrowser('10.9.9.9'))).status).toBe(200)
    })
    test('an unknown name, a wrong password and a disabled account get the same answer', async () => {
      await at.app.inject({ method: 'PATCH', url: '/api/v1/accounts/a_Approver', headers: { ...at.as('Admin'), 'content-type': 'application/json' }, payload: '{"disabled":true}' })
      const answers = await Promise.all([enter(openBrowser(), 'nobody', 'x'), enter(openBrowser(), 'analyst', 'x'), enter(openBrowser(), 'approver')])
      const texts = answers.map((answer) => JSON.stringify({ ...answer.json<Problem>(), requestId: '' }))
      expect(new Set(texts).size).toBe(1)
      expect(answers[0]?.code).toBe('SIGN_IN_REFUSED')
    })
    test('a password that holds the name, repeats a few letters or is made of the first guesses is refused, whatever its length', async () => {
      const create = (password: string) => at.app.inject({ method: 'POST', url: '/api/v1/accounts', headers: { ...at.as('Admin'), 'content-type': 'application/json' }, payload: JSON.stringify({ name: 'katrin', password, roles: ['Analyst'] }) })
      for (const password of ['hello katrin hello', 'aaaaaaaaaaaaaaab', 'Password1234567890!', 'qwerty123qwerty123']) expect([password, (await create(password)).json<Problem>().code]).toEqual([password, 'PASSWORD_WEAK'])
      expect((await create('short')).statusCode).toBe(400)
      expect((await create(`${'long enough to keep '.repeat(5)}ü`)).statusCode).toBe(201)
    })
    test('a session begins under a new token whatever the browser brought, and ends the one before', async () => {
      const browser = openBrowser()
      browser.jar.set(COOKIE, 'fixed-by-somebody-else')
      await enter(browser)
      const first = browser.jar.get(COOKIE)
      expect(first).not.toBe('fixed-by-somebody-else')
      await enter(browser)
      expect(browser.jar.get(COOKIE)).not.toBe(first)
      const old = openBrowser()
      old.jar.set(COOKIE, first ?? '')
      expect((await old.send('GET', '/api/v1/me')).code).toBe('SESSION_REQUIRED')
    })
    test('a new password ends every other session and goes on under another token', async () => {
      const [thief, owner] = [openBrowser(), openBrowser()]
      await enter(thief)
      await enter(owner)
      const before = owner.jar.get(COOKIE)
      at.nowMs += 1000
      expect((await owner.send('POST', '/api/v1/account/password', { password: 'wrong', newPassword: 'another long enough one' })).code).toBe('REAUTHENTICATION_REQUIRED')
      expect((await owner.send('POST', '/api/v1/account/password', { password: PASSWORD, newPassword: 'another long enough one' })).status).toBe(204)
      expect((await thief.send('GET', '/api/v1/me')).code).toBe('SESSION_REQUIRED')
      expect((await owner.send('GET', '/api/v1/me')).status).toBe(200)
      expect(owner.jar.get(COOKIE)).not.toBe(before)
      expect((await enter(openBrowser())).code).toBe('SIGN_IN_REFUSED')
      expect((await enter(openBrowser(), 'analyst', 'another long enough one')).status).toBe(200)
    })
    test('cookies are for this host alone, for no script and for no other site', async () => {
      const header = String((await enter(openBrowser())).headers['set-cookie'])
      for (const part of ['__Host-holdfast=', 'Path=/', 'HttpOnly', 'Secure', 'SameSite=Strict']) expect(header).toContain(part)
      expect(header).not.toContain('Domain')
    })
  })

  describe('codes of an authenticator app', () => {
    test('without the code there is no session, and the password alone opens nothing', async () => {
      await enrol(openBrowser())
      const browser = openBrowser()
      const answer = await enter(browser)
      expect(answer.json<unknown>()).toEqual({ name: 'analyst', step: 'second_factor', factors: ['totp', 'recovery'] })
      expect(browser.jar.has(COOKIE)).toBe(false)
      expect((await browser.send('GET', '/api/v1/alerts')).code).toBe('SESSION_REQUIRED')
    })
    test('a code lets in once; a replay is refused, also from another browser, and so is an earlier one', async () => {
      const { secret } = await enrol(openBrowser())
      const code = codeOf(secret)
      const [first, second, third] = [openBrowser(), openBrowser(), openBrowser()]
      for (const browser of [first, second, third]) await enter(browser)
      expect((await first.send('POST', '/api/v1/session/second-factor', { kind: 'totp', code })).status).toBe(200)
      expect((await first.send('GET', '/api/v1/me')).status).toBe(200)
      expect((await second.send('POST', '/api/v1/session/second-factor', { kind: 'totp', code })).code).toBe('SECOND_FACTOR_REFUSED')
      expect((await third.send('POST', '/api/v1/session/second-factor', { kind: 'totp', code: codeOf(secret, at.nowMs - 30_000) })).code).toBe('SECOND_FACTOR_REFUSED')
    })
    test('of twenty uses of one code at once, one passes', async () => {
      const { secret } = await enrol(openBrowser())
      const browsers = Array.from({ length: 4 }, () => openBrowser())
      for (const browser of browsers) await enter(browser)
      const answers = await Promise.all(browsers.map((browser) => browser.send('POST', '/api/v1/session/second-factor', { kind: 'totp', code: codeOf(secret) })))
      expect(answers.filter(({ status }) => status === 200).length).toBe(1)
    })
    test('one step of the clock is tolerated to both sides, two are not', async () => {
      const { secret } = await enrol(openBrowser())
      for (const [off, status] of [[-60_000, 401], [60_000, 401], [-30_000, 200], [30_000, 200]] as const) {
        at.nowMs += 600_000
        const browser = openBrowser()
        await enter(browser)
        expect([off, (await browser.send('POST', '/api/v1/session/second-factor', { kind: 'totp', code: codeOf(secret, at.nowMs + off) })).status]).toEqual([off, status])
      }
    })
    test('guessing ends after five tries, and the step after five minutes', async () => {
      const { secret } = await enrol(openBrowser())
      const browser = openBrowser()
      await enter(browser)
      const wrong = codeOf(secret) === '000000' ? '000001' : '000000'
      const codes: (string | undefined)[] = []
      for (let guess = 0; guess < 7; guess += 1) codes.push((await browser.send('POST', '/api/v1/session/second-factor', { kind: 'totp', code: wrong })).code)
      expect(codes).toEqual([...Array.from({ length: 5 }, () => 'SECOND_FACTOR_REFUSED'), 'TOO_MANY_TRIES', 'TOO_MANY_TRIES'])
      at.nowMs += 301_000
      expect((await browser.send('POST', '/api/v1/session/second-factor', { kind: 'totp', code: codeOf(secret) })).code).toBe('SIGN_IN_EXPIRED')
    })
    test('a recovery code lets in once, and the store holds neither it nor the secret of the app', async () => {
      const { secret, codes } = await enrol(openBrowser())
      expect(codes.length).toBe(10)
      const kept = JSON.stringify(await at.store.account('a_Analyst'))
      expect(kept).not.toContain(secret)
      for (const code of codes) expect(kept).not.toContain(code)
      for (const status of [200, 401]) {
        const browser = openBrowser()
        await enter(browser)
        expect((await browser.send('POST', '/api/v1/session/second-factor', { kind: 'recovery', code: codes[0]?.toUpperCase() })).status).toBe(status)
      }
      expect((await at.store.account('a_Analyst'))?.recoveryCodes?.length).toBe(9)
    })
    test('a session of more than ten minutes must show the password again before it changes how one signs in', async () => {
      const browser = openBrowser()
      await enrol(browser)
      at.nowMs += 600_000
      expect((await browser.send('POST', '/api/v1/account/totp/remove', {})).code).toBe('REAUTHENTICATION_REQUIRED')
      expect((await browser.send('POST', '/api/v1/account/passkeys/options', {})).code).toBe('REAUTHENTICATION_REQUIRED')
      expect((await browser.send('POST', '/api/v1/account/totp/remove', { password: PASSWORD })).status).toBe(204)
      expect((await enter(openBrowser())).json<{ step: string }>().step).toBe('done')
    })
  })

  describe('a second factor that a role asks for', () => {
    const require = async (...roles: readonly string[]) => {
      const answer = await at.app.inject({ method: 'PUT', url: '/api/v1/settings/access', headers: { ...at.as('Admin'), 'content-type': 'application/json', 'if-match': '"0"' }, payload: JSON.stringify({ requireSecondFactor: roles, groupRoles: [] }) })
      expect(answer.statusCode).toBe(200)
    }
    test('closes everything but the own account at once, also for who is signed in, until it is set up', async () => {
      const browser = openBrowser()
      await enter(browser)
      await require('Analyst')
      expect((await browser.send('GET', '/api/v1/alerts')).code).toBe('SECOND_FACTOR_REQUIRED')
      expect((await browser.send('GET', '/api/v1/tokens')).code).toBe('SECOND_FACTOR_REQUIRED')
      expect((await browser.send('GET', '/api/v1/me')).json<object>()).toMatchObject({ mustEnrol: true, permissions: [] })
      await enrol(browser)
      expect((await browser.send('GET', '/api/v1/alerts')).status).toBe(200)
      expect((await browser.send('POST', '/api/v1/account/totp/remove', {})).code).toBe('SECOND_FACTOR_REQUIRED')
    })
    test('an administrator takes a lost one away, and sessions end', async () => {
      const browser = openBrowser()
      await enrol(browser)
      expect((await at.app.inject({ method: 'DELETE', url: '/api/v1/accounts/a_Analyst/second-factor', headers: at.as('Admin') })).statusCode).toBe(200)
      expect((await browser.send('GET', '/api/v1/me')).code).toBe('SESSION_REQUIRED')
      expect((await enter(openBrowser())).json<{ step: string }>().step).toBe('done')
      expect(await at.audit()).toContain('account.second_factor_reset account')
    })
  })

  describe('sessions', () => {
    test('are listed without what lets anybody in, and one ends without the others', async () => {
      const [here, there] = [openBrowser(), openBrowser()]
      await enter(here)
      await enter(there)
      const list = (await here.send('GET', '/api/v1/account/sessions')).json<{ items: { id: string; isCurrent: boolean }[] }>()
      expect(list.items.length).toBe(3)
      for (const token of [here, there].map((browser) => browser.jar.get(COOKIE) ?? '')) expect(JSON.stringify(list)).not.toContain(token)
      const current = list.items.find((session) => session.isCurrent)
      for (const { id } of list.items.filter((session) => session !== current)) expect((await here.send('DELETE', `/api/v1/account/sessions/${id}`)).status).toBe(204)
      expect([(await here.send('GET', '/api/v1/me')).status, (await there.send('GET', '/api/v1/me')).status]).toEqual([200, 401])
    })
    test('of somebody else cannot be ended from one\'s own page, but by an administrator all at once', async () => {
      const [analyst, auditor] = [openBrowser(), openBrowser()]
      await enter(analyst)
      await enter(auditor, 'auditor')
      const { items } = (await analyst.send('GET', '/api/v1/account/sessions')).json<{ items: { id: string }[] }>()
      expect((await auditor.send('DELETE', `/api/v1/account/sessions/${items[0]?.id}`)).status).toBe(404)
      expect((await at.app.inject({ method: 'DELETE', url: '/api/v1/accounts/a_Analyst/sessions', headers: at.as('Admin') })).statusCode).toBe(204)
      expect((await analyst.send('GET', '/api/v1/me')).status).toBe(401)
      expect((await auditor.send('GET', '/api/v1/me')).status).toBe(200)
    })
    test('end with any change of roles, units or the account', async () => {
      for (const change of [{ roles: ['Analyst', 'Auditor'] }, { disabled: false }]) {
        const browser = openBrowser()
        await enter(browser)
        await at.app.inject({ method: 'PATCH', url: '/api/v1/accounts/a_Analyst', headers: { ...at.as('Admin'), 'content-type': 'application/json' }, payload: JSON.stringify(change) })
        expect((await browser.send('GET', '/api/v1/me')).code).toBe('SESSION_REQUIRED')
      }
    })
  })
  test('preferences are kept with the account and come back with who is signed in', async () => {
    const browser = openBrowser()
    await enter(browser)
    expect((await browser.send('PUT', '/api/v1/account/preferences', { timeZone: 'Mars/Olympus' })).status).toBe(400)
    expect((await browser.send('PUT', '/api/v1/account/preferences', { timeZone: 'Europe/Berlin', language: 'de' })).status).toBe(200)
    const other = openBrowser()
    await enter(other)
    expect((await other.send('GET', '/api/v1/me')).json<{ preferences: unknown }>().preferences).toEqual({ timeZone: 'Europe/Berlin', language: 'de' })
  })
})
