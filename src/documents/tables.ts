import writeXlsxFile, { type Row } from 'write-excel-file/universal'
import { type Table, textOfCell } from '../core/import/table.ts'
import { fitCells } from './cells.ts'
import { toCsv } from './csv.ts'

export type TableFormat = 'xlsx' | 'csv'

const mostNameLetters = 31
const widest = 60

/** Characters that a worksheet's name may not have (ECMA-376), and its length. */
function sheetName(name: string, at: number): string {
  return name.replace(/[\\/?*[\]:]/g, ' ').slice(0, mostNameLetters) || `Sheet${at + 1}`
}

/**
 * What is text stays text: none runs as a formula, and a NIP keeps its digits. What is a number can be reckoned with.
 */
function toRow(cells: Table['rows'][number]): Row {
  return cells.map((cell) =>
    typeof cell === 'number'
      ? { value: cell, type: Number }
      : { value: cell ?? '', type: String, format: '@', wrap: true },
  )
}

function widths({ rows }: Table): { width: number }[] {
  const columns = rows.reduce((most, row) => Math.max(most, row.length), 0)
  return Array.from({ length: columns }, (_, column) => {
    const longest = rows.reduce((most, row) => Math.max(most, textOfCell(row[column]).length), 0)
    return { width: Math.min(widest, Math.max(8, longest + 2)) }
  })
}

/** Tables as a workbook, one worksheet each, or the first of them as CSV. */
export async function writeTables(format: TableFormat, tables: readonly Table[]): Promise<Blob> {
  if (format === 'csv') {
    const rows = (tables[0]?.rows ?? []).map((row) => row.map((cell) => (cell === null ? '' : String(cell))))
    return new Blob([toCsv(rows)], { type: 'text/csv;charset=utf-8' })
  }
  const sheets = tables.map((table, at) => ({
    sheet: sheetName(table.name, at),
    data: fitCells(table.rows.map(toRow)),
    columns: widths(table),
    stickyRowsCount: 1,
  }))
  return writeXlsxFile(sheets, { fontFamily: 'Arial', fontSize: 10 }).toBlob()
}
