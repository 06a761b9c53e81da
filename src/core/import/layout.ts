import { fieldOfLabel, fieldOfValues, type ImportField, looksLikeNames, type Mapping } from './fields.ts'
import { type Table, textOfCell } from './table.ts'

/**
 * Where the header of a table is and what its columns mean. Zero-based, both ends included; a table without a header
 * has `firstHeaderRow` 0 and `lastHeaderRow` -1. Plain data: a user may choose another header or change the mapping.
 */
export type Layout = {
  firstHeaderRow: number
  lastHeaderRow: number
  /** One per column; a cell of a group above it leads: `Kontak – No. HP (WA)`. */
  labels: string[]
  mapping: Mapping
  /** False when no row could be recognised as header: then the user chooses. */
  certain: boolean
}

/** Letterheads and titles are above the header, never more than this. */
const headerSearchRows = 60
const sampleRows = 200

function countLabels(labels: readonly string[]): number {
  const fields = new Set(labels.map(fieldOfLabel))
  fields.delete(undefined)
  fields.delete('ignore')
  return fields.has('name') ? fields.size : 0
}

function rowLabels(table: Table, row: number): string[] {
  return (table.rows[row] ?? []).map(textOfCell)
}

/** The labels of two rows read as one: the lower cell, or the upper one where the lower is empty. */
function joinLabels(upper: readonly string[], lower: readonly string[]): string[] {
  const columns = Math.max(upper.length, lower.length)
  return Array.from({ length: columns }, (_, column) => lower[column] || upper[column] || '')
}

/** The text above a cell in the header, also when it is merged over several columns. */
function groupAbove(table: Table, row: number, column: number): string {
  const merge = table.merges.find(
    ({ top, bottom, left, right }) => top <= row && row <= bottom && left <= column && column <= right,
  )
  return textOfCell(table.rows[merge?.top ?? row]?.[merge?.left ?? column])
}

/** `Acara : Sosialisasi …` stands above many headers and is no part of them. */
const factLabel = /^(hari|tanggal|waktu|pukul|tempat|lokasi|acara|kegiatan|agenda|perihal|hal|sifat|lampiran)\b|:$/i

/** Whether a row can be the upper one of a header: at least two groups of columns. */
function isGroupRow(table: Table, row: number): boolean {
  const labels = rowLabels(table, row).filter(Boolean)
  return labels.length >= 2 && !factLabel.test(labels[0] ?? '')
}

function findHeaderRows(table: Table): { first: number; last: number } | undefined {
  let best: { first: number; last: number } | undefined
  let bestScore = 1
  for (let row = 0; row < Math.min(table.rows.length, headerSearchRows); row++) {
    const alone = countLabels(rowLabels(table, row))
    const withNext = isGroupRow(table, row)
      ? countLabels(joinLabels(rowLabels(table, row), rowLabels(table, row + 1)))
      : 0
    const score = Math.max(alone, withNext)
    if (score <= bestScore) continue
    bestScore = score
    best = withNext > alone ? { first: row, last: row + 1 } : { first: row, last: row }
  }
  if (!best) return undefined
  const onlyRow = best.first === best.last
  const hasGroups = onlyRow && isGroupRow(table, best.first - 1)
  return hasGroups ? { first: best.first - 1, last: best.last } : best
}

/** The layout of a table whose header the user has pointed at; `first` 0 and `last` -1 for a table without one. */
export function layoutAt(table: Table, first: number, last: number, certain = true): Layout {
  const columns = table.rows.reduce((most, row) => Math.max(most, row.length), 0)
  const names: string[] = []
  const labels: string[] = []
  for (let column = 0; column < columns; column++) {
    const group = last > first ? groupAbove(table, first, column) : ''
    const own = last >= 0 ? groupAbove(table, last, column) : ''
    names.push(own || group)
    labels.push(group && own && group !== own ? `${group} – ${own}` : own || group)
  }
  return { firstHeaderRow: first, lastHeaderRow: last, labels, mapping: guessMapping(table, last, names), certain }
}

/** The best guess at a table's header and columns. */
export function guessLayout(table: Table): Layout {
  const header = findHeaderRows(table)
  return header ? layoutAt(table, header.first, header.last) : layoutAt(table, 0, -1, false)
}

/** A field is given to one column only, the first that names it; then to columns whose values look like it. */
function guessMapping(table: Table, lastHeaderRow: number, names: readonly string[]): Mapping {
  const taken = new Set<ImportField>()
  const take = (field: ImportField | undefined): ImportField | undefined => {
    if (field === undefined || field === 'ignore') return field
    if (taken.has(field)) return undefined
    taken.add(field)
    return field
  }
  const sample = table.rows.slice(lastHeaderRow + 1, lastHeaderRow + 1 + sampleRows)
  const valuesOf = (column: number) => sample.map((row) => textOfCell(row[column]))
  const named = names.map((name) => take(fieldOfLabel(name)))
  const mapping = named.map((field, column) => field ?? take(fieldOfValues(valuesOf(column))))
  if (!taken.has('name')) {
    const column = mapping.findIndex((field, at) => field === undefined && looksLikeNames(valuesOf(at)))
    if (column >= 0) mapping[column] = 'name'
  }
  return mapping.map((field) => field ?? 'ignore')
}
