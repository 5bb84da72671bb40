// A day with the alert queue in a real browser: triage by keyboard alone, many at once, undo, views, files, live news.
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { openSqliteStore } from '@holdfast/collector/store/sqlite/sqlite-store.ts'
import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { signIn, type Client } from '../../scripts/demo-run/client.ts'
import { axeViolations, newContext, SCHEMES, settled, signInBrowser, startBrowser, useScheme } from '../support/browser.ts'
import { install, type Installation } from '../support/collector.ts'
import { until } from '../support/processes.ts'
import { picture } from '../support/screens.ts'
import { seedAlerts } from '../../scripts/bench/seed-alerts.ts'

const COUNT = 70
const NOTE = 'A planned hand-over, checked with the team lead.'

let installation: Installation
let browser: Browser
let page: Page
/** A second analyst. */
let colleague: Client
const pageProblems: string[] = []

interface Row { readonly id: string; readonly status: string; readonly revision: number; readonly note?: string; readonly assignee?: { readonly name: string } }
const list = async (query: string): Promise<{ readonly items: readonly Row[]; readonly total: number }> => installation.client.get(`/api/v1/alerts?limit=200&${query}`)
const totalOf = async (query: string): Promise<number> => (await list(query)).total
const marked = (): Promise<string | null | undefined> => page.evaluate(() => document.querySelector('[data-alert][aria-current="true"]')?.getAttribute('data-alert'))

/** A change of a policy scores everybody anew, and alerts change with that. */
async function everybodyIsEvaluated(): Promise<void> {
  const store = await openSqliteStore({ path: join(installation.dir, 'holdfast.db') })
  try {
    await until('everybody to be evaluated', 60, async () => ((await store.markedUsers(1)).length === 0 ? true : undefined))
  } finally {
    await store.close()
  }
}
async function openQueue(query: string): Promise<void> {
  await page.goto(`${installation.url}/alerts?${query}`)
  await page.locator('[data-alert]').first().waitFor()
  await settled(page)
}
/** Fills the dialog that a dismissal opens, without the mouse. */
async function dismissByKeys(reason: string): Promise<void> {
  await page.getByRole('heading', { name: /^Dismiss/ }).waitFor()
  await page.waitForFunction(() => document.activeElement?.getAttribute('type') === 'radio')
  await page.keyboard.press(reason)
  await page.keyboard.press('Tab')
  await page.keyboard.type(NOTE)
  await page.keyboard.press('Control+Enter')
  await page.getByRole('heading', { name: /^Dismiss/ }).waitFor({ state: 'detached' })
}

beforeAll(async () => {
  installation = await install()
  await installation.client.send('POST', '/api/v1/policies', { name: 'Data leaks', template: 'data_leaks' })
  await seedAlerts({ dir: installation.dir, count: COUNT, people: COUNT, nowMs: Date.now(), allWaiting: true, activities: 40 })
  await installation.client.send('POST', '/api/v1/accounts', { name: 'bea', password: installation.password, roles: ['Analyst'] })
  colleague = await signIn({ url: installation.url, ca: installation.ca, name: 'bea', password: installation.password })
  browser = await startBrowser()
  const context = await newContext(browser)
  page = await context.newPage()
  page.setDefaultTimeout(15_000)
  page.on('pageerror', (error) => pageProblems.push(error.message))
  page.on('console', (message) => {
    if (message.type() === 'error' && !/status of (401|404|409|412)/.test(message.text())) pageProblems.push(message.text())
  })
  await signInBrowser(context, installation)
})
afterEach(async ({ task }) => {
  if (task.result?.state === 'fail') await picture(page, `failed-${task.name.slice(0, 40).replaceAll(/\W+/g, '-')}`)
})
afterAll(async () => {
  await browser.close()
  await installation.close()
})

