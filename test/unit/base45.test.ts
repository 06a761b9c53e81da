import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { fromBase45, toBase45 } from '../../src/core/base45.ts'
import { utf8 } from '../../src/core/bytes.ts'

describe('base45', () => {
  test.each([
    ['AB', 'BB8'],
    ['Hello!!', '%69 VD92EX0'],
    ['base-45', 'UJCLQE7W581'],
    ['ietf!', 'QED8WEX0'],
    ['', ''],
  ])('writes %j as RFC 9285 does', (text, encoded) => {
    expect(toBase45(utf8(text))).toBe(encoded)
    expect(fromBase45(encoded)).toEqual(utf8(text))
  })

  test('brings back any bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 64 }), (bytes) => {
        expect(fromBase45(toBase45(bytes))).toEqual(bytes)
      }),
    )
  })

  test.each(['A', ':::', '::', 'GGX', 'bb8', 'BB8A', 'ÄB8'])('refuses %j', (text) => {
    expect(fromBase45(text)).toBeUndefined()
  })

  test('reads any text without throwing, and only what it would write itself', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 24 }), (text) => {
        const bytes = fromBase45(text)
        if (bytes) expect(toBase45(bytes)).toBe(text)
      }),
    )
  })
})
