import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs'

/** Where each text of the first page begins, from its left edge, mm. */
export async function placesInPdf(bytes: Uint8Array): Promise<{ text: string; x: number }[]> {
  const pdf = await getDocument({ data: new Uint8Array(bytes), verbosity: 0 }).promise
  const { items } = await (await pdf.getPage(1)).getTextContent()
  return items.flatMap((item) =>
    'str' in item ? [{ text: item.str, x: (Number(item.transform[4]) * 25.4) / 72 }] : [],
  )
}

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
