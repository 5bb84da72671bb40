// Names, requests, retention, erasure and the audit log in a real browser against a real collector.
import { readFile, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import type { AddressInfo, Server } from 'node:net'
import { join } from 'node:path'
import { countInsights, mergeInsights } from '@holdfast/collector/domain/risk/count.ts'
import { openSqliteStore } from '@holdfast/collector/store/sqlite/sqlite-store.ts'
import { buildAlert, buildDevice, buildRun, buildUser, DAY_MS } from '@holdfast/collector/testing/builders.ts'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { axeViolations, newContext, SCHEMES, settled, signInBrowser, startBrowser, useScheme } from '../support/browser.ts'
import { install, type Installation } from '../support/collector.ts'
import { collectorMain, runCommand, until } from '../support/processes.ts'
import { picture } from '../support/screens.ts'

const NAME = 'Zephyrine Quaxelthorpe'
const ADDRESS = 'zephyrine.quaxelthorpe@example.com'

let installation: Installation
let browser: Browser
let syslog: Server
const received: string[] = []
const pages = new Map<string, Page>()
const contexts: BrowserContext[] = []
const pageProblems: string[] = []

async function seed(): Promise<void> {
  const store = await openSqliteStore({ path: join(installation.dir, 'holdfast.db') })
  const nowMs = Date.now()
  await store.write(async (tx) => {
    await tx.saveDevice(buildDevice({ hostname: 'lt-quaxelthorpe' }))
    await tx.saveUser(buildUser({ displayName: NAME, email: ADDRESS, identities: [{ kind: 'account', value: 'zquaxelthorpe' }, { kind: 'email', value: ADDRESS }] }))
    const { activities, ...run } = buildRun(1, 40)
    await tx.ingest([{ ...run, receivedAtMs: nowMs - 400 * DAY_MS, activities: activities.map(({ activity, body }) => ({ body, activity: { ...activity, occurredAtMs: nowMs - 400 * DAY_MS } })) }], countInsights, mergeInsights)
    const recent = { createdAtMs: nowMs - DAY_MS, updatedAtMs: nowMs - DAY_MS, lastActivityAtMs: nowMs - DAY_MS, firstActivityAtMs: nowMs - DAY_MS, policyId: 'p_gone' }
    await tx.saveAlerts([buildAlert({ ...recent, severity: 'high', score: 82 }), buildAlert({ ...recent, id: 'al_old', createdAtMs: nowMs - 200 * DAY_MS, userId: 'u_1', policyId: 'p_older' })])
    await tx.clearMarks(await tx.markedUsers(50))
  })
  await store.close()
}

async function signIn(name: string): Promise<Page> {
  const context = await newContext(browser)
  contexts.push(context)
  const page = await context.newPage()
  page.setDefaultTimeout(15_000)
  page.on('pageerror', (error) => pageProblems.push(error.message))
  await signInBrowser(context, installation, name)
  pages.set(name, page)
  return page
}
const as = (name: string): Page => pages.get(name) ?? (() => { throw new Error(name) })()
const go = async (page: Page, path: string): Promise<void> => {
  await page.goto(`${installation.url}${path}`)
  await page.getByRole('heading', { level: 1 }).waitFor()
  await settled(page)
}
async function looked(page: Page, name: string): Promise<readonly string[]> {
  const found: string[] = []
  for (const scheme of SCHEMES) {
    await useScheme(page, scheme)
    await settled(page)
    await picture(page, `${name}-${scheme}`)
    found.push(...(await axeViolations(page)).map((problem) => `${scheme} ${problem}`))
  }
  return found
}

beforeAll(async () => {
  syslog = createServer((socket) => socket.on('data', (data) => received.push(data.toString())))
  await new Promise<void>((ready) => void syslog.listen(0, '127.0.0.1', ready))
  installation = await install()
  for (const [name, role] of [['inez', 'Investigator'], ['anna', 'Approver'], ['adam', 'Admin'], ['odo', 'Auditor'], ['al', 'Analyst']] as const) await installation.client.send('POST', '/api/v1/accounts', { name, password: installation.password, roles: [role] })
  await seed()
  browser = await startBrowser()
  for (const name of ['inez', 'anna', 'adam', 'odo', 'al']) await signIn(name)
})
afterEach(async ({ task }) => {
  if (task.result?.state === 'fail') for (const [name, page] of pages) await picture(page, `failed-${name}-${task.name.slice(0, 30).replaceAll(/\W+/g, '-')}`)
})
afterAll(async () => {
  await browser.close()
  await installation.close()
  await new Promise<void>((done) => void syslog.close(() => done()))
})

describe('names', () => {
  it('a second person is switched on by an administrator, with nothing left to guess', async () => {
    const page = as('adam')
    await go(page, '/settings/privacy')
    await page.getByRole('switch', { name: 'A second person must agree before a name is shown' }).click()
    await page.getByRole('region', { name: 'Names' }).getByRole('button', { name: 'Save' }).click()
    await until('the setting is saved', 15, async () => (await installation.client.get<{ revealNeedsSecond: boolean }>('/api/v1/settings/privacy')).revealNeedsSecond || undefined)
    expect(await looked(page, 'privacy-settings')).toEqual([])
  })
  it('is asked for by an investigator, agreed to by an approver, shown, and hidden again', async () => {
    const page = as('inez')
    await go(page, '/users/u_1')
    expect(await page.content()).not.toMatch(/quaxelthorpe/i)
    await page.getByRole('button', { name: 'Reveal name…' }).click()
    await page.getByLabel(/^Reason/).fill('Case 14 needs a talk with the manager')
    expect(await looked(page, 'reveal-dialog')).toEqual([])
    await page.getByRole('button', { name: 'Ask for the name' }).click()
    await page.getByText('Somebody else must agree').waitFor()
    await page.getByRole('dialog').getByRole('button', { name: 'Close' }).last().click()
    const approver = as('anna')
    await go(approver, '/requests')
    await approver.getByText('Case 14 needs a talk with the manager').waitFor()
    expect(await approver.content()).not.toMatch(/quaxelthorpe/i)
    expect(await looked(approver, 'requests')).toEqual([])
    await approver.getByRole('button', { name: 'Agree' }).click()
    await approver.getByRole('dialog').getByRole('button', { name: 'Agree' }).click()
    await approver.getByText('Shown by anna').waitFor()
    // The page of the one who asked hears of it by itself.
    await page.getByText(NAME).first().waitFor()
    await page.getByRole('button', { name: '1 name revealed' }).click()
    expect(await looked(page, 'names-badge')).toEqual([])
    await page.getByRole('button', { name: /^Hide the name of/ }).click()
    await page.getByRole('button', { name: 'Names hidden' }).waitFor()
    await until('the name is hidden', 15, async () => !/quaxelthorpe/i.test(await page.content()) || undefined)
  })
  it('stays hidden from an analyst who opens the same person', async () => {
    const page = as('al')
    for (const path of ['/alerts', '/users', '/users/u_1', '/devices', '/alerts/al_1']) {
      await go(page, path)
      expect([path, /quaxelthorpe/i.test(await page.content())]).toEqual([path, false])
    }
  })
})

describe('the audit log', () => {
  it('is filtered, opened with its detail, verified and exported by the auditor, who sees nothing else', async () => {
    const page = as('odo')
    await go(page, '/audit?category=users')
    await page.getByRole('button', { name: /^Show entry/ }).first().waitFor()
    expect(await looked(page, 'audit')).toEqual([])
    await page.locator('tr', { hasText: 'user.reveal_granted' }).first().click()
    await page.getByRole('dialog').getByText('Roles at the time').waitFor()
    expect(await looked(page, 'audit-entry')).toEqual([])
    await page.keyboard.press('Escape')
    await go(page, '/audit')
    await page.getByRole('button', { name: 'Verify the chain' }).click()
    await page.getByText('The chain is whole').waitFor()
    await page.getByRole('button', { name: 'Export' }).click()
    const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('menuitem', { name: /^JSON lines/ }).click()])
    const path = join(installation.dir, 'exported.jsonl')
    await download.saveAs(path)
    const good = await runCommand(collectorMain, ['audit', 'verify', '--file', path, '--key', join(installation.dir, 'keys/policy.pem'), '--json'])
    expect(JSON.parse(good.stdout)).toMatchObject({ ok: true })
    await writeFile(path, (await readFile(path, 'utf8')).replace('"actorName":"inez"', '"actorName":"nobody"'))
    const bad = await runCommand(collectorMain, ['audit', 'verify', '--file', path, '--json']).catch((error: unknown) => error as { stdout: string })
    expect(bad.stdout).toContain('was altered')
    const links = await page.getByRole('navigation', { name: 'Main' }).getByRole('link').allTextContents()
    expect(links.map((text) => text.trim())).toEqual(['Audit log', 'Settings'])
  })
  it('tells who looked at somebody, by a name that is typed, under the pseudonym', async () => {
    const page = as('odo')
    await go(page, `/audit/who-looked-at?person=${ADDRESS}`)
    await page.getByRole('region', { name: 'By account' }).getByText('inez').first().waitFor()
    await page.getByText('ANON-AAAAAA1').first().waitFor()
    expect(await looked(page, 'who-looked-at')).toEqual([])
  })
  it('sends its head to a syslog server', async () => {
    const page = as('adam')
    await go(page, '/settings/privacy')
    const panel = page.getByRole('region', { name: 'Proofs of the audit log' })
    await panel.getByRole('switch', { name: 'Send to a syslog server' }).click()
    await panel.getByLabel('Host').fill('127.0.0.1')
    await panel.getByRole('textbox', { name: 'Port', exact: true }).fill(String((syslog.address() as AddressInfo).port))
    await panel.getByRole('combobox', { name: 'Transport' }).click()
    await page.getByRole('option', { name: 'TCP' }).click()
    await panel.getByRole('button', { name: 'Save' }).click()
    await panel.getByRole('button', { name: 'Send now' }).click()
    await until('a head has arrived', 15, async () => received.length > 0 || undefined)
    expect(received.join('')).toMatch(/^\d+ <109>1 \S+Z \S+ holdfast - audit-head \[holdfast@32473 seq="\d+" hash="[0-9a-f]{64}"\] audit log head \d+ [0-9a-f]{64}$/)
  })
})

