/**
 * Indonesia's three zones, without daylight saving (Keppres 41/1987). The event has its own; the device's never counts.
 */
export const zones = { WIB: 7, WITA: 8, WIT: 9 } as const
export type Zone = keyof typeof zones

/** WIB, WITA or WIT. */
export function isZone(value: unknown): value is Zone {
  return typeof value === 'string' && Object.hasOwn(zones, value)
}

/** The zone whose clocks are this many minutes ahead of UTC, or `undefined` where none of the three is. */
export function zoneAhead(minutes: number): Zone | undefined {
  return Object.keys(zones)
    .filter(isZone)
    .find((zone) => zones[zone] * 60 === minutes)
}

/** A calendar day as `YYYY-MM-DD`, a wall time as `HH:MM`. */
export type Day = string
export type WallTime = string

const weekdays = ['Minggu', 'Senin', 'Selasa', 'Rabu', 'Kamis', 'Jumat', 'Sabtu'] as const
const months = [
  'Januari',
  'Februari',
  'Maret',
  'April',
  'Mei',
  'Juni',
  'Juli',
  'Agustus',
  'September',
  'Oktober',
  'November',
  'Desember',
] as const
export type Weekday = (typeof weekdays)[number]

export const hourMs = 3_600_000
export const dayMs = 24 * hourMs

/** A device's clock that is further than this from the server's is shown and flagged (design.md section 4). */
export const clockOffMs = 5 * 60_000

/** Epoch ms of midnight UTC of a day, or `undefined` when the day does not exist (2023-02-30). */
function dayToMs(day: Day): number | undefined {
  const parts = /^(\d{4})-(\d{2})-(\d{2})$/.exec(day)
  if (!parts) return undefined
  const ms = Date.UTC(Number(parts[1]), Number(parts[2]) - 1, Number(parts[3]))
  return new Date(ms).toISOString().slice(0, 10) === day ? ms : undefined
}

/** A day of the calendar, `2026-11-24`; there is no 30 February. */
export function isDay(value: unknown): value is Day {
  return typeof value === 'string' && dayToMs(value) !== undefined
}

/** `HH:MM` of 24 hours. */
export function isWallTime(value: unknown): value is WallTime {
  return typeof value === 'string' && /^([01]\d|2[0-3]):[0-5]\d$/.test(value)
}

/** The Indonesian name of the day's weekday; derived, never typed. */
export function weekdayOf(day: Day): Weekday | undefined {
  const ms = dayToMs(day)
  return ms === undefined ? undefined : weekdays[new Date(ms).getUTCDay()]
}

/** `Rabu, 9 Agustus 2023`: the form of official letters. An impossible day is given back as it came. */
export function formatDay(day: Day, options: { weekday?: boolean } = {}): string {
  const ms = dayToMs(day)
  if (ms === undefined) return day
  const date = new Date(ms)
  const text = `${date.getUTCDate()} ${months[date.getUTCMonth()]} ${date.getUTCFullYear()}`
  return options.weekday === false ? text : `${weekdays[date.getUTCDay()]}, ${text}`
}

/** `09.05 WIB`: an instant (epoch ms) as wall time in the event's zone. */
export function formatTime(at: number, zone: Zone): string {
  return `${wallTimeAt(at, zone).replace(':', '.')} ${zone}`
}

/** The time on the clocks of a zone at an instant (epoch ms), `08:30`. */
export function wallTimeAt(at: number, zone: Zone): WallTime {
  return localIso(at, zone).slice(11, 16)
}

/** The calendar day of an instant (epoch ms) in a zone. */
export function dayAt(at: number, zone: Zone): Day {
  return localIso(at, zone).slice(0, 10)
}

/** Times come from clocks that may say anything: outside of 1970 to 9998 the nearest is shown. */
function localIso(at: number, zone: Zone): string {
  const shown = Math.min(Math.max(at, 0), Date.UTC(9998, 11, 31))
  return new Date(shown + zones[zone] * hourMs).toISOString()
}

/** Epoch ms of a wall time on a day in a zone. */
export function instantOf(day: Day, time: WallTime, zone: Zone): number {
  const [hours, minutes] = time.split(':').map(Number)
  return (dayToMs(day) ?? 0) + ((hours ?? 0) - zones[zone]) * hourMs + (minutes ?? 0) * 60_000
}

/** The day so many days later, or earlier where `days` is negative. */
export function addDays(day: Day, days: number): Day {
  return new Date((dayToMs(day) ?? 0) + days * dayMs).toISOString().slice(0, 10)
}

const datePattern = new RegExp(
  `\\b(?:(?<iso>\\d{4}-\\d{2}-\\d{2})|(?<day>\\d{1,2})(?:\\s+(?<name>${months.join('|')})\\s+|[/.-](?<month>\\d{1,2})[/.-])(?<year>\\d{4}))\\b`,
  'i',
)

/** The first date in a text: `9 Agustus 2023`, `9/8/2023`, `09-08-2023` or `2023-08-09`; day before month, always. */
export function findDay(text: string): Day | undefined {
  const { iso, day = '', name, month = '', year } = datePattern.exec(text)?.groups ?? {}
  const number = name ? months.findIndex((known) => known.toLowerCase() === name.toLowerCase()) + 1 : month
  const found = iso ?? `${year}-${String(number).padStart(2, '0')}-${day.padStart(2, '0')}`
  return isDay(found) ? found : undefined
}

const weekdayPattern = /\b(?:Minggu|Senin|Selasa|Rabu|Kamis|Jum['’]?at|Sabtu)\b/gi

function weekdaysIn(text: string): Weekday[] {
  const words = [...text.matchAll(weekdayPattern)].map(([word]) => word.replace(/['’]/, '').toLowerCase())
  return words.flatMap((word) => weekdays.find((name) => name.toLowerCase() === word) ?? [])
}

/**
 * Where a text names a weekday and a date that contradict each other ("Rabu, 8 Juni 2017"), what was said and what the
 * calendar says. The weekday is the last one before the date, or the first one behind it. Officials copy dates from old
 * letters; the app points it out and never corrects it.
 */
export function weekdayMismatch(text: string): { said: Weekday; day: Day; actual: Weekday } | undefined {
  const day = findDay(text)
  const actual = day && weekdayOf(day)
  if (!actual) return undefined
  const dateAt = text.search(datePattern)
  const said = weekdaysIn(text.slice(0, dateAt)).at(-1) ?? weekdaysIn(text.slice(dateAt))[0]
  return said && said !== actual ? { said, day, actual } : undefined
}
