import { encode } from 'uqr'
import { afterAll, describe, expect, it } from 'vitest'
import { chooseEngine, provesItself, type Verdict } from '../../src/client/device/scanner/chooseEngine.ts'
import type { ScanEngine } from '../../src/client/device/scanner/engine.ts'
import { drawTestPicture, testText } from '../../src/client/device/scanner/testPicture.ts'
import { createZxingEngine } from '../../src/client/device/scanner/zxing.ts'

const pass = `HP1:${'6BFOXN*TS0BI$ZD.P9UOL97O4-2H '.repeat(5)}`
const size = 640

type Look = { text?: string; degrees?: number; dark?: string; light?: string; modulePixels?: number; damaged?: boolean }

/** A code as a camera may see it: turned, faded, inverted, small, or with a corner of its data torn off. */
function photograph({ text = pass, degrees = 0, dark = '#000', light = '#fff', modulePixels = 5, damaged }: Look) {
  const { data, size: modules } = encode(text, { ecc: 'M', border: 4 })
  const canvas = new OffscreenCanvas(size, size)
  const context = canvas.getContext('2d')
  if (!context) throw new Error('no canvas')
  context.fillStyle = light
  context.fillRect(0, 0, size, size)
  context.translate(size / 2, size / 2)
  context.rotate((degrees * Math.PI) / 180)
  context.scale(modulePixels, modulePixels)
  context.translate(-modules / 2, -modules / 2)
  context.fillStyle = dark
  data.forEach((row, y) => {
    row.forEach((isDark, x) => {
      if (isDark) context.fillRect(x, y, 1.02, 1.02)
    })
  })
  context.fillStyle = light
  if (damaged) context.fillRect(modules - 12, modules - 12, 7, 7)
  return context.getImageData(0, 0, size, size)
}

/** Grey specks without a code, the same on every run. */
function noise(): ImageData {
  const picture = new ImageData(size, size)
  let state = 1
  for (let at = 0; at < picture.data.length; at++) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    picture.data[at] = at % 4 === 3 ? 255 : state >>> 24
  }
  return picture
}

const engine = createZxingEngine()
afterAll(() => engine.close())

describe('the scanner’s decoder, in its worker', () => {
  it('reads the built-in picture', async () => {
    expect(await engine.read(drawTestPicture(), false)).toEqual([testText])
    expect(await provesItself(engine, 30_000)).toBe(true)
  })

  it.each<[string, Look]>([
    ['straight on', {}],
    ['upside down', { degrees: 180 }],
    ['turned by 30 degrees', { degrees: 30 }],
    ['faded', { dark: '#8a8a8a', light: '#b4b4b4' }],
    ['white on black', { dark: '#fff', light: '#000' }],
    ['small', { modulePixels: 2 }],
    ['damaged within what error correction bears', { damaged: true }],
    ['a link', { text: 'https://hadir.contoh.go.id/m/K7QF#2MXA' }],
  ])('reads a code that is %s', async (_, look) => {
    expect(await engine.read(photograph(look), true)).toEqual([look.text ?? pass])
  })

  it('reads what people hold up without a thorough look', async () => {
    for (const look of [{}, { degrees: 30 }, { degrees: 90 }, { damaged: true }, { dark: '#8a8a8a', light: '#b4b4b4' }])
      expect(await engine.read(photograph(look), false)).toEqual([pass])
  })

  it('finds nothing in noise, in plain paper and in a code whose half is covered', async () => {
    const covered = photograph({})
    covered.data.fill(255, 0, covered.data.length / 2)
    for (const picture of [noise(), new ImageData(size, size), covered])
      expect(await engine.read(picture, true)).toEqual([])
  })

  it('is handed the bytes of a picture, not a copy of them', async () => {
    const picture = drawTestPicture()
    expect(await engine.read(picture, false)).toEqual([testText])
    expect(picture.data.length).toBe(0)
  })

  it('reads on after a picture that broke it', async () => {
    const broken = new ImageData(1, 1)
    Object.defineProperty(broken, 'width', { value: 60_000 })
    Object.defineProperty(broken, 'height', { value: 60_000 })
    await expect(engine.read(broken, false)).rejects.toThrow()
    expect(await engine.read(drawTestPicture(), false)).toEqual([testText])
  })
})

describe('the browser’s own reader', () => {
  /** An engine that a phone may bring, and what was asked of it. */
  const engineThat = (read: ScanEngine['read']): ScanEngine => ({ read, close: () => undefined })
  const working = engineThat(async () => [testText])
  const fallback = engineThat(async () => ['read by zxing'])
  const noVerdict = (known?: boolean): Verdict & { known: () => boolean | undefined } => {
    let verdict = known
    return {
      read: () => verdict,
      write: (isGood) => {
        verdict = isGood
      },
      known: () => verdict,
    }
  }
  const readWith = async (native: ScanEngine | undefined, verdict = noVerdict(), thorough = false) => {
    const chosen = await chooseEngine({ native, createFallback: () => fallback, verdict })
    return chosen.read(drawTestPicture(), thorough)
  }

  it('is used once it has read the built-in picture', async () => {
    const verdict = noVerdict()
    expect(await readWith(working, verdict)).toEqual([testText])
    expect(verdict.known()).toBe(true)
  })

  it.each<[string, ScanEngine | undefined]>([
    ['missing', undefined],
    ['failing', engineThat(() => Promise.reject(new Error('service unavailable')))],
    ['blind', engineThat(async () => [])],
    ['wrong', engineThat(async () => ['HADIR 1'])],
  ])('is not used when it is %s', async (_, native) => {
    expect(await readWith(native)).toEqual(['read by zxing'])
  })

  it('is not waited for when it hangs', async () => {
    expect(
      await provesItself(
        engineThat(() => new Promise(() => undefined)),
        1,
      ),
    ).toBe(false)
  })

  it('is not tried again where it failed before', async () => {
    expect(await readWith(working, noVerdict(false))).toEqual(['read by zxing'])
  })

  it('gives way for good when it breaks later', async () => {
    const verdict = noVerdict(true)
    expect(
      await readWith(
        engineThat(() => Promise.reject(new Error('gone'))),
        verdict,
      ),
    ).toEqual(['read by zxing'])
    expect(verdict.known()).toBe(false)
  })

  it('is helped out with a photo in which it sees nothing', async () => {
    const blind = engineThat(async () => [])
    expect(await readWith(blind, noVerdict(true))).toEqual([])
    expect(await readWith(blind, noVerdict(true), true)).toEqual(['read by zxing'])
  })
})
