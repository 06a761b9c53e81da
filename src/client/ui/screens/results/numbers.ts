import type { Language } from '../../../i18n/i18n.ts'
import { useLanguage } from '../../words.ts'

/** Numbers as a language writes them; what there is none of is a dash. */
export function numbersIn(language: Language) {
  const locale = language === 'id' ? 'id-ID' : 'en-GB'
  const decimal = (value: number | undefined, digits = 2): string =>
    value === undefined
      ? '–'
      : new Intl.NumberFormat(locale, { minimumFractionDigits: digits, maximumFractionDigits: digits }).format(value)
  const percent = (share: number | undefined): string =>
    share === undefined
      ? '–'
      : new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 1 }).format(share)
  return { decimal, percent }
}

export const useNumbers = () => numbersIn(useLanguage())
