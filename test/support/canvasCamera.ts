import type { BrowserContext, Page } from 'playwright-core'
import { encode } from 'uqr'

/** Side of the picture, pixels; a code fills most of it. */
const side = 640
/** Far longer than any code takes: what is on top of the list by then says what went wrong. */
const scannedWithinMs = 60_000

declare global {
  interface Window {
    /** The camera's picture: a row of letters per row of modules, `1` for dark. */
    holdUp: (rows: string[]) => void
  }
}

/** Takes the place of the camera: what is held up before it is drawn on a canvas. */
function becomeCamera(pixels: number): void {
  const canvas = document.createElement('canvas')
  canvas.width = canvas.height = pixels
  const context = canvas.getContext('2d')
  window.holdUp = (rows) => {
    if (!context) return
    const module = Math.floor((pixels * 0.8) / Math.max(1, rows.length))
    const margin = Math.floor((pixels - module * rows.length) / 2)
    context.fillStyle = '#fff'
    context.fillRect(0, 0, pixels, pixels)
    context.fillStyle = '#000'
    rows.forEach((row, y) => {
      for (let x = 0; x < row.length; x++)
        if (row[x] === '1') context.fillRect(margin + x * module, margin + y * module, module, module)
    })
  }
  navigator.mediaDevices.getUserMedia = async () => {
    const stream = canvas.captureStream()
    window.holdUp([])
    return stream
  }
}

/** A camera for every page of a context, faster than a video file: each code is held up when the one before is done. */
export async function addCanvasCamera(context: BrowserContext): Promise<void> {
  await context.addInitScript(becomeCamera, side)
}

export const toRows = (text: string): string[] =>
  encode(text, { ecc: 'M', border: 0 }).data.map((row) => row.map((isDark) => (isDark ? '1' : '0')).join(''))

/** Holds a code up until the scanner's list says `title` on top; resolves with how long that took, ms. */
export function scanCode(page: Page, text: string, title: string): Promise<number> {
  return page.evaluate(
    ({ rows, wanted, withinMs }) =>
      new Promise<number>((resolve, reject) => {
        const start = performance.now()
        const top = () => document.querySelector('.scanned-title')?.textContent
        const late = setTimeout(() => reject(new Error(`the scanner says ${top()}, not ${wanted}`)), withinMs)
        const look = () => {
          if (top() !== wanted) return
          clearTimeout(late)
          watching.disconnect()
          resolve(performance.now() - start)
        }
        const watching = new MutationObserver(look)
        watching.observe(document.body, { subtree: true, childList: true, characterData: true })
        window.holdUp(rows)
      }),
    { rows: toRows(text), wanted: title, withinMs: scannedWithinMs },
  )
}
