// One person's time in a real browser: the chart by mouse and by keyboard, its table, the list below, chronology, profile, the list of
// users, and a report from asking for it to a link that ends.
import { readFile } from 'node:fs/promises'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { type Client, signIn } from '../../scripts/demo-run/client.ts'
import { axeViolations, newContext, SCHEMES, settled, signInBrowser, startBrowser, useScheme } from '../support/browser.ts'
import { install, type Installation } from '../support/collector.ts'
import { until } from '../support/processes.ts'
import { picture } from '../support/screens.ts'
import { PERSON_ID, seedPerson } from '../../scripts/bench/seed-person.ts'

const DAY_MS = 86_400_000
const day = (ms: number): string => new Date(ms).toISOString().slice(0, 10)

let installation: Installation
let browser: Browser
let context: BrowserContext
let page: Page
let analyst: Client
const nowMs = Date.now()
const pageProblems: string[] = []

interface Chart { readonly points: readonly { readonly day: string; readonly score: number; readonly events: number }[]; readonly sequences: readonly { readonly id: string; readonly day: string }[]; readonly cumulative: readonly { readonly files: number }[]; readonly markers: readonly { readonly kind: string }[]; readonly events?: readonly unknown[] }

async function openPage(path: string): Promise<void> {
  await page.goto(`${installation.url}${path}`)
  await settled(page)
}
const drawn = () => page.locator('[data-chart="drawn"]').first()
async function openChart(query = ''): Promise<void> {
  await openPage(`/users/${PERSON_ID}${query}`)
  if (!query.includes('table=true')) await drawn().waitFor()
}
const spoken = (): Promise<string> => page.locator('[data-chart-focus]').innerText()
const chosen = (): Promise<string | null> => page.locator('[data-chosen]').first().getAttribute('data-chosen')

async function signInAt(of: BrowserContext, name: string): Promise<void> {
  await signInBrowser(of, installation, name)
}

beforeAll(async () => {
  installation = await install()
  const { client } = installation
  await client.send('POST', '/api/v1/policies', { name: 'Departing users', template: 'data_theft_by_departing_users' })
  await seedPerson({ dir: installation.dir, nowMs })
  await client.send('POST', `/api/v1/users/${PERSON_ID}/triggers`, { days: 14, reason: 'Asked by HR in ticket 4711.' })
  await client.send('POST', '/api/v1/accounts', { name: 'bea', password: installation.password, roles: ['Analyst'] })
  await client.send('POST', '/api/v1/accounts', { name: 'ina', password: installation.password, roles: ['Investigator'] })
  analyst = await signIn({ url: installation.url, ca: installation.ca, name: 'bea', password: installation.password })
  await until('an alert of the person', 60, async () => ((await client.get<{ alerts: readonly unknown[] }>(`/api/v1/users/${PERSON_ID}`)).alerts.length > 0 ? true : undefined))
  browser = await startBrowser()
  context = await newContext(browser)
  page = await context.newPage()
  page.setDefaultTimeout(15_000)
  page.on('pageerror', (error) => pageProblems.push(error.message))
  page.on('console', (message) => {
    if (message.type() === 'error' && !/status of (401|404|409|410|412)|WebSocket connection/.test(message.text())) pageProblems.push(message.text())
  })
  await signInAt(context, 'tester')
})
afterEach(async ({ task }) => {
  if (task.result?.state === 'fail') await picture(page, `failed-${task.name.slice(0, 40).replaceAll(/\W+/g, '-')}`)
})
afterAll(async () => {
  await browser?.close()
  await installation?.close()
})

