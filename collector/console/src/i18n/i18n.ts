// English is inside the bundle: no request, no flash of keys. Other catalogues are loaded when somebody reads that language.
import i18next, { type i18n } from 'i18next'
import { initReactI18next } from 'react-i18next'
import { type Language, LANGUAGES, matchLanguage, setLanguage } from '../format/language.ts'
import { en } from './en.ts'

const STORED = 'holdfast-language'

export const createI18n = (): i18n => {
  const instance = i18next.createInstance()
  void instance.use(initReactI18next).init({
    lng: 'en',
    fallbackLng: 'en',
    resources: { en: { translation: en } },
    returnNull: false,
    // React escapes.
    interpolation: { escapeValue: false },
    initAsync: false,
  })
  setLanguage('en')
  return instance
}

/** What was chosen in this browser, else what the browser asks for. */
export const startLanguage = (): Language => {
  const chosen = localStorage.getItem(STORED)
  return LANGUAGES.find((one) => one === chosen) ?? matchLanguage(navigator.languages)
}

/** Loads the catalogue when it is not there yet, then switches everything to it; the choice holds for this browser. */
export async function changeLanguage(instance: i18n, language: Language, keep = true): Promise<void> {
  if (keep) localStorage.setItem(STORED, language)
  if (language === 'de') {
    const [{ de }, { words }] = await Promise.all([import('./de.ts'), import('./de/words.ts')])
    if (!instance.hasResourceBundle('de', 'translation')) instance.addResourceBundle('de', 'translation', de)
    setLanguage('de', words)
  } else setLanguage(language)
  document.documentElement.lang = language
  await instance.changeLanguage(language)
}
