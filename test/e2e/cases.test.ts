// From an alert to a case to a notice to its end, in a real browser, with a real mail server; and every page of it looked at by axe.
import { join } from 'node:path'
import { openSqliteStore } from '@holdfast/collector/store/sqlite/sqlite-store.ts'
import { buildAlert, buildDevice, buildRun, buildUser, DAY_MS } from '@holdfast/collector/testing/builders.ts'
import { countInsights, mergeInsights } from '@holdfast/collector/domain/risk/count.ts'
import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { axeViolations, newContext, SCHEMES, settled, signInBrowser, startBrowser, useScheme } from '../support/browser.ts'
import { install, type Installation } from '../support/collector.ts'
import { type MailSink, openMailSink } from '../support/mail-sink.ts'
import { until } from '../support/processes.ts'
import { picture } from '../support/screens.ts'

let installation: Installation
let browser: Browser
let page: Page
let smtp: MailSink
let caseId = ''
const pageProblems: string[] = []

async function seed(): Promise<void> {
  const store = await openSqliteStore({ path: join(installation.dir, 'holdfast.db') })
  const nowMs = Date.now()
  const [policy] = await store.policies()
  await store.write(async (tx) => {
    await tx.saveDevice(buildDevice())
    await tx.saveUser(buildUser({ id: 'u_boss', pseudonym: 'ANON-BOSSES1', displayName: 'Gerda Vogel', identities: [{ kind: 'account', value: 'gvogel' }] }))
    await tx.saveUser(buildUser({ displayName: 'Alice Liddell', email: 'alice.liddell@example.com', department: 'Sales', title: 'Account manager', managerId: 'u_boss' }))
    await tx.saveUser(buildUser({ id: 'u_2', pseudonym: 'ANON-BBBBBB2', displayName: 'Robert Norden', identities: [{ kind: 'account', value: 'rnorden' }] }))
    const { activities, ...run } = buildRun(1, 60)
    const first = activities[0]?.activity.occurredAtMs ?? 0
    await tx.ingest([{ ...run, activities: activities.map(({ activity, body }) => ({ body, activity: { ...activity, occurredAtMs: activity.occurredAtMs - first + nowMs - DAY_MS } })) }], countInsights, mergeInsights)
    const common = { policyId: policy?.id ?? 'p_1', createdAtMs: nowMs - DAY_MS, updatedAtMs: nowMs - DAY_MS, lastActivityAtMs: nowMs - DAY_MS, firstActivityAtMs: nowMs - DAY_MS }
    await tx.saveAlerts([buildAlert({ ...common, id: 'al_1', severity: 'high', score: 82 }), buildAlert({ ...common, id: 'al_2', policyId: 'p_gone', severity: 'medium', score: 48 }), buildAlert({ ...common, id: 'al_bob', userId: 'u_2' })])
    await tx.clearMarks(await tx.markedUsers(50))
  })
  await store.close()
}

beforeAll(async () => {
  smtp = await openMailSink()
  installation = await install()
  await installation.client.send('POST', '/api/v1/policies', { name: 'Data leaks', template: 'data_leaks' })
  await installation.client.send('POST', '/api/v1/accounts', { name: 'legal', password: installation.password, roles: ['Approver'] })
  await seed()
  browser = await startBrowser()
  const context = await newContext(browser)
  page = await context.newPage()
  page.setDefaultTimeout(15_000)
  page.on('pageerror', (error) => pageProblems.push(error.message))
  page.on('console', (message) => {
    if (message.type() === 'error' && !/status of (401|404|409)|sandboxed/.test(message.text())) pageProblems.push(message.text())
  })
  await signInBrowser(context, installation)
})
afterEach(async ({ task }) => {
  if (task.result?.state === 'fail') await picture(page, `failed-${task.name.slice(0, 40).replaceAll(/\W+/g, '-')}`)
})
afterAll(async () => {
  await browser.close()
  await installation.close()
  await smtp.close()
})

