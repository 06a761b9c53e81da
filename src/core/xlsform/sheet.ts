import type { Words } from '../form/question.ts'
import { type Table, textOfCell } from '../import/table.ts'

/** A row of a worksheet by the name of its column, and its number in the file. */
export type SheetRow = { number: number; cells: ReadonlyMap<string, string> }

/** Line breaks of a label are kept; other cells are one line. */
function textOf(cell: Parameters<typeof textOfCell>[0]): string {
  return typeof cell === 'string' ? cell.trim() : textOfCell(cell)
}

/**
 * As the convention calls a column today: older forms say `bind:relevant` and `control:appearance` (pyxform's aliases).
 */
function columnOf(cell: Parameters<typeof textOfCell>[0]): string {
  return textOfCell(cell)
    .replace(/\s*::?\s*/, '::')
    .replace(/^(?:bind|control)::(constraint|relevant|required|readonly|appearance)$/i, '$1')
}

/** The rows of the worksheet of this name, whatever its case; its first row names the columns. */
export function readSheet(tables: readonly Table[], name: string): SheetRow[] | undefined {
  const table = tables.find((one) => one.name.trim().toLowerCase() === name)
  if (!table) return undefined
  const [head = [], ...rows] = table.rows
  const columns = head.map(columnOf)
  return rows
    .map((row, at) => ({
      number: at + 2,
      cells: new Map(columns.flatMap((column, i): [string, string][] => (column ? [[column, textOf(row[i])]] : []))),
    }))
    .filter(({ cells }) => [...cells.values()].some(Boolean))
}

/** The value of a column whose name may be written in any case. */
export function cellOf({ cells }: SheetRow, column: string): string {
  for (const [name, value] of cells) if (name.toLowerCase() === column) return value
  return ''
}

/** The language of `label::Bahasa Indonesia (id)` and the like, or `undefined` when it is neither of ours. */
export function languageOf(column: string): keyof Words | undefined {
  const said = column.slice(column.indexOf('::') + 2).toLowerCase()
  const code = /\(([a-z]{2,3})\)\s*$/.exec(said)?.[1]
  if (code) return code === 'id' || code === 'ind' ? 'id' : code === 'en' || code === 'eng' ? 'en' : undefined
  if (said === 'id' || /indonesia|bahasa/.test(said)) return 'id'
  return said === 'en' || /english|inggris/.test(said) ? 'en' : undefined
}

/** A text in both languages; a column without a language holds the form's own. */
export function wordsOf({ cells }: SheetRow, column: string, own: keyof Words): Words {
  const words: Words = { id: '', en: '' }
  for (const [name, value] of cells) {
    if (!value) continue
    const lower = name.toLowerCase()
    const language = lower === column ? own : lower.startsWith(`${column}::`) ? languageOf(name) : undefined
    if (language && !words[language]) words[language] = value
  }
  return words
}
