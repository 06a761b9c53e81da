import { prepareZXingModule, readBarcodes, type ZXingReaderModule } from 'zxing-wasm/reader'
import type { ScanAnswer, ScanRequest } from './scanMessages.ts'

declare const self: DedicatedWorkerGlobalScope

/** People hold up one code; a sheet of badges shows several, and the wall's is behind them. */
const mostCodes = 4

let decoder: Promise<ZXingReaderModule> | undefined

/**
 * What the decoder has read lies in its own memory until it is deleted, which zxing-wasm 3.1.4 never does: 2.7 kB for
 * each picture with a code. So each list goes when the next is made.
 */
function freeResults(module: ZXingReaderModule): void {
  const look = module.readBarcodesFromPixmap
  let last: (ReturnType<typeof look> & { delete?: () => void }) | undefined
  module.readBarcodesFromPixmap = (...picture) => {
    last?.delete?.()
    last = undefined
    last = look(...picture)
    return last
  }
}

/** Without `locateFile` the decoder would be fetched from a CDN (platform.md 2.2). */
async function loadDecoder(decoderUrl: string): Promise<ZXingReaderModule> {
  const module = await prepareZXingModule({ overrides: { locateFile: () => decoderUrl }, fireImmediately: true })
  freeResults(module)
  return module
}

async function read({ decoderUrl, pixels, width, height, thorough }: ScanRequest): Promise<string[]> {
  decoder ??= loadDecoder(decoderUrl)
  await decoder
  const found = await readBarcodes(new ImageData(new Uint8ClampedArray(pixels), width, height), {
    formats: ['QRCode'],
    maxNumberOfSymbols: mostCodes,
    tryHarder: thorough,
    tryRotate: thorough,
    tryInvert: thorough,
    tryDownscale: thorough,
  })
  return found.flatMap(({ isValid, text }) => (isValid && text ? [text] : []))
}

self.addEventListener('message', async ({ data }: MessageEvent<ScanRequest>) => {
  const answer = (message: ScanAnswer) => self.postMessage(message)
  try {
    answer({ job: data.job, texts: await read(data) })
  } catch (error) {
    answer({ job: data.job, failed: error instanceof Error ? error.message : String(error) })
  }
})
