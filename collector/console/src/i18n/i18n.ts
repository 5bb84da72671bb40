// Texts by language. The English ones that everybody reads are inside the bundle: no request, no flash of keys; those of
// administration come with its pages, another catalogue when somebody reads that language. The catalogue is a tree of texts; a text names its variables in double braces, and one that counts has
// a form for each plural of its language (`x_one`, `x_other`, as Intl.PluralRules calls them).
import { type Language, LANGUAGES, matchLanguage, setLanguage } from '../format/language.ts'
import type { Translate } from './catalogue.ts'
import { english, type Tree } from './english.ts'

const STORED = 'holdfast-language'

type Values = Readonly<Record<string, string | number | undefined>>

/**
 * Texts of one language. A key that is not there comes back as it is, which a test of the catalogues keeps from happening.
 *
 * @param onMissing told of such a key; more texts may be on their way
 */
export function translator(tree: Tree, language: Language, onMissing?: () => void): Translate {
  const plural = new Intl.PluralRules(language)
  const find = (key: string): string | undefined => {
    let at: string | Tree | undefined = tree
    for (const part of key.split('.')) at = typeof at === 'object' ? at[part] : undefined
    return typeof at === 'string' ? at : undefined
  }
  const form = (key: string, count: unknown): string | undefined => (typeof count === 'number' ? find(`${key}_${plural.select(count)}`) : undefined)
  return (key, values: Values = {}) => {
    const found = form(key, values['count']) ?? find(key) ?? find(`${key}_other`)
    if (found === undefined) onMissing?.()
    return (found ?? key).replaceAll(/\{\{(\w+)\}\}/g, (_all, name: string) => String(values[name] ?? ''))
  }
}

export interface Texts {
  readonly language: Language
  readonly t: Translate
}

/** Where the texts of a page come from, and what tells it that they are others now. */
export interface I18n {
  readonly texts: () => Texts
  readonly subscribe: (onChange: () => void) => () => void
  /** Loads the catalogue when it is not there yet, then switches everything to it; the choice holds for this browser. */
  readonly change: (language: Language, options?: { readonly keep: boolean }) => Promise<void>
}

export function createI18n(): I18n {
  const listeners = new Set<() => void>()
  let asked = false
  /** A page of the everyday that has a word of administration: it is read a moment later. */
  const fetchRest = async (): Promise<void> => {
    if (asked) return
    asked = true
    try {
      await import('./administration-texts.ts')
      if (now.language === 'en') switchTo(english, 'en')
    } catch {
      // The next word that is missing asks again.
      asked = false
    }
  }
  const inEnglish = (): Texts => ({ language: 'en', t: translator(english, 'en', () => void fetchRest()) })
  let now: Texts = inEnglish()
  setLanguage('en')
  const switchTo = (tree: Tree, language: Language, words?: Readonly<Record<string, string>>): void => {
    setLanguage(language, words)
    document.documentElement.lang = language
    now = language === 'en' ? inEnglish() : { language, t: translator(tree, language) }
    for (const tell of listeners) tell()
  }
  return {
    texts: () => now,
    subscribe: (onChange) => {
      listeners.add(onChange)
      return () => listeners.delete(onChange)
    },
    change: async (language, { keep } = { keep: true }) => {
      if (keep) localStorage.setItem(STORED, language)
      if (language === now.language) return
      if (language === 'en') {
        switchTo(english, language)
        return
      }
      const { de, words } = await import('./de.ts')
      switchTo(de, language, words)
    },
  }
}

/** What was chosen in this browser, else what the browser asks for. */
export const startLanguage = (): Language => {
  const chosen = localStorage.getItem(STORED)
  return LANGUAGES.find((one) => one === chosen) ?? matchLanguage(navigator.languages)
}
