import { notifications } from '@mantine/notifications'
import { cleanup, fireEvent, screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { buildAccount, buildActivity, buildAgentUpgrade, buildAgentUpgradeDetail, buildAgentUpgradeDevice, buildAgentVersions, buildAlert, buildAlertDetail, buildAnalytics, buildAuditEntry, buildChart, buildDevice, buildDeviceDetail, buildEnrolmentCode, buildEnrolmentCreated, buildGroup, buildGroupSettings, buildIndicator, buildMe, buildOverview, buildGroupPreview, buildPlan, buildPolicy, buildPreview, buildRiskLevel, buildRollout, buildRolloutDetail, buildRolloutDevice, buildStatistics, buildTemplate, buildThresholdData, buildTrigger, buildUserDetail, buildUserView } from '../testing/builders.ts'
import { problem, renderConsole, stubApi, type Answers, type SentRequest } from '../testing/render.tsx'

// jsdom has no canvas; the option that is drawn has its own tests.
vi.mock('../components/activity-chart/echarts-parts.ts', () => ({ init: () => ({ on: () => undefined, setOption: () => undefined, resize: () => undefined, dispose: () => undefined }) }))

const EVERYTHING = ['overview.read', 'alert.read', 'alert.triage', 'alert.export', 'activity.read', 'user.read', 'user.reveal', 'user.report', 'user.score', 'device.read', 'device.manage', 'enrolment.manage', 'policy.read', 'policy.manage', 'settings.manage', 'upgrade.manage', 'account.manage', 'privacy.approve', 'privacy.manage', 'audit.read']
const page = (...items: readonly unknown[]) => ({ items, total: items.length })

const everything: Answers = {
  'GET /me': buildMe({ permissions: EVERYTHING }), 'GET /overview': buildOverview(), 'GET /analytics': buildAnalytics(), 'POST /policies/thresholds': buildThresholdData(), 'GET /users/u_1/triggers': page(buildTrigger()), 'GET /users/u_1/risk-level': buildRiskLevel(), 'GET /alerts/statistics': buildStatistics(), 'GET /alerts/assignees': { items: [{ id: 'acc_2', name: 'bea' }] }, 'GET /saved-views': { items: [] }, 'GET /settings/alerts': { hoursToDecision: { high: 4, medium: 24, low: 72 }, inlineTuning: true }, 'GET /alerts': page(buildAlert(), buildAlert({ id: 'al_2', headline: 'Second', severity: 'low' })), 'GET /alerts/al_1': buildAlertDetail(), 'GET /alerts/al_2': buildAlertDetail({ id: 'al_2', headline: 'Second' }),
  'GET /users': page(buildUserView()), 'GET /users/u_1': buildUserDetail(), 'GET /users/u_1/chart': buildChart(), 'GET /activities': page(buildActivity()), 'GET /devices': page(buildDevice()), 'GET /devices/d_1': buildDeviceDetail(), 'GET /groups': page(buildGroup()), 'GET /groups/default': buildGroup(), 'GET /groups/default/rollout-plan': { revision: 2, plan: null, proposed: buildPlan() }, 'POST /groups/default/preview': buildGroupPreview(), 'GET /agent-policies': { text: 'group: default\nsettings:\n  roots:\n    - "~"\n' }, 'GET /agent-versions': buildAgentVersions(), 'GET /agent-upgrades': page(buildAgentUpgrade()), 'GET /agent-upgrades/au_1': buildAgentUpgradeDetail(), 'GET /agent-upgrades/au_1/devices': page(buildAgentUpgradeDevice()), 'GET /groups/default/upgrade-plan': { plan: buildPlan({ soakSecs: 3600, answerSecs: 3600 }) }, 'GET /rollouts': page(buildRollout()), 'GET /rollouts/ro_1': buildRolloutDetail(), 'GET /rollouts/ro_1/devices': page(buildRolloutDevice()),
  'GET /device-faults': { items: [{ code: 'SENSOR_BLIND', severity: 'critical', when: 'w', devices: 1, en: { title: 'Sensor blind', detail: '{sensor} sees nothing{reason}.', fix: '{fix}' }, de: { title: 'Sensor blind', detail: '{sensor} sieht nichts{reason}.', fix: '{fix}' } }] },
  'GET /settings': { items: [{ id: 'privacy.revealHours', link: '/settings/privacy', en: { title: 'How long a name stays shown', effect: 'Hours.' }, de: { title: 'Wie lange ein Name sichtbar bleibt', effect: 'Stunden.' }, value: 8, standard: 4, changed: { at: '2026-11-24T10:00:00Z', by: 'ada' } }, { id: 'mail', link: '/settings', en: { title: 'Mail server', effect: 'Sends.' }, de: { title: 'Mailserver', effect: 'Sendet.' }, value: false, standard: false }] },
  'GET /doctor': { checks: [{ name: 'disk', verdict: 'ok', detail: '90 GiB free', fix: '' }, { name: 'permissions', verdict: 'fail', detail: 'others may read keys', fix: 'chmod' }] }, 'GET /backups': { backups: [{ id: 'bk_1', file: '/b/a.hfbackup', madeAt: '2026-11-24T10:00:00Z', bytes: 1000, files: 12, seconds: 1, sealed: true, verified: true, scheduled: true }], drills: [{ backupId: 'bk_1', at: '2026-11-24T11:00:00Z', ok: true, seconds: 1, checks: [] }] },
  'GET /enrolment-requests': page(),
  'GET /device-tags': { items: [{ tag: 'till', devices: 2 }] }, 'GET /fleet-notices': page(), 'GET /group-rules': { revision: 3, rules: [{ group: 'default', hostname: 'lt-*' }], matches: [1] },
  'GET /enrolment-codes': page(buildEnrolmentCode()), 'GET /policies': page(buildPolicy()), 'GET /policies/pol_leaks': buildPolicy(), 'GET /indicators': page(buildIndicator()), 'GET /templates': page(buildTemplate()), 'GET /audit': page(buildAuditEntry()), 'GET /audit/facets': { categories: ['alerts'], actors: [{ id: 'a_1', name: 'ada' }] }, 'GET /privacy-requests': page(), 'GET /settings/privacy': { revealNeedsSecond: false, revealHours: 4, erasureNeedsSecond: true, requestHours: 24, revision: 0, approvers: 1 }, 'GET /accounts': { items: [buildAccount()], roles: [{ name: 'Analyst', permissions: ['alert.read'] }] },
}

const open = (at: string, answers: Answers = {}): readonly SentRequest[] => {
  const sent = stubApi({ ...everything, ...answers })
  renderConsole(at)
  return sent
}

const heading = (name: string | RegExp) => screen.findByRole('heading', { level: 1, name }, { timeout: 8000 })

afterEach(() => {
  // They live in a store of the page, so one test's message would stand on the screen of the next.
  notifications.clean()
  cleanup()
  vi.unstubAllGlobals()
  localStorage.clear()
})

describe('every screen shows contract-valid data', { timeout: 20_000 }, () => {
  test.each([
    ['/', 'Overview', '1,283,004'], ['/alerts', 'Alerts', 'ANON-KHAA8'], ['/alerts/al_1', /1\.4 GiB in 312 files/, '28 times this user’s usual amount of the last 30 days.'], ['/users', 'Users', 'ANON-KHAA8'], ['/users/u_1', 'ANON-KHAA8', 'Activity over time'],
    ['/devices', 'Devices', 'lt-1557'], ['/devices/d_1', 'lt-1557', 'auditd is not installed'], ['/groups', 'Watch settings', 'default'], ['/groups/default', 'default', /0 of 1 devices run it/], ['/policies', 'Policies', 'Everyone, default thresholds.'],
    ['/rollouts', 'Roll-outs', '18 confirmed, 1 failed, 1 offline'], ['/rollouts/ro_1', 'default, version 8', 'POLICY_INVALID'], ['/agent-versions', 'Agent versions', 'No: not on this system yet; use its packages'], ['/agent-versions/au_1', 'default, agent 1.5.0', 'RETURNED_SENSORS'],
    ['/policies/pol_leaks', 'Data leaks', 'Indicators and thresholds'], ['/policies/new', 'New policy', 'Triggering events'], ['/audit', 'Audit log', 'alert.viewed'], ['/settings', 'Settings', 'Example GmbH'], ['/settings/all', 'All settings', 'How long a name stays shown'], ['/settings/system', 'System', 'others may read keys'],
  ])('%s', async (at, title, content) => {
    open(at)
    expect(await heading(title)).toBeTruthy()
    expect((await screen.findAllByText(content)).length).toBeGreaterThan(0)
  })
})

describe('the way in', () => {
  test('whoever is not signed in gets the sign-in, and a wrong password is told without saying which part was wrong', async () => {
    const sent = open('/alerts', { 'GET /me': problem(401, 'SESSION_REQUIRED'), 'GET /setup': { needed: false, organisation: 'Example GmbH' }, 'POST /session': problem(401, 'SIGN_IN_REFUSED') })
    await userEvent.type(await screen.findByLabelText(/Account/), 'ada')
    await userEvent.type(screen.getByLabelText(/^Password/), 'wrong')
    await userEvent.click(screen.getByRole('button', { name: 'Sign in' }))
    expect((await screen.findByRole('alert')).textContent).toBe('Account or password is not right.')
    expect(sent.find(({ method }) => method === 'POST')?.body).toEqual({ name: 'ada', password: 'wrong' })
  })
  test('the first run asks for the set-up code and sends nothing until the form is right', async () => {
    const sent = open('/', { 'GET /me': problem(401, 'SESSION_REQUIRED'), 'GET /setup': { needed: true, organisation: 'Example GmbH' } })
    await userEvent.click(await screen.findByRole('button', { name: 'Create the account' }))
    expect(screen.getAllByText('At least 15 characters.').length).toBe(1)
    expect(sent.some(({ method }) => method === 'POST')).toBe(false)
  })
})

describe('the queue', () => {
  test('the filters of the URL are the question to the API', async () => {
    const sent = open('/alerts?severity=high&status=needs_review&policyId=pol_leaks&from=all&sort=-score')
    await screen.findAllByText('ANON-KHAA8')
    const query = sent.find(({ path }) => path === '/alerts')?.query
    expect([query?.getAll('severity'), query?.getAll('status'), query?.getAll('policyId'), query?.get('sort'), query?.get('from')]).toEqual([['high'], ['needs_review'], ['pol_leaks'], '-score', null])
  })
  test('an empty queue says whether filters hide something or nothing ever came', async () => {
    open('/alerts?range=all', { 'GET /alerts': page() })
    expect(await screen.findByText('No alert yet')).toBeTruthy()
    cleanup()
    open('/alerts?range=all&severity=high', { 'GET /alerts': page() })
    expect(await screen.findByText('No alert fits these filters')).toBeTruthy()
  })
  test('the keyboard alone walks to an alert, opens it and confirms it with the revision that was seen', async () => {
    const sent = open('/alerts?range=all', { 'PATCH /alerts/al_1': buildAlertDetail({ status: 'confirmed', revision: 4, undo: { operationId: 'op_1', until: '2026-11-23T07:12:15.000Z' } }), 'POST /alerts/undo': { done: ['al_1'], failed: [] } })
    await screen.findAllByText('ANON-KHAA8')
    await userEvent.keyboard('j{Enter}')
    const drawer = await screen.findByRole('dialog')
    await within(drawer).findByText('Why this score')
    await userEvent.keyboard('c')
    await waitFor(() => expect(sent.find(({ method }) => method === 'PATCH')?.body).toEqual({ status: 'confirmed' }))
    const patch = sent.find(({ method }) => method === 'PATCH')
    expect([patch?.headers.get('if-match'), patch?.headers.get('x-holdfast-csrf')]).toEqual(['"3"', 'csrf-token'])
    await userEvent.click(await screen.findByRole('button', { name: 'Undo' }))
    await waitFor(() => expect(sent.find(({ path }) => path === '/alerts/undo')?.body).toEqual({ operationId: 'op_1' }))
    expect(await screen.findByText('1 alert is as it was')).toBeTruthy()
  }, 20_000)
  test('several are chosen and dismissed with the revisions that were seen, and what failed is named', async () => {
    const sent = open('/alerts?from=all', { 'POST /alerts/bulk': { done: ['al_1'], failed: [{ id: 'al_2', code: 'REVISION_CONFLICT', detail: 'Somebody changed this meanwhile; load it again.' }], undo: { operationId: 'op_1', until: '2026-11-23T07:12:15.000Z' } } })
    await screen.findAllByText('ANON-KHAA8')
    await userEvent.keyboard('jxjxd')
    const dialog = await screen.findByRole('dialog', { name: 'Dismiss 2 alerts' })
    await userEvent.click(within(dialog).getByLabelText('Not impactful'))
    await userEvent.type(within(dialog).getByLabelText(/Note/), 'Checked.{Control>}{Enter}{/Control}')
    await waitFor(() => expect(sent.find(({ path }) => path === '/alerts/bulk')?.body).toEqual({ action: 'dismiss', reason: 'not_impactful', note: 'Checked.', alerts: [{ id: 'al_1', revision: 3 }, { id: 'al_2', revision: 3 }] }))
    expect(await screen.findByText('1 alert was not changed:')).toBeTruthy()
    expect(screen.getByText('Somebody changed this meanwhile; load it again.')).toBeTruthy()
  }, 20_000)
  test('all that match are meant by their filter, with how many were seen', async () => {
    const sent = open('/alerts?from=all&severity=high', { 'GET /alerts': { items: [buildAlert(), buildAlert({ id: 'al_2' })], total: 90, nextCursor: 'c' }, 'POST /alerts/bulk': { done: [], failed: [] } })
    await screen.findAllByText('ANON-KHAA8')
    await userEvent.click(screen.getByRole('checkbox', { name: 'Choose all that are shown' }))
    await userEvent.click(screen.getByRole('button', { name: 'Choose all 90 that match' }))
    await userEvent.keyboard('e')
    await waitFor(() => expect(sent.find(({ path }) => path === '/alerts/bulk')?.body).toEqual({ action: 'assign', assigneeId: 'me', matching: { severity: ['high'] }, expected: 90 }))
  }, 20_000)
  test('J goes to the next alert with the drawer open', async () => {
    open('/alerts?range=all&alert=al_1')
    await within(await screen.findByRole('dialog')).findByText('1 of 2')
    await userEvent.keyboard('j')
    expect(await within(screen.getByRole('dialog')).findByText('2 of 2')).toBeTruthy()
  }, 20_000)
  test('a dismissal needs a reason and a note', async () => {
    const sent = open('/alerts/al_1', { 'PATCH /alerts/al_1': buildAlertDetail({ status: 'dismissed', revision: 4 }) })
    await heading(/1\.4 GiB/)
    await userEvent.keyboard('d')
    const dialog = await screen.findByRole('dialog', { name: 'Dismiss this alert' })
    await userEvent.click(within(dialog).getByRole('button', { name: 'Dismiss' }))
    expect(within(dialog).getByText('Write at least one sentence.')).toBeTruthy()
    expect(sent.some(({ method }) => method === 'PATCH')).toBe(false)
    await userEvent.click(within(dialog).getByLabelText('False detection'))
    await userEvent.type(within(dialog).getByLabelText(/Note/), 'Backup of the lab, dcek')
    await userEvent.click(within(dialog).getByRole('button', { name: 'Dismiss' }))
    await waitFor(() => expect(sent.find(({ method }) => method === 'PATCH')?.body).toEqual({ status: 'dismissed', reason: 'false_detection', note: 'Backup of the lab, dcek' }))
  }, 20_000)
  test('a change that somebody else made meanwhile is told, and the alert is loaded again', async () => {
    const sent = open('/alerts/al_1', { 'PATCH /alerts/al_1': problem(412, 'REVISION_CONFLICT') })
    await heading(/1\.4 GiB/)
    const before = sent.filter(({ path }) => path === '/alerts/al_1').length
    await userEvent.click(screen.getByRole('button', { name: /Confirm/ }))
    expect(await screen.findByText(/Somebody changed this meanwhile/)).toBeTruthy()
    await waitFor(() => expect(sent.filter(({ method, path }) => method === 'GET' && path === '/alerts/al_1').length).toBeGreaterThan(before))
  }, 20_000)
})

describe('a device says what it sees and what it does not', { timeout: 20_000 }, () => {
  test('its last fire drill has the times of each signal, why one was missed, and which the device only claims', async () => {
    open('/devices/d_1')
    const table = await screen.findByRole('table', { name: 'Last fire drill' })
    const [copied, missed, claimed] = within(table).getAllByRole('row').slice(1)
    expect([...(copied?.querySelectorAll('td') ?? [])].slice(1, 6).map((cell) => cell.textContent?.replace(/^\W/, ''))).toEqual(['alert', '0.44 s', '0.45 s', '0.46 s', '12 s'])
    expect(copied?.textContent).toContain('Data leaks, score 25')
    expect(missed?.textContent).toMatch(/missed.*Its sensor said nothing of it in time\..*Look at the sensor\./)
    expect(claimed?.textContent).toContain('The device says so, and nothing of it arrived here.')
  })
  test('what it watches is told in rows, and the signed policy is there for whoever asks', async () => {
    open('/devices/d_1')
    const row = (name: string) => screen.findByRole('row', { name: new RegExp(`^${name}`) })
    expect((await row('Folders')).textContent).toBe('Folders/home')
    expect((await row('File activity')).textContent).toBe('File activityFile copied')
    expect((await row('Security features')).textContent).toContain('every one that the agent knows')
    expect((await row('Print jobs')).textContent).toBe('Print jobsnot watched')
    expect(screen.queryByText(/"version": 7/)).toBeNull()
    await userEvent.click(screen.getByRole('button', { name: 'As signed, in JSON' }))
    expect(await screen.findByText(/"version": 7/)).toBeTruthy()
  })
  test('what can be seen on its system at all is there, and nothing is claimed without a test', async () => {
    open('/devices/d_1', { 'GET /devices/d_1': buildDeviceDetail({ os: 'macOS' }) })
    expect(await screen.findByText(/sees on macOS, each by the test that shows it/)).toBeTruthy()
    await userEvent.click(screen.getByRole('button', { name: 'Show' }))
    const rows = within(await screen.findByRole('table', { name: 'What can be seen on this system' })).getAllByRole('row').slice(1)
    expect(rows.find(({ textContent }) => textContent?.startsWith('Sticks'))?.textContent).toMatch(/not seen.*The sensor runs on Linux only/)
    expect(rows.some(({ textContent }) => textContent?.includes('the thing itself'))).toBe(false)
  })
  test('a device without a drill is told how to have one', async () => {
    const { lastDrill: _drill, ...device } = buildDeviceDetail({ drill: { state: 'never' } })
    open('/devices/d_1', { 'GET /devices/d_1': device })
    expect(await screen.findByText('sudo holdfast-agent drill')).toBeTruthy()
  })
  test('devices are chosen, tagged after a confirmation, and the request names them', async () => {
    const sent = open('/devices', { 'POST /devices/bulk': { changed: 1, failed: [] } })
    await userEvent.click(await screen.findByRole('checkbox', { name: 'Choose lt-1557' }))
    await userEvent.click(screen.getByRole('button', { name: 'Tag…' }))
    const dialog = await screen.findByRole('dialog')
    await userEvent.type(within(dialog).getByLabelText('Tag'), 'Till')
    expect(within(dialog).getByRole('button', { name: 'Apply' })).toHaveProperty('disabled', true)
    await userEvent.clear(within(dialog).getByLabelText('Tag'))
    await userEvent.type(within(dialog).getByLabelText('Tag'), 'till{Escape}')
    await userEvent.click(within(dialog).getByRole('button', { name: 'Apply' }))
    await waitFor(() => expect(sent.find(({ method, path }) => method === 'POST' && path.startsWith('/devices/bulk'))?.body).toEqual({ ids: ['d_1'], addTags: ['till'] }))
  })
  test('a notice is dealt with, and a rule is moved up and saved as it was seen', async () => {
    const sent = open('/devices', { 'GET /fleet-notices': page({ id: 'fn_1', kind: 'device_silent', deviceId: 'd_1', detail: 'lt-1557 fell silent.', fix: 'Look at it.', raisedAt: '2026-11-23T07:12:30.000Z' }), 'POST /fleet-notices/fn_1/clear': {} })
    await userEvent.click(await screen.findByRole('button', { name: 'Dealt with: lt-1557 fell silent.' }))
    await waitFor(() => expect(sent.some(({ path }) => path.includes('/fleet-notices/fn_1/clear'))).toBe(true))
    cleanup()
    const rules = open('/groups', { 'PUT /group-rules': { revision: 4, rules: [], matches: [] } })
    await userEvent.click(await screen.findByRole('button', { name: 'Remove rule 1' }))
    await userEvent.click(screen.getByRole('button', { name: 'Save and move devices' }))
    await waitFor(() => expect(rules.find(({ method }) => method === 'PUT')).toMatchObject({ path: expect.stringContaining('/group-rules') as string, body: { rules: [] } }))
  })
  test('the list is narrowed to devices that see less, and to those without a drill', async () => {
    const sent = open('/devices')
    await userEvent.click(await screen.findByLabelText('Sees less than it should'))
    await vi.waitFor(() => expect(sent.some(({ query }) => query.get('seesLess') === 'true')).toBe(true))
    expect((await screen.findAllByText('sees less')).length).toBe(1)
    expect((await screen.findAllByText('not passed')).length).toBe(1)
  })
})

describe('what an account may not do is not offered', () => {
  test('a reader sees an alert and no decision', async () => {
    open('/alerts/al_1', { 'GET /me': buildMe({ permissions: ['alert.read'] }) })
    expect(await screen.findByText('Your roles may read alerts, not decide them.')).toBeTruthy()
    expect(screen.queryByRole('button', { name: /Confirm/ })).toBeNull()
    expect(screen.queryByText('This user, last 90 days')).toBeNull()
    expect(screen.queryByRole('link', { name: 'Audit log' })).toBeNull()
  })
})

describe('failures', () => {
  test('a failed screen says what to do and names the request', async () => {
    open('/devices', { 'GET /devices': problem(500, 'INTERNAL') })
    const alert = await screen.findByRole('alert')
    expect(alert.textContent).toContain('req-1')
    expect(within(alert).getByRole('button', { name: 'Try again' })).toBeTruthy()
  })
  test('a session that ends in the middle leads back to the sign-in', async () => {
    let ended = false
    open('/users', { 'GET /me': () => (ended ? problem(401, 'SESSION_REQUIRED') : buildMe({ permissions: EVERYTHING })), 'GET /users': () => { ended = true; return problem(401, 'SESSION_REQUIRED') }, 'GET /setup': { needed: false, organisation: 'Example GmbH' } })
    expect(await screen.findByText('Sign in again to go on.')).toBeTruthy()
  })
})

describe('changes', { timeout: 20_000 }, () => {
  test('a new device gets a code, a command and two steps that wait', async () => {
    const sent = open('/devices?add=1', { 'POST /enrolment-codes': buildEnrolmentCreated() })
    await userEvent.click(await screen.findByRole('button', { name: 'Create the code' }))
    expect((await screen.findAllByText(/holdfast-agent enrol --collector/)).length).toBeGreaterThan(0)
    expect(screen.getByText('Waiting for the device…')).toBeTruthy()
    expect(sent.find(({ method }) => method === 'POST')?.body).toEqual({ group: 'default', uses: 1, expiresInSecs: 86_400, needsApproval: false })
  })
  test('a name is revealed with its reason, and only then shown', async () => {
    const sent = open('/users/u_1', { 'POST /users/u_1/reveal': { ...buildUserView({ displayName: 'Katrin Haas' }), request: { id: 'pr_1', state: 'live' } } })
    await userEvent.click(await screen.findByRole('button', { name: 'Reveal name…' }))
    await userEvent.type(await screen.findByLabelText(/Reason/), 'case 14')
    expect(screen.queryByText('Katrin Haas')).toBeNull()
    await userEvent.click(screen.getByRole('button', { name: 'Reveal' }))
    expect(await screen.findByText('Katrin Haas')).toBeTruthy()
    expect(sent.find(({ method }) => method === 'POST')?.body).toEqual({ kind: 'case_work', reason: 'case 14' })
  })
  test('a policy is previewed before it is saved', async () => {
    open('/policies/pol_leaks', { 'POST /policies/preview': buildPreview() })
    await userEvent.click(await screen.findByRole('button', { name: 'Preview' }))
    expect(await screen.findByText('It would have made 7 alerts')).toBeTruthy()
    expect(screen.getByText('Of 2 confirmed alerts it would miss 1.')).toBeTruthy()
  })
  test('a preview that takes long says how far it is, and its end is the result', async () => {
    const lines = (...parts: readonly unknown[]) => new Response(parts.map((part) => `${JSON.stringify(part)}\n`).join(''), { headers: { 'content-type': 'application/x-ndjson' } })
    const sent = open('/policies/pol_leaks', { 'POST /policies/preview': lines({ progress: { done: 10, total: 52, alerts: 2 } }, { result: buildPreview() }) })
    await userEvent.click(await screen.findByRole('button', { name: 'Preview' }))
    expect(await screen.findByText('It would have made 7 alerts')).toBeTruthy()
    const asked = sent.find(({ path }) => path === '/policies/preview')
    expect([asked?.headers.get('accept'), asked?.query.get('days')]).toEqual(['application/x-ndjson', '30'])
  })
  test('a preview that fails half way is told as a failure', async () => {
    open('/policies/pol_leaks', { 'POST /policies/preview': new Response('{"progress":{"done":10,"total":52,"alerts":2}}\n{"error":{"code":"STORE_BUSY","detail":"The database is busy."}}\n', { headers: { 'content-type': 'application/x-ndjson' } }) })
    await userEvent.click(await screen.findByRole('button', { name: 'Preview' }))
    expect((await screen.findByRole('alert')).textContent).toContain('The database is busy.')
  })
  test('the form shows what keeps a policy from working, and how many users each number reaches', async () => {
    open('/policies/pol_leaks')
    expect(await screen.findByText('No device has reported for seven days.')).toBeTruthy()
    expect(await screen.findByText('3 of 52 users in scope reached the lowest threshold of at least one indicator in the last 10 days.')).toBeTruthy()
    expect(screen.getByText('1 user')).toBeTruthy()
  })
  test('every choice of the wizard goes into the document that is saved', async () => {
    const sent = open('/policies/pol_leaks', { 'POST /policies': buildPolicy({ version: 5 }) })
    await userEvent.click(await screen.findByLabelText('Resignation'))
    await userEvent.click(screen.getByLabelText('Outside the user’s hours'))
    await userEvent.click(screen.getByLabelText('Files were packed, then left'))
    await userEvent.click(screen.getByRole('switch', { name: /^Add up everything that left in 30 days/ }))
    await userEvent.type(screen.getByLabelText('File types'), 'dwg')
    await userEvent.type(screen.getByLabelText('Departments left out'), 'Board')
    await userEvent.click(screen.getByRole('button', { name: 'Save as version 5' }))
    await waitFor(() => expect(sent.find(({ method, path }) => method === 'POST' && path === '/policies')?.body).toMatchObject({
      triggerEvents: ['hr_resignation', 'custom_indicator'], boosters: { off_hours: false }, sequences: { archive_then_exfiltration: false }, cumulative: false, priorityContent: { extensions: ['dwg'] }, scope: { users: 'all', exclude: { departments: ['Board'] } },
    }))
  })
  test('a quick policy takes one click', async () => {
    const sent = open('/', { 'POST /policies/quick': buildPolicy({ name: 'Data leaks (quick)' }) })
    await userEvent.click(await screen.findByRole('button', { name: 'Quick policy: data leaks' }))
    expect(await screen.findByText('Data leaks (quick) is on')).toBeTruthy()
    expect(sent.find(({ path }) => path === '/policies/quick')?.body).toEqual({ kind: 'data_leaks' })
  })
  test('analytics tells a small group only as fewer than ten', async () => {
    open('/')
    expect((await screen.findAllByText('fewer than 10')).length).toBe(1)
    expect(screen.getByText('12 (23.1 %)')).toBeTruthy()
  })
  test('scoring by hand asks for a reason', async () => {
    const sent = open('/users/u_1', { 'POST /users/u_1/triggers': buildTrigger({ kind: 'manual', isManual: true }) })
    await userEvent.click(await screen.findByRole('button', { name: 'Actions' }))
    await userEvent.click(await screen.findByRole('menuitem', { name: 'Start scoring…' }))
    const dialog = await screen.findByRole('dialog', { name: 'Start scoring by hand' })
    await userEvent.click(within(dialog).getByRole('button', { name: 'Start' }))
    expect(within(dialog).getByText('Write at least three characters.')).toBeTruthy()
    expect(sent.some(({ method }) => method === 'POST')).toBe(false)
    await userEvent.type(within(dialog).getByLabelText(/Reason/), 'a hint')
    await userEvent.click(within(dialog).getByRole('button', { name: 'Start' }))
    await waitFor(() => expect(sent.find(({ method }) => method === 'POST')?.body).toEqual({ days: 14, reason: 'a hint' }))
  })
  test('a report covers the range that was asked for, wants a reason, and none means nothing', async () => {
    const sent = open('/users/u_1', { 'POST /user-reports': { id: 'ur_1' } })
    await userEvent.click(await screen.findByRole('button', { name: 'Report…' }))
    const dialog = await screen.findByRole('dialog', { name: 'New user activity report' })
    await userEvent.click(within(dialog).getByRole('button', { name: 'Make report' }))
    expect(sent.some(({ method }) => method === 'POST')).toBe(false)
    await userEvent.type(within(dialog).getByLabelText(/Why you look/), 'case 14')
    const from: HTMLInputElement = within(dialog).getByLabelText(/First day/)
    const kept = from.value
    fireEvent.change(from, { target: { value: '' } })
    await userEvent.click(within(dialog).getByRole('button', { name: 'Make report' }))
    expect(sent.some(({ method }) => method === 'POST')).toBe(false)
    fireEvent.change(from, { target: { value: kept } })
    await userEvent.click(within(dialog).getByRole('button', { name: 'Make report' }))
    await waitFor(() => expect(sent.find(({ method }) => method === 'POST')?.body).toMatchObject({ userId: 'u_1', from: kept, reason: 'case 14' }))
  })
  test('saved watch settings name the revision that is pushed', async () => {
    const sent = open('/groups/default', { 'PUT /groups/default/settings': buildGroup({ policyVersion: 8 }) })
    await userEvent.type(await screen.findByLabelText('Watched folders'), '{Enter}/data')
    await userEvent.click(screen.getByRole('button', { name: 'Review and save' }))
    expect(sent.some(({ method }) => method === 'PUT')).toBe(false)
    await userEvent.click(await screen.findByRole('button', { name: 'Save now' }))
    expect(await screen.findByText('Saved as revision 8')).toBeTruthy()
    expect(sent.find(({ method }) => method === 'PUT')?.body).toMatchObject({ roots: ['/home', '/srv/projects', '/data'] })
  })
  test('a roll-out that stopped says why, and is taken back only after a second question', async () => {
    const taken = buildRolloutDetail({ state: 'rolling_back', canRollBack: false })
    const sent: readonly SentRequest[] = open('/rollouts/ro_1', { 'GET /rollouts/ro_1': () => (sent.some(({ method }) => method === 'POST') ? taken : buildRolloutDetail()), 'POST /rollouts/ro_1/roll-back': taken })
    expect((await screen.findByRole('alert')).textContent).toContain('5 %, where 2 % is the limit')
    await userEvent.click(screen.getByRole('button', { name: 'Roll back…' }))
    expect(sent.some(({ method }) => method === 'POST')).toBe(false)
    await userEvent.click(within(await screen.findByRole('dialog')).getByRole('button', { name: 'Roll back…' }))
    expect(await screen.findByText('Being taken back')).toBeTruthy()
  })
  test('a version goes out by the plan that is proposed, as somebody changed it', async () => {
    const sent = open('/agent-versions', { 'POST /agent-upgrades': buildAgentUpgradeDetail() })
    await userEvent.click(await screen.findByRole('button', { name: 'Roll a version out…' }))
    const dialog = await screen.findByRole('dialog')
    const rings = await within(dialog).findByLabelText('Rings, per cent')
    await userEvent.clear(rings)
    await userEvent.type(rings, '5, 100')
    await userEvent.click(within(dialog).getByRole('button', { name: 'Roll out' }))
    await waitFor(() => expect(sent.find(({ method }) => method === 'POST')?.body).toMatchObject({ group: 'default', version: '1.5.0', plan: { ringPercents: [5, 100], soakSecs: 3600 } }))
    expect(await heading('default, agent 1.5.0')).toBeTruthy()
  })
  test('a release is uploaded as its three files, piece by piece', async () => {
    const [whole] = buildAgentVersions().packages
    const sent = open('/agent-versions', { 'POST /agent-packages': { ...whole, receivedBytes: 0, sizeBytes: 10 }, [`PUT /agent-packages/${whole?.id ?? ''}/content`]: { ...whole, receivedBytes: 10, sizeBytes: 10 } })
    const button = await screen.findByRole('button', { name: 'Upload a release…' })
    const input = button.closest('section')?.querySelector<HTMLInputElement>('input[type=file]')
    await userEvent.upload(input ?? button, [new File(['0123456789'], 'a.tar.gz'), new File(['{}'], 'a.tar.gz.json'), new File(['s'], 'a.tar.gz.json.sig')])
    await waitFor(() => expect(sent.find(({ method }) => method === 'PUT')?.query.get('offset')).toBe('0'))
    expect(sent.find(({ method }) => method === 'POST')?.body).toEqual({ descriptor: btoa('{}'), signature: btoa('s') })
  })
  test('a change is reviewed before it is saved, and goes out as somebody chose', async () => {
    const sent = open('/groups/default', { 'PUT /groups/default/settings': buildGroup() })
    await userEvent.type(await screen.findByLabelText('Watched folders'), '{Enter}/data')
    await userEvent.click(screen.getByRole('button', { name: 'Review and save' }))
    expect(await screen.findByText('not known yet')).toBeTruthy()
    await userEvent.click(screen.getByLabelText('In rings', { selector: 'input[type=radio]' }))
    await userEvent.click(screen.getByRole('button', { name: 'Save now' }))
    await waitFor(() => expect(sent.find(({ method }) => method === 'PUT')?.query.get('rollout')).toBe('rings'))
    expect(await screen.findByText('The roll-out has begun')).toBeTruthy()
  })
  test('text of a group is compared before it can be applied, and its errors name the line', async () => {
    let tries = 0
    const sent = open('/groups/default', {
      'POST /agent-policies/diff': () => (tries++ === 0 ? { status: 400, body: { type: 'about:blank', title: 'x', status: 400, code: 'REQUEST_INVALID', requestId: 'r', errors: [{ pointer: 'line 3: /settings/rots', detail: 'is not known; the nearest key is "roots"' }] } } : { items: [{ group: 'default', changes: [{ path: 'roots', before: ['~'], after: ['/srv'] }], rolloutChanges: [] }] }),
      'POST /agent-policies': { items: [{ group: 'default', changed: true, policyVersion: 8 }] },
    })
    const text = await screen.findByLabelText('Settings as YAML')
    expect(screen.getByRole('button', { name: 'Apply' }).hasAttribute('disabled')).toBe(true)
    await userEvent.type(text, 'x')
    await userEvent.click(screen.getByRole('button', { name: 'Show what changes' }))
    expect(await screen.findByText(/nearest key is "roots"/)).toBeTruthy()
    await userEvent.type(text, 'y')
    await userEvent.click(screen.getByRole('button', { name: 'Show what changes' }))
    await userEvent.click(await screen.findByRole('button', { name: 'Apply' }))
    await waitFor(() => expect(sent.some(({ method, path }) => method === 'POST' && path === '/agent-policies')).toBe(true))
  })
  test('a plan is saved when its rings rise to a hundred', async () => {
    const sent = open('/groups/default', { 'PUT /groups/default/rollout-plan': { revision: 3, plan: buildPlan(), proposed: buildPlan() } })
    await userEvent.click(await screen.findByRole('switch', { name: /In rings/ }))
    const rings = screen.getByLabelText('Rings, per cent')
    fireEvent.change(rings, { target: { value: '5, 50' } })
    expect(screen.getByRole('button', { name: 'Save the plan' }).hasAttribute('disabled')).toBe(true)
    fireEvent.change(rings, { target: { value: '5, 100' } })
    await userEvent.click(screen.getByRole('button', { name: 'Save the plan' }))
    await waitFor(() => expect(sent.find(({ method }) => method === 'PUT')?.body).toMatchObject({ plan: { ringPercents: [5, 100], soakSecs: 1800 } }))
  })
  test('settings that somebody changed meanwhile are not overwritten: the change goes over what was seen', async () => {
    let views = 0
    const newer = buildGroup({ revision: 5, settings: buildGroupSettings({ roots: ['/theirs'] }) })
    const sent = open('/groups/default', { 'GET /groups/default': () => (views++ === 0 ? buildGroup() : newer), 'PUT /groups/default/settings': { status: 412, body: { type: 'about:blank', title: 'Somebody changed this meanwhile; load it again.', status: 412, code: 'REVISION_CONFLICT', requestId: 'r' } } })
    await userEvent.type(await screen.findByLabelText('Watched folders'), '{Enter}/mine')
    await userEvent.click(screen.getByRole('button', { name: 'Review and save' }))
    await userEvent.click(await screen.findByRole('button', { name: 'Save now' }))
    await waitFor(() => expect(sent.find(({ method }) => method === 'PUT')?.headers.get('if-match')).toBe('"4"'))
    expect((await screen.findAllByText(/Somebody changed this meanwhile/)).length).toBeGreaterThan(0)
    await userEvent.click(screen.getByRole('button', { name: 'Cancel' }))
    await userEvent.click(await screen.findByRole('button', { name: 'Take over what is there' }))
    expect(screen.getByLabelText<HTMLTextAreaElement>('Watched folders').value).toBe('/theirs')
  })
  test('a plan gets maintenance windows in the form, and is saved over the plan that was seen', async () => {
    const sent = open('/groups/default', { 'PUT /groups/default/rollout-plan': { revision: 3, plan: buildPlan(), proposed: buildPlan() } })
    await userEvent.click(await screen.findByRole('switch', { name: /In rings/ }))
    const known = screen.queryAllByRole('group', { name: /^Window / }).length
    await userEvent.click(screen.getByRole('button', { name: 'Add a window' }))
    const window = within(screen.getByRole('group', { name: `Window ${known + 1}` }))
    expect(window.getByText('on the day after')).toBeTruthy()
    for (const day of ['Mon', 'Tue', 'Wed', 'Thu', 'Fri']) await userEvent.click(window.getByRole('checkbox', { name: day }))
    expect(screen.getByText('Choose a day.')).toBeTruthy()
    expect(screen.getByRole('button', { name: 'Save the plan' }).hasAttribute('disabled')).toBe(true)
    await userEvent.click(window.getByRole('checkbox', { name: 'Sun' }))
    fireEvent.change(window.getByLabelText('To'), { target: { value: '23:30' } })
    await userEvent.click(screen.getByRole('button', { name: 'Save the plan' }))
    await waitFor(() => expect(sent.find(({ method }) => method === 'PUT')).toMatchObject({ body: { plan: { windows: [...Array.from({ length: known }, () => expect.anything() as unknown), { days: [0], from: '22:00', to: '23:30' }] } } }))
    expect(sent.find(({ method }) => method === 'PUT')?.headers.get('if-match')).toBe('"2"')
  })
  test('a device is asked from its own page, by who may ask', async () => {
    open('/devices/d_1', { 'GET /me': buildMe({ permissions: ['device.read', 'question.ask', 'question.read'] }) })
    expect((await screen.findByRole('link', { name: 'Ask…' })).getAttribute('href')).toBe('/questions?device=d_1')
    cleanup()
    open('/devices/d_1', { 'GET /me': buildMe({ permissions: ['device.read', 'question.read'] }) })
    expect(await screen.findByText('What is wrong')).toBeTruthy()
    expect(screen.queryByRole('link', { name: 'Ask…' })).toBeNull()
  })
  test('an account of a unit changes its groups, and neither rules nor settings of the whole organisation are open to it', async () => {
    const me = buildMe({ permissions: ['device.read', 'device.manage', 'settings.manage'], ofUnits: true })
    open('/groups/default', { 'GET /me': me })
    expect((await screen.findByLabelText('Watched folders')).closest('fieldset')?.disabled).toBe(false)
    cleanup()
    open('/settings', { 'GET /me': me })
    expect(await screen.findByRole('heading', { name: 'Settings' })).toBeTruthy()
    expect(screen.queryByRole('link', { name: /All settings/ })).toBeNull()
    cleanup()
    open('/groups', { 'GET /me': me, 'GET /group-rules': { revision: 1, rules: [{ group: 'berlin', network: '10.20.0.0/16' }], matches: [3] } })
    expect((await screen.findByLabelText<HTMLInputElement>('Network')).value).toBe('10.20.0.0/16')
    expect(screen.queryByRole('button', { name: 'Add a rule' })).toBeNull()
  })
  test('media are allowed with a reason, and one that has ended says so and is taken away', async () => {
    const ended = { deviceClass: 'ptp' as const, reason: 'press', until: '2020-01-01T00:00:00.000Z' }
    const group = buildGroup({ settings: buildGroupSettings({ allowedMedia: [ended] }) })
    const sent = open('/groups/default', { 'GET /groups/default': group, 'PUT /groups/default/settings': group })
    expect(await screen.findByText('Ended')).toBeTruthy()
    await userEvent.click(screen.getByRole('button', { name: 'Remove: Allowed medium 1' }))
    await userEvent.click(screen.getByRole('button', { name: 'Allow a medium' }))
    await userEvent.type(screen.getByLabelText('Vendor:product:serial number'), 'KEY-1')
    expect(screen.getByText(/Four hex digits/)).toBeTruthy()
    expect(screen.getByRole('button', { name: 'Review and save' }).hasAttribute('disabled')).toBe(true)
    await userEvent.clear(screen.getByLabelText('Vendor:product:serial number'))
    await userEvent.type(screen.getByLabelText('Vendor:product:serial number'), '0951:1666:KEY-1')
    await userEvent.type(screen.getByLabelText('Reason'), 'sales')
    await userEvent.click(screen.getByRole('button', { name: 'Review and save' }))
    await userEvent.click(await screen.findByRole('button', { name: 'Save now' }))
    await waitFor(() => expect(sent.find(({ method }) => method === 'PUT')?.body).toMatchObject({ allowedMedia: [{ vendorId: '0951', productId: '1666', serial: 'KEY-1', reason: 'sales' }] }))
  })
})
