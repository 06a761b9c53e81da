import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs'

/** The text of each page as pdf.js reads it, and the size of the first in mm. */
export async function readPdf(bytes: Uint8Array): Promise<{ pages: string[]; size: number[] }> {
  const pdf = await getDocument({ data: new Uint8Array(bytes), verbosity: 0 }).promise
  const pages: string[] = []
  let size: number[] = []
  for (let number = 1; number <= pdf.numPages; number++) {
    const page = await pdf.getPage(number)
    const { items } = await page.getTextContent()
    pages.push(items.map((item) => ('str' in item ? item.str : '')).join(' '))
    if (number === 1) size = page.view.slice(2).map((points) => Math.round((points * 25.4) / 72))
  }
  return { pages, size }
}