describe('the dashboard', () => {
  it('shows what waits by severity, what is overdue and how open alerts went, as the API counts them', async () => {
    await openQueue('from=all')
    const statistics = await installation.client.get<{ needsReview: { high: number }; overdue: number; openPerDay: { high: number; medium: number; low: number }[] }>('/api/v1/alerts/statistics')
    await page.getByRole('link', { name: `High, To review: ${statistics.needsReview.high}` }).waitFor()
    await page.getByRole('link', { name: `Overdue for a first decision: ${statistics.overdue}` }).waitFor()
    const last = statistics.openPerDay.at(-1)
    expect((last?.high ?? 0) + (last?.medium ?? 0) + (last?.low ?? 0)).toBe(COUNT)
    expect(await axeViolations(page)).toEqual([])
    await picture(page, 'alerts-dashboard')
  })
  it('filters by what stands in the address, and by what is chosen on the page', async () => {
    await openQueue('from=all&factor=sequence&severity=high')
    expect(await page.locator('[data-alert]').count()).toBe(await totalOf('factor=sequence&severity=high'))
    await page.getByRole('link', { name: /^Overdue for a first decision/ }).click()
    await page.waitForURL('**/alerts?overdue=true&from=all')
    await until('the overdue alerts', 10, async () => ((await page.locator('[data-alert]').count()) === Math.min(50, await totalOf('overdue=true')) ? true : undefined))
    await page.getByRole('textbox', { name: 'Alert id or pseudonym' }).fill('ANON-0000003')
    await page.waitForURL('**search=ANON-0000003**')
  })
})

describe('fifty alerts without the mouse', () => {
  it('are decided one by one in the drawer, given to oneself, and dismissed many at once', async () => {
    await openQueue('from=all&status=needs_review&sort=createdAt')
    const order = await page.locator('[data-alert]').evaluateAll((rows) => rows.map((row) => (row as HTMLElement).dataset['alert'] ?? ''))
    expect(order.length).toBe(50)

    // Ten in the drawer: J goes on with it open.
    await page.keyboard.press('j')
    await page.keyboard.press('Enter')
    for (let number = 0; number < 10; number += 1) {
      await until('the drawer to follow', 10, async () => ((await page.getByRole('dialog').getByText(`${number + 1} of ${COUNT}`).count()) === 1 ? true : undefined))
      await page.getByRole('dialog').getByRole('button', { name: /^Confirm/ }).waitFor()
      if (number % 2 === 0) {
        await page.keyboard.press('c')
        await page.getByRole('dialog').getByText('Confirmed', { exact: true }).first().waitFor()
      } else {
        await page.keyboard.press('d')
        await dismissByKeys('1')
        await page.getByRole('dialog').getByText('Dismissed', { exact: true }).first().waitFor()
      }
      await page.keyboard.press('j')
    }
    await page.keyboard.press('Escape')
    await page.getByRole('dialog').waitFor({ state: 'detached' })
    expect([await totalOf('status=confirmed'), await totalOf('status=dismissed&dismissReason=expected_for_user')]).toEqual([5, 5])

    // Forty more, chosen with X and dismissed in one go; five of them are taken up first.
    await openQueue('from=all&status=needs_review&sort=createdAt')
    for (let number = 0; number < 40; number += 1) {
      await page.keyboard.press('j')
      await page.keyboard.press('x')
    }
    await page.getByText('40 alerts chosen').waitFor()
    expect(await axeViolations(page)).toEqual([])
    await picture(page, 'alerts-chosen')
    await page.keyboard.press('d')
    await page.getByRole('heading', { name: 'Dismiss 40 alerts' }).waitFor()
    expect(await axeViolations(page)).toEqual([])
    await dismissByKeys('2')
    await until('forty to be dismissed', 10, async () => ((await totalOf('dismissReason=not_impactful')) === 40 ? true : undefined))
    const first = (await list('dismissReason=not_impactful')).items[0]
    expect(await installation.client.get(`/api/v1/alerts/${first?.id}`)).toMatchObject({ note: NOTE, dismissReason: 'not_impactful' })
    await until('the queue to hold what is left', 10, async () => ((await page.locator('[data-alert]').count()) === COUNT - 50 ? true : undefined))

    await page.keyboard.press('j')
    await page.keyboard.press('e')
    await until('one to be mine', 10, async () => ((await totalOf('assignee=me')) === 1 ? true : undefined))
    await page.keyboard.press('?')
    await page.getByRole('dialog', { name: 'Keyboard shortcuts' }).getByText('Choose the marked alert, or let it go').waitFor()
    await page.keyboard.press('Escape')
  }, 120_000)
})

