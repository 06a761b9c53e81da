import { afterEach, describe, expect, it, vi } from 'vitest'
import { scalePhoto } from '../../src/client/device/photo.ts'
import { concatBytes, utf8 } from '../../src/core/bytes.ts'

/** A picture that is red on its left and blue on its right, as a browser writes it. */
async function drawn(width: number, height: number, type: string): Promise<Blob> {
  const canvas = new OffscreenCanvas(width, height)
  const context = canvas.getContext('2d')
  if (!context) throw new Error('no canvas')
  context.fillStyle = '#f00'
  context.fillRect(0, 0, width / 2, height)
  context.fillStyle = '#00f'
  context.fillRect(width / 2, 0, width / 2, height)
  return canvas.convertToBlob({ type })
}

const u16 = (...values: number[]) => new Uint8Array(values.flatMap((value) => [value >> 8, value & 255]))
const u32 = (...values: number[]) => u16(...values.flatMap((value) => [value >>> 16, value & 65_535]))

/**
 * What a phone's camera puts into a JPEG (Exif 2.3, big-endian TIFF): turned by 90° to the right, and
 * taken at 6° 12' 0" South.
 */
function exif(): Uint8Array {
  const ifd0 = [u16(2), u16(0x0112, 3), u32(1), u16(6, 0), u16(0x8825, 4), u32(1, 38), u32(0)]
  const gps = [u16(2), u16(0x0001, 2), u32(2), utf8('S\0\0\0'), u16(0x0002, 5), u32(3, 68), u32(0)]
  const latitude = u32(6, 1, 12, 1, 0, 1)
  const tiff = concatBytes(utf8('MM'), u16(42), u32(8), ...ifd0, ...gps, latitude)
  const segment = concatBytes(utf8('Exif\0\0'), tiff)
  return concatBytes(new Uint8Array([0xff, 0xe1]), u16(segment.length + 2), segment)
}

async function bytesOf(blob: Blob): Promise<Uint8Array> {
  return new Uint8Array(await blob.arrayBuffer())
}

async function photo(width: number, height: number): Promise<File> {
  const plain = await bytesOf(await drawn(width, height, 'image/jpeg'))
  const parts = [plain.subarray(0, 2), exif(), plain.subarray(2)].map((part) => new Uint8Array(part))
  return new File(parts, 'IMG_20261123_6.2S.jpeg', { type: 'image/jpeg' })
}

const latin = (bytes: Uint8Array) => Array.from(bytes, (byte) => String.fromCharCode(byte)).join('')

/** The colour of a point, as the letter of its strongest part. */
async function colourAt(file: Blob, x: number, y: number): Promise<string> {
  const picture = await createImageBitmap(file, { imageOrientation: 'none' })
  const context = new OffscreenCanvas(picture.width, picture.height).getContext('2d')
  context?.drawImage(picture, 0, 0)
  const [red = 0, , blue = 0] = context?.getImageData(x, y, 1, 1).data ?? []
  return red > blue ? 'red' : 'blue'
}

/** Before Chrome 112, Firefox 111 and Safari 17 no picture could be asked for by the name of its turn. */
function likeOlderBrowsers(): void {
  const { createImageBitmap: make } = globalThis
  vi.stubGlobal('createImageBitmap', (source: Blob, options?: ImageBitmapOptions) =>
    options?.imageOrientation === 'from-image'
      ? Promise.reject(new TypeError('from-image is not a valid enum value'))
      : make(source, options),
  )
}

afterEach(() => {
  vi.unstubAllGlobals()
})

describe('a photo', () => {
  it('is scaled in older browsers, too', async () => {
    likeOlderBrowsers()
    expect((await scalePhoto(await photo(300, 200))).name).toBe('IMG_20261123_6.2S.jpg')
  })

  it('is scaled to 1,600 px, turned as it was held, and says nothing of where it was taken', async () => {
    const taken = await photo(3000, 2000)
    expect(latin(await bytesOf(taken))).toContain('Exif')
    const scaled = await scalePhoto(taken)
    const picture = await createImageBitmap(scaled, { imageOrientation: 'none' })
    expect([picture.width, picture.height]).toEqual([1067, 1600])
    expect([await colourAt(scaled, 500, 100), await colourAt(scaled, 500, 1500)]).toEqual(['red', 'blue'])
    expect(latin(await bytesOf(scaled))).not.toMatch(/Exif|MM\0\*/)
    expect([scaled.type, scaled.name]).toEqual(['image/jpeg', 'IMG_20261123_6.2S.jpg'])
  })

  it('that is small already loses its place all the same', async () => {
    const scaled = await scalePhoto(await photo(300, 200))
    const picture = await createImageBitmap(scaled)
    expect([picture.width, picture.height]).toEqual([200, 300])
    expect(latin(await bytesOf(scaled))).not.toContain('Exif')
  })

  it('loses it also where its name says nothing, or that it is something else', async () => {
    for (const type of ['', 'application/pdf']) {
      const scaled = await scalePhoto(new File([await photo(300, 200)], 'IMG', { type }))
      expect([scaled.type, latin(await bytesOf(scaled)).includes('Exif')]).toEqual(['image/jpeg', false])
    }
  })

  it('that is a PNG stays one; what is no photo is left alone', async () => {
    const png = new File([await drawn(2000, 100, 'image/png')], 'a.png', { type: 'image/png' })
    const scaled = await scalePhoto(png)
    expect([scaled.type, (await createImageBitmap(scaled)).width]).toEqual(['image/png', 1600])
    const pdf = new File(['%PDF-1.7'], 'a.pdf', { type: 'application/pdf' })
    expect(await scalePhoto(pdf)).toBe(pdf)
  })

  it('that the browser cannot read is not passed on with what it may hold', async () => {
    const broken = new File(['\xff\xd8\xff no more'], 'a.jpg', { type: 'image/jpeg' })
    await expect(scalePhoto(broken)).rejects.toThrow()
  })
})
