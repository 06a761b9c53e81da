import { foldText } from '../name.ts'
import type { ImportField } from './fields.ts'
import type { Layout } from './layout.ts'
import { type Cell, filledCells, type Table, textOfCell } from './table.ts'

/** Why a row is no person. Nothing is dropped in silence: each such row is listed with its text. */
export type SkipReason = 'aboveHeader' | 'header' | 'blank' | 'columnNumbers' | 'heading' | 'total' | 'footer'

/** `row` counts from 1, as spreadsheets do. */
export type SkippedRow = { row: number; reason: SkipReason; text: string }

/** The cells of a row by what they mean. */
export type RowCells = Partial<Record<ImportField, Cell>>

/** The cells of a row by the fields that the layout maps its columns to. */
export function readCells(row: readonly Cell[], layout: Layout): RowCells {
  const cells: RowCells = {}
  layout.mapping.forEach((field, column) => {
    if (field !== 'ignore') cells[field] = row[column] ?? null
  })
  return cells
}

/** `KEPALA DINAS KABUPATEN/KOTA`, `II. NARASUMBER`: a line over a part of a list, when it stands alone in its row. */
export const headingText =
  /^([IVX]+|[A-Z])\s*[.)]\s|^(kepala|para|dinas|badan|kecamatan|kabupaten|kota|unsur|pimpinan|peserta|narasumber|panitia|undangan|tamu)\b/i
const totalText = /^(sub ?)?(jumlah|total)\b/i

function isMergedAcross(table: Table, row: number): boolean {
  return table.merges.some(({ top, bottom, left, right }) => top <= row && row <= bottom && right - left >= 2)
}

function isHeading(table: Table, row: number, cells: RowCells): boolean {
  const filled = filledCells(table.rows[row] ?? [])
  if (filled > 2) return false
  const name = textOfCell(cells.name)
  if (!name) return filled === 1 || !textOfCell(cells.nip)
  return filled === 1 && (isMergedAcross(table, row) || (headingText.test(name) && !name.includes(',')))
}

/**
 * The first row in which no person is expected any more: below the last number of the column "No", or below the total.
 * What follows are the town, the day and the names of those who sign the list.
 */
export function footerStart(table: Table, layout: Layout): number {
  const numbers = layout.labels.findIndex((label) => /^(no|nomor|no urut|nomor urut)$/.test(foldText(label)))
  for (let row = table.rows.length - 1; row > layout.lastHeaderRow; row--) {
    const cells = table.rows[row] ?? []
    const ends = numbers >= 0 ? /^\d+\.?$/.test(textOfCell(cells[numbers])) : totalText.test(rowText(cells))
    if (ends) return row + 1
  }
  return table.rows.length
}

/** The reason to skip a row below the header, or `undefined` for a person's row. */
export function skipReason(table: Table, row: number, layout: Layout, footer: number): SkipReason | undefined {
  const cells = table.rows[row] ?? []
  const texts = cells.map(textOfCell).filter(Boolean)
  if (texts.length === 0) return 'blank'
  const named = layout.labels.filter((label, column) => {
    const text = foldText(textOfCell(cells[column]))
    return text !== '' && foldText(label).endsWith(text)
  })
  if (texts.length >= 2 && named.length === texts.length) return 'header'
  if (texts.length >= 3 && texts.every((text, at) => text.replace(/[()]/g, '') === String(at + 1)))
    return 'columnNumbers'
  if (texts.length <= 2 && totalText.test(texts[0] ?? '')) return 'total'
  if (row >= footer && texts.length <= 2) return 'footer'
  return isHeading(table, row, readCells(cells, layout)) ? 'heading' : undefined
}

/** A row as one line, for the list of what was skipped. */
export function rowText(row: readonly Cell[]): string {
  return row.map(textOfCell).filter(Boolean).join(' · ').slice(0, 200)
}