const go = async (path: string): Promise<void> => {
  await page.goto(`${installation.url}${path}`)
  await page.getByRole('heading', { level: 1 }).waitFor()
  await settled(page)
}
/** What axe finds in both schemes, with a picture of each. */
async function looked(name: string): Promise<readonly string[]> {
  const found: string[] = []
  // What a bar at the top lies over has two backgrounds for axe.
  await page.evaluate(() => globalThis.scrollTo(0, 0))
  for (const scheme of SCHEMES) {
    await useScheme(page, scheme)
    await settled(page)
    let problems = await axeViolations(page)
    // On a busy machine colours may still be on their way; what is wrong stays wrong.
    for (let tries = 0; problems.length > 0 && tries < 3; tries += 1) {
      await settled(page)
      problems = await axeViolations(page)
    }
    for (const problem of problems) found.push(`${name} ${scheme}: ${problem}`)
    await picture(page, `cases-${name}-${scheme}`)
  }
  await useScheme(page, 'light')
  return found
}

describe('before anything is there', () => {
  it('the pages say what to do next, and that mail is not set up', async () => {
    await go('/cases')
    await page.getByText('No case yet').waitFor()
    expect(await looked('empty')).toEqual([])
    await go('/notices')
    await page.getByText('No template yet').waitFor()
    await page.getByText('No mail server is set up, so nothing can be sent.').waitFor()
    expect(await looked('notices-empty')).toEqual([])
  })
})

describe('mail', () => {
  it('is set up with a test that says what is wrong, and then that it works', async () => {
    await go('/settings')
    await page.getByLabel('Server', { exact: true }).fill('localhost')
    await page.getByLabel('Port', { exact: true }).fill('1')
    await page.getByRole('combobox', { name: 'Connection' }).click()
    await page.getByRole('option', { name: 'Not encrypted' }).click()
    await page.getByLabel('Port', { exact: true }).fill('1')
    await page.getByPlaceholder('Security <security@example.com>').fill('Security <security@example.com>')
    await page.getByRole('button', { name: 'Test', exact: true }).click()
    await page.getByText('Nothing listens on this port.').waitFor()
    expect(await looked('settings')).toEqual([])
    await page.getByLabel('Port', { exact: true }).fill(String(smtp.port))
    await page.getByRole('button', { name: 'Test', exact: true }).click()
    await page.getByText('It works.').waitFor()
    await page.getByRole('button', { name: 'Save', exact: true }).last().waitFor()
    await page.locator('form').filter({ has: page.getByPlaceholder('Security <security@example.com>') }).getByRole('button', { name: 'Save', exact: true }).click()
    await page.getByText('Mail settings saved').waitFor()
    expect(await installation.client.get('/api/v1/settings/mail')).toMatchObject({ isSetUp: true, hasPassword: false })
  })
})

