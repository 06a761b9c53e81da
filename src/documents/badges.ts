import type { Day } from '../core/time.ts'
import { breathe, type Job } from './job.ts'
import { createPage, lineHeight, type Page, paperSizes, type Style } from './pdf/page.ts'
import { drawQr } from './pdf/qr.ts'
import { validLine } from './words.ts'

/** A person's badge. `code` is the text of the pass (core/pass.ts), good to the end of a day. */
export type Badge = { name: string; institution: string; role: string; validUntil: Day; code: string }

/** The event's title and who holds it stand on each badge. */
export type BadgeSheet = { event: string; organizer: string; badges: Badge[] }

/** Eight badges on an A4 sheet, in mm, cut along the thin lines. */
const [columns, rows] = [2, 4]
const [pageWidth, pageHeight] = paperSizes.A4
const cell = { width: pageWidth / columns, height: pageHeight / rows }
const padding = 7
const qrSize = 40
const textWidth = cell.width - 3 * padding - qrSize
const badgesPerBreath = 8

/** Lines of a text in the largest size at which they are no more than `most`; what is still longer is cut off. */
function shrink(
  page: Page,
  text: string,
  style: Style,
  sizes: number[],
  most: number,
): { lines: string[]; size: number } {
  let fitted = { lines: [''], size: sizes[0] ?? 10 }
  for (const size of sizes) {
    page.font(size, style)
    fitted = { lines: page.wrap(text, textWidth), size }
    if (fitted.lines.length <= most) return fitted
  }
  const shown = fitted.lines.slice(0, most)
  return { ...fitted, lines: [...shown.slice(0, -1), `${shown.at(-1)?.slice(0, -3) ?? ''}...`] }
}

function drawBadge(page: Page, sheet: BadgeSheet, badge: Badge, place: number): void {
  const left = (place % columns) * cell.width
  const top = Math.floor(place / columns) * cell.height
  const { doc } = page
  doc.setDrawColor(190).setLineWidth(0.15).rect(left, top, cell.width, cell.height)
  drawQr(doc, badge.code, {
    x: left + cell.width - padding - qrSize,
    y: top + (cell.height - qrSize) / 2,
    size: qrSize,
  })

  let y = top + padding + 3
  const write = (text: string, style: Style, sizes: number[], most: number, gap: number) => {
    if (!text) return
    const { lines, size } = shrink(page, text, style, sizes, most)
    page.font(size, style)
    page.write(lines, left + padding, y + lineHeight(size) * 0.4)
    y += lines.length * lineHeight(size) + gap
  }
  doc.setTextColor(90)
  write(sheet.event, 'normal', [8, 7], 2, 4)
  doc.setTextColor(0)
  write(badge.name, 'bold', [16, 14, 12, 10], 4, 1.5)
  write(badge.institution, 'normal', [10, 9, 8], 3, 1.5)
  write(badge.role, 'bold', [10, 9], 1, 0)

  doc.setTextColor(90)
  page.font(7)
  const closing = [sheet.organizer, validLine(badge.validUntil)]
    .filter(Boolean)
    .flatMap((text) => page.wrap(text, textWidth))
  page.write(closing, left + padding, top + cell.height - padding - (closing.length - 1) * lineHeight(7))
  doc.setTextColor(0)
}

/** Badges as a PDF, eight to an A4 sheet, in the order given. Linear in badges; can be watched and stopped. */
export async function writeBadges(sheet: BadgeSheet, job: Job): Promise<Blob> {
  const page = createPage('A4')
  page.doc.setLanguage('id')
  page.doc.setProperties({ title: sheet.event, creator: 'Hadir' })
  const perPage = columns * rows
  for (const [at, badge] of sheet.badges.entries()) {
    if (at % badgesPerBreath === 0) await breathe(job, at, sheet.badges.length)
    if (at > 0 && at % perPage === 0) page.addPage()
    drawBadge(page, sheet, badge, at % perPage)
  }
  await breathe(job, sheet.badges.length, sheet.badges.length)
  return page.doc.output('blob')
}
