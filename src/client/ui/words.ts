import { signal } from '@preact/signals'
import type { TFunction } from 'i18next'
import { useMemo } from 'preact/hooks'
import { currentLanguage, type Language, onLanguageChange, wordsOf } from '../i18n/i18n.ts'

const language = signal<Language>(currentLanguage())
onLanguageChange((next) => {
  language.value = next
})

/** The language of the screens; reading it in a component renders that component anew when it changes. */
export function useLanguage(): Language {
  return language.value
}

/**
 * `t` for a screen's words (`locales/<language>/<namespace>.json`), with the shell's words behind them; another one only
 * when the language is another.
 */
export function useWords(namespace: string): TFunction {
  const now = language.value
  return useMemo(() => wordsOf(namespace), [namespace, now])
}
