// How a case leaves, in a real browser: a bundle that is downloaded and verified, a legal hold that says so, a link that opens.
import { spawnSync } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openSqliteStore } from '@holdfast/collector/store/sqlite/sqlite-store.ts'
import { buildAlert, buildDevice, buildRun, buildUser, DAY_MS } from '@holdfast/collector/testing/builders.ts'
import { countInsights, mergeInsights } from '@holdfast/collector/domain/risk/count.ts'
import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { axeViolations, newContext, SCHEMES, settled, signInBrowser, startBrowser, useScheme } from '../support/browser.ts'
import { install, type Installation } from '../support/collector.ts'
import { picture } from '../support/screens.ts'

let installation: Installation
let browser: Browser
let page: Page
let folder: string
let caseId = ''
const pageProblems: string[] = []

async function seed(): Promise<void> {
  const store = await openSqliteStore({ path: join(installation.dir, 'holdfast.db') })
  const nowMs = Date.now()
  await store.write(async (tx) => {
    await tx.saveDevice(buildDevice())
    await tx.saveUser(buildUser({ displayName: 'Alice Liddell', department: 'Sales' }))
    const { activities, ...run } = buildRun(1, 60)
    const first = activities[0]?.activity.occurredAtMs ?? 0
    await tx.ingest([{ ...run, activities: activities.map(({ activity, body }) => ({ body, activity: { ...activity, occurredAtMs: activity.occurredAtMs - first + nowMs - DAY_MS } })) }], countInsights, mergeInsights)
    await tx.saveAlerts([buildAlert({ id: 'al_1', severity: 'high', score: 82, createdAtMs: nowMs - DAY_MS, updatedAtMs: nowMs - DAY_MS, firstActivityAtMs: nowMs - DAY_MS, lastActivityAtMs: nowMs - DAY_MS + 60_000 })])
    await tx.clearMarks(await tx.markedUsers(50))
  })
  await store.close()
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'holdfast-escalation-'))
  installation = await install()
  await installation.client.send('POST', '/api/v1/accounts', { name: 'legal', password: installation.password, roles: ['Approver'] })
  await seed()
  caseId = (await installation.client.send<{ id: string }>('POST', '/api/v1/cases', { alertIds: ['al_1'], name: 'Stick on Friday' })).id
  browser = await startBrowser()
  const context = await newContext(browser)
  page = await context.newPage()
  page.setDefaultTimeout(15_000)
  page.on('pageerror', (error) => pageProblems.push(error.message))
  await signInBrowser(context, installation)
})
afterEach(async ({ task }) => {
  if (task.result?.state === 'fail') await picture(page, `failed-${task.name.slice(0, 40).replaceAll(/\W+/g, '-')}`)
})
afterAll(async () => {
  await browser.close()
  await installation.close()
  await rm(folder, { recursive: true })
})

const go = async (path: string): Promise<void> => {
  await page.goto(`${installation.url}${path}`)
  await page.getByRole('heading', { level: 1 }).waitFor()
  await settled(page)
}
const look = async (name: string): Promise<void> => {
  for (const scheme of SCHEMES) {
    await useScheme(page, scheme)
    await settled(page)
    let problems = await axeViolations(page)
    // On a busy machine colours may still be on their way; what is wrong stays wrong.
    for (let tries = 0; problems.length > 0 && tries < 5; tries += 1) {
      await settled(page)
      problems = await axeViolations(page)
    }
    expect([name, scheme, problems]).toEqual([name, scheme, []])
    await picture(page, `${name}-${scheme}`)
  }
}

describe('how a case leaves', () => {
  it('as a bundle with a reason, which verifies where nothing of Holdfast is', async () => {
    await go(`/cases/${caseId}?tab=escalation`)
    await page.getByRole('button', { name: 'Export a bundle…' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('Reason').fill('Court order 12/26')
    await dialog.getByRole('button', { name: 'Make the bundle' }).click()
    await page.getByText('Ready', { exact: true }).waitFor()
    await page.getByRole('button', { name: /^Download bundle/ }).click()
    await page.getByRole('dialog').getByLabel('Reason').fill('For the lawyer')
    const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('dialog').getByRole('button', { name: 'Download…' }).click()])
    const zip = join(folder, 'bundle.zip')
    await download.saveAs(zip)
    expect(spawnSync('python3', ['-m', 'zipfile', '-e', zip, join(folder, 'out')], { encoding: 'utf8' }).stderr).toBe('')
    const { fingerprint } = await installation.client.get<{ fingerprint: string }>('/api/v1/signing-key')
    await page.getByText(fingerprint).waitFor()
    for (const [command, script] of [[process.execPath, 'verify.mjs'], ['python3', 'verify.py']] as const) {
      const verdict = spawnSync(command, [join(folder, 'out', script), '--key', fingerprint], { encoding: 'utf8' })
      expect([verdict.status, verdict.stdout]).toEqual([0, expect.stringContaining('OK: the bundle is whole and unaltered.')])
    }
  })
  it('held, and every page says so; shared, and the link is listed', async () => {
    await go(`/cases/${caseId}?tab=escalation`)
    await page.getByRole('button', { name: 'Place a legal hold…' }).click()
    await page.getByRole('dialog').getByLabel('Reason').fill('Lawsuit 7/26')
    await page.getByRole('dialog').getByRole('button', { name: 'Place the hold' }).click()
    await page.getByText(/Nothing of this person is deleted/).waitFor()
    await page.getByRole('button', { name: 'Share…' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByRole('combobox', { name: 'Account' }).click()
    await page.getByRole('option', { name: 'legal' }).click()
    await dialog.getByRole('button', { name: 'Make the link' }).click()
    await dialog.getByText('The link is ready').waitFor()
    await dialog.getByRole('button', { name: 'Close' }).last().click()
    await page.getByRole('table', { name: 'Live links' }).getByText('legal').waitFor()
    await look('escalation-case')
    await go('/users/u_1')
    await page.getByText(/Nothing of this person is deleted/).waitFor()
    await go('/holds')
    await page.getByRole('table', { name: 'Legal holds' }).getByText('Lawsuit 7/26').waitFor()
    await look('escalation-holds')
    await go('/share-links')
    await page.getByRole('button', { name: 'Revoke the link to legal' }).click()
    await page.getByText('No live link.').first().waitFor()
    await go('/settings')
    await page.getByRole('button', { name: 'Add a system' }).click()
    await page.getByRole('dialog').getByLabel('Address', { exact: true }).waitFor()
    await look('escalation-ticket-settings')
    expect(pageProblems).toEqual([])
  })
})
