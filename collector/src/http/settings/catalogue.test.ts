import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { configKeys, loadConfig } from '../../config.ts'
import { openTestApp, type TestApp } from '../../testing/test-app.ts'
import { storedSettings } from './catalogue.ts'
import type { SettingList } from './routes.ts'

describe('the list of all settings', () => {
  let at: TestApp
  const list = async (): Promise<SettingList['items']> => (await at.app.inject({ url: '/api/v1/settings', headers: at.as('Admin') })).json<SettingList>().items
  const one = async (id: string) => (await list()).find((row) => row.id === id)
  beforeAll(async () => {
    at = await openTestApp(() => ({ config: loadConfig('/nowhere', { 'backup.folder': '/mnt/secret-place', 'backup.keep': '9' }, {}) }))
  })
  afterAll(() => at.close())

  test('has every key of the configuration and every stored one, each with its words in both languages', async () => {
    const rows = await list()
    expect(rows.map(({ id }) => id)).toEqual([...storedSettings.map(({ id }) => id), ...Object.keys(configKeys).map((key) => `file.${key}`)])
    expect(new Set(rows.map(({ id }) => id)).size).toBe(rows.length)
    expect(rows.filter(({ en, de }) => [en.title, en.effect, de.title, de.effect].some((text) => text === ''))).toEqual([])
    // A fresh installation has its defaults.
    expect(rows.filter(({ id, value, standard }) => !id.startsWith('file.') && value !== standard)).toEqual([])
  })

  test('tells the value, and who changed it last', async () => {
    expect(await one('privacy.revealHours')).toMatchObject({ value: 4, standard: 4 })
    const answer = await at.app.inject({ method: 'PUT', url: '/api/v1/settings/privacy', headers: { ...at.as('Admin'), 'if-match': '"0"' }, payload: { revealNeedsSecond: false, revealHours: 8, erasureNeedsSecond: true, requestHours: 24 } })
    expect(answer.statusCode).toBe(200)
    expect(await one('privacy.revealHours')).toMatchObject({ value: 8, standard: 4, changed: { by: 'admin' } })
  })

  test('says of paths and keys in the file only that they are set', async () => {
    expect([(await one('file.backup.folder'))?.value, (await one('file.backup.keep'))?.value, (await one('file.backup.recipient'))?.value]).toEqual([true, 9, false])
    expect(JSON.stringify(await list())).not.toContain('secret-place')
  })
})
