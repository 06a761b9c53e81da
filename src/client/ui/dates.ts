import { type Day, formatDay } from '../../core/time.ts'
import type { Language } from '../i18n/i18n.ts'

const english = new Intl.DateTimeFormat('en-GB', {
  weekday: 'long',
  day: 'numeric',
  month: 'long',
  year: 'numeric',
  timeZone: 'UTC',
})

/** A day in the screen's language; documents use core/time, which is Indonesian always. */
export function dayWords(day: Day, language: Language): string {
  if (language === 'id') return formatDay(day)
  const ms = Date.parse(`${day}T00:00Z`)
  return Number.isNaN(ms) ? day : english.format(ms)
}

/** `Rab 25 Nov`: a day where there is little room. */
export function shortDayWords(day: Day, language: Language): string {
  const ms = Date.parse(`${day}T00:00Z`)
  const options = { weekday: 'short', day: 'numeric', month: 'short', timeZone: 'UTC' } as const
  const locale = language === 'id' ? 'id-ID' : 'en-GB'
  return Number.isNaN(ms) ? day : new Intl.DateTimeFormat(locale, options).format(ms).replace(',', '')
}

/** Date and time on this device's own calendar, for what is about the device and not about an event. */
export function localMoment(at: number, language: Language): string {
  const locale = language === 'id' ? 'id-ID' : 'en-GB'
  return new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' }).format(at)
}
