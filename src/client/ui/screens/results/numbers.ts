import type { TFunction } from 'i18next'
import { changeInPoints } from '../../../../core/points.ts'
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

/** `turun 1,27 poin`: how far a value of 0 to 100 went up or down, never as a share of what it was; `t` of `results`. */
export function changeWords(
  t: TFunction,
  language: Language,
  [before, after]: readonly [number | undefined, number | undefined],
  digits = 2,
): string {
  if (before === undefined || after === undefined) return '–'
  const change = changeInPoints(before, after, digits)
  const points = numbersIn(language).decimal(Math.abs(change), digits)
  return t(change === 0 ? 'change.none' : change > 0 ? 'change.up' : 'change.down', { points })
}