describe('a decision that was wrong', () => {
  it('is taken back on the server within ten seconds, all of it', async () => {
    await openQueue('from=all&status=needs_review&sort=createdAt')
    const before = await totalOf('status=needs_review')
    await page.getByRole('checkbox', { name: 'Choose all that are shown' }).check()
    await page.getByRole('button', { name: /^Dismiss/ }).click()
    await dismissByKeys('4')
    await page.getByText(`${before} alerts dismissed`).waitFor()
    expect(await totalOf('status=needs_review')).toBe(0)
    await page.getByRole('button', { name: 'Undo' }).last().click()
    await until('all to be back', 10, async () => ((await totalOf('status=needs_review')) === before ? true : undefined))
    expect(await totalOf('dismissReason=false_detection')).toBe(0)
    await page.getByText(`${before} alerts are as they were`).waitFor()
  })
  it('names what a colleague changed meanwhile, and changes the rest', async () => {
    await openQueue('from=all&status=needs_review&sort=createdAt')
    const [one, two] = (await list('status=needs_review&sort=createdAt')).items
    await colleague.send('PATCH', `/api/v1/alerts/${one?.id}`, { status: 'confirmed' }, { 'if-match': `"${one?.revision}"` })
    await page.keyboard.press('j')
    await page.keyboard.press('x')
    await page.keyboard.press('j')
    await page.keyboard.press('x')
    await page.keyboard.press('d')
    await dismissByKeys('3')
    await page.getByText('1 alert was not changed:').waitFor()
    expect([(await installation.client.get<Row>(`/api/v1/alerts/${one?.id}`)).status, (await installation.client.get<Row>(`/api/v1/alerts/${two?.id}`)).status]).toEqual(['confirmed', 'dismissed'])
  })
})

describe('views and files', () => {
  it('a shared view shows a colleague the same, and begins the queue of whoever chose it', async () => {
    await openQueue('from=all&severity=high&sort=-score')
    await page.getByRole('button', { name: 'Views' }).click()
    await page.getByRole('button', { name: 'Save this view…' }).click()
    await page.getByRole('textbox', { name: 'Name' }).fill('Worst first')
    await page.getByRole('checkbox', { name: /^Share it/ }).check()
    await page.getByRole('button', { name: 'Save', exact: true }).click()
    await page.getByRole('dialog', { name: 'Save this view' }).waitFor({ state: 'detached' })
    const seen = (await colleague.get<{ items: { name: string; owner: string; count: number; filter: unknown }[] }>('/api/v1/saved-views?resource=alerts&counts=true')).items
    expect(seen).toMatchObject([{ name: 'Worst first', owner: 'tester', count: await totalOf('severity=high'), filter: { severity: ['high'] } }])
    await page.getByRole('button', { name: 'Views' }).click()
    await page.getByRole('button', { name: 'Begin with Worst first' }).click()
    await page.getByRole('button', { name: 'Do not begin with Worst first any more' }).waitFor()
    expect(await axeViolations(page)).toEqual([])
    await page.goto(`${installation.url}/alerts`)
    await page.waitForURL('**/alerts?severity=high&from=all&sort=-score')
  })
  it('exports what is filtered, not what is shown, under pseudonyms and into the audit log', async () => {
    await openQueue('from=all&status=dismissed')
    await page.getByRole('button', { name: 'Export' }).click()
    const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('menuitem', { name: 'CSV', exact: true }).click()])
    const text = await readFile(await download.path(), 'utf8')
    const rows = text.trim().split('\r\n')
    expect(rows.length).toBe(1 + (await totalOf('status=dismissed')))
    expect([rows[0]?.startsWith('id,severity,score,status'), /seeded/.test(text)]).toEqual([true, false])
    await page.keyboard.press('Escape')
  })
})

