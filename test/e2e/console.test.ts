// The console in a real browser, against a real collector, with activities sent by devices over the broker.
import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { loadIdentity } from '@holdfast/agent/identity/identity-file.ts'
import { activitySubject, wire } from '@holdfast/proto'
import type { NatsConnection } from 'nats'
import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { issueActivity } from '../faults/activities.ts'
import { axeViolations, newContext, settled, startBrowser } from '../support/browser.ts'
import { install, type Installation } from '../support/collector.ts'
import { connectAsDevice } from '../support/device-connection.ts'
import { agentMain, type Daemon, runCommand, startDaemon, until } from '../support/processes.ts'
import { watch } from '../support/real-agent.ts'
import { allScreens, eachScreen, emptyScreens, picture } from '../support/screens.ts'

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

beforeAll(async () => {
  installation = await install({ account: false })
  browser = await startBrowser()
  page = await (await newContext(browser)).newPage()
  page.setDefaultTimeout(15_000)
  page.on('pageerror', (error) => pageProblems.push(error.message))
  page.on('console', (message) => {
    if (message.type() === 'error' && !/status of (401|404)/.test(message.text())) pageProblems.push(message.text())
  })
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
  it('has no violation of accessibility that axe finds, in light and dark', async () => {
    const found: string[] = []
    await eachScreen(page, installation.url, await allScreens(installation.client), async (screen, scheme) => {
      for (const problem of await axeViolations(page)) found.push(`${screen.name} ${scheme}: ${problem}`)
    })
    expect(found).toEqual([])
  }, 180_000)

  it('throws nothing and logs no error', () => {
    expect(pageProblems).toEqual([])
  })

  it('is left by signing out, and the way in has no violation either', async () => {
    await page.goto(`${installation.url}/`)
    await page.getByRole('button', { name: /^Account of/ }).click()
    await page.getByRole('menuitem', { name: 'Sign out' }).click()
    await page.getByRole('button', { name: 'Sign in' }).waitFor()
    expect(await axeViolations(page)).toEqual([])
    await picture(page, 'sign-in-light')
  })
})
