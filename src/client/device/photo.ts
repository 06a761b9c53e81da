import { sniffTypes } from '../../core/sniff.ts'

/** Sharp enough to read a slide on, and some 400 kB instead of 5 MB. */
const longestSidePixels = 1_600
const quality = 0.85

/** What cameras and screenshots make; a GIF may move, and stays as it is. */
const photoTypes = /^image\/(?:jpeg|png|webp|heic|heif|avif)$/

/** Whether it is a photo by its name or by its own bytes, either of which may say something else. */
async function isPhoto(file: File): Promise<boolean> {
  const read = async (from: number, to: number) => new Uint8Array(await file.slice(from, to).arrayBuffer())
  return [file.type, ...(await sniffTypes(read, file.size))].some((type) => photoTypes.test(type))
}

async function toBlob(canvas: HTMLCanvasElement, type: string): Promise<Blob> {
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, type, quality))
  if (!blob) throw new Error('The picture could not be written')
  return blob
}

/**
 * A photo with its longer side at most 1,600 px, drawn anew: nothing of what the camera wrote beside the picture
 * (place, time, serial number) is left, and its turn is in the pixels. What is no photo comes back as it is; a picture
 * that the browser cannot read rejects.
 */
export async function scalePhoto(file: File): Promise<File> {
  if (!(await isPhoto(file))) return file
  /** Turned as it was held: browsers do so unless told otherwise, and older ones know no name for it. */
  const picture = await createImageBitmap(file)
  try {
    const scale = Math.min(1, longestSidePixels / Math.max(picture.width, picture.height))
    const canvas = document.createElement('canvas')
    canvas.width = Math.max(1, Math.round(picture.width * scale))
    canvas.height = Math.max(1, Math.round(picture.height * scale))
    const context = canvas.getContext('2d')
    if (!context) throw new Error('The picture could not be drawn')
    context.imageSmoothingQuality = 'high'
    context.drawImage(picture, 0, 0, canvas.width, canvas.height)
    const type = file.type === 'image/png' ? file.type : 'image/jpeg'
    const name = file.name.replace(/\.\w+$/, '') + (type === 'image/png' ? '.png' : '.jpg')
    return new File([await toBlob(canvas, type)], name, { type })
  } finally {
    picture.close()
  }
}
