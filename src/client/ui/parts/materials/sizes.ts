import { dataCostRupiah } from '../../../../core/dataCost.ts'
import type { Language } from '../../../i18n/i18n.ts'

const locales = { id: 'id-ID', en: 'en-GB' }

/** `350 kB` or `2,3 MB`, as prepaid packages count: by thousands. Only nothing at all is `0 kB`. */
export function sizeWords(sizeBytes: number, language: Language): string {
  const [amount, unit] = sizeBytes < 1e6 ? [sizeBytes && Math.max(1, sizeBytes / 1e3), 'kB'] : [sizeBytes / 1e6, 'MB']
  const digits = unit === 'MB' && amount < 10 ? 1 : 0
  return `${new Intl.NumberFormat(locales[language], { maximumFractionDigits: digits }).format(amount)} ${unit}`
}

/** `± Rp 1.200`: what it takes off a prepaid balance. */
export function costWords(sizeBytes: number, language: Language): string {
  return `± Rp ${new Intl.NumberFormat(locales[language]).format(dataCostRupiah(sizeBytes))}`
}
