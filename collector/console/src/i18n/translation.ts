import { useCallback, useMemo } from 'react'
import { useTranslation as useI18next } from 'react-i18next'
import { language, type Language } from '../format/language.ts'
import { changeLanguage } from './i18n.ts'
import type { Translate } from './catalogue.ts'

/** The texts of the reader's language. `t` stays the same until the language changes. */
export const useTranslation = (): { readonly t: Translate; readonly language: Language } => {
  const { t } = useI18next()
  const translate = useMemo((): Translate => (key, values) => t(key, { ...values }), [t])
  return { t: translate, language: language() }
}

/** Switches everything that is on the screen to another language and keeps the choice in this browser. */
export const useChangeLanguage = (): ((next: Language) => Promise<void>) => {
  const { i18n } = useI18next()
  return useCallback((next) => changeLanguage(i18n, next), [i18n])
}
