import type { ScanEngine } from './engine.ts'

/** Twelve pictures a second are enough for codes that change eight times, and leave a phone cool. */
const frameMs = 80
/** What a picture is scaled down to: a code of version 20 still has four pixels for each of its modules. */
const mostPixels = 720
/** Every so many pictures one is looked at thoroughly. */
const thoroughEvery = 5
/** In a row, after which the engine is taken for broken. */
const mostFailures = 3

const photoPixels = 2000

function createPainter() {
  const canvas = document.createElement('canvas')
  const context = canvas.getContext('2d', { willReadFrequently: true })
  /** `undefined`: there is nothing to see yet. */
  return (source: CanvasImageSource, from: DOMRect, size: { width: number; height: number }): ImageData | undefined => {
    if (!context || from.width < 1 || from.height < 1) return undefined
    canvas.width = Math.max(1, Math.round(size.width))
    canvas.height = Math.max(1, Math.round(size.height))
    context.drawImage(source, from.x, from.y, from.width, from.height, 0, 0, canvas.width, canvas.height)
    return context.getImageData(0, 0, canvas.width, canvas.height)
  }
}

/** The square in the middle of the picture, which is what the screen shows. */
function middleOf({ videoWidth, videoHeight }: HTMLVideoElement): DOMRect {
  const side = Math.min(videoWidth, videoHeight)
  return new DOMRect((videoWidth - side) / 2, (videoHeight - side) / 2, side, side)
}

/**
 * Reads picture after picture of a video, each when the one before is done, and tells of every one, also of those
 * without a code. `onBroken` is called once, when the engine fails again and again; nothing is read after that.
 */
export function readFrames(parts: {
  video: HTMLVideoElement
  engine: ScanEngine
  onTexts: (texts: string[], now: number) => void
  onBroken: () => void
}): { stop: () => void } {
  const { video, engine, onTexts, onBroken } = parts
  const paint = createPainter()
  let timer: ReturnType<typeof setTimeout> | undefined
  let isStopped = false
  let count = 0
  let failures = 0

  async function readOne(): Promise<void> {
    const startedAt = performance.now()
    const middle = middleOf(video)
    const side = Math.min(middle.width, mostPixels)
    const picture = video.readyState >= 2 ? paint(video, middle, { width: side, height: side }) : undefined
    if (picture) {
      try {
        const texts = await engine.read(picture, ++count % thoroughEvery === 0)
        failures = 0
        if (!isStopped) onTexts(texts, performance.now())
      } catch {
        failures += 1
      }
    }
    if (isStopped) return
    if (failures >= mostFailures) onBroken()
    else timer = setTimeout(readOne, Math.max(0, frameMs - (performance.now() - startedAt)))
  }

  void readOne()
  return {
    stop: () => {
      isStopped = true
      clearTimeout(timer)
    },
  }
}

/** The codes on a photo; `undefined` when the file is no picture. Rejects when the engine does not work. */
export async function readPhoto(file: Blob, engine: ScanEngine): Promise<string[] | undefined> {
  const image = await createImageBitmap(file).catch(() => undefined)
  if (!image) return undefined
  const scale = Math.min(1, photoPixels / Math.max(image.width, image.height))
  const size = { width: image.width * scale, height: image.height * scale }
  const picture = createPainter()(image, new DOMRect(0, 0, image.width, image.height), size)
  image.close()
  return picture ? engine.read(picture, true) : []
}
