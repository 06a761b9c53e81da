import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader'
import type { ScanAnswer, ScanRequest } from './scanMessages.ts'

declare const self: DedicatedWorkerGlobalScope

/** People hold up one code; a sheet of badges shows several, and the wall's is behind them. */
const mostCodes = 4

let isPrepared = false

/** Without this the decoder would be fetched from a CDN (platform.md 2.2). It is compiled with the first picture. */
function prepare(decoderUrl: string): void {
  if (!isPrepared) prepareZXingModule({ overrides: { locateFile: () => decoderUrl } })
  isPrepared = true
}

async function read({ decoderUrl, pixels, width, height, thorough }: ScanRequest): Promise<string[]> {
  prepare(decoderUrl)
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
