import { isDay } from './time.ts'

export type NipProblem = 'length' | 'birthDate' | 'appointment' | 'gender' | 'serial'

export type NipReading =
  | { kind: 'pns' | 'pppk'; digits: string; sex: 'L' | 'P' }
  | { kind: 'invalid'; digits: string; problem: NipProblem }

/** The digits of a typed number without spaces, dots and a leading "NIP". */
export function nipDigits(text: string): string {
  return text.replace(/^\s*(NIP|NI\s*PPPK)/i, '').replace(/[\s.:\-']/g, '')
}

/**
 * Reads a civil servant's number: 8 digits of birth, then for PNS year and month of appointment, for PPPK year and a
 * two-digit code that is not a month, then 1 (male) or 2 (female) and a serial (Perka BKN 22/2007; domain.md 2.1).
 * There is no check digit. An invalid number is a warning with its reason, never a reason to turn a person away.
 * `today` is `YYYY-MM-DD`.
 */
export function readNip(text: string, today: string): NipReading {
  const digits = nipDigits(text)
  const invalid = (problem: NipProblem): NipReading => ({ kind: 'invalid', digits, problem })
  if (!/^\d{18}$/.test(digits)) return invalid('length')
  const birthYear = Number(digits.slice(0, 4))
  const thisYear = Number(today.slice(0, 4))
  const age = thisYear - birthYear
  const birthDay = `${digits.slice(0, 4)}-${digits.slice(4, 6)}-${digits.slice(6, 8)}`
  if (!isDay(birthDay) || age < 15 || age > 75) return invalid('birthDate')
  const year = Number(digits.slice(8, 12))
  const code = Number(digits.slice(12, 14))
  const kind = code >= 1 && code <= 12 ? 'pns' : 'pppk'
  const earliest = Math.max(kind === 'pns' ? 1960 : 2019, birthYear + 15)
  if (year < earliest || year > thisYear + 1) return invalid('appointment')
  const gender = digits[14]
  if (gender !== '1' && gender !== '2') return invalid('gender')
  if (digits.slice(15) === '000') return invalid('serial')
  return { kind, digits, sex: gender === '1' ? 'L' : 'P' }
}

/** `19680411 199303 1 009`, as it is printed; anything but 18 digits is given back as it came. */
export function formatNip(digits: string): string {
  return digits.replace(/^(\d{8})(\d{6})(\d)(\d{3})$/, '$1 $2 $3 $4')
}

/** `1968**** ****** * 009` for lists that are shared (domain.md section 6). */
export function maskNip(digits: string): string {
  return digits.replace(/^(\d{4})\d{11}(\d{3})$/, '$1**** ****** * $2')
}

/**
 * A spreadsheet keeps 15 significant digits of a number, so 18 digits stored as a number have lost their last three
 * (domain.md 2.2). True for what such a cell looks like: a number of 16 to 18 digits, or scientific notation.
 */
export function lostDigits(cell: string | number): boolean {
  if (typeof cell === 'number') return cell >= 1e15
  return /^\d([.,]\d+)?E\+?\d{2}$/i.test(cell.trim())
}
