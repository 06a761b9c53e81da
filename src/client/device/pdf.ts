import { GlobalWorkerOptions, getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs'
import workerUrl from 'pdfjs-dist/legacy/build/pdf.worker.min.mjs?url'
import jbig2Url from 'pdfjs-dist/wasm/jbig2.wasm?url'
import openjpegUrl from 'pdfjs-dist/wasm/openjpeg.wasm?url'

GlobalWorkerOptions.workerSrc = workerUrl

/** What scanners press pages with; fetched when a page has it, from our own origin. */
const decoders: Record<string, string> = { 'jbig2.wasm': jbig2Url, 'openjpeg.wasm': openjpegUrl }
class OwnDecoders {
  async fetch({ filename }: { filename: string }): Promise<Uint8Array> {
    const url = decoders[filename]
    if (!url) throw new Error(`No ${filename} here`)
    return new Uint8Array(await (await fetch(url)).arrayBuffer())
  }
}

/** iPhones refuse larger canvases. */
const mostPixels = 4_000_000

/** A document that can be looked at page by page. A script in it is never run: nothing here reads one. */
export type Pdf = {
  pageCount: number
  /** Draws a page as wide as its box and says what it says, for who cannot see it. */
  draw: (page: number, canvas: HTMLCanvasElement, widthPx: number) => Promise<string>
  close: () => void
}

/** Why a document cannot be shown here. `unreachable`: the server does not give it. */
export type PdfProblem = 'locked' | 'damaged' | 'unreachable'

const problems: Record<string, PdfProblem> = { PasswordException: 'locked', InvalidPDFException: 'damaged' }

/** Opens a document that is here, or by its address: then what is looked at is fetched, and little more. */
export async function openPdf(source: Blob | string): Promise<Pdf | PdfProblem> {
  const isHere = typeof source !== 'string'
  const loading = getDocument({
    ...(isHere
      ? { data: new Uint8Array(await source.arrayBuffer()) }
      : { url: source, disableAutoFetch: true, disableStream: true }),
    verbosity: 0,
    enableXfa: false,
    useWorkerFetch: false,
    BinaryDataFactory: OwnDecoders,
  })
  const pdf = await loading.promise.catch((error: unknown): PdfProblem => {
    const known = error instanceof Error ? problems[error.name] : undefined
    return known ?? (isHere ? 'damaged' : 'unreachable')
  })
  if (typeof pdf === 'string') return pdf
  return {
    pageCount: pdf.numPages,
    draw: async (number, canvas, widthPx) => {
      const page = await pdf.getPage(number)
      const natural = page.getViewport({ scale: 1 })
      const sharp = (widthPx * devicePixelRatio) / natural.width
      const scale = Math.min(sharp, Math.sqrt(mostPixels / (natural.width * natural.height)))
      const viewport = page.getViewport({ scale })
      canvas.width = Math.floor(viewport.width)
      canvas.height = Math.floor(viewport.height)
      await page.render({ canvas, viewport }).promise
      const { items } = await page.getTextContent()
      page.cleanup()
      return items.map((item) => ('str' in item ? item.str : '')).join(' ')
    },
    close: () => void loading.destroy(),
  }
}
