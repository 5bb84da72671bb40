// Every page of the console, by address, with what must be there before it counts as shown; and pictures of them.
//
// Pictures for looking at: HOLDFAST_SCREENS=/some/folder pnpm -s vitest run --project e2e test/e2e/console.test.ts
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { type Permission, permissionsOf, type Role } from '@holdfast/collector/access/permissions.ts'
import type { Locator, Page } from 'playwright-core'
import type { Client } from '../../scripts/demo-run/client.ts'
import { SCHEMES, settled, useScheme } from './browser.ts'

export interface Screen {
  readonly name: string
  readonly path: string
  /** Who may open it; absent: everybody. */
  readonly permission?: Permission
}

/** Lists before anything is in them. */
export const emptyScreens: readonly Screen[] = ['', 'alerts', 'cases', 'users', 'reports', 'devices', 'groups', 'policies', 'notices', 'requests', 'audit'].map((path) => ({ name: `empty-${path === '' ? 'overview' : path}`, path: `/${path}` }))

const firstId = async (client: Client, path: string): Promise<string> => {
  const page = await client.get<{ items: readonly { readonly id: string }[] }>(path)
  const [first] = page.items
  if (first === undefined) throw new Error(`${path} is empty, so its page has nothing to show`)
  return first.id
}

/** All addresses; pages of one thing show a thing that is there. */
export async function allScreens(client: Client): Promise<readonly Screen[]> {
  const [alert, user, device, policy, found] = [await firstId(client, '/api/v1/alerts?sort=-score'), await firstId(client, '/api/v1/users?withAlerts=true'), await firstId(client, '/api/v1/devices'), await firstId(client, '/api/v1/policies'), await firstId(client, '/api/v1/cases')]
  const of = (permission: Permission, screens: Readonly<Record<string, string>>): readonly Screen[] => Object.entries(screens).map(([name, path]) => ({ name, path, permission }))
  const tabs = ['alerts', 'activity', 'explorer', 'notes', 'notices', 'contributors', 'history']
  return [
    ...of('overview.read', { overview: '/' }),
    ...of('alert.read', { alerts: '/alerts', 'alerts-filtered-empty': '/alerts?search=nothing', 'alert-drawer': `/alerts?alert=${alert}`, alert: `/alerts/${alert}` }),
    ...of('case.contribute', { cases: '/cases', notices: '/notices' }),
    ...of('case.manage', { case: `/cases/${found}`, ...Object.fromEntries(tabs.map((tab) => [`case-${tab}`, `/cases/${found}?tab=${tab}`])) }),
    ...of('evidence.read', { content: '/content', 'content-case': `/content?case=${found}` }),
    ...of('user.read', { users: '/users', user: `/users/${user}`, 'user-chronology': `/users/${user}?tab=chronology`, 'user-profile': `/users/${user}?tab=profile` }),
    ...of('user.report', { reports: '/reports' }),
    ...of('device.read', { devices: '/devices', device: `/devices/${device}`, groups: '/groups', group: '/groups/default', rollouts: '/rollouts', 'agent-versions': '/agent-versions' }),
    ...of('policy.read', { policies: '/policies', policy: `/policies/${policy}` }),
    ...of('policy.manage', { 'policy-new': '/policies/new' }),
    ...of('privacy.approve', { requests: '/requests' }),
    ...of('exception.decide', { exceptions: '/exceptions' }),
    ...of('question.read', { questions: '/questions' }),
    ...of('audit.read', { audit: '/audit', 'audit-looks': `/audit/who-looked-at?person=${user}` }),
    ...of('account.manage', { 'settings-access': '/settings/access' }),
    ...of('settings.manage', { 'settings-privacy': '/settings/privacy', 'settings-all': '/settings/all', 'settings-system': '/settings/system' }),
    ...of('hold.read', { holds: '/holds' }),
    ...of('case.contribute', { 'share-links': '/share-links' }),
    ...of('export.manage', { 'settings-exports': '/settings/exports' }),
    { name: 'settings', path: '/settings' }, { name: 'account', path: '/account' }, { name: 'not-found', path: '/no-such-page' },
  ]
}

/** Those that somebody with the role may open. */
export const screensOf = (screens: readonly Screen[], role: Role): readonly Screen[] => screens.filter(({ permission }) => permission === undefined || permissionsOf([role]).has(permission))

/** Where a picture of this name goes; undefined when nobody wants any. */
async function pathOf(name: string): Promise<string | undefined> {
  const folder = process.env['HOLDFAST_SCREENS']
  if (folder === undefined || folder === '') return undefined
  await mkdir(folder, { recursive: true })
  return join(folder, `${name}.png`)
}

/** A picture in HOLDFAST_SCREENS, when that is set. */
export async function picture(page: Page, name: string): Promise<void> {
  const path = await pathOf(name)
  if (path !== undefined) await page.screenshot({ path, fullPage: true })
}

/** The same of one part of the page. */
export async function pictureOf(part: Locator, name: string): Promise<void> {
  const path = await pathOf(name)
  if (path !== undefined) await part.screenshot({ path })
}

/** Shows each screen in both colour schemes. */
export async function eachScreen(page: Page, url: string, screens: readonly Screen[], look: (screen: Screen, scheme: string) => Promise<void>, prefix = ''): Promise<void> {
  for (const screen of screens) {
    await page.goto(`${url}${screen.path}`)
    for (const scheme of SCHEMES) {
      await useScheme(page, scheme)
      await settled(page)
      await picture(page, `${prefix}${screen.name}-${scheme}`)
      await look(screen, scheme)
    }
  }
}
