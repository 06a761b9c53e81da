import { encode } from 'uqr'

const modulePixels = 10
const captionHeight = 90

/** A QR code with a line below it, as a picture that can be sent on; black on white, with the border that cameras need. */
export function codePicture(text: string, caption: string): Promise<Blob | undefined> {
  const { data, size } = encode(text, { ecc: 'M', border: 4 })
  const canvas = document.createElement('canvas')
  canvas.width = size * modulePixels
  canvas.height = canvas.width + captionHeight
  const context = canvas.getContext('2d')
  if (!context) return Promise.resolve(undefined)
  context.fillStyle = '#fff'
  context.fillRect(0, 0, canvas.width, canvas.height)
  context.fillStyle = '#000'
  data.forEach((row, y) => {
    row.forEach((dark, x) => {
      if (dark) context.fillRect(x * modulePixels, y * modulePixels, modulePixels, modulePixels)
    })
  })
  context.font = '600 34px system-ui, sans-serif'
  context.textAlign = 'center'
  context.fillText(caption, canvas.width / 2, canvas.width + 24, canvas.width - 4 * modulePixels)
  return new Promise((resolve) => canvas.toBlob((blob) => resolve(blob ?? undefined), 'image/png'))
}
