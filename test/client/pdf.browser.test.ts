import { jsPDF, type jsPDFOptions } from 'jspdf'
import { describe, expect, it } from 'vitest'
import { openPdf } from '../../src/client/device/pdf.ts'

function makePdf(options: jsPDFOptions = {}, script?: string): Blob {
  const pdf = new jsPDF(options)
  pdf.text('Materi contoh', 20, 20)
  pdf.addPage()
  pdf.text('Halaman kedua', 20, 20)
  if (script) pdf.addJS(script)
  return pdf.output('blob')
}

describe('a PDF', () => {
  it('is drawn page by page, with what it says beside', async () => {
    const pdf = await openPdf(makePdf())
    if (typeof pdf === 'string') throw new Error(pdf)
    expect(pdf.pageCount).toBe(2)
    const canvas = document.createElement('canvas')
    expect(await pdf.draw(1, canvas, 320)).toContain('Materi contoh')
    expect(await pdf.draw(2, canvas, 320)).toContain('Halaman kedua')
    expect(canvas.width).toBeGreaterThanOrEqual(320)
    const pixels = canvas.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height).data ?? []
    expect(pixels.some((value, i) => i % 4 === 0 && value < 100)).toBe(true)
    pdf.close()
  })

  it('with a script in it is shown, and its script never runs', async () => {
    const blob = makePdf({}, 'app.alert("dijalankan"); globalThis.ran = true;')
    expect(await blob.text()).toContain('/JavaScript')
    const pdf = await openPdf(blob)
    if (typeof pdf === 'string') throw new Error(pdf)
    await pdf.draw(1, document.createElement('canvas'), 320)
    expect('ran' in globalThis).toBe(false)
    pdf.close()
  })

  it('that is cut off, or none, or locked, is said to be so', async () => {
    expect(await openPdf(new Blob(['%PDF-1.7 and then nothing']))).toBe('damaged')
    expect(await openPdf(makePdf({ encryption: { userPassword: 'rahasia', ownerPassword: 'rahasia' } }))).toBe('locked')
  })
})
