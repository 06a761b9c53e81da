import { encode } from 'uqr'
import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader'
import decoderUrl from 'zxing-wasm/reader/zxing_reader.wasm?url'
import { createZxingEngine } from '../../../src/client/device/scanner/zxing.ts'

const side = 720
/** As long as a pass is: 180 bytes in base45. */
const text = `HP1:${'6BFOXN*TS0BI$ZD.P9UOL97O4-2H '.repeat(9)}`

/** What the camera sees: a code a little askew, on paper that is not white; or the paper alone. */
function photograph(shows: 'code' | 'nothing'): ImageData {
  const { data, size } = encode(text, { ecc: 'M', border: 4 })
  const canvas = new OffscreenCanvas(side, side)
  const context = canvas.getContext('2d')
  if (!context) throw new Error('no canvas')
  context.fillStyle = '#ddd'
  context.fillRect(0, 0, side, side)
  context.translate(side / 2, side / 2)
  context.rotate(0.1)
  context.scale(8, 8)
  context.translate(-size / 2, -size / 2)
  context.fillStyle = '#333'
  data.forEach((row, y) => {
    row.forEach((isDark, x) => {
      if (isDark && shows === 'code') context.fillRect(x, y, 1.02, 1.02)
    })
  })
  return context.getImageData(0, 0, side, side)
}

/** Both read the same picture, one after the other: the scanner through its worker, and its decoder called directly. */
export async function decode(shows: 'code' | 'nothing', count: number): Promise<{ ours: number[]; bare: number[] }> {
  prepareZXingModule({ overrides: { locateFile: () => decoderUrl } })
  const engine = createZxingEngine()
  const picture = photograph(shows)
  const expected = shows === 'code' ? text : undefined
  const readBare = async () => {
    const options = { tryHarder: false, tryRotate: false, tryInvert: false, tryDownscale: false }
    const found = await readBarcodes(picture, { formats: ['QRCode'], maxNumberOfSymbols: 4, ...options })
    return found.map((code) => code.text)
  }
  const samples: { ours: number[]; bare: number[] } = { ours: [], bare: [] }
  for (let i = 0; i <= count; i++) {
    /** The scanner's worker keeps what it is given, as it keeps each frame of the camera. */
    const frame = new ImageData(new Uint8ClampedArray(picture.data), side)
    const began = performance.now()
    const [read] = await engine.read(frame, false)
    const between = performance.now()
    const [readBarely] = await readBare()
    const ended = performance.now()
    if (read !== expected || readBarely !== expected) throw new Error('the picture was misread')
    if (i === 0) continue
    samples.ours.push(between - began)
    samples.bare.push(ended - between)
  }
  engine.close()
  return samples
}