describe('the chart', () => {
  it('has a bubble a day and indicator, sequences over the burst, what left in all, and the resignation', async () => {
    const chart = await installation.client.get<Chart>(`/api/v1/users/${PERSON_ID}/chart`)
    expect(chart.points.length).toBeGreaterThan(60)
    expect(chart.sequences.map(({ id }) => id)).toContain('download_disguise_exfiltration_clean_up')
    expect(chart.cumulative.map(({ files }) => files)).toEqual(chart.cumulative.map(({ files }) => files).toSorted((a, b) => a - b))
    expect(chart.markers.map(({ kind }) => kind)).toEqual(expect.arrayContaining(['trigger', 'policy', 'alert']))
    await openChart()
    expect(await page.locator('[data-chart-summary]').innerText()).toMatch(/Busiest day: \d{4}-\d\d-\d\d with \d+ events/)
    for (const scheme of SCHEMES) {
      await useScheme(page, scheme)
      await settled(page)
      await picture(page, `user-activity-${scheme}`)
      expect(await axeViolations(page)).toEqual([])
    }
  })
  it('is walked by arrow keys, says where it is, and lists the day on Enter', async () => {
    await openChart()
    await drawn().focus()
    await page.keyboard.press('End')
    const last = await until('the last bubble to be said', 10, async () => (await spoken()) || undefined)
    await page.keyboard.press('ArrowLeft')
    await until('another bubble', 10, async () => ((await spoken()) === last ? undefined : true))
    await page.keyboard.press('Home')
    await until('the first bubble', 10, async () => ((await spoken()).includes(day(nowMs - 85 * DAY_MS)) || /20\d\d-\d\d-\d\d/.test(await spoken()) ? true : undefined))
    await page.keyboard.press('Enter')
    await page.locator('[data-chosen]').waitFor()
    await page.locator('[data-activity]').first().waitFor()
    expect((await chosen())?.slice(0, 10)).toBe(/\d{4}-\d\d-\d\d/.exec(await spoken())?.[0])
  })
  it('is brushed with the mouse: the stretch is listed, and zooming writes it into the address', async () => {
    await openChart()
    const box = await drawn().boundingBox()
    if (box === null) throw new Error('the chart has no box')
    await page.mouse.move(box.x + box.width * 0.9, box.y + 40)
    await page.mouse.down()
    await page.mouse.move(box.x + box.width * 0.97, box.y + 120, { steps: 5 })
    await page.mouse.up()
    await page.locator('[data-chosen]').waitFor()
    await page.locator('[data-activity]').first().waitFor()
    await picture(page, 'user-activity-brushed')
    await page.getByRole('button', { name: 'Zoom in' }).click()
    await page.waitForURL(/from=\d{4}-\d\d-\d\d/)
    await page.waitForURL(/to=\d{4}-\d\d-\d\d/)
    const zoomed = new URL(page.url()).searchParams
    expect(Date.parse(zoomed.get('to') ?? '') - Date.parse(zoomed.get('from') ?? '')).toBeLessThan(14 * DAY_MS)
  })
  it('is brushed with the keyboard too', async () => {
    await openChart()
    await drawn().focus()
    await page.keyboard.press('End')
    for (let step = 0; step < 6; step += 1) await page.keyboard.press('Shift+ArrowLeft')
    await page.locator('[data-chosen]').waitFor()
    expect(await chosen()).toMatch(/^\d{4}-\d\d-\d\dT00:00:00\.000Z /)
    await page.keyboard.press('Escape')
    await page.locator('[data-chosen]').waitFor({ state: 'detached' })
  })
  it('has a table with the same bubbles, by date or by score, from which a row opens the same list', async () => {
    await openChart('?table=true&risk=score')
    const rows = page.locator('[data-bubble]')
    await rows.first().waitFor()
    await page.getByRole('button', { name: 'Score', exact: true }).click()
    expect((await rows.first().innerText()).includes('Sequence') || Number(/\t(\d+)\t/.exec(await rows.first().innerText())?.[1]) > 15).toBe(true)
    await rows.first().getByRole('button').click()
    await page.locator('[data-chosen]').waitFor()
    expect(await axeViolations(page)).toEqual([])
  })
  it('keeps range, view and filters in the address, and switches bubbles off in the legend', async () => {
    await openChart('?range=1&view=cumulative')
    expect(await page.locator('[data-chart-summary]').innerText()).toMatch(/files left from/)
    await picture(page, 'user-activity-cumulative')
    await openChart('?by=level')
    const before = await page.locator('[data-chart-summary]').innerText()
    await page.locator('[data-legend="none"]').click()
    await until('fewer bubbles', 10, async () => ((await page.locator('[data-chart-summary]').innerText()) === before ? undefined : true))
    expect(await page.locator('[data-legend="none"]').getAttribute('aria-pressed')).toBe('false')
  })
  it('draws single activities when the range is three days or less', async () => {
    const chart = await installation.client.get<Chart>(`/api/v1/users/${PERSON_ID}/chart?from=${day(nowMs - 2 * DAY_MS)}&to=${day(nowMs)}`)
    expect(chart.events?.length).toBeGreaterThan(100)
    await openChart(`?from=${day(nowMs - 2 * DAY_MS)}&to=${day(nowMs)}`)
    expect(await page.locator('[data-chart-summary]').innerText()).toMatch(/one by one/)
    await picture(page, 'user-activity-events')
  })
})

