import { posterWords as words } from '../words.ts'
import { drawLetterhead, writeCentred } from './blocks.ts'
import { createPage, lineHeight, margins, type Page } from './page.ts'
import { drawQr } from './qr.ts'

/** What hangs at the door: how attendees sign in on their own phones. */
export type Poster = {
  letterhead: string[]
  title: string
  /** Day, time and place, a line each. */
  facts: string[]
  /** The attendees' link. */
  url: string
  /** Where the code is typed by hand, as `hadir.contoh.go.id/m`. */
  address: string
  /** As it is read out: `K7QF 2MXA`. */
  code: string
  /** Whether the wall's rotating code is asked for as well. */
  asksWallCode: boolean
}

/** Millimetres: read from two metres away. */
const qrSize = 100

/** One page of A4. */
export function writePoster(poster: Poster): Blob {
  const page = createPage('A4')
  page.doc.setLanguage('id')
  page.doc.setProperties({ title: poster.title, creator: 'Hadir' })
  let y = drawLetterhead(page, poster.letterhead)
  y = writeCentred(page, words.title, y + 2, 22, 'bold') + 2
  y = writeCentred(page, poster.title, y, 15, 'bold') + 1
  for (const fact of poster.facts) y = writeCentred(page, fact, y, 11, 'normal')
  drawQr(page.doc, poster.url, { x: margins.left + (page.width - qrSize) / 2, y: y + 6, size: qrSize })
  y += qrSize + 12
  y = writeCentred(page, words.byHand(poster.address), y, 12, 'normal') + 1
  y = writeCentred(page, poster.code, y, 34, 'bold') + 3
  drawSteps(page, [words.scan, words.fill, poster.asksWallCode ? words.saveWithCode : words.save], y)
  page.font(10)
  page.write(words.noPhone, margins.left + page.width / 2, page.bottom + 4, 'center')
  return page.doc.output('blob')
}

function drawSteps(page: Page, steps: string[], top: number): void {
  const [size, numberAt, textAt] = [13, margins.left + 12, margins.left + 22]
  let y = top + 4
  steps.forEach((step, at) => {
    page.font(size, 'bold')
    page.write(`${at + 1}.`, numberAt, y)
    page.font(size)
    const lines = page.wrap(step, page.right - textAt - 8)
    page.write(lines, textAt, y)
    y += lines.length * lineHeight(size) + 3
  })
}
