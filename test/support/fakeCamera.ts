import { closeSync, openSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { encode } from 'uqr'
import { temporaryFolder } from './server.ts'

const [width, height] = [640, 480]

/** One picture of a video: the code in the middle, or nothing but grey. Luminance first, then no colour. */
function drawFrame(text: string | undefined): Buffer {
  const frame = Buffer.alloc((width * height * 3) / 2, 128)
  if (text === undefined) return frame
  frame.fill(235, 0, width * height)
  const { data, size } = encode(text, { ecc: 'M', border: 0 })
  const pixels = Math.floor((height * 0.8) / size)
  const [left, top] = [Math.floor((width - size * pixels) / 2), Math.floor((height - size * pixels) / 2)]
  data.forEach((row, y) => {
    row.forEach((isDark, x) => {
      if (!isDark) return
      for (let line = 0; line < pixels; line++) {
        const at = (top + y * pixels + line) * width + left + x * pixels
        frame.fill(16, at, at + pixels)
      }
    })
  })
  return frame
}

export type Shot = {
  /** Of the code that is held up; without one the view is empty. */
  text?: string
  seconds: number
}

/** A video (YUV4MPEG2) that Chromium plays over and over in place of its camera, as a file. */
export function writeVideo(shots: Shot[], framesPerSecond = 10): string {
  const path = join(temporaryFolder(), 'camera.y4m')
  const file = openSync(path, 'w')
  writeSync(file, `YUV4MPEG2 W${width} H${height} F${framesPerSecond}:1 Ip A1:1 C420jpeg\n`)
  for (const { text, seconds } of shots) {
    const frame = drawFrame(text)
    for (let count = 0; count < seconds * framesPerSecond; count++) {
      writeSync(file, 'FRAME\n')
      writeSync(file, frame)
    }
  }
  closeSync(file)
  return path
}
