// Exports as an administrator sets them up, in a real browser: a target, a test that explains itself, records that arrive, dead letters, the feed.
import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { openSqliteStore } from '@holdfast/collector/store/sqlite/sqlite-store.ts'
import type { Store } from '@holdfast/collector/store/store.ts'
import { buildAlert, buildUser } from '@holdfast/collector/testing/builders.ts'
import { type HttpSink, startHttpSink } from '@holdfast/collector/testing/receivers.ts'
import { axeViolations, newContext, SCHEMES, settled, signInBrowser, startBrowser, useScheme } from '../support/browser.ts'
import { install, type Installation } from '../support/collector.ts'
import { until } from '../support/processes.ts'
import { picture } from '../support/screens.ts'

let installation: Installation
let browser: Browser
let page: Page
let store: Store
let receiver: HttpSink
const problems: string[] = []

const save = (...ids: string[]) => store.write((tx) => tx.saveAlerts(ids.map((id) => buildAlert({ id, createdAtMs: Date.now(), updatedAtMs: Date.now() }))))

beforeAll(async () => {
  installation = await install()
  receiver = await startHttpSink()
  store = await openSqliteStore({ path: `${installation.dir}/holdfast.db` })
  await store.write((tx) => tx.saveUser(buildUser({ displayName: 'Zephyrine Quaxel' })))
  browser = await startBrowser()
  const context = await newContext(browser)
  page = await context.newPage()
  // The page fits behind a dialog, so that its overlay lies over all of it.
  await page.setViewportSize({ width: 1280, height: 1300 })
  page.setDefaultTimeout(15_000)
  page.on('pageerror', (error) => problems.push(error.message))
  await signInBrowser(context, installation)
})
afterEach(async ({ task }) => {
  if (task.result?.state === 'fail') await picture(page, `failed-${task.name.slice(0, 40).replaceAll(/\W+/g, '-')}`)
})
afterAll(async () => {
  await store.close()
  await browser.close()
  await receiver.close()
  await installation.close()
})

async function both(name: string): Promise<void> {
  for (const scheme of SCHEMES) {
    await useScheme(page, scheme)
    await settled(page)
    expect([name, scheme, await axeViolations(page)]).toEqual([name, scheme, []])
    await picture(page, `${name}-${scheme}`)
  }
}

describe('exports', () => {
  it('a target is added, its test says what is wrong and then that it works, and records arrive under pseudonyms', async () => {
    await page.goto(`${installation.url}/settings/exports`)
    await page.getByText('No target yet').waitFor()
    await both('exports-empty')
    await page.getByRole('button', { name: 'Add a target' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByRole('textbox', { name: 'Name' }).fill('Splunk')
    await dialog.getByRole('combobox', { name: 'Kind' }).click()
    await page.getByRole('option', { name: 'Splunk HEC' }).click()
    await dialog.getByRole('textbox', { name: 'Address' }).fill(receiver.url.replace('http:', 'https:'))
    await dialog.getByLabel('Token').fill('secret-token')
    await dialog.getByRole('button', { name: 'Send a test' }).click()
    await dialog.getByText('allow private addresses').waitFor()
    await both('exports-form')
    await dialog.getByRole('switch', { name: 'The receiver is in our own network' }).click()
    await dialog.getByRole('textbox', { name: 'Address' }).fill(receiver.url)
    await dialog.getByRole('button', { name: 'Send a test' }).click()
    await dialog.getByText(/^It arrived in/).waitFor()
    await dialog.getByRole('button', { name: 'Save' }).click()
    await dialog.waitFor({ state: 'detached' })
    receiver.requests.splice(0)
    await save('al_1', 'al_2')
    await until('the records', 20, () => (receiver.requests.length > 0 ? true : undefined))
    expect(receiver.requests.map(({ body }) => body).join('')).not.toMatch(/quaxel/i)
    await page.getByText('up to date').waitFor()
  })
  it('a record that is refused for good lies in the dead letters, and goes once the receiver takes it', async () => {
    receiver.behave = ({ body }) => (body.includes('al_bad') ? { kind: 'answer', status: 400, body: '{"text":"Invalid data format","code":6}' } : { kind: 'answer', status: 200, body: '{"code":0}' })
    await save('al_bad', 'al_3')
    const targets = await until('a dead letter', 20, async () => {
      const { items } = await installation.client.get<{ items: { deadLetters: number; lag: { records: number } }[] }>('/api/v1/exports')
      return items[0]?.deadLetters === 1 && items[0].lag.records === 0 ? items : undefined
    })
    expect(targets.length).toBe(1)
    await page.reload()
    await page.getByRole('button', { name: 'Details of Splunk' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByText('al_bad').waitFor()
    await both('exports-details')
    receiver.behave = () => ({ kind: 'answer', status: 200, body: '{"code":0}' })
    receiver.requests.splice(0)
    await dialog.getByRole('button', { name: 'Try all again' }).click()
    await dialog.getByText('The receiver has refused nothing for good.').waitFor()
    await until('the record', 20, () => (receiver.requests.some(({ body }) => body.includes('al_bad')) ? true : undefined))
    await page.keyboard.press('Escape')
  })
  it('telling names needs a reason, and the signing secret of a webhook is shown once', async () => {
    await page.getByRole('button', { name: 'Add a target' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByRole('textbox', { name: 'Name' }).fill('Hook')
    await dialog.getByRole('combobox', { name: 'Kind' }).click()
    await page.getByRole('option', { name: 'Webhook' }).click()
    await dialog.getByRole('textbox', { name: 'Address' }).fill(receiver.url)
    await dialog.getByRole('switch', { name: 'The receiver is in our own network' }).click()
    await dialog.getByRole('switch', { name: 'Tell this receiver names' }).click()
    await dialog.getByRole('button', { name: 'Save' }).click()
    await dialog.getByText('Write at least five characters.').waitFor()
    await dialog.getByRole('textbox', { name: 'Why names are told' }).fill('Agreed with the works council.')
    await dialog.getByRole('button', { name: 'Save' }).click()
    await page.getByText(/^whsec_/).waitFor()
    await page.getByRole('button', { name: 'I have kept it' }).click()
    await page.getByText('told names', { exact: true }).waitFor()
    await both('exports-list')
    expect(await page.getByText(/^whsec_/).count()).toBe(0)
  })
  it('the command line lists, pauses and sends again; lag is a metric', async () => {
    const listed = JSON.parse(await installation.holdfast('export', 'list', '--json')) as { items: { name: string; sent: number }[] }
    expect(listed.items.map(({ name }) => name)).toEqual(['Hook', 'Splunk'])
    await installation.holdfast('export', 'pause', 'Hook')
    receiver.requests.splice(0)
    expect(JSON.parse(await installation.holdfast('export', 'replay', 'Splunk', '--from-id', '1', '--to-id', '2', '--json'))).toEqual({ fromId: 1, toId: 2, records: 2 })
    await until('the replay', 20, () => (receiver.requests.some(({ body }) => body.includes('al_2')) ? true : undefined))
    expect(await installation.metrics()).toMatch(/holdfast_export_lag_records\{target="Splunk"\} 0/)
    expect((await installation.holdfast('export', 'sigma')).match(/^logsource:/gm)?.length).toBeGreaterThan(30)
    expect(problems).toEqual([])
  })
})