describe('an alert in detail', () => {
  const first = 'al_00000000'
  it('shows why, every factor, the evidence with its metadata, and marks an activity as reviewed', async () => {
    await page.goto(`${installation.url}/alerts/${first}`)
    await page.getByText('All risk factors').waitFor()
    const rows = page.locator('[data-activity]')
    await rows.first().waitFor()
    await rows.first().getByRole('button').click()
    await page.getByText('d_seed.', { exact: false }).first().waitFor()
    await page.getByRole('button', { name: 'Mark as reviewed' }).click()
    await rows.first().getByText('reviewed').waitFor()
    for (const scheme of SCHEMES) {
      await useScheme(page, scheme)
      await settled(page)
      expect(await axeViolations(page)).toEqual([])
      await picture(page, `alert-detail-${scheme}`)
    }
  })
  it('finds an activity benign with a reason, and takes it back', async () => {
    const row = page.locator('[data-activity]').first()
    await page.getByRole('button', { name: 'Benign…' }).click()
    await page.getByRole('textbox', { name: 'Reason' }).fill('The nightly backup.')
    await page.getByRole('dialog').getByRole('button', { name: 'Benign…' }).click()
    await row.getByText('benign').waitFor()
    const dismissed = async () => (await installation.client.get<{ items: unknown[] }>(`/api/v1/users/u_${'0'.repeat(32)}/dismissed-activities`)).items.length
    expect(await dismissed()).toBe(1)
    await page.getByRole('button', { name: 'Counts after all' }).click()
    await row.getByText('benign').waitFor({ state: 'detached' })
    expect(await dismissed()).toBe(0)
  })
  it('shows what a higher threshold would do before it becomes a new version of the policy', async () => {
    await page.goto(`${installation.url}/alerts/${first}`)
    await page.getByText('Tune the threshold').click()
    await page.getByRole('radio', { name: /^Raise it/ }).check()
    await page.getByRole('button', { name: 'Show the effect' }).click()
    await page.locator('[data-effect]').waitFor()
    expect(await axeViolations(page)).toEqual([])
    await picture(page, 'alert-tuning')
    const version = async () => (await installation.client.get<{ items: { version: number }[] }>('/api/v1/policies')).items[0]?.version
    expect(await version()).toBe(1)
    await page.getByRole('button', { name: 'Save as a new version' }).click()
    await until('the new version', 10, async () => ((await version()) === 2 ? true : undefined))
  })
  it('follows what a colleague does while it is open, and announces it over the queue', async () => {
    await everybodyIsEvaluated()
    const [one] = (await list('status=needs_review&sort=createdAt')).items
    await openQueue(`from=all&status=needs_review&sort=createdAt&alert=${one?.id}`)
    await page.getByRole('dialog').getByText('Needs review', { exact: true }).first().waitFor()
    await colleague.send('PATCH', `/api/v1/alerts/${one?.id}`, { status: 'resolved' }, { 'if-match': `"${one?.revision}"` })
    await page.getByRole('dialog').getByText('Resolved', { exact: true }).first().waitFor()
    await page.keyboard.press('Escape')
    await page.getByText('1 changed').waitFor()
    expect(await marked()).toBe(one?.id)
  })
})

it('throws nothing and logs no error', () => {
  expect(pageProblems).toEqual([])
})
