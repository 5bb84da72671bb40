// Every way to sign in, in a real browser, with a real identity provider and an authenticator of the browser's own.
import { createHmac } from 'node:crypto'
import type { Browser, BrowserContext, Locator, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { axeViolations, newContext, SCHEMES, settled, startBrowser, useScheme } from '../support/browser.ts'
import { install, type Installation } from '../support/collector.ts'
import { type IdentityProvider, startIdentityProvider } from '../support/identity-provider.ts'
import { picture } from '../support/screens.ts'

let installation: Installation
let browser: Browser
let provider: IdentityProvider
/** The same console under a name, for a passkey is never for a bare address. */
let url: string
/** Where no provider answers. */
let nobody: string
const violations: string[] = []
const contexts: BrowserContext[] = []

const openPage = async (): Promise<Page> => {
  const context = await newContext(browser)
  contexts.push(context)
  const page = await context.newPage()
  page.setDefaultTimeout(10_000)
  await page.addInitScript(() => document.addEventListener('securitypolicyviolation', (event) => console.error(`CSP ${event.violatedDirective} ${event.blockedURI} ${event.sample}`)))
  page.on('console', (message) => {
    if (/Content.Security.Policy|^CSP /.test(message.text())) violations.push(`${page.url()}: ${message.text()}`)
  })
  return page
}

/** RFC 6238 by hand: SHA-1, 30 seconds, six digits. */
function codeAt(secret: string, ms: number): string {
  const bits = Array.from(secret, (letter) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(letter).toString(2).padStart(5, '0')).join('')
  const key = Buffer.from(bits.match(/.{8}/g)?.map((byte) => Number.parseInt(byte, 2)) ?? [])
  const counter = Buffer.alloc(8)
  counter.writeBigUInt64BE(BigInt(Math.floor(ms / 30_000)))
  const mac = createHmac('sha1', key).update(counter).digest()
  return String((mac.readUInt32BE((mac.at(-1) ?? 0) & 15) & 0x7fff_ffff) % 1_000_000).padStart(6, '0')
}

const fillSignIn = async (page: Page, name: string, password = installation.password): Promise<void> => {
  await page.getByRole('textbox', { name: 'Account', exact: true }).fill(name)
  await page.getByRole('textbox', { name: 'Password', exact: true }).fill(password)
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
}
/** The input of a list to choose from, whose options carry the same label. */
const field = (root: Page | Locator, label: string): Locator => root.getByLabel(label).and(root.locator('input'))
const signInAs = async (page: Page, name: string): Promise<void> => {
  await page.goto(url)
  await fillSignIn(page, name)
  await page.getByRole('navigation', { name: 'Main' }).waitFor()
}
const signOut = async (page: Page): Promise<void> => {
  await page.getByRole('button', { name: /^Account of/ }).click()
  await page.getByRole('menuitem', { name: 'Sign out' }).click()
}
const account = (name: string, ...roles: readonly string[]): Promise<{ id: string }> => installation.client.send('POST', '/api/v1/accounts', { name, password: installation.password, roles })
/** Changes parts of how people sign in. */
async function access(change: Readonly<Record<string, unknown>>): Promise<void> {
  const { revision, redirectUri: _redirect, scimBase: _scim, oidc: _oidc, ...kept } = await installation.client.get<Record<string, unknown>>('/api/v1/settings/access')
  await installation.client.send('PUT', '/api/v1/settings/access', { ...kept, ...change }, { 'if-match': `"${String(revision)}"` })
}
const bothSchemes = async (page: Page, name: string): Promise<readonly string[]> => {
  const found: string[] = []
  for (const scheme of SCHEMES) {
    await useScheme(page, scheme)
    await settled(page)
    await picture(page, `${name}-${scheme}`)
    for (const problem of await axeViolations(page)) found.push(`${name} ${scheme}: ${problem}`)
  }
  return found
}

beforeAll(async () => {
  installation = await install({ serve: ['--names', 'localhost,127.0.0.1'] })
  url = `https://localhost:${new URL(installation.url).port}`
  provider = await startIdentityProvider([url])
  const gone = await startIdentityProvider([url])
  nobody = gone.issuer
  await gone.close()
  browser = await startBrowser()
})
afterEach(async ({ task }) => {
  if (task.result?.state === 'fail') for (const [index, context] of contexts.entries()) for (const page of context.pages()) await picture(page, `failed-${index}-${task.name.slice(0, 40).replaceAll(/\W+/g, '-')}`)
  for (const context of contexts.splice(0)) await context.close()
})
afterAll(async () => {
  await browser.close()
  await provider.close()
  await installation.close()
})

describe('a code of an authenticator app', () => {
  it('is set up with its picture and key, then asked for after the password; a wrong one is refused and a recovery code lets in', async () => {
    await account('totp-tester', 'Analyst')
    const page = await openPage()
    await signInAs(page, 'totp-tester')
    await page.goto(`${url}/account`)
    await page.getByRole('button', { name: 'Set up', exact: true }).click()
    await page.getByRole('img', { name: 'QR code for the authenticator app' }).waitFor()
    const secret = (await page.locator('.hf-code').first().innerText()).replaceAll(/\s/g, '')
    expect(secret).toMatch(/^[A-Z2-7]{32}$/)
    expect(await bothSchemes(page, 'account-totp')).toEqual([])
    await page.getByRole('textbox', { name: 'Code', exact: true }).fill(codeAt(secret, Date.now() - 30_000))
    await page.getByRole('button', { name: 'Confirm' }).click()
    const codes = (await page.getByRole('group', { name: 'Recovery codes' }).innerText()).split(/\s+/)
    expect(codes).toHaveLength(10)
    await page.getByRole('button', { name: 'I have kept them' }).click()
    await page.getByText('10 recovery codes left').waitFor()
    await signOut(page)
    await fillSignIn(page, 'totp-tester')
    await page.getByLabel('Code of your authenticator app').waitFor()
    expect(await bothSchemes(page, 'sign-in-code')).toEqual([])
    const wrong = codeAt(secret, Date.now()) === '000000' ? '000001' : '000000'
    await page.getByLabel('Code of your authenticator app').fill(wrong)
    await page.getByRole('button', { name: 'Go on' }).click()
    await page.getByText('The code is wrong, or it was used already.').waitFor()
    await page.getByLabel('Code of your authenticator app').fill(codeAt(secret, Date.now() + 30_000))
    await page.getByRole('button', { name: 'Go on' }).click()
    await page.getByRole('navigation', { name: 'Main' }).waitFor()
    await signOut(page)
    await fillSignIn(page, 'totp-tester')
    await page.getByRole('button', { name: 'Use a recovery code' }).click()
    await page.getByLabel('Recovery code').fill(codes[0] ?? '')
    await page.getByRole('button', { name: 'Go on' }).click()
    await page.getByRole('navigation', { name: 'Main' }).waitFor()
    await page.goto(`${url}/account`)
    await page.getByText('9 recovery codes left').waitFor()
  })
  it('is all that is open to somebody whose role asks for it, until it is there', async () => {
    await account('must-enrol', 'Approver')
    await access({ requireSecondFactor: ['Approver'] })
    const page = await openPage()
    await page.goto(`${url}/policies`)
    await fillSignIn(page, 'must-enrol')
    await page.getByRole('heading', { name: 'A second factor is needed' }).waitFor()
    expect(await bothSchemes(page, 'must-enrol')).toEqual([])
    await page.getByRole('button', { name: 'Set up', exact: true }).click()
    const secret = (await page.locator('.hf-code').first().innerText()).replaceAll(/\s/g, '')
    await page.getByRole('textbox', { name: 'Code', exact: true }).fill(codeAt(secret, Date.now()))
    await page.getByRole('button', { name: 'Confirm' }).click()
    await page.getByRole('button', { name: 'I have kept them' }).click()
    await page.getByRole('heading', { name: 'Policies' }).waitFor()
    await access({ requireSecondFactor: [] })
    expect(new URL(page.url()).pathname).toBe('/policies')
  })
})

describe('a passkey', () => {
  it('is made on the page of the account and signs in alone, without name and password', async () => {
    await account('passkey-tester', 'Analyst')
    const page = await openPage()
    const devtools = await page.context().newCDPSession(page)
    await devtools.send('WebAuthn.enable')
    await devtools.send('WebAuthn.addVirtualAuthenticator', { options: { protocol: 'ctap2', transport: 'internal', hasResidentKey: true, hasUserVerification: true, isUserVerified: true, automaticPresenceSimulation: true } })
    await signInAs(page, 'passkey-tester')
    await page.goto(`${url}/account`)
    await page.getByLabel('Name of the passkey').fill('Laptop')
    await page.getByRole('button', { name: 'Add a passkey' }).click()
    await page.getByRole('cell', { name: 'Laptop', exact: true }).waitFor()
    await signOut(page)
    await page.getByRole('button', { name: 'Sign in with a passkey' }).click()
    await page.getByRole('navigation', { name: 'Main' }).waitFor()
    await page.goto(`${url}/account`)
    await page.getByRole('cell', { name: 'passkey', exact: true }).waitFor()
    await signOut(page)
    // After the password it is the second factor.
    await fillSignIn(page, 'passkey-tester')
    await page.getByRole('button', { name: 'Use a passkey' }).click()
    await page.getByRole('navigation', { name: 'Main' }).waitFor()
    expect(await page.getByRole('navigation', { name: 'Main' }).isVisible()).toBe(true)
  })
})

describe('an identity provider', () => {
  const enterAtProvider = async (page: Page, name: string): Promise<void> => {
    await page.goto(url)
    await page.getByRole('link', { name: 'Sign in with Example' }).click()
    await page.locator('input[name="login"]').fill(name)
    await page.locator('input[name="password"]').fill('anything')
    await page.locator('button[type="submit"]').click()
    // The provider asks once whether the console may know.
    await page.getByRole('button', { name: 'Continue' }).click()
  }
  const configure = (over: Readonly<Record<string, unknown>> = {}) => access({
    groupRoles: [{ group: 'soc', roles: ['Analyst'] }, { group: 'platform', roles: ['Admin'] }],
    oidc: { enabled: true, issuer: provider.issuer, clientId: provider.clientId, clientSecret: provider.clientSecret, label: 'Example', scopes: ['email', 'profile'], groupsClaim: 'groups', rolesFromGroups: true, justInTime: true, ...over },
  })

  it('is tested from the settings: found, or told in words why not', async () => {
    const page = await openPage()
    await signInAs(page, 'tester')
    await page.goto(`${url}/settings/access`)
    await page.getByLabel('Client id').fill('holdfast')
    for (const [issuer, words] of [[nobody, `nobody answers at ${new URL(nobody).host}`], [`${provider.issuer}/other`, 'no discovery document'], [provider.issuer, `Found: ${provider.issuer}/auth`]] as const) {
      await page.getByLabel('Issuer').fill(issuer)
      await page.getByRole('button', { name: 'Test the connection' }).click()
      await page.getByText(words).waitFor()
    }
    expect(await bothSchemes(page, 'settings-access')).toEqual([])
  })
  it('lets in who it knows, with the roles of their groups, and makes their account', async () => {
    provider.people.set('mara', { email: 'mara@example.com', emailVerified: true, groups: ['soc', 'unknown'] })
    await configure()
    const page = await openPage()
    await page.goto(url)
    await page.getByRole('link', { name: 'Sign in with Example' }).waitFor()
    expect(await bothSchemes(page, 'sign-in')).toEqual([])
    await enterAtProvider(page, 'mara')
    await page.getByRole('navigation', { name: 'Main' }).waitFor()
    expect(page.url()).toBe(`${url}/`)
    const { items } = await installation.client.get<{ items: { name: string; roles: string[]; email: string; signIn: string[] }[] }>('/api/v1/accounts')
    expect(items.find(({ name }) => name === 'mara')).toMatchObject({ roles: ['Analyst'], email: 'mara@example.com', signIn: ['oidc'] })
  })
  it('changes roles at the next sign-in, and ends its own session with ours', async () => {
    provider.people.set('noor', { email: 'noor@example.com', emailVerified: true, groups: ['platform'] })
    const page = await openPage()
    await enterAtProvider(page, 'noor')
    await page.getByRole('navigation', { name: 'Main' }).waitFor()
    expect(await page.getByRole('link', { name: 'Alerts' }).count()).toBe(0)
    await signOut(page)
    // The provider asks whether to end the session there too.
    await page.waitForURL((at) => at.href.startsWith(`${provider.issuer}/session/end`))
    await page.locator('button[name="logout"]').click()
    await page.getByRole('link', { name: 'Sign in with Example' }).waitFor()
    provider.people.set('noor', { email: 'noor@example.com', emailVerified: true, groups: ['soc'] })
    await enterAtProvider(page, 'noor')
    await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Alerts' }).waitFor()
    const { items } = await installation.client.get<{ items: { name: string; roles: string[] }[] }>('/api/v1/accounts')
    expect(items.find(({ name }) => name === 'noor')?.roles).toEqual(['Analyst'])
  })
  it('says in words why somebody does not get in', async () => {
    for (const [name, person, words] of [
      ['eve', { email: 'eve@example.com', emailVerified: true, groups: ['none'] }, 'none of your groups gives a role'],
      ['mallory', { email: 'tester@example.com', emailVerified: false, groups: ['platform'] }, 'it has not verified your e-mail address'],
    ] as const) {
      provider.people.set(name, person)
      const page = await openPage()
      await enterAtProvider(page, name)
      await page.getByText(words).waitFor()
      await picture(page, `sign-in-refused-${name}`)
      expect((await page.context().cookies()).some((cookie) => cookie.name === '__Host-holdfast')).toBe(false)
    }
  })
  it('is not believed when the answer belongs to another sign-in, is replayed, or names another issuer', async () => {
    provider.people.set('olga', { email: 'olga@example.com', emailVerified: true, groups: ['soc'] })
    const page = await openPage()
    let answer = ''
    page.on('request', (request) => {
      if (request.url().includes('/oidc/callback?')) answer = request.url()
    })
    await enterAtProvider(page, 'olga')
    await page.getByRole('navigation', { name: 'Main' }).waitFor()
    expect(new URL(answer).searchParams.get('iss')).toBe(provider.issuer)
    // The same answer once more, in the browser that it was for and in one that never asked.
    for (const again of [page, await openPage()]) {
      await again.context().clearCookies({ name: '__Host-holdfast' })
      await again.goto(answer)
      await again.getByText('That took too long. Start again.').waitFor()
    }
    for (const change of [(at: URL) => at.searchParams.set('state', 'other'), (at: URL) => at.searchParams.set('iss', 'https://evil.example'), (at: URL) => at.searchParams.set('code', 'guessed'), (at: URL) => at.searchParams.delete('iss')]) {
      const other = await openPage()
      const asked = await other.request.get(`${url}/api/v1/session/oidc/start`, { maxRedirects: 0 })
      const at = new URL(answer)
      at.searchParams.set('state', new URL(asked.headers()['location'] ?? '').searchParams.get('state') ?? '')
      change(at)
      await other.goto(at.href)
      await other.getByText('Sign-in did not work').waitFor()
      expect((await other.context().cookies()).some((cookie) => cookie.name === '__Host-holdfast')).toBe(false)
    }
  })
  it('ends a session from behind, with a token that it signed and no other', async () => {
    const page = await openPage()
    await enterAtProvider(page, 'olga')
    await page.getByRole('navigation', { name: 'Main' }).waitFor()
    const post = (token: string) => page.request.post(`${url}/api/v1/session/oidc/logout`, { form: { logout_token: token } })
    const good = provider.logoutToken({ sub: 'olga' })
    const stranger = await startIdentityProvider([url])
    const forged = stranger.logoutToken({ iss: provider.issuer, sub: 'olga' })
    await stranger.close()
    for (const token of [forged, provider.logoutToken({ sub: 'olga', aud: 'other' }), provider.logoutToken({ sub: 'olga', iat: 1_000_000 }), provider.logoutToken({ sub: 'olga', nonce: 'n' }), provider.logoutToken({}), `${good.slice(0, -4)}AAAA`]) expect((await post(token)).status()).toBe(403)
    expect((await page.request.get(`${url}/api/v1/me`)).status()).toBe(200)
    expect((await post(good)).status()).toBe(200)
    expect((await page.request.get(`${url}/api/v1/me`)).status()).toBe(401)
  })
  it('that is down is told in words, and an account with a password still gets in', async () => {
    await configure({ issuer: nobody })
    const page = await openPage()
    await page.goto(url)
    await page.getByRole('link', { name: 'Sign in with Example' }).click()
    await page.getByText(`nobody answers at ${new URL(nobody).host}`).waitFor()
    await fillSignIn(page, 'tester')
    await page.getByRole('navigation', { name: 'Main' }).waitFor()
    await access({ oidc: null })
    expect(await page.request.get(`${url}/api/v1/session/methods`).then((found) => found.json())).toEqual({})
  })
})

describe('what a role sees', () => {
  it.each([
    ['Admin', ['Overview', 'Devices', 'Policies', 'Settings'], ['Alerts', 'Users', 'Audit log']], ['Analyst', ['Alerts', 'Users', 'Policies'], ['Audit log']], ['Investigator', ['Alerts', 'Users'], ['Audit log']],
    ['Auditor', ['Audit log', 'Settings'], ['Alerts', 'Users', 'Devices', 'Policies', 'Overview']], ['Approver', ['Overview', 'Policies'], ['Alerts', 'Users', 'Audit log']], ['Read-only', ['Alerts', 'Policies'], ['Users', 'Audit log']],
  ] as const)('%s', async (role, seen, hidden) => {
    const name = `only-${role.toLowerCase()}`
    await account(name, role)
    const page = await openPage()
    await signInAs(page, name)
    const menu = page.getByRole('navigation', { name: 'Main' })
    for (const entry of seen) expect([entry, await menu.getByRole('link', { name: entry, exact: entry !== 'Alerts' }).count()]).toEqual([entry, 1])
    for (const entry of hidden) expect([entry, await menu.getByRole('link', { name: entry, exact: true }).count()]).toEqual([entry, 0])
  })
})

describe('the page of the account and the settings of access', () => {
  it('change the password, end another session, make a token, keep time zone and language, without a violation that axe finds', async () => {
    await account('owner', 'Analyst')
    const [page, other] = [await openPage(), await openPage()]
    await signInAs(other, 'owner')
    await signInAs(page, 'owner')
    await page.goto(`${url}/account`)
    await page.getByRole('button', { name: /^End the session from/ }).click()
    await expect.poll(async () => (await other.request.get(`${url}/api/v1/me`)).status()).toBe(401)
    await page.getByRole('textbox', { name: 'Name', exact: true }).fill('script')
    await field(page, 'It may').click()
    await page.getByRole('option', { name: 'alert.read' }).click()
    await page.keyboard.press('Tab')
    await page.getByRole('button', { name: 'Make a token' }).click()
    const token = await page.getByText(/^hft_/).innerText()
    expect((await other.request.get(`${url}/api/v1/alerts`, { headers: { authorization: `Bearer ${token}` } })).status()).toBe(200)
    expect((await other.request.get(`${url}/api/v1/users`, { headers: { authorization: `Bearer ${token}` } })).status()).toBe(403)
    await field(page, 'Time zone').fill('Asia/Tokyo')
    await page.getByRole('option', { name: 'Asia/Tokyo' }).click()
    await page.getByText('Saved; it holds on every machine').waitFor()
    await page.getByRole('button', { name: 'Times in Asia/Tokyo (UTC+09:00)' }).waitFor()
    await page.getByLabel('Present password').fill(installation.password)
    await page.getByRole('textbox', { name: 'New password', exact: true }).fill('another long enough one')
    await page.getByLabel('New password again').fill('another long enough one')
    await page.getByRole('button', { name: 'Change the password' }).click()
    await page.getByText('The password is changed.').waitFor()
    expect(await bothSchemes(page, 'account')).toEqual([])
  })
  it('limit an account to a unit, and the other administrators are told who was given powers', async () => {
    await account('second-admin', 'Admin')
    const page = await openPage()
    await signInAs(page, 'second-admin')
    await page.getByText('tester gave second-admin: Admin').waitFor()
    await page.goto(`${url}/settings/access`)
    await page.getByRole('button', { name: 'Add a unit' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('Name').fill('Germany')
    await field(dialog, 'Countries').fill('DE')
    await page.keyboard.press('Enter')
    await dialog.getByRole('button', { name: 'Save' }).click()
    await page.getByRole('cell', { name: /^Germany/ }).waitFor()
    await page.getByRole('button', { name: 'Edit owner' }).click()
    await field(page.getByRole('dialog'), 'Limited to').click()
    await page.getByRole('option', { name: 'Germany' }).click()
    await page.keyboard.press('Tab')
    expect(await bothSchemes(page, 'edit-account')).toEqual([])
    await page.getByRole('dialog').getByRole('button', { name: 'Save' }).click()
    await page.getByRole('dialog').waitFor({ state: 'hidden' })
    const { items } = await installation.client.get<{ items: { name: string; units: string[] }[] }>('/api/v1/accounts')
    expect(items.find(({ name }) => name === 'owner')?.units.length).toBe(1)
    await page.getByRole('button', { name: 'I have seen this' }).click()
    await page.getByText('Powers were granted').waitFor({ state: 'hidden' })
    expect(await bothSchemes(page, 'access')).toEqual([])
  })
})

it('nothing on any of these pages broke the policy on content', () => {
  expect(violations).toEqual([])
})