describe('templates', () => {
  it('begin from one that is there, with a preview beside them', async () => {
    await go('/notices')
    await page.getByRole('button', { name: 'Use “Reminder of the rules”' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByText('Hello Alex Example,').waitFor()
    expect(await looked('template')).toEqual([])
    await dialog.getByRole('button', { name: 'Save the template' }).click()
    await page.getByText('Template saved').waitFor()
    await page.getByRole('button', { name: 'New template' }).click()
    await page.getByRole('dialog').getByLabel('Name of the template').fill('Course')
    await page.getByRole('dialog').getByLabel('Subject').fill('A course')
    await page.getByRole('dialog').getByText('HTML', { exact: true }).click()
    await page.getByRole('dialog').getByLabel(/^Message/).fill('<p>Hello <b>you</b></p><script>alert(1)</script><img src=x onerror=alert(2)>')
    await page.frameLocator('iframe').getByText('you').waitFor()
    expect(await page.frameLocator('iframe').locator('script, img').count()).toBe(0)
    expect(await looked('template-html')).toEqual([])
    await page.getByRole('dialog').getByRole('button', { name: 'Save the template' }).click()
    await page.getByRole('button', { name: 'Edit Course' }).waitFor()
    expect(await looked('notices')).toEqual([])
  })
})

describe('a case', () => {
  it('is opened from an alert, which is confirmed with it', async () => {
    await go('/alerts/al_1')
    await page.getByRole('button', { name: 'Open case…' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('Name').fill('Files on a stick')
    await dialog.getByLabel('Comment').fill('Looks like **planned** copying:\n\n- 60 files\n- at night')
    expect(await looked('open')).toEqual([])
    await dialog.getByRole('button', { name: 'Open the case' }).click()
    await page.getByRole('button', { name: 'Open the case' }).last().click()
    await page.waitForURL('**/cases/*')
    await page.getByRole('heading', { level: 1, name: 'Files on a stick' }).waitFor()
    caseId = new URL(page.url()).pathname.split('/').at(-1) ?? ''
    expect(await installation.client.get('/api/v1/alerts/al_1')).toMatchObject({ status: 'confirmed', caseId })
  })
  it('takes another alert of the same user', async () => {
    await go(`/cases/${caseId}?tab=alerts`)
    await page.getByRole('button', { name: /^Add: / }).click()
    await page.getByText('There is no other open alert of this user.').waitFor()
    expect((await installation.client.get<{ alertCount: number }>(`/api/v1/cases/${caseId}`)).alertCount).toBe(2)
  })
  it('has a tab for everything about it, none with a name or a violation of accessibility', async () => {
    const found: string[] = []
    for (const tab of ['overview', 'alerts', 'activity', 'explorer', 'content', 'notes', 'notices', 'contributors', 'history']) {
      await go(`/cases/${caseId}?tab=${tab}`)
      found.push(...(await looked(`tab-${tab}`)))
      expect([tab, /liddell|vogel|alice/i.test(await page.locator('main').innerText())]).toEqual([tab, false])
    }
    expect(found).toEqual([])
  })
  it('keeps notes that can be searched, and nothing to change them with', async () => {
    await go(`/cases/${caseId}?tab=notes`)
    await page.getByLabel('New note').fill('Called the manager: *no order* for it.')
    await page.getByRole('button', { name: 'Add the note' }).click()
    await page.locator('ol i', { hasText: 'no order' }).waitFor()
    await page.getByRole('textbox', { name: 'Search the notes' }).fill('planned')
    await page.getByText('no order').waitFor({ state: 'detached' })
    expect(await page.locator('ol > li').count()).toBe(1)
    expect(await page.getByRole('button', { name: /delete|edit/i }).count()).toBe(0)
  })
  it('can be given a date and a guest', async () => {
    await go(`/cases/${caseId}`)
    await page.getByLabel('Due', { exact: true }).fill('2020-01-01')
    await page.getByRole('button', { name: 'Save', exact: true }).click()
    await page.getByText('overdue').first().waitFor()
    await go(`/cases/${caseId}?tab=contributors`)
    await page.getByRole('combobox', { name: 'Add a guest' }).click()
    await page.getByRole('option', { name: 'legal' }).click()
    await page.getByText('added to this case').waitFor()
    expect(await installation.client.get(`/api/v1/cases/${caseId}`)).toMatchObject({ isOverdue: true, contributors: expect.arrayContaining([expect.objectContaining({ name: 'legal', isGuest: true })]) })
  })
  it('sends a notice to its user, who reads their name, while nobody here does', async () => {
    await page.getByRole('button', { name: 'Send notice…' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByRole('combobox', { name: 'Template' }).click()
    await page.getByRole('option', { name: 'Reminder of the rules' }).click()
    await dialog.getByText(/Hello ANON-AAAAAA1,/).waitFor()
    expect(await looked('send')).toEqual([])
    await dialog.getByRole('button', { name: 'Send', exact: true }).click()
    await page.getByText('The notice is on its way').waitFor()
    const mail = await until('the notice to arrive', 20, () => smtp.mails.find(({ subject }) => subject === 'Please check how you handle company data'))
    expect([mail.text?.includes('Hello Alice Liddell,'), smtp.recipients[0]]).toEqual([true, ['alice.liddell@example.com']])
    await go(`/cases/${caseId}?tab=notices`)
    await page.getByText('Sent', { exact: true }).waitFor()
    expect(await looked('tab-notices-sent')).toEqual([])
    await page.getByText('What it says').click()
    expect(await page.locator('main').innerText()).not.toMatch(/liddell/i)
    await go(`/cases/${caseId}?tab=notes`)
    await page.getByText('The notice “Reminder of the rules” was sent to the user.').waitFor()
    await go('/notices')
    await page.getByRole('link', { name: 'Files on a stick' }).waitFor()
    expect(await looked('notices-sent')).toEqual([])
  })
  it('is found in the list by what its notes say, and by its date', async () => {
    await go('/cases?due=overdue&search=manager')
    await page.getByRole('link', { name: 'Files on a stick' }).waitFor()
    expect(await looked('list')).toEqual([])
    await go('/cases?status=closed')
    await page.getByText('No case fits these filters').waitFor()
  })
  it('is resolved with a reason, and the page of another viewer follows by itself', async () => {
    const other = await page.context().newPage()
    await other.goto(`${installation.url}/cases/${caseId}`)
    await other.getByRole('button', { name: 'Resolve…' }).waitFor()
    await go(`/cases/${caseId}`)
    await page.getByRole('button', { name: 'Resolve…' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByRole('button', { name: 'Resolve the case' }).click()
    await dialog.getByText('Choose an outcome.').waitFor()
    expect(await looked('resolve')).toEqual([])
    await dialog.getByLabel('Confirmed policy violation').check()
    await dialog.getByLabel('Reason').fill('Said so, and gave the stick back.')
    await dialog.getByRole('button', { name: 'Resolve the case' }).click()
    await page.getByText('Closed: Confirmed policy violation').waitFor()
    await other.getByText('Closed: Confirmed policy violation').waitFor()
    await other.close()
    expect(await looked('closed')).toEqual([])
    expect(await installation.client.get('/api/v1/alerts/al_1')).toMatchObject({ status: 'resolved' })
  })
  it('can be worked on from the command line as well', async () => {
    const opened = JSON.parse(await installation.holdfast('case', 'open', 'al_bob', '--name', 'Second', '--note', 'From a shell.', '--json')) as { id: string }
    await installation.holdfast('case', 'note', opened.id, 'Nothing in it.')
    await installation.holdfast('case', 'resolve', opened.id, '--as', 'benign', '--reason', 'A backup.')
    const shown = JSON.parse(await installation.holdfast('case', 'show', opened.id, '--json')) as { status: string; notes: readonly { text: string }[] }
    expect([shown.status, shown.notes.map(({ text }) => text)]).toEqual(['closed', ['Resolved as benign.\nA backup.', 'Nothing in it.', 'From a shell.']])
    expect(JSON.parse(await installation.holdfast('case', 'list', '--status', 'closed', '--json'))).toMatchObject({ total: 2 })
    expect((JSON.parse(await installation.holdfast('notice', 'templates', 'list', '--json')) as { items: readonly { name: string }[] }).items.map(({ name }) => name)).toEqual(['Course', 'Reminder of the rules'])
    expect((JSON.parse(await installation.holdfast('notice', 'list', '--json')) as { items: readonly { state: string }[] }).items.map(({ state }) => state)).toEqual(['sent'])
  })
})

describe('a guest', () => {
  it('sees the case that they were added to, and may not choose contributors or open content', async () => {
    await installation.client.send('POST', `/api/v1/cases/${caseId}/reopen`, { reason: 'Legal asks.' }, { 'if-match': `"${(await installation.client.get<{ revision: number }>(`/api/v1/cases/${caseId}`)).revision}"` })
    const context = await newContext(browser)
    const answer = await context.request.post(`${installation.url}/api/v1/session`, { data: { name: 'legal', password: installation.password }, headers: { origin: installation.url } })
    expect(answer.ok()).toBe(true)
    const guest = await context.newPage()
    await guest.goto(`${installation.url}/cases`)
    await guest.getByRole('link', { name: 'Files on a stick' }).click()
    await guest.getByRole('tab', { name: 'Contributors' }).click()
    await guest.getByText('added to this case').waitFor()
    expect([await guest.getByRole('combobox', { name: 'Add a guest' }).count(), await guest.getByRole('tab', { name: 'Content explorer' }).count()]).toEqual([0, 0])
    await context.close()
  })
})

it('no page failed in between', () => {
  expect(pageProblems).toEqual([])
})
