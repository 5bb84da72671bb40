import { describe, expect, test } from 'vitest'
import { findSettings } from './all-settings-page.tsx'

const row = (id: string, en: string, de: string) => ({ id, link: '/settings', en: { title: en, effect: '' }, de: { title: de, effect: '' }, value: 1, standard: 1 })
const rows = [row('privacy.revealHours', 'How long a name stays shown', 'Wie lange ein Name sichtbar bleibt'), row('mail', 'Mail server', 'Mailserver')]

describe('the search over all settings', () => {
  test('finds every word in any order in the language of the reader, and ids in both', () => {
    expect(findSettings(rows, 'shown NAME', 'en').map(({ id }) => id)).toEqual(['privacy.revealHours'])
    expect(findSettings(rows, 'sichtbar', 'de').map(({ id }) => id)).toEqual(['privacy.revealHours'])
    expect(findSettings(rows, 'sichtbar', 'en')).toEqual([])
    expect(findSettings(rows, 'revealhours', 'de')).toHaveLength(1)
    expect(findSettings(rows, '  ', 'en')).toHaveLength(2)
  })
})
