import { jsPDF } from 'jspdf'
import type { Paper } from '../sheet.ts'
import { toWinAnsi } from './winAnsi.ts'

/** Sizes in mm. F4 is the folio of Indonesian offices, 215 × 330 (domain.md 1.2); the left edge is for the binder. */
export const paperSizes: Record<Paper, [number, number]> = { F4: [215, 330], A4: [210, 297] }
export const margins = { left: 20, right: 12, top: 14, bottom: 16 }

export type Style = 'normal' | 'bold' | 'italic'

/** A PDF in the making, with text that the standard fonts can print. Places and widths in mm, font sizes in points. */
export type Page = {
  doc: jsPDF
  width: number
  bottom: number
  right: number
  /** Whether any sign had to be replaced by `?` since this was asked last. */
  takeReplaced: () => boolean
  font: (size: number, style?: Style) => void
  /** The lines that a text takes in the current font; its own line breaks are kept. */
  wrap: (text: string, width: number) => string[]
  write: (text: string | string[], x: number, y: number, align?: 'left' | 'center' | 'right') => void
  addPage: () => void
}

/** Height of a line in mm for a font size in points, as `write` sets it. */
export const lineHeight = (size: number) => size * 0.3528 * 1.15

/** A document with one empty page; lengths are millimetres. */
export function createPage(paper: Paper): Page {
  const format = paperSizes[paper]
  const doc = new jsPDF({ unit: 'mm', format, compress: true, putOnlyUsedFonts: true, floatPrecision: 2 })
  const [width, height] = format
  let replaced = false
  const printable = (text: string): string => {
    const made = toWinAnsi(text)
    replaced ||= made.replaced
    return made.text
  }
  return {
    doc,
    width: width - margins.left - margins.right,
    bottom: height - margins.bottom,
    right: width - margins.right,
    takeReplaced() {
      const taken = replaced
      replaced = false
      return taken
    },
    font(size, style = 'normal') {
      doc.setFont('helvetica', style).setFontSize(size)
    },
    wrap(text, lineWidth) {
      return text.split('\n').flatMap((part): string[] => doc.splitTextToSize(printable(part), lineWidth))
    },
    write(text, x, y, align = 'left') {
      const lines = Array.isArray(text) ? text : [printable(text)]
      if (lines.length > 0) doc.text(lines, x, y, { align })
    },
    addPage() {
      doc.addPage(format)
    },
  }
}
