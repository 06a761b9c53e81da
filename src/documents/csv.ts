import { notAsText } from './cells.ts'
import type { Sheet } from './sheet.ts'
import { words } from './words.ts'

/**
 * Rows as CSV that Indonesian Excel opens as it is: `;`, CRLF, a UTF-8 mark, every cell quoted and none runs as a
 * formula. Our own reader takes the apostrophes off again.
 */
export function toCsv(rows: readonly (readonly string[])[]): string {
  const cell = (text: string) => `"${text.replace(notAsText, "'$&").replaceAll('"', '""')}"`
  return `\ufeff${rows.map((row) => `${row.map(cell).join(';')}\r\n`).join('')}`
}

/** All sheets as one table, numbered by sheet; who has not come has no arrival time. */
export function sheetsToCsv(sheets: readonly Sheet[]): string {
  const [first] = sheets
  const phone = first?.includePhone ?? false
  const hasLate = sheets.some(({ totals }) => totals.late > 0)
  const head = [
    words.date,
    words.start,
    words.session,
    words.list,
    words.number,
    words.name,
    words.plainNip,
    words.rank,
    words.position,
    first?.institutionWord ?? words.institution,
    words.sex,
    ...(phone ? [words.phone] : []),
    words.role,
    words.represents,
    words.arrived,
    words.ink,
    ...(first?.consentHeads ?? []),
    ...(hasLate ? [words.note] : []),
  ]
  const rows = sheets.flatMap(({ day, start, session, group, rows }) =>
    rows.map((row) => [
      day,
      start,
      session,
      group,
      String(row.number),
      row.name,
      row.nip,
      row.rank,
      row.position,
      row.institution,
      row.sex,
      ...(phone ? [row.phone] : []),
      row.role,
      row.represents,
      row.arrived,
      row.ink ? words.signed : row.unsignedReason,
      ...row.consents,
      ...(hasLate ? [row.late] : []),
    ]),
  )
  return toCsv([head, ...rows])
}
