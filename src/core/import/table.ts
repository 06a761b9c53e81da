/** A cell as the file holds it: a number stays a number, so that a NIP that lost its last digits can be told. */
export type Cell = string | number | null

/** Cells joined into one, by zero-based row and column, both ends included. */
export type Merge = { top: number; left: number; bottom: number; right: number }

/** One worksheet, or the whole of a CSV file or of pasted rows. `rows[0]` is row 1 of the file. */
export type Table = { name: string; rows: Cell[][]; merges: Merge[] }

/** A cell as one line of text without spaces around it. */
export function textOfCell(cell: Cell | undefined): string {
  if (cell === null || cell === undefined) return ''
  return String(cell).replace(/\s+/g, ' ').trim()
}

/** How many cells of a row hold anything but blanks. */
export function filledCells(row: readonly Cell[]): number {
  return row.filter((cell) => textOfCell(cell)).length
}
