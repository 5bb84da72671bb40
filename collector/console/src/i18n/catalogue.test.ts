import { describe, expect, test } from 'vitest'
import { formatBytes, formatCount, formatPoints } from '../format/numbers.ts'
import { formatAgo, formatDay, formatDuration, formatInstant } from '../format/time.ts'
import { humanise } from '../format/words.ts'
import { LANGUAGES, matchLanguage, setLanguage } from '../format/language.ts'
import { de } from './de.ts'
import { words } from './de/words.ts'
import { en } from './en.ts'
import { createI18n } from './i18n.ts'

type Tree = { readonly [key: string]: string | Tree }
const leaves = (tree: Tree, prefix = ''): readonly (readonly [string, string])[] => Object.entries(tree).flatMap(([key, value]) => (typeof value === 'string' ? [[`${prefix}${key}`, value] as const] : leaves(value, `${prefix}${key}.`)))
const english = new Map(leaves(en))
const german = new Map(leaves(de))
const variables = (text: string): readonly string[] => [...text.matchAll(/\{\{([^}]+)\}\}/g)].map(([, name]) => name ?? '').toSorted()

describe('the catalogues', () => {
  test('hold the same keys', () => {
    expect([...german.keys()].toSorted()).toEqual([...english.keys()].toSorted())
    expect(english.size).toBeGreaterThan(1000)
  })
  test('ask for the same variables under each key', () => {
    expect([...english].filter(([key, text]) => variables(text).join() !== variables(german.get(key) ?? '').join()).map(([key]) => key)).toEqual([])
  })
  test('have no empty text, and every plural has both forms', () => {
    const all = [...english, ...german]
    expect(all.filter(([, text]) => text.trim() === '').map(([key]) => key)).toEqual([])
    expect([...english.keys()].filter((key) => key.endsWith('_one') && !english.has(`${key.slice(0, -4)}_other`))).toEqual([])
  })
  test('German is German: no sentence of three words or more stands there as in English', () => {
    expect([...english].filter(([key, text]) => german.get(key) === text && text.replaceAll(/\{\{[^}]+\}\}/g, '').split(/\s+/).filter((word) => /^[a-z]{2,}/i.test(word)).length >= 3).map(([key]) => key)).toEqual([])
  })
  test('German says neither du nor dein, and marks quotations and omissions as German does', () => {
    expect([...german].filter(([, text]) => /\b(du|dich|dir|dein\w*)\b/i.test(text) || /[“”](?=\w)/.test(text.replaceAll(/„[^“]*“/g, '')) || /\.\.\./.test(text)).map(([key]) => key)).toEqual([])
    expect(Object.values(words).every((word) => /^[A-ZÄÖÜ]/.test(word))).toBe(true)
  })
})

describe('the language', () => {
  test('is the first that the browser asks for and we have, else English', () => {
    expect([matchLanguage(['fr-FR', 'de-AT', 'en']), matchLanguage(['en-GB', 'de']), matchLanguage(['fr']), matchLanguage([])]).toEqual(['de', 'en', 'en', 'en'])
    expect(LANGUAGES).toEqual(['en', 'de'])
  })
  test('switches texts, plurals, numbers, times and words together', async () => {
    const i18n = createI18n()
    let told = 0
    i18n.subscribe(() => { told += 1 })
    expect([i18n.texts().t('nav.alerts'), formatCount(12_345)]).toEqual(['Alerts', '12,345'])
    await i18n.change('de')
    expect([i18n.texts().t('nav.alerts'), i18n.texts().t('app.needReview', { count: 1 }), i18n.texts().t('app.needReview', { count: 3 })]).toEqual(['Warnungen', '1 Warnung muss überprüft werden', '3 Warnungen müssen überprüft werden'])
    expect([formatCount(12_345), formatBytes(1_572_864), formatPoints(-12.54), formatInstant('2026-11-22T23:00:05.000Z', 'Europe/Berlin', true), formatDay('2026-11-23'), formatDuration(11_520), humanise('file_copied'), humanise('no_such_id')])
      .toEqual(['12.345', '1,5 MiB', '−12,5', '23.11.2026 00:00:05', '23.11.2026', '3 Std. 12 min', 'Datei kopiert', 'No such id'])
    expect(formatAgo('2026-11-23T11:55:00Z', Date.parse('2026-11-23T12:00:00Z'))).toBe('vor 5 Minuten')
    expect([document.documentElement.lang, localStorage.getItem('holdfast-language')]).toEqual(['de', 'de'])
    await i18n.change('en')
    expect([i18n.texts().t('nav.alerts'), document.documentElement.lang, formatDay('2026-11-23'), humanise('file_copied')]).toEqual(['Alerts', 'en', '2026-11-23', 'File copied'])
    expect(told).toBe(2)
    localStorage.clear()
    setLanguage('en')
  })
})
