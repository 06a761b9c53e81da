import { createHash, createHmac, pbkdf2Sync } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { concatBytes, fromBase64Url, toBase64Url, utf8 } from '../../src/core/bytes.ts'
import { pbkdf2 } from '../../src/core/pbkdf2.ts'
import { createSha256, hmacSha256, sha256 } from '../../src/core/sha256.ts'

const bytes = fc.uint8Array({ maxLength: 300 })
const anyText = fc.string({ unit: 'binary', maxLength: 80 })

describe('bytes', () => {
  test('base64url is what Node writes, and reads back', () => {
    fc.assert(
      fc.property(bytes, (input) => {
        const text = toBase64Url(input)
        expect(text).toBe(Buffer.from(input).toString('base64url'))
        expect(fromBase64Url(text)).toEqual(input)
      }),
    )
  })

  test.each(['A', 'AAAAA', 'AA=', 'A A', 'AA+/', 'é'])('base64url refuses %j', (text) => {
    expect(fromBase64Url(text)).toBeUndefined()
  })

  test('UTF-8 is what TextEncoder writes, lone surrogates included', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        expect(utf8(text)).toEqual(new TextEncoder().encode(text))
      }),
    )
    for (const text of ['\ud800', 'a\udc00b', '\ud83d\ude00', '\ud800\ud800\udc00'])
      expect(utf8(text)).toEqual(new TextEncoder().encode(text))
  })

  test('parts are joined in their order', () => {
    fc.assert(
      fc.property(fc.array(bytes, { maxLength: 5 }), (parts) => {
        expect(concatBytes(...parts)).toEqual(new Uint8Array(Buffer.concat(parts)))
      }),
    )
  })
})

describe('hashes', () => {
  test('SHA-256 is what node:crypto gives, of bytes and of texts', () => {
    fc.assert(
      fc.property(bytes, anyText, (input, text) => {
        expect(sha256(input)).toEqual(new Uint8Array(createHash('sha256').update(input).digest()))
        expect(sha256(text)).toEqual(new Uint8Array(createHash('sha256').update(utf8(text)).digest()))
      }),
    )
  })

  test('SHA-256 of parts is that of all in one, long and short, bytes and texts', () => {
    const part = fc.oneof(bytes, anyText, fc.string({ minLength: 4_000, maxLength: 9_000 }))
    fc.assert(
      fc.property(fc.array(part, { maxLength: 4 }), (parts) => {
        const whole = createHash('sha256')
        for (const one of parts) whole.update(typeof one === 'string' ? utf8(one) : one)
        expect(sha256(...parts)).toEqual(new Uint8Array(whole.digest()))
      }),
    )
    for (const length of [8_191, 8_192, 8_193])
      expect(sha256('a', new Uint8Array(length - 1))).toEqual(
        sha256(concatBytes(utf8('a'), new Uint8Array(length - 1))),
      )
  })

  test('SHA-256 is right at every length around its blocks', () => {
    for (let length = 0; length <= 130; length++) {
      const input = new Uint8Array(length).fill(0xa5)
      expect(sha256(input)).toEqual(new Uint8Array(createHash('sha256').update(input).digest()))
    }
  })

  test('SHA-256 reads a view of a larger buffer from where it starts', () => {
    const whole = Uint8Array.from({ length: 200 }, (_, i) => i)
    expect(sha256(whole.subarray(13, 150))).toEqual(sha256(whole.slice(13, 150)))
  })

  test('is the same however a message comes in pieces', () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 200 })), (pieces) => {
        const inPieces = createSha256()
        for (const piece of pieces) {
          inPieces.add(piece)
          sha256('another message meanwhile')
        }
        expect(inPieces.digest()).toEqual(sha256(concatBytes(...pieces)))
      }),
    )
  })

  test('HMAC-SHA-256 is what node:crypto gives, with keys shorter and longer than a block', () => {
    fc.assert(
      fc.property(bytes, bytes, (key, message) => {
        expect(hmacSha256(key, message)).toEqual(new Uint8Array(createHmac('sha256', key).update(message).digest()))
      }),
    )
  })

  test('PBKDF2 is what node:crypto gives', () => {
    fc.assert(
      fc.property(bytes, bytes, fc.integer({ min: 1, max: 20 }), (password, salt, rounds) => {
        const theirs = pbkdf2Sync(password, salt, rounds, 32, 'sha256')
        expect(pbkdf2(password, salt, rounds)).toEqual(new Uint8Array(theirs))
      }),
    )
  })
})
