import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { fromBase64Url, toBase64Url } from '../../src/core/bytes.ts'
import { type Ink, isSigned, type Point, packInk, unpackInk } from '../../src/core/ink.ts'
import { drawSignature } from '../support/signature.ts'

const point = fc.record({
  x: fc.double({ min: 0, max: 700, noNaN: true }),
  y: fc.double({ min: 0, max: 350, noNaN: true }),
})
const inks: fc.Arbitrary<Ink> = fc.record({
  width: fc.constant(700),
  height: fc.constant(350),
  strokes: fc.array(fc.array(point, { minLength: 1, maxLength: 40 }), { maxLength: 4 }),
})

function distance(from: Point, line: Point[]): number {
  const distances = line.slice(1).map((b, i) => {
    const a = line[i] as Point
    const length = (b.x - a.x) ** 2 + (b.y - a.y) ** 2
    const t =
      length === 0
        ? 0
        : Math.max(0, Math.min(1, ((from.x - a.x) * (b.x - a.x) + (from.y - a.y) * (b.y - a.y)) / length))
    return Math.hypot(from.x - a.x - t * (b.x - a.x), from.y - a.y - t * (b.y - a.y))
  })
  const [first = { x: 0, y: 0 }] = line
  return Math.min(Math.hypot(from.x - first.x, from.y - first.y), ...distances)
}

const signature = drawSignature()

describe('packed ink', () => {
  test('keeps every drawn point within a pen`s width of the line that is left', () => {
    fc.assert(
      fc.property(inks, (ink) => {
        const read = unpackInk(packInk(ink))
        expect(read).toMatchObject({ width: 512, height: 256 })
        expect(read?.strokes).toHaveLength(ink.strokes.length)
        for (const [i, stroke] of ink.strokes.entries())
          for (const { x, y } of stroke) {
            const onGrid = { x: (x * 512) / 700, y: (y * 512) / 700 }
            expect(distance(onGrid, read?.strokes[i] ?? [])).toBeLessThan(2.3)
          }
      }),
    )
  })

  test('keeps the far end of a stroke that comes back on itself', () => {
    const back = { width: 512, height: 256, strokes: [[10, 400, 200].map((x) => ({ x, y: 50 }))] }
    expect(unpackInk(packInk(back))?.strokes[0]?.map(({ x }) => x)).toEqual([10, 400, 200])
  })

  test('can be packed again without losing a stroke', () => {
    fc.assert(
      fc.property(inks, (ink) => {
        const read = unpackInk(packInk(ink))
        expect(read && unpackInk(packInk(read))?.strokes.length).toBe(ink.strokes.length)
      }),
    )
  })

  test('of a signature takes at most 400 bytes', () => {
    for (let hand = 0; hand < 7; hand++) expect(packInk(drawSignature(hand)).length).toBeLessThanOrEqual(400)
    expect(packInk(signature).length).toBeGreaterThan(100)
  })

  test('that was cut off or continued is refused', () => {
    const packed = packInk(signature)
    for (let length = 0; length < packed.length; length++) expect(unpackInk(packed.slice(0, length))).toBeUndefined()
    const longer = toBase64Url(Uint8Array.from([...(fromBase64Url(packed) ?? []), 0]))
    expect(unpackInk(longer)).toBeUndefined()
  })

  test('of any damaged text is refused or is ink with real points, and promises no more strokes than it holds', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 60 }), (bytes) => {
        const read = unpackInk(toBase64Url(bytes))
        for (const { x, y } of read?.strokes.flat() ?? []) expect(Number.isFinite(x) && Number.isFinite(y)).toBe(true)
        expect(read?.strokes.length ?? 0).toBeLessThanOrEqual(bytes.length)
      }),
      { numRuns: 2000 },
    )
    expect(unpackInk(toBase64Url(Uint8Array.of(1, 255, 255, 255, 255, 7)))).toBeUndefined()
    expect(unpackInk('not ink!')).toBeUndefined()
  })
})

describe('a signature', () => {
  test.each([
    ['nothing', []],
    ['a dot', [[{ x: 10, y: 10 }]]],
    [
      'a tick by accident',
      [
        [
          { x: 10, y: 10 },
          { x: 30, y: 20 },
        ],
      ],
    ],
  ])('%s is none', (_, strokes) => {
    expect(isSigned({ width: 350, height: 175, strokes })).toBe(false)
  })

  test('a hand`s is one', () => {
    expect(isSigned(signature)).toBe(true)
  })
})
