import type { jsPDF } from 'jspdf'
import { encode } from 'uqr'

type Square = { x: number; y: number; size: number }

/** Draws a QR code as runs of dark modules, filled in one go: a picture of it would blur at the printer's own size. */
export function drawQr(doc: jsPDF, text: string, { x, y, size }: Square): void {
  const { data, size: modules } = encode(text, { ecc: 'Q', border: 0 })
  const step = size / modules
  doc.setFillColor(0, 0, 0)
  data.forEach((row, at) => {
    for (let from = row.indexOf(true); from >= 0; ) {
      const end = row.indexOf(false, from)
      const to = end < 0 ? modules : end
      /** No style: the path goes on until it is filled. */
      doc.rect(x + from * step, y + at * step, (to - from) * step, step, null)
      from = row.indexOf(true, to)
    }
  })
  doc.fill()
}
