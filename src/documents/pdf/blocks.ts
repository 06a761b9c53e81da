import type { Signatory } from '../../core/event.ts'
import { formatNip } from '../../core/nip.ts'
import type { Sheet } from '../sheet.ts'
import { openTotalsLine, pageLine, recordedLine, totalsLine, unsentStamp, words } from '../words.ts'
import { lineHeight, margins, type Page, type Style } from './page.ts'

/** Writes centred lines below each other and returns where the next one begins. */
export function writeCentred(page: Page, text: string, y: number, size: number, style: Style): number {
  page.font(size, style)
  const lines = page.wrap(text, page.width - 10)
  page.write(lines, margins.left + page.width / 2, y + lineHeight(size) * 0.8, 'center')
  return y + lines.length * lineHeight(size)
}

/** The wanted font size, or up to a fifth less where that keeps a text on one line. */
function largestOnOneLine(page: Page, text: string, wanted: number, style: Style): number {
  for (let size = wanted; size >= wanted * 0.8; size -= 0.5) {
    page.font(size, style)
    if (page.wrap(text, page.width - 10).length === 1) return size
  }
  return wanted
}

/** The kop surat on the first page: government, institution, address, then a thick and a thin rule. */
export function drawLetterhead(page: Page, letterhead: string[]): number {
  let y = margins.top
  if (letterhead.length === 0) return y
  letterhead.forEach((text, at) => {
    const [wanted, style]: [number, Style] = at === 0 ? [13, 'bold'] : at === 1 ? [15, 'bold'] : [9, 'normal']
    const size = largestOnOneLine(page, text, wanted, style)
    y = writeCentred(page, text, y, size, style) + (at < 2 ? 0.6 : 0)
  })
  y += 2
  page.doc.setDrawColor(0).setLineWidth(1).line(margins.left, y, page.right, y)
  page.doc.setLineWidth(0.3).line(margins.left, y + 1.3, page.right, y + 1.3)
  return y + 7
}

/** What stands above the table on a sheet's first page; returns where the table begins. */
export function drawOpening(page: Page, sheet: Sheet): number {
  let y = drawLetterhead(page, sheet.letterhead)
  y = writeCentred(page, sheet.title, y, 12, 'bold') + 0.8
  y = writeCentred(page, sheet.eventTitle.toLocaleUpperCase('id'), y, 11, 'bold') + 4
  const valueAt = margins.left + 28
  for (const { label, value } of sheet.facts) {
    page.font(10)
    const lines = page.wrap(value, page.right - valueAt - 3)
    page.write(label, margins.left, y + 3.2)
    page.write(':', valueAt - 3, y + 3.2)
    page.write(lines, valueAt, y + 3.2)
    y += lines.length * lineHeight(10) + 0.9
  }
  return y + 2.5
}

const signatureRoom = 24
const signatoryWidth = 72

/** The lines above and below the room to sign. */
function signatoryLines(page: Page, who: Signatory | undefined): { above: string[]; name: string[]; below: string[] } {
  const wrap = (text: string, style: Style = 'normal') => {
    page.font(10, style)
    return text ? page.wrap(text, signatoryWidth) : []
  }
  if (!who) return { above: [], name: [], below: [] }
  return {
    above: [...wrap(who.label), ...wrap(who.position)],
    name: wrap(who.name, 'bold'),
    below: [...wrap(who.rank), ...wrap(who.nip && `NIP. ${formatNip(who.nip)}`)],
  }
}

function bothSignatories(page: Page, { signatories, dateLine }: Sheet) {
  const left = signatoryLines(page, signatories.left)
  const right = signatoryLines(page, signatories.right)
  const above = Math.max(left.above.length, right.above.length) * lineHeight(10)
  const below = Math.max(...[left, right].map(({ name, below }) => name.length + below.length)) * lineHeight(10)
  const dated = dateLine ? lineHeight(10) : 0
  return {
    left,
    right,
    dated,
    above,
    height: signatories.left || signatories.right ? dated + above + below + signatureRoom : 0,
  }
}

/** The height of what stands below the table: it is kept together, and with the last row. */
export function closingHeight(page: Page, sheet: Sheet): number {
  const { height } = bothSignatories(page, sheet)
  return (height > 0 ? height + 12 : 8) + recordedHeight(sheet)
}

const recordedHeight = ({ isOpen, totals }: Sheet) => (isOpen && recordedLine(totals) ? 4.5 : 0)

/** Totals, then the signatories side by side, their names on one line; the right one under the town and the day. */
export function drawClosing(page: Page, sheet: Sheet, y: number): void {
  page.font(9.5, 'bold')
  page.write(sheet.isOpen ? openTotalsLine : totalsLine(sheet.totals), margins.left, y + 5.5)
  page.font(7.5)
  if (sheet.isOpen) page.write(recordedLine(sheet.totals), margins.left, y + 10)
  const { left, right, dated, above, height } = bothSignatories(page, sheet)
  if (height === 0) return
  const top = y + 13 + recordedHeight(sheet)
  const rightAt = page.right - signatoryWidth
  page.font(10)
  page.write(sheet.dateLine, rightAt, top)
  for (const [side, x] of [
    [left, margins.left],
    [right, rightAt],
  ] as const) {
    writeLines(page, side.above, x, top + dated)
    const nameAt = top + dated + above + signatureRoom
    writeLines(page, side.name, x, nameAt, 'bold')
    writeLines(page, side.below, x, nameAt + side.name.length * lineHeight(10))
  }
}

/** Lines below each other; bold ones, the names, are underlined as on official letters. */
function writeLines(page: Page, lines: string[], x: number, top: number, style: Style = 'normal'): void {
  page.font(10, style)
  lines.forEach((line, at) => {
    const y = top + at * lineHeight(10)
    page.write([line], x, y)
    if (style === 'bold') page.doc.setLineWidth(0.25).line(x, y + 0.7, x + page.doc.getTextWidth(line), y + 0.7)
  })
}

/** Marks the pages of one sheet, first to last: page x of y, what the signatures are, and what is not yet sent. */
export function markPages(page: Page, sheet: Sheet, first: number, last: number): void {
  const { doc } = page
  const notices = [
    sheet.rows.some(({ ink }) => ink) ? words.inkNotice : '',
    page.takeReplaced() ? words.replacedNotice : '',
  ].filter(Boolean)
  for (let number = first; number <= last; number++) {
    doc.setPage(number)
    doc.setTextColor(90)
    page.font(7.5)
    page.write(pageLine(number - first + 1, last - first + 1), page.right, page.bottom + 7, 'right')
    page.font(6.5)
    notices.forEach((notice, at) => {
      page.write(notice, margins.left, page.bottom + 7 + at * 3)
    })
    if (sheet.unsentCount > 0) drawStamp(page, unsentStamp(sheet.unsentCount))
    doc.setTextColor(0)
  }
}

function drawStamp(page: Page, text: string): void {
  page.font(9, 'bold')
  const width = page.doc.getTextWidth(text) + 6
  page.doc.setDrawColor(176, 0, 32).setTextColor(176, 0, 32).setLineWidth(0.5)
  page.doc.roundedRect(page.right - width, 5, width, 6.4, 1, 1, 'S')
  page.write(text, page.right - width / 2, 9.3, 'center')
  page.doc.setDrawColor(0)
}
