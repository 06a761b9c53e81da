import fc from 'fast-check'
import { expect, test } from 'vitest'
import { fromBase64Url } from '../../src/core/bytes.ts'
import { derivedId, isId, uuidv7 } from '../../src/core/ids.ts'

const random = fc.uint8Array({ minLength: 10, maxLength: 10 })

test('an id is a UUIDv7: its time in 48 bits, version 7, variant 2', () => {
  fc.assert(
    fc.property(fc.nat({ max: 2 ** 48 - 1 }), random, (now, chance) => {
      const id = uuidv7(now, chance)
      const hex = Buffer.from(id, 'base64url').toString('hex')
      expect(isId(id)).toBe(true)
      expect(Number.parseInt(hex.slice(0, 12), 16)).toBe(now)
      expect(hex[12]).toBe('7')
      expect('89ab').toContain(hex[16])
    }),
  )
})

test('ids of the same millisecond differ by their random bits', () => {
  const ids = [0, 1, 255].map((value) => uuidv7(1_700_000_000_000, new Uint8Array(10).fill(value)))
  expect(new Set(ids).size).toBe(3)
})

test('two devices derive the same id from the same NIP, and another one in another event', () => {
  const nip = '198609262015051001'
  const salt = 'AAAAAAAAAAAAAAAAAAAAAA'
  expect(derivedId(salt, 'nip', nip)).toBe(derivedId(salt, 'nip', nip))
  expect(isId(derivedId(salt, 'nip', nip))).toBe(true)
  const others = [
    derivedId('BAAAAAAAAAAAAAAAAAAAAA', 'nip', nip),
    derivedId(salt, 'pass', nip),
    derivedId(salt, 'nip', '198609262015051002'),
  ]
  expect(new Set([derivedId(salt, 'nip', nip), ...others]).size).toBe(4)
})

test('a derived id is the HMAC of kind and value under the salt, cut to 128 bits', () => {
  const id = derivedId('c2FsdA', 'nip', '1')
  expect(fromBase64Url(id)).toHaveLength(16)
  expect(id).toBe('kKA8P5qFh3AaMOest6vAOw')
})

test.each(['', 'short', 'AAAAAAAAAAAAAAAAAAAAAAA', 'AAAAAAAAAAAAAAAAAAAAA=', 22, null])('%j is no id', (value) => {
  expect(isId(value)).toBe(false)
})
