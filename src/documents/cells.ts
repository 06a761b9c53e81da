import type { Cell, Row } from 'write-excel-file/universal'

/**
 * A spreadsheet runs a cell that starts with one of these signs as a formula, some also behind spaces or in their wide
 * form, and keeps 15 digits of a long number; an apostrophe in front makes each of them text (OWASP ASVS 5.0, 1.2.10).
 */
export const notAsText = /^(\s*[=+\-@＝＋－＠]|[\t\r\n\0]|\d{16,}$)/

/** Excel takes no workbook with a longer text in a cell, and what comes from an attendee's device has any length. */
const mostLetters = 32_767

function fit(cell: Cell): Cell {
  if (typeof cell === 'string') return cell.slice(0, mostLetters)
  if (typeof cell !== 'object' || cell === null || !('value' in cell) || typeof cell.value !== 'string') return cell
  return { ...cell, value: cell.value.slice(0, mostLetters) }
}

export const fitCells = (rows: Row[]): Row[] => rows.map((row) => row.map(fit))
