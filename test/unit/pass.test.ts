import { generateKeyPairSync, sign, verify } from 'node:crypto'
import fc from 'fast-check'
import { encode } from 'uqr'
import { describe, expect, test } from 'vitest'
import { type Cbor, decodeCbor, encodeCbor } from '../../src/core/cbor.ts'
import { fold } from '../../src/core/fold.ts'
import {
  introduceIssuer,
  judgePass,
  type Pass,
  preparePass,
  readIssuers,
  readPass,
  readPasses,
  setPass,
} from '../../src/core/pass.ts'
import { write } from '../support/ops.ts'

const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
const id = (letter: string) => `${letter.repeat(21)}A`
const pass: Pass = { id: id('p'), space: id('s'), expiresAt: 1_800_000_000_000 }

function issue(of: Pass): string {
  const { toSign, finish } = preparePass(of, id('d'))
  return finish(new Uint8Array(sign('sha256', toSign, { key: privateKey, dsaEncoding: 'ieee-p1363' })))
}

function holds(text: string): boolean {
  const read = readPass(text)
  const key = { key: publicKey, dsaEncoding: 'ieee-p1363' as const }
  return read !== undefined && verify('sha256', read.toSign, key, read.signature)
}

describe('CBOR', () => {
  test.each<[string, Cbor]>([
    ['00', 0],
    ['17', 23],
    ['1818', 24],
    ['1a000f4240', 1_000_000],
    ['1b000000e8d4a51000', 1_000_000_000_000],
    ['20', -1],
    ['3903e7', -1000],
    ['4401020304', Uint8Array.of(1, 2, 3, 4)],
    ['63e6b0b4', '水'],
    ['83010203', [1, 2, 3]],
    [
      'a201020304',
      new Map([
        [1, 2],
        [3, 4],
      ]),
    ],
  ])('%s is as in RFC 8949, appendix A', (hex, value) => {
    expect(Buffer.from(encodeCbor(value)).toString('hex')).toBe(hex)
    expect(decodeCbor(new Uint8Array(Buffer.from(hex, 'hex')))).toEqual(value)
  })

  test('any bytes are read without throwing', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 80 }), (bytes) => {
        decodeCbor(bytes)
      }),
      { numRuns: 1000 },
    )
    expect(decodeCbor(new Uint8Array(100).fill(0x81))).toBeUndefined()
    expect(decodeCbor(Uint8Array.of(0x9b, 255, 255, 255, 255, 255, 255, 255, 255))).toBeUndefined()
  })
})

describe('a pass', () => {
  test('says its event, its id, until when, and by whose key; nothing else', () => {
    expect(readPass(issue(pass))).toMatchObject({ ...pass, issuer: id('d') })
    expect(holds(issue(pass))).toBe(true)
  })

  test('fits a code of version 10 with a quarter of it dirty', () => {
    const text = issue(pass)
    expect(text).toMatch(/^HP1:[0-9A-Z $%*+./:-]+\.$/)
    expect(encode(text, { ecc: 'Q', border: 0 }).version).toBeLessThanOrEqual(10)
  })

  test('of which a letter was changed does not hold', () => {
    const text = issue(pass)
    fc.assert(
      fc.property(fc.nat({ max: text.length - 1 }), fc.constantFrom(...'0A9Z:. '), (at, letter) => {
        fc.pre(text[at] !== letter)
        expect(holds(text.slice(0, at) + letter + text.slice(at + 1))).toBe(false)
      }),
      { numRuns: 300 },
    )
    for (const cut of [0, 4, 20, text.length - 1]) expect(readPass(text.slice(0, cut))).toBeUndefined()
  })
})

describe('the log', () => {
  const space = fold([
    write('office', 1, [introduceIssuer('office', 'KEY'), setPass(pass.id, { person: 'budi', expiresAt: 5 })]),
    write('other', 1, [introduceIssuer('rogue', 'KEY')]),
    write('office', 2, [setPass(id('q'), { person: 'siti', expiresAt: 9 })]),
    write('office', 3, [setPass(id('q'), { revoked: true })]),
  ])

  test('knows the keys of issuers by their own word', () => {
    expect([...readIssuers(space)]).toEqual([['office', 'KEY']])
  })

  test('says whose a pass is, and why another one does not open', () => {
    const records = readPasses(space)
    expect(judgePass({ ...pass, expiresAt: 5 }, records, 4)).toEqual({ person: 'budi' })
    expect(judgePass({ ...pass, expiresAt: 5 }, records, 5)).toEqual({ problem: 'expired' })
    expect(judgePass({ ...pass, id: id('q') }, records, 4)).toEqual({ problem: 'revoked' })
    expect(judgePass({ ...pass, id: id('x') }, records, 4)).toEqual({ problem: 'notSynced' })
  })
})