describe('the person', () => {
  it('has a chronology under days with filters, and a profile without a name', async () => {
    await openPage(`/users/${PERSON_ID}?tab=chronology`)
    await page.locator('[data-entry]').first().waitFor()
    expect(await page.locator('[data-entry="alert"]').count()).toBeGreaterThan(0)
    await picture(page, 'user-chronology')
    expect(await axeViolations(page)).toEqual([])
    await openPage(`/users/${PERSON_ID}?tab=chronology&kind=trigger`)
    await page.locator('[data-entry="trigger"]').first().waitFor()
    expect(await page.locator('[data-entry]:not([data-entry="trigger"])').count()).toBe(0)
    await openPage(`/users/${PERSON_ID}?tab=profile`)
    await page.getByText('Account manager').first().waitFor()
    await page.getByText('11 people report to the user').waitFor()
    expect(await page.locator('main').innerText()).not.toMatch(/winter|karl|stein/i)
    await picture(page, 'user-profile')
    expect(await axeViolations(page)).toEqual([])
  })
  it('is found in the list of users by what stands against them', async () => {
    await openPage('/users?show=trigger&show=highImpact')
    await page.locator(`[data-user="${PERSON_ID}"]`).waitFor()
    for (const scheme of SCHEMES) {
      await useScheme(page, scheme)
      await settled(page)
      await picture(page, `users-${scheme}`)
      expect(await axeViolations(page)).toEqual([])
    }
    await page.getByRole('button', { name: 'Actions for ANON-KHAA8XQ' }).click()
    await page.getByRole('menuitem', { name: 'Add to policy…' }).waitFor()
  })
})

describe('a report', () => {
  let address = ''
  it('is asked for on the page of the user, made in the background, and shown with its parts', async () => {
    await openChart('?range=1')
    await page.getByRole('button', { name: 'Report…' }).click()
    await page.getByLabel('Why you look').fill('Case 14: files on a stick.')
    await page.getByRole('button', { name: 'Make report' }).click()
    await page.waitForURL(/\/reports\/ur_/)
    await page.getByRole('tab', { name: 'Summary' }).waitFor()
    address = new URL(page.url()).pathname
    await drawn().waitFor()
    await settled(page)
    for (const scheme of SCHEMES) {
      await useScheme(page, scheme)
      await settled(page)
      await picture(page, `report-${scheme}`)
      expect(await axeViolations(page)).toEqual([])
    }
    await page.getByRole('tab', { name: 'Summary' }).click()
    await page.getByText('lt-0042').waitFor()
    await picture(page, 'report-summary')
    await page.getByRole('tab', { name: 'Activity explorer' }).click()
    await page.locator('[data-activity]').first().waitFor()
  })
  it('leaves as CSV and JSON under the pseudonym', async () => {
    await openPage(address)
    for (const [label, mark] of [['CSV', 'day,indicator'], ['JSON', '"chart"']] as const) {
      const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: label, exact: true }).click()])
      const text = await readFile(await download.path(), 'utf8')
      expect(text).toContain(mark)
      expect(text).not.toMatch(/winter|karl/i)
      expect(download.suggestedFilename()).toContain('ANON-KHAA8XQ')
    }
  })
  it('is shared by a link that another investigator opens, an analyst does not, and nobody once it has ended', async () => {
    await openPage(address)
    await page.getByRole('button', { name: 'Share…' }).click()
    await page.getByRole('button', { name: 'Make link' }).click()
    const link = await page.getByLabel('Link', { exact: true }).inputValue()
    await picture(page, 'report-share')
    const other = await newContext(browser)
    try {
      await signInAt(other, 'ina')
      const there = await other.newPage()
      await there.goto(link)
      await there.getByRole('tab', { name: 'Summary' }).waitFor()
      const token = link.split('/').at(-1) ?? ''
      expect(await analyst.get(`/api/v1/user-reports/shared/${token}`).then(() => 'opened', (error: unknown) => String(error))).toMatch(/403|FORBIDDEN|PERMISSION/)
      await page.locator('[data-share]').getByRole('button', { name: 'End' }).click()
      await page.getByText('Ended early').waitFor()
      await there.goto(link)
      await there.getByText('This link has ended').waitFor()
    } finally {
      await other.close()
    }
  })
  it('that a crash cuts short is made by the next start', async () => {
    const asked = await installation.client.send<{ id: string }>('POST', '/api/v1/user-reports', { userId: PERSON_ID, from: day(nowMs - 80 * DAY_MS), to: day(nowMs), reason: 'Before the crash.' })
    await installation.stop('SIGKILL')
    await installation.start()
    const done = await until('the report', 60, async () => {
      const report = await installation.client.get<{ state: string; activities: number; result?: { activities: number } }>(`/api/v1/user-reports/${asked.id}`).catch(() => undefined)
      return report?.state === 'done' ? report : undefined
    })
    expect(done.result?.activities).toBeGreaterThan(500)
    const list = JSON.parse(await installation.holdfast('user', 'report', 'list', '--json')) as { items: readonly { id: string }[] }
    expect(list.items.map(({ id }) => id)).toContain(asked.id)
  })
  it('leaves no error in the page', () => expect(pageProblems).toEqual([]))
})
