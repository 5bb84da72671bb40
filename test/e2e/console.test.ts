// The console in a real browser, against a real collector, with activities sent by devices over the broker.
import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { loadIdentity } from '@holdfast/agent/identity/identity-file.ts'
import { activitySubject, wire } from '@holdfast/proto'
import type { NatsConnection } from 'nats'
import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { issueActivity } from '../faults/activities.ts'
import { axeViolations, newContext, settled, signInBrowser, startBrowser } from '../support/browser.ts'
import { install, type Installation } from '../support/collector.ts'
import { connectAsDevice } from '../support/device-connection.ts'
import { agentMain, type Daemon, runCommand, startDaemon, until } from '../support/processes.ts'
import { watch } from '../support/real-agent.ts'
import { allScreens, eachScreen, emptyScreens, picture, screensOf } from '../support/screens.ts'

let installation: Installation
let browser: Browser
let page: Page
let device: NatsConnection
let deviceId: string
let agent: Daemon | undefined
const pageProblems: string[] = []

let sent = 0
/** One batch of activities: copies to a stick, a firewall switched off, applications, of three people. */
async function publish(count: number): Promise<void> {
  const activities = Array.from({ length: count }, (_, index) => issueActivity({ agent: 0, number: sent + index + 1 }, Date.now() - 10_000))
  sent += count
  await device.request(activitySubject(deviceId), wire.ActivityBatch.encode({ epoch: randomBytes(16).toString('hex'), firstSeq: 1, activities }).finish(), { timeout: 10_000 })
}

/** Whether the page needs no scrolling sideways, once its charts have taken the new width. */
const fits = (one: Page): Promise<boolean> => one.waitForFunction(() => document.documentElement.scrollWidth <= document.documentElement.clientWidth, undefined, { timeout: 3000 }).then(() => true, () => false)

/** Keeps what a page throws, logs as an error, or is refused by its Content-Security-Policy. */
async function watched(one: Page): Promise<Page> {
  one.setDefaultTimeout(15_000)
  await one.addInitScript(() => document.addEventListener('securitypolicyviolation', (event) => console.error(`CSP ${event.violatedDirective} ${event.blockedURI} ${event.sample}`)))
  one.on('pageerror', (error) => pageProblems.push(`${one.url()}: ${error.message}`))
  one.on('console', (message) => {
    if (message.type() === 'error' && !/status of (401|404)/.test(message.text())) pageProblems.push(`${one.url()}: ${message.text()}`)
  })
  return one
}

beforeAll(async () => {
  installation = await install({ account: false })
  browser = await startBrowser()
  page = await watched(await (await newContext(browser)).newPage())
})
afterEach(async ({ task }) => {
  if (task.result?.state === 'fail') await picture(page, `failed-${task.name.slice(0, 40).replaceAll(/\W+/g, '-')}`)
})
afterAll(async () => {
  await browser.close()
  await device?.close()
  await agent?.stop()
  await installation.close()
})

describe('the way in', () => {
  it('makes the first account with the set-up code, and signs it in', async () => {
    await page.goto(installation.url)
    await page.getByLabel('Set-up code').fill(installation.setupCode)
    await page.getByLabel('Account name').fill('tester')
    for (const field of await page.locator('input[autocomplete="new-password"]').all()) await field.fill(installation.password)
    expect(await axeViolations(page)).toEqual([])
    await picture(page, 'set-up-light')
    await page.getByRole('button', { name: 'Create the account' }).click()
    await page.getByRole('heading', { name: 'Overview' }).waitFor()
    await installation.signIn()
    expect(await installation.client.get('/api/v1/me')).toMatchObject({ name: 'tester' })
  })
})

describe('pages with nothing on them yet', () => {
  it('have no violation of accessibility that axe finds', async () => {
    const found: string[] = []
    await eachScreen(page, installation.url, emptyScreens, async (screen, scheme) => {
      for (const problem of await axeViolations(page)) found.push(`${screen.name} ${scheme}: ${problem}`)
    })
    expect(found).toEqual([])
  })
})

