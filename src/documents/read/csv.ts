import type { Cell } from '../../core/import/table.ts'
import { notAsText } from '../cells.ts'

const separators = [';', ',', '\t'] as const

/** The separator that the first lines hold most often outside quotes. */
function guessSeparator(text: string): string {
  const unquoted = text.slice(0, 20_000).replace(/"[^"]*"/g, '')
  const count = (separator: string) => unquoted.split(separator).length
  return separators.reduce((best, one) => (count(one) > count(best) ? one : best))
}

/** Our own export guards what a spreadsheet would not keep as text (documents/cells.ts); here the guard comes off. */
function toCell(text: string): Cell {
  if (text === '') return null
  return text.startsWith("'") && notAsText.test(text.slice(1)) ? text.slice(1) : text
}

/**
 * Rows of CSV or of cells copied from a spreadsheet (RFC 4180): separator `;`, `,` or tab as found, quoted line breaks,
 * doubled quotes, any line ending. Every cell is text. A quote inside an unquoted cell is an ordinary sign.
 */
export function readCsv(source: string): Cell[][] {
  const marked = source.replace(/^\ufeff/, '')
  const declared = /^sep=(.)\r?\n/i.exec(marked)
  const text = declared ? marked.slice(declared[0].length) : marked
  const separator = declared?.[1] ?? guessSeparator(text)
  const rows: Cell[][] = []
  let row: Cell[] = []
  let at = 0
  while (at < text.length) {
    const { cell, end } = text[at] === '"' ? readQuoted(text, at, separator) : readPlain(text, at, separator)
    row.push(toCell(cell))
    at = end
    if (text[at] === separator) {
      at++
      if (at < text.length) continue
      row.push(null)
    }
    rows.push(row)
    row = []
    if (text[at] === '\r') at++
    if (text[at] === '\n') at++
  }
  return rows
}

function readPlain(text: string, start: number, separator: string): { cell: string; end: number } {
  let end = start
  while (end < text.length && text[end] !== separator && text[end] !== '\n' && text[end] !== '\r') end++
  return { cell: text.slice(start, end), end }
}

/** `start` is at the opening quote. A quote that never closes takes the rest of the text. */
function readQuoted(text: string, start: number, separator: string): { cell: string; end: number } {
  let cell = ''
  let at = start + 1
  while (at < text.length) {
    const quote = text.indexOf('"', at)
    if (quote < 0) return { cell: cell + text.slice(at), end: text.length }
    cell += text.slice(at, quote)
    if (text[quote + 1] !== '"') {
      const rest = readPlain(text, quote + 1, separator)
      return { cell: cell + rest.cell, end: rest.end }
    }
    cell += '"'
    at = quote + 2
  }
  return { cell, end: at }
}
