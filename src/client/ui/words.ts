import type { TFunction } from 'i18next'
import { useEffect, useMemo, useState } from 'preact/hooks'
import { currentLanguage, type Language, onLanguageChange, wordsOf } from '../i18n/i18n.ts'

/**
 * The language of the screens; a component that reads it is rendered anew when it changes. No signal: it stands before
 * the first paint, and signals need not.
 */
export function useLanguage(): Language {
  const [language, setLanguage] = useState(currentLanguage)
  useEffect(() => {
    /** It may have changed between the rendering and this. */
    setLanguage(currentLanguage())
    return onLanguageChange(setLanguage)
  }, [])
  return language
}

/**
 * `t` for a screen's words (`locales/<language>/<namespace>.json`), with the shell's words behind them; another one only
 * when the language is another.
 */
export function useWords(namespace: string): TFunction {
  const language = useLanguage()
  return useMemo(() => wordsOf(namespace), [namespace, language])
}