describe('adding a device', () => {
  it('waits in the dialog and ticks by itself when the agent enrols and reports', async () => {
    await installation.client.send('POST', '/api/v1/policies', { name: 'Data leaks', template: 'data_leaks' })
    await installation.client.send('POST', '/api/v1/policies', { name: 'Security policy violations', template: 'security_policy_violations' })
    await watch(installation, { roots: [join(installation.folder, 'home')], cloudFolders: [join(installation.folder, 'cloud')] })
    await page.goto(`${installation.url}/devices`)
    await page.getByRole('button', { name: 'Add device' }).first().click()
    await page.getByRole('button', { name: 'Create the code' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByText('Waiting for the device…').waitFor()
    expect(await axeViolations(page)).toEqual([])
    await picture(page, 'add-device-waiting-light')
    const code = /HF1-[A-Z2-7]{26}-[A-Z2-7]{26}/.exec(await dialog.innerText())?.[0] ?? ''
    expect(code).not.toBe('')
    const dir = join(installation.folder, 'agent')
    expect(await runCommand(agentMain, ['enrol', '--collector', installation.url, '--code', code, '--dir', dir])).toMatchObject({ code: 0 })
    await dialog.getByText(/is enrolled$/).waitFor()
    agent = startDaemon(agentMain, ['run', '--dir', dir])
    await dialog.getByText('The device is enrolled and reports.').waitFor({ timeout: 30_000 })
    await picture(page, 'add-device-done-light')
    await dialog.getByRole('link', { name: 'Open the device' }).click()
    const identity = await loadIdentity(dir)
    deviceId = identity.deviceId
    device = await connectAsDevice(identity)
    await page.waitForURL(`**/devices/${deviceId}`)
  })

  it('shows the wanted and the running revision apart, the sensors and the ledger', async () => {
    const state = await until('the agent to run the wanted policy', 30, async () => {
      const now = await installation.client.get<{ policy: { state: string; wantedVersion: number; wantedHash: string }; ledger: unknown[] }>(`/api/v1/devices/${deviceId}`)
      return now.policy.state === 'current' && now.ledger.length > 0 ? now : undefined
    })
    await page.goto(`${installation.url}/devices/${deviceId}`)
    const main = page.getByRole('main')
    await main.getByText(`wanted ${state.policy.wantedVersion}, running ${state.policy.wantedVersion}`).waitFor()
    await main.getByText('Loss ledger').waitFor()
    await main.getByText('Received').first().waitFor()
    for (const sensor of ['files', 'removable-media', 'security-features', 'applications']) await main.getByText(sensor, { exact: true }).first().waitFor()
    expect(state.policy.wantedVersion).toBeGreaterThan(0)
  })
})

describe('the queue', () => {
  it('shows an alert that comes while the page is open, without loading again', async () => {
    await page.goto(`${installation.url}/alerts`)
    await page.getByText('No alert yet').waitFor()
    await page.evaluate(() => Object.assign(globalThis, { notLoadedAgain: true }))
    const begun = Date.now()
    await publish(400)
    await page.locator('[data-alert]').first().waitFor({ timeout: 15_000 })
    process.stderr.write(`alert on screen after ${Date.now() - begun} ms\n`)
    expect(await page.evaluate(() => (globalThis as { notLoadedAgain?: boolean }).notLoadedAgain)).toBe(true)
    await until('all alerts', 15, async () => ((await installation.client.get<{ items: unknown[] }>('/api/v1/alerts')).items.length >= 4 ? true : undefined))
    // Rows that the reader sees already do not move by themselves: what came later is announced.
    await page.getByRole('button', { name: 'Show', exact: true }).click({ timeout: 3000 }).catch(() => {})
    await until('every alert on the screen', 10, async () => ((await page.locator('[data-alert]').count()) >= 4 ? true : undefined))
  })

  it('is triaged by the keyboard alone: one confirmed, one dismissed with a reason and a note', async () => {
    await page.goto(`${installation.url}/alerts`)
    await page.locator('[data-alert]').first().waitFor()
    await settled(page)
    const [first, second] = await page.locator('[data-alert]').evaluateAll((rows) => rows.map((row) => (row as HTMLElement).dataset['alert'] ?? ''))
    const statusOf = async (id: string | undefined) => (await installation.client.get<{ status: string; dismissReason?: string; note?: string }>(`/api/v1/alerts/${id}`))

    await page.keyboard.press('j')
    await page.keyboard.press('Enter')
    await page.getByRole('dialog').getByText('Why this score').waitFor()
    await page.getByRole('button', { name: /^Confirm/ }).waitFor()
    await page.keyboard.press('c')
    await until('the alert to be confirmed', 10, async () => ((await statusOf(first)).status === 'confirmed' ? true : undefined))
    await page.keyboard.press('Escape')
    await page.getByRole('dialog').waitFor({ state: 'detached' })

    // The queue may have been put in another order by the change: the second one is walked to by name.
    for (let step = 0; step < 20; step += 1) {
      const at = await page.evaluate(() => document.querySelector('[data-alert][aria-current="true"]')?.getAttribute('data-alert') ?? (document.activeElement as HTMLElement | null)?.dataset['alertButton'])
      if (at === second) break
      await page.keyboard.press(step < 10 ? 'j' : 'k')
    }
    await page.keyboard.press('Enter')
    await page.getByRole('dialog').getByText('Why this score').waitFor()
    await page.getByRole('button', { name: /^Dismiss/ }).waitFor()
    await page.keyboard.press('d')
    await page.getByRole('heading', { name: 'Dismiss this alert' }).waitFor()
    expect(await axeViolations(page)).toEqual([])
    // The first thing that takes focus may be the button that closes; the reasons are the next.
    for (let step = 0; step < 6 && (await page.evaluate(() => document.activeElement?.getAttribute('type'))) !== 'radio'; step += 1) await page.keyboard.press('Tab')
    await page.keyboard.press('Space')
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Tab')
    await page.keyboard.type('A planned hand-over, checked with the team lead.')
    await page.keyboard.press('Control+Enter')
    await until('the alert to be dismissed', 10, async () => ((await statusOf(second)).status === 'dismissed' ? true : undefined))
    expect(await statusOf(second)).toMatchObject({ dismissReason: 'not_impactful', note: 'A planned hand-over, checked with the team lead.' })
  })

  it('adds up: the points of an alert on its page are its score', async () => {
    const [alert] = (await installation.client.get<{ items: { id: string; score: number }[] }>('/api/v1/alerts?sort=-score')).items
    const detail = await installation.client.get<{ score: number; reasons: { points: number; reason: string }[] }>(`/api/v1/alerts/${alert?.id}`)
    expect(detail.reasons.reduce((sum, reason) => sum + reason.points, 0)).toBe(detail.score)
    await page.goto(`${installation.url}/alerts/${alert?.id}`)
    for (const { reason } of detail.reasons) await page.getByText(reason).first().waitFor()
  })

  it('shows no name and no account of a person before it is revealed', async () => {
    await page.goto(`${installation.url}/alerts`)
    await page.locator('[data-alert]').first().waitFor()
    expect(await page.getByRole('main').innerText()).not.toMatch(/person[012]/)
  })
})

describe('every page', () => {
  const roles = ['Admin', 'Analyst', 'Investigator', 'Auditor'] as const
  beforeAll(async () => {
    const { items } = await installation.client.get<{ items: { id: string }[] }>('/api/v1/alerts?sort=-score&status=needs_review')
    await installation.client.send('POST', '/api/v1/cases', { alertIds: [items[0]?.id], name: 'Copies to a stick', note: 'Asked the team lead, who knows of no hand-over.' })
    for (const role of roles) await installation.client.send('POST', '/api/v1/accounts', { name: role.toLowerCase(), password: installation.password, roles: [role] })
  })

  it.each(roles)('that %s may open has no violation of accessibility that axe finds, in light and dark, and fits into 1024 px', async (role) => {
    const screens = screensOf(await allScreens(installation.client), role)
    const context = await newContext(browser)
    const own = await watched(await context.newPage())
    await signInBrowser(context, installation, role.toLowerCase())
    const found: string[] = []
    let looked = 0
    await eachScreen(own, installation.url, screens, async (screen, scheme) => {
      looked += 1
      for (const problem of await axeViolations(own)) found.push(`${screen.name} ${scheme}: ${problem}`)
      if (scheme === 'dark') return
      await own.setViewportSize({ width: 1024, height: 768 })
      if (!(await fits(own))) found.push(`${screen.name}: too wide for 1024 px`)
      await own.setViewportSize({ width: 1280, height: 900 })
    }, role === 'Investigator' ? '' : `${role.toLowerCase()}-`)
    await context.close()
    process.stderr.write(`axe as ${role}: ${screens.length} pages, ${looked} looks\n`)
    expect(found).toEqual([])
  }, 300_000)

  it('offers itself as a command and as JSON, with the filters that it has', async () => {
    await page.goto(`${installation.url}/alerts?severity=high&status=needs_review`)
    await page.getByRole('button', { name: 'Command line and API' }).click()
    await page.getByText('holdfast alert list --severity high --status needs_review --from now-30d').waitFor()
    expect(await page.getByRole('link', { name: 'Open as JSON' }).getAttribute('href')).toContain('/api/v1/alerts?severity=high')
    expect(await axeViolations(page)).toEqual([])
    await page.keyboard.press('Escape')
  })

  it('is found by the palette: a person by pseudonym, a page by name', async () => {
    const { items } = await installation.client.get<{ items: { id: string; pseudonym: string }[] }>('/api/v1/users?withAlerts=true')
    await page.goto(`${installation.url}/devices`)
    await settled(page)
    await page.keyboard.press('Control+k')
    const field = page.getByLabel('Jump to a page or do something…')
    await field.fill(items[0]?.pseudonym ?? '')
    await page.getByRole('dialog').getByText(items[0]?.pseudonym ?? '', { exact: true }).waitFor()
    expect(await axeViolations(page)).toEqual([])
    await picture(page, 'palette-light')
    await page.getByRole('dialog').getByText(items[0]?.pseudonym ?? '', { exact: true }).click()
    await page.waitForURL(`**/users/${items[0]?.id}`)
    await page.keyboard.press('Control+k')
    await field.fill('audit')
    // The pointer rests where it clicked before, and marks what comes to lie under it.
    await page.getByRole('dialog').getByText('Audit log', { exact: true }).click()
    await page.waitForURL('**/audit')
  })

  it('lists its keys, and single keys can be switched off', async () => {
    await page.goto(`${installation.url}/alerts`)
    await settled(page)
    await page.keyboard.press('?')
    const dialog = page.getByRole('dialog')
    await dialog.getByText('Alert queue and drawer').waitFor()
    await picture(page, 'keys-light')
    await dialog.getByLabel('Single-key shortcuts').click({ force: true })
    await page.keyboard.press('Escape')
    await dialog.waitFor({ state: 'detached' })
    await page.keyboard.press('?')
    await page.keyboard.press('g')
    await page.keyboard.press('d')
    expect([await dialog.count(), new URL(page.url()).pathname]).toEqual([0, '/alerts'])
    await page.evaluate(() => localStorage.removeItem('holdfast-keys'))
  })

  it('says in which time zone its times are, and both when hovered', async () => {
    await page.goto(`${installation.url}/audit`)
    await settled(page)
    await page.getByRole('button', { name: /^Times in/ }).click()
    await page.getByRole('menuitem', { name: 'UTC', exact: true }).click()
    await page.getByRole('button', { name: 'Times in UTC. Change time zone' }).waitFor()
    expect(await page.locator('main time').first().getAttribute('title')).toMatch(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d UTC$/)
    expect(await until('the account to know', 10, async () => ((await installation.client.get<{ preferences?: { timeZone?: string } }>('/api/v1/me')).preferences?.timeZone === 'UTC' ? true : undefined))).toBe(true)
  })

  it('goes back to the filters that were there before', async () => {
    await page.goto(`${installation.url}/alerts?severity=high`)
    await page.locator('[data-alert]').first().waitFor()
    await page.locator('[data-alert-button]').first().click()
    await page.getByRole('dialog').waitFor()
    expect(new URL(page.url()).searchParams.get('alert')).not.toBeNull()
    await page.goBack()
    await page.waitForURL((url) => url.search === '?severity=high')
    await page.getByRole('dialog').waitFor({ state: 'detached' })
    expect(new URL(page.url()).search).toBe('?severity=high')
  })

  it('is the page alone on paper: no menu, no header, no buttons', async () => {
    const [found] = (await installation.client.get<{ items: { id: string }[] }>('/api/v1/cases')).items
    await page.addInitScript(() => Object.assign(globalThis, { printed: 0, print: () => { (globalThis as unknown as { printed: number }).printed += 1 } }))
    await page.goto(`${installation.url}/cases/${found?.id}`)
    await page.getByRole('link', { name: 'Print…' }).click()
    await page.waitForFunction(() => (globalThis as unknown as { printed: number }).printed === 1)
    await page.getByText('Asked the team lead, who knows of no hand-over.').waitFor()
    await page.emulateMedia({ media: 'print' })
    const seen = await page.evaluate(() => ['header', 'nav', 'main .mantine-Button-root, main .mantine-ActionIcon-root, main [role=tablist]'].map((name) => [...document.querySelectorAll(name)].filter((one) => (one as HTMLElement).checkVisibility({ visibilityProperty: true })).length))
    await picture(page, 'case-print')
    await page.emulateMedia({ media: 'screen' })
    expect(seen).toEqual([0, 0, 0])
  })

  it('speaks German to who wants it: menu, texts, numbers and the way in', async () => {
    await page.goto(`${installation.url}/alerts`)
    await settled(page)
    await page.getByRole('button', { name: /^Account of/ }).click()
    await page.getByRole('menuitem', { name: 'Deutsch' }).click()
    await page.getByRole('heading', { name: 'Warnungen' }).waitFor()
    expect(await page.evaluate(() => document.documentElement.lang)).toBe('de')
    expect(await until('the account to know', 10, async () => ((await installation.client.get<{ preferences?: { language?: string } }>('/api/v1/me')).preferences?.language === 'de' ? true : undefined))).toBe(true)
    // On another machine too.
    await page.evaluate(() => localStorage.removeItem('holdfast-language'))
    const found: string[] = []
    await eachScreen(page, installation.url, await allScreens(installation.client), async (screen, scheme) => {
      if (scheme === 'dark') return
      const texts = await page.locator('#root').innerText()
      for (const word of texts.match(/\b(Alerts|Severity|Assigned to|Needs review|Settings|Save|Loading|Overview)\b/g) ?? []) found.push(`${screen.name}: ${word}`)
      await page.setViewportSize({ width: 1024, height: 768 })
      if (!(await fits(page))) found.push(`${screen.name}: too wide for 1024 px`)
      await page.setViewportSize({ width: 1280, height: 900 })
    }, 'de-')
    expect(found).toEqual([])
    await page.getByRole('button', { name: /^Konto/ }).click()
    await page.getByRole('menuitem', { name: 'English' }).click()
    await page.getByRole('button', { name: /^Account of/ }).waitFor()
  }, 300_000)

  it('throws nothing, logs no error, and breaks no rule of the Content-Security-Policy', () => {
    expect(pageProblems).toEqual([])
  })

  it('is left by signing out, and the way in has no violation either', async () => {
    await page.goto(`${installation.url}/`)
    await page.getByRole('button', { name: /^Account of/ }).click()
    await page.getByRole('menuitem', { name: 'Sign out' }).click()
    await page.getByRole('button', { name: 'Sign in', exact: true }).waitFor()
    expect(await axeViolations(page)).toEqual([])
    await page.getByRole('button', { name: 'Deutsch' }).click()
    await page.getByRole('button', { name: 'Anmelden', exact: true }).waitFor()
    expect(await axeViolations(page)).toEqual([])
    await picture(page, 'de-sign-in-light')
    await page.getByRole('button', { name: 'English' }).click()
    await picture(page, 'sign-in-light')
  })
})
