import type { ImportField } from '../../../../core/import/fields.ts'
import type { Layout } from '../../../../core/import/layout.ts'
import { rowText } from '../../../../core/import/rows.ts'
import { type Table, textOfCell } from '../../../../core/import/table.ts'
import { weekdayMismatch } from '../../../../core/time.ts'

/** A column as a person recognises it. */
export type Column = { at: number; letter: string; label: string; samples: string[]; field: ImportField }

const sampleRows = 200
const samplesShown = 2

/** `A`, `Z`, `AA`: as spreadsheets name a column, counted from 0. */
function columnLetter(at: number): string {
  const last = String.fromCharCode(65 + (at % 26))
  return at < 26 ? last : columnLetter(Math.floor(at / 26) - 1) + last
}

/** The columns that have a label or a value near the top; of empty ones there is nothing to say. */
export function readColumns(table: Table, { labels, mapping, lastHeaderRow }: Layout): Column[] {
  const rows = table.rows.slice(lastHeaderRow + 1, lastHeaderRow + 1 + sampleRows)
  const columns = mapping.map((field, at) => {
    const values = rows.map((row) => textOfCell(row[at])).filter(Boolean)
    return { at, letter: columnLetter(at), label: labels[at] ?? '', samples: values.slice(0, samplesShown), field }
  })
  return columns.filter(({ label, samples }) => label || samples.length > 0)
}

export type ColumnsProblem = 'noName' | 'twice'

/** Why the columns cannot be read like this: none holds names, or two hold the same. */
export function problemOf(mapping: readonly ImportField[]): ColumnsProblem | undefined {
  if (!mapping.includes('name')) return 'noName'
  return mapping.some((_, at) => isTwice(mapping, at)) ? 'twice' : undefined
}

export function isTwice(mapping: readonly ImportField[], at: number): boolean {
  const field = mapping[at]
  return field !== 'ignore' && mapping.filter((other) => other === field).length > 1
}

/** A date in the letter's title rows whose weekday the calendar contradicts. */
export function findMismatch(table: Table, { firstHeaderRow }: Layout): ReturnType<typeof weekdayMismatch> {
  for (const row of table.rows.slice(0, firstHeaderRow)) {
    const mismatch = weekdayMismatch(rowText(row))
    if (mismatch) return mismatch
  }
  return undefined
}

const headerChoices = 40

/** Rows that can be chosen as the header, by number and what stands in them. */
export function headerRows(table: Table, { lastHeaderRow }: Layout): { at: number; text: string }[] {
  return table.rows
    .slice(0, Math.max(headerChoices, lastHeaderRow + 1))
    .map((row, at) => ({ at, text: rowText(row).slice(0, 60) }))
    .filter(({ text }) => text)
}
