import { breathe, type Job } from '../job.ts'
import { allRows, type Sheet } from '../sheet.ts'
import { closingHeight, drawClosing, drawOpening, markPages } from './blocks.ts'
import { createPage, margins, type Page } from './page.ts'
import { drawHead, drawRow, layColumns, measureRow } from './table.ts'

/** Few enough that a page in the same thread would stay responsive, enough not to be slow by waiting. */
const rowsPerBreath = 20

/**
 * Attendance lists as one PDF, laid out as domain.md 1.2 draws them. Drawn row by row with our own table rather than
 * jspdf-autotable, which draws a whole table in one go: nobody could stop it and 1,000 rows would block. Linear in
 * rows.
 */
export async function writePdf(sheets: readonly Sheet[], job: Job): Promise<Blob> {
  const page = createPage(sheets[0]?.paper ?? 'F4')
  page.doc.setLanguage('id')
  page.doc.setProperties({ title: sheets[0]?.eventTitle ?? '', creator: 'Hadir' })
  const total = sheets.reduce((sum, sheet) => sum + allRows(sheet).length, 0)
  let done = 0
  let first = 1
  for (const [at, sheet] of sheets.entries()) {
    if (at > 0) page.addPage()
    await drawSheet(page, sheet, async () => {
      if (done++ % rowsPerBreath === 0) await breathe(job, done, total)
    })
    const last = page.doc.getNumberOfPages()
    markPages(page, sheet, first, last)
    first = last + 1
  }
  await breathe(job, total, total)
  return page.doc.output('blob')
}

async function drawSheet(page: Page, sheet: Sheet, onRow: () => Promise<void>): Promise<void> {
  const columns = layColumns(page, sheet)
  const closing = closingHeight(page, sheet)
  const rows = allRows(sheet)
  let y = drawHead(page, columns, drawOpening(page, sheet))
  const breakPage = () => {
    page.addPage()
    y = drawHead(page, columns, margins.top)
  }
  for (const [at, row] of rows.entries()) {
    await onRow()
    const measured = measureRow(page, columns, row)
    const keptWith = at === rows.length - 1 ? closing : 0
    if (y + measured.height + keptWith > page.bottom) breakPage()
    drawRow(page, columns, measured, y)
    y += measured.height
  }
  if (y + closing > page.bottom) breakPage()
  drawClosing(page, sheet, y)
}
