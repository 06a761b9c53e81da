import { createECDH } from 'node:crypto'
import fc from 'fast-check'
import { deflateSync, inflateSync } from 'fflate'
import { describe, expect, test } from 'vitest'
import { toBase64Url } from '../../src/core/bytes.ts'
import { createCollector, splitFrames } from '../../src/core/frames.ts'
import { compressPoint, decompressPoint } from '../../src/core/p256.ts'
import {
  decodeReceipt,
  encodeReceipt,
  type Inflate,
  type Receipt,
  readReceiptCode,
  receiptCodes,
  type SealedOp,
} from '../../src/core/receipt.ts'

const inflate: Inflate = (bytes, maxBytes) => {
  try {
    const inflated = inflateSync(bytes, { out: new Uint8Array(maxBytes) })
    return inflated.length < maxBytes ? inflated.slice() : undefined
  } catch {
    return undefined
  }
}

function newPoint(): Uint8Array {
  return new Uint8Array(createECDH('prime256v1').generateKeys())
}

const filled = (length: number, byte: number) => toBase64Url(new Uint8Array(length).fill(byte))
const point = newPoint()

function receiptOf(ops: SealedOp[]): Receipt {
  const certificate = {
    space: filled(16, 1),
    publicKey: toBase64Url(point),
    owner: filled(8, 2),
    signature: filled(64, 3),
  }
  return { certificate, v: 1, previous: filled(32, 4), signature: filled(64, 5), ops }
}

const oneOp: SealedOp = [
  1,
  1_700_000_000_123,
  1_700_000_000_456,
  '["saltsaltsal",["s","person","x",{"name":"Émile 👍"}]]',
]
const encoded = encodeReceipt(receiptOf([oneOp]), deflateSync)

const opsArbitrary = fc
  .array(fc.tuple(fc.nat({ max: 2 ** 31 }), fc.maxSafeInteger(), fc.integer(), fc.string({ unit: 'binary' })), {
    minLength: 1,
    maxLength: 4,
  })
  .map((rows) => {
    let n = 0
    return rows.map(([step, wall, ahead, body]): SealedOp => {
      n += 1 + (step % 1000)
      const half = Math.trunc(wall / 4) + 0
      return [n, half, half + ahead, body]
    })
  })

describe('a public key', () => {
  test('is the same again after it was compressed', () => {
    for (let i = 0; i < 20; i++) {
      const key = newPoint()
      expect(decompressPoint(compressPoint(key))).toEqual(key)
    }
  })

  test('that is no point of the curve is refused', () => {
    const outside = compressPoint(point)
    let refused = 0
    for (let byte = 0; byte < 40; byte++) {
      outside[32] = byte
      if (!decompressPoint(outside)) refused++
    }
    expect(refused).toBeGreaterThan(5)
    expect(decompressPoint(new Uint8Array(33).fill(255))).toBeUndefined()
    expect(decompressPoint(new Uint8Array(32))).toBeUndefined()
  })
})

describe('a receipt', () => {
  test('brings back every op as it was sealed', () => {
    fc.assert(
      fc.property(opsArbitrary, (ops) => {
        expect(decodeReceipt(encodeReceipt(receiptOf(ops), deflateSync), inflate)).toEqual(receiptOf(ops))
      }),
    )
  })

  test('that is cut off or of a newer version is none', () => {
    for (let length = 0; length < encoded.length; length++)
      expect(decodeReceipt(encoded.subarray(0, length), inflate)).toBeUndefined()
    expect(decodeReceipt(Uint8Array.of(2, ...encoded.subarray(1)), inflate)).toBeUndefined()
  })

  test('is read from any bytes without throwing', () => {
    const mutated = fc.tuple(fc.nat({ max: encoded.length - 1 }), fc.nat({ max: 255 })).map(([at, byte]) => {
      const bytes = encoded.slice()
      bytes[at] = byte
      return bytes
    })
    fc.assert(
      fc.property(fc.oneof(fc.uint8Array({ maxLength: 400 }), mutated), (bytes) => {
        decodeReceipt(bytes, inflate)
      }),
      { numRuns: 300 },
    )
  })

  test('that would inflate without end is refused', () => {
    const bomb = encodeReceipt(receiptOf([[1, 1, 1, 'x'.repeat(10_000_000)]]), deflateSync)
    expect(bomb.length).toBeLessThan(12_000)
    expect(decodeReceipt(bomb, inflate)).toBeUndefined()
  })

  test('with an ordinary signature is one code of the alphanumeric mode', () => {
    const codes = receiptCodes(encoded)
    expect(codes?.count).toBe(1)
    expect(codes?.code(0)).toMatch(/^HR1:[0-9A-Z $%*+./:-]+\.$/)
    expect(codes?.code(0).length).toBeLessThan(1249)
    expect(readReceiptCode(codes?.code(0) ?? '')).toBeDefined()
    expect(readReceiptCode('HR1:BB8')).toBeUndefined()
    expect(readReceiptCode('HP1:BB8.')).toBeUndefined()
  })
})

const long = Uint8Array.from({ length: 5000 }, (_, i) => (i * 7919) >> 3)

describe('a sequence of frames', () => {
  test('of any length is put together from its first round', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 1, maxLength: 4000 }), (message) => {
        const frames = splitFrames(message)
        const collect = createCollector()
        let last: ReturnType<typeof collect>
        for (let i = 0; frames && i < frames.count; i++) last = collect(frames.frame(i))
        expect(last).toEqual({ state: 'whole', message })
      }),
    )
  })

  test('needs few more frames than blocks, whichever were missed and in whatever order', () => {
    const frames = splitFrames(long)
    if (!frames) throw new Error('too long')
    fc.assert(
      fc.property(fc.shuffledSubarray([...Array(400).keys()], { minLength: 40, maxLength: 60 }), (seen) => {
        const collect = createCollector()
        let taken = 0
        for (const index of seen) {
          taken++
          const found = collect(frames.frame(index))
          if (found?.state !== 'whole') continue
          expect(found.message).toEqual(long)
          expect(taken).toBeLessThanOrEqual(frames.count + 16)
          return
        }
        throw new Error(`not whole after ${taken} of ${frames.count}`)
      }),
      { seed: 45, numRuns: 100 },
    )
  })

  test('of another message begins anew, and what is no frame is passed over', () => {
    const [one, other] = [splitFrames(long), splitFrames(long.map((byte) => byte ^ 1))]
    const collect = createCollector()
    expect(collect(one?.frame(0) ?? long)).toEqual({ state: 'more', held: 1, count: 17 })
    expect(collect(one?.frame(0) ?? long)).toEqual({ state: 'more', held: 1, count: 17 })
    expect(collect(other?.frame(1) ?? long)).toEqual({ state: 'more', held: 1, count: 17 })
    expect(collect(Uint8Array.of(1, 2, 3))).toBeUndefined()
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 60 }), (bytes) => {
        expect(createCollector()(bytes)?.state).not.toBe('whole')
      }),
    )
  })

  test('with a frame that was altered never gives another message', () => {
    const frames = splitFrames(long)
    const collect = createCollector()
    const states = Array.from({ length: 17 }, (_, i) => {
      const frame = frames?.frame(i) ?? long
      if (i === 3) frame[20] = (frame[20] ?? 0) ^ 1
      return collect(frame)?.state
    })
    expect(new Set(states)).toEqual(new Set(['more']))
  })

  test('has an end: what is longer is refused', () => {
    expect(splitFrames(new Uint8Array(9_000))?.count).toBe(30)
    expect(splitFrames(new Uint8Array(9_001))).toBeUndefined()
  })
})
