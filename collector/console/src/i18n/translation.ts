import { createContext, useContext, useSyncExternalStore } from 'react'
import type { Language } from '../format/language.ts'
import { createI18n, type I18n, type Texts } from './i18n.ts'

export const I18nContext = createContext<I18n>(createI18n())

/** The texts of the reader's language. `t` stays the same until the language changes. */
export const useTranslation = (): Texts => {
  const i18n = useContext(I18nContext)
  return useSyncExternalStore(i18n.subscribe, i18n.texts)
}

/** Switches everything that is on the screen to another language and keeps the choice in this browser. */
export const useChangeLanguage = (): ((next: Language) => Promise<void>) => useContext(I18nContext).change
