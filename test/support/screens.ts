// Every page of the console, by address, with what must be there before it counts as shown; and pictures of them.
//
// Pictures for looking at: HOLDFAST_SCREENS=/some/folder pnpm -s vitest run --project e2e test/e2e/console.test.ts
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import type { Client } from '../../scripts/demo-run/client.ts'
import { SCHEMES, settled, useScheme } from './browser.ts'

export interface Screen {
  readonly name: string
  readonly path: string
}

/** Lists before anything is in them. */
export const emptyScreens: readonly Screen[] = ['', 'alerts', 'users', 'devices', 'groups', 'policies', 'audit'].map((path) => ({ name: `empty-${path === '' ? 'overview' : path}`, path: `/${path}` }))

const firstId = async (client: Client, path: string): Promise<string> => {
  const page = await client.get<{ items: readonly { readonly id: string }[] }>(path)
  const [first] = page.items
  if (first === undefined) throw new Error(`${path} is empty, so its page has nothing to show`)
  return first.id
}

/** All addresses; pages of one thing show a thing that is there. */
export async function allScreens(client: Client): Promise<readonly Screen[]> {
  const [alert, user, device, policy] = [await firstId(client, '/api/v1/alerts?sort=-score'), await firstId(client, '/api/v1/users?withAlerts=true'), await firstId(client, '/api/v1/devices'), await firstId(client, '/api/v1/policies')]
  return [
    { name: 'overview', path: '/' }, { name: 'alerts', path: '/alerts' }, { name: 'alert-drawer', path: `/alerts?alert=${alert}` }, { name: 'alert', path: `/alerts/${alert}` },
    { name: 'users', path: '/users' }, { name: 'user', path: `/users/${user}` }, { name: 'devices', path: '/devices' }, { name: 'device', path: `/devices/${device}` },
    { name: 'groups', path: '/groups' }, { name: 'group', path: '/groups/default' }, { name: 'policies', path: '/policies' }, { name: 'policy-new', path: '/policies/new' }, { name: 'policy', path: `/policies/${policy}` },
    { name: 'audit', path: '/audit' }, { name: 'settings', path: '/settings' }, { name: 'not-found', path: '/no-such-page' },
  ]
}

/** A picture in HOLDFAST_SCREENS, when that is set. */
export async function picture(page: Page, name: string): Promise<void> {
  const folder = process.env['HOLDFAST_SCREENS']
  if (folder === undefined || folder === '') return
  await mkdir(folder, { recursive: true })
  await page.screenshot({ path: join(folder, `${name}.png`), fullPage: true })
}

/** Shows each screen in both colour schemes. */
export async function eachScreen(page: Page, url: string, screens: readonly Screen[], look: (screen: Screen, scheme: string) => Promise<void>): Promise<void> {
  for (const screen of screens) {
    await page.goto(`${url}${screen.path}`)
    for (const scheme of SCHEMES) {
      await useScheme(page, scheme)
      await settled(page)
      await picture(page, `${screen.name}-${scheme}`)
      await look(screen, scheme)
    }
  }
}
