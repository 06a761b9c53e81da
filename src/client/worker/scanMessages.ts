/** To the scanner's worker: a picture as RGBA bytes, and where the decoder lies on our own origin. */
export type ScanRequest = {
  job: number
  decoderUrl: string
  pixels: ArrayBuffer
  width: number
  height: number
  thorough: boolean
}

/** From it: the texts that were read, or that the decoder does not work. */
export type ScanAnswer = { job: number; texts: string[] } | { job: number; failed: string }
