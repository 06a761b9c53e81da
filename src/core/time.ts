/** Indonesia's three zones, without daylight saving (Keppres 41/1987). The event has its own; the device's never counts. */
export const zones = { WIB: 7, WITA: 8, WIT: 9 } as const
export type Zone = keyof typeof zones

export function isZone(value: unknown): value is Zone {
  return typeof value === 'string' && Object.hasOwn(zones, value)
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

const dayMs = 86_400_000
const hourMs = 3_600_000

/** Epoch ms of midnight UTC of a day, or `undefined` when the day does not exist (2023-02-30). */
function dayToMs(day: Day): number | undefined {
  const parts = /^(\d{4})-(\d{2})-(\d{2})$/.exec(day)
  if (!parts) return undefined
  const ms = Date.UTC(Number(parts[1]), Number(parts[2]) - 1, Number(parts[3]))
  return new Date(ms).toISOString().slice(0, 10) === day ? ms : undefined
}

export function isDay(value: unknown): value is Day {
  return typeof value === 'string' && dayToMs(value) !== undefined
}

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

export function wallTimeAt(at: number, zone: Zone): WallTime {
  return new Date(at + zones[zone] * hourMs).toISOString().slice(11, 16)
}

/** The calendar day of an instant (epoch ms) in a zone. */
export function dayAt(at: number, zone: Zone): Day {
  return new Date(at + zones[zone] * hourMs).toISOString().slice(0, 10)
}

/** Epoch ms of a wall time on a day in a zone. */
export function instantOf(day: Day, time: WallTime, zone: Zone): number {
  const [hours, minutes] = time.split(':').map(Number)
  return (dayToMs(day) ?? 0) + ((hours ?? 0) - zones[zone]) * hourMs + (minutes ?? 0) * 60_000
}

export function addDays(day: Day, days: number): Day {
  return new Date((dayToMs(day) ?? 0) + days * dayMs).toISOString().slice(0, 10)
}

/**
 * Where a text names a weekday and a date that contradict each other ("Rabu, 8 Juni 2017"), what was said and what the
 * calendar says. Officials copy dates from old letters; the app points it out and never corrects it.
 */
export function weekdayMismatch(text: string): { said: Weekday; day: Day; actual: Weekday } | undefined {
  const said = weekdays.find((name) => new RegExp(`\\b${name === 'Jumat' ? "Jum'?at" : name}\\b`, 'i').test(text))
  const day = findDay(text)
  const actual = day && weekdayOf(day)
  return said && day && actual && said !== actual ? { said, day, actual } : undefined
}

/** The first date in a text: `9 Agustus 2023`, `9/8/2023`, `09-08-2023` or `2023-08-09`; day before month, always. */
export function findDay(text: string): Day | undefined {
  const iso = /\b(\d{4})-(\d{2})-(\d{2})\b/.exec(text)
  if (iso) return isDay(iso[0]) ? iso[0] : undefined
  const long = new RegExp(`\\b(\\d{1,2})\\s+(${months.join('|')})\\s+(\\d{4})\\b`, 'i').exec(text)
  const short = /\b(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})\b/.exec(text)
  const month = long
    ? months.findIndex((name) => name.toLowerCase() === long[2]?.toLowerCase()) + 1
    : Number(short?.[2] ?? 0)
  const found = long ?? short
  if (!found) return undefined
  const day = `${found[3]}-${String(month).padStart(2, '0')}-${(found[1] ?? '').padStart(2, '0')}`
  return isDay(day) ? day : undefined
}
