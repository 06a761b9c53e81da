import type { Language } from '../../../i18n/i18n.ts'
import { useLanguage } from '../../words.ts'

const formats = new Map<string, Intl.NumberFormat>()

/** Making a format takes a hundred times as long as using it. */
function formatIn(locale: string, options: Intl.NumberFormatOptions): Intl.NumberFormat {
  const key = JSON.stringify([locale, options])
  const format = formats.get(key) ?? new Intl.NumberFormat(locale, options)
  formats.set(key, format)
  return format
}

/** Numbers as a language writes them; what there is none of is a dash. */
export function numbersIn(language: Language) {
  const locale = language === 'id' ? 'id-ID' : 'en-GB'
  const decimal = (value: number | undefined, digits = 2): string =>
    value === undefined
      ? '–'
      : formatIn(locale, { minimumFractionDigits: digits, maximumFractionDigits: digits }).format(value)
  const percent = (share: number | undefined): string =>
    share === undefined ? '–' : formatIn(locale, { style: 'percent', maximumFractionDigits: 1 }).format(share)
  return { decimal, percent }
}

export const useNumbers = () => numbersIn(useLanguage())