describe('keeping and erasing', () => {
  it('a dry run says what would go, and a clean-up takes that away', async () => {
    const page = as('adam')
    await go(page, '/settings/privacy')
    const panel = page.getByRole('region', { name: 'How long things are kept' })
    await panel.getByRole('row', { name: /^Alerts needing review/ }).getByRole('cell', { name: '1', exact: true }).waitFor()
    await panel.getByRole('button', { name: 'Clean up now' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Clean up now' }).click()
    await panel.getByRole('cell', { name: 'Done' }).waitFor()
    expect((await installation.client.get<{ items: { removed: Record<string, number> }[] }>('/api/v1/retention-runs')).items[0]?.removed).toMatchObject({ alerts_needing_review: 1, activities: 40 })
    expect(await looked(page, 'retention')).toEqual([])
  })
  it('an erasure waits for a second person and leaves a pseudonym', async () => {
    const page = as('adam')
    const panel = page.getByRole('region', { name: 'Erase one person' })
    await panel.getByLabel('Person').fill(ADDRESS)
    await panel.getByLabel('Reason').fill('The person asked for it')
    await panel.getByRole('button', { name: 'Erase…' }).click()
    await page.getByRole('button', { name: 'Ask for the erasure' }).click()
    await panel.getByText(/waits for somebody with the role Approver/).waitFor()
    const approver = as('anna')
    await go(approver, '/requests')
    await approver.getByRole('row', { name: /Erase the person/ }).getByRole('button', { name: 'Agree' }).click()
    expect(await looked(approver, 'erasure-decision')).toEqual([])
    await approver.getByRole('dialog').getByRole('button', { name: 'Agree' }).click()
    await approver.getByRole('dialog').waitFor({ state: 'detached' })
    await go(approver, '/requests?tab=over')
    await approver.getByText('Erased by anna').waitFor()
    expect(await looked(approver, 'requests-over')).toEqual([])
    const bytes = await Promise.all(['holdfast.db', 'holdfast.db-wal'].map((name) => readFile(join(installation.dir, name), 'latin1').catch(() => '')))
    expect(/zephyrine|zquaxel/i.test(bytes.join(''))).toBe(false)
  })
  it('no page complained', () => {
    expect(pageProblems).toEqual([])
  })
})
