import type { Sheet, SheetRow } from '../sheet.ts'
import { representsLine, words } from '../words.ts'
import { drawInk } from './ink.ts'
import { lineHeight, margins, type Page, type Style } from './page.ts'

type Line = { text: string; size: number; style: Style }
type Column = { head: string; width: number; align: 'left' | 'center'; lines: (row: SheetRow) => Line[] }

/** The columns of text from the left; the signature column follows them. */
export type Columns = Column[]

const padding = 1.4
const inkWidth = 40
/** Room for a signature, and for the thumb of someone who signs on paper. */
const smallestRow = 12.5
const headHeight = 9
const reasonSize = 7

const line = (text: string, size = 8.5, style: Style = 'normal'): Line[] => (text ? [{ text, size, style }] : [])

/** A dash says that a person has none; rows for signing on paper stay empty. */
const orDash = (text: string, { name }: SheetRow) => text || (name && '-')

/** The columns that this sheet has, and their widths in mm; what is over goes to names and institutions. */
export function layColumns(page: Page, sheet: Sheet): Columns {
  const office = sheet.institutionWord
  const number: Column = { head: words.number, width: 8.5, align: 'center', lines: (row) => line(String(row.number)) }
  const nip: Column = {
    head: sheet.includePhone ? `${words.nip} / ${words.phone}` : words.nip,
    width: 34,
    align: 'left',
    lines: (row) =>
      [orDash(row.nip, row), row.rank, sheet.includePhone ? row.phone : ''].flatMap((text) => line(text, 8)),
  }
  const sex: Column = { head: words.sex, width: 7.5, align: 'center', lines: (row) => line(row.sex) }
  const left = page.width - inkWidth - [number, nip, sex].reduce((sum, { width }) => sum + width, 0)
  const name: Column = {
    head: words.name,
    width: left * 0.37,
    align: 'left',
    lines: (row) => [...line(row.name), ...line(row.late, 7.5, 'italic')],
  }
  const position: Column = {
    head: words.position,
    width: left * 0.31,
    align: 'left',
    lines: (row) => [
      ...line(orDash(row.position, row)),
      ...line(row.represents && representsLine(row.represents), 7.5, 'italic'),
    ],
  }
  const institution: Column = {
    head: office === words.institution ? office : `${words.institution}/${office}`,
    width: left * 0.32,
    align: 'left',
    lines: (row) => line(row.institution),
  }
  return [number, name, nip, position, institution, sex]
}

/** Draws the head at `y` mm and returns where it ends. */
export function drawHead(page: Page, columns: Columns, y: number): number {
  const { doc } = page
  doc.setDrawColor(0).setLineWidth(0.25)
  page.font(8.5, 'bold')
  let x = margins.left
  for (const { head, width } of [...columns, { head: words.ink, width: inkWidth }]) {
    doc.setFillColor(232, 238, 238).rect(x, y, width, headHeight, 'FD')
    const lines = page.wrap(head, width - 1)
    const step = lineHeight(8.5)
    page.write(lines, x + width / 2, y + headHeight / 2 - ((lines.length - 1) * step) / 2 + 1.05, 'center')
    x += width
  }
  return y + headHeight
}

/** A row measured before it is drawn, so that it never breaks over two pages. */
export type MeasuredRow = {
  row: SheetRow
  height: number
  cells: { texts: string[]; size: number; style: Style }[][]
  /** Why there is no signature, over both halves of the signature cell. */
  reason: string[]
}

/** Wraps the texts of a row and says how high it is, before anything is drawn. */
export function measureRow(page: Page, columns: Columns, row: SheetRow): MeasuredRow {
  const cells = columns.map(({ lines, width }) =>
    lines(row).map(({ text, size, style }) => {
      page.font(size, style)
      return { texts: page.wrap(text, width - 2 * padding), size, style }
    }),
  )
  const tallest = cells.map(cellHeight).reduce((a, b) => Math.max(a, b), 0)
  page.font(reasonSize, 'italic')
  const reason = row.unsignedReason && !row.ink ? page.wrap(row.unsignedReason, inkWidth - 7) : []
  const height = Math.max(smallestRow, tallest + 2 * padding, reason.length * lineHeight(reasonSize) + 6)
  return { row, height, cells, reason }
}

function cellHeight(cell: { texts: string[]; size: number }[]): number {
  return cell.reduce((sum, { texts, size }) => sum + texts.length * lineHeight(size), 0)
}

/** Draws a row that was measured, with its top at `y` mm. */
export function drawRow(page: Page, columns: Columns, measured: MeasuredRow, y: number): void {
  const { height, cells } = measured
  const { doc } = page
  doc.setDrawColor(0).setLineWidth(0.2)
  let x = margins.left
  columns.forEach(({ width, align }, at) => {
    doc.rect(x, y, width, height, 'S')
    const cell = cells[at] ?? []
    let top = y + (height - cellHeight(cell)) / 2
    for (const { texts, size, style } of cell) {
      page.font(size, style)
      page.write(texts, align === 'center' ? x + width / 2 : x + padding, top + lineHeight(size) * 0.78, align)
      top += texts.length * lineHeight(size)
    }
    x += width
  })
  drawInkCell(page, measured, x, y)
}

/** Odd numbers sign left, even numbers right: on paper a large signature may reach over the empty half beside it. */
function drawInkCell(page: Page, { row, height, reason }: MeasuredRow, x: number, y: number): void {
  const { doc } = page
  const half = inkWidth / 2
  const isLeft = row.number % 2 === 1 || reason.length > 0
  const start = isLeft ? x : x + half
  doc.rect(x, y, inkWidth, height, 'S').setDrawColor(150).setLineWidth(0.1)
  if (reason.length === 0) doc.line(x + half, y, x + half, y + height)
  doc.setDrawColor(0)
  page.font(7)
  page.write(`${row.number}.`, start + 0.8, y + 3)
  if (row.ink) drawInk(doc, row.ink, { x: start + 4, y: y + 0.9, width: half - 5.2, height: height - 4 })
  page.font(reasonSize, 'italic')
  page.write(reason, x + 5, y + 3)
  page.font(6)
  doc.setTextColor(90)
  page.write(row.stamp, start + half - 0.8, y + height - 0.9, 'right')
  doc.setTextColor(0)
}
