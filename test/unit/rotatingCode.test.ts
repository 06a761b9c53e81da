import { createHmac } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { checkIn, wallCodeOf } from '../../src/core/attendance.ts'
import { toBase64Url } from '../../src/core/bytes.ts'
import { splitFragment } from '../../src/core/gate.ts'
import { codeOfStep, codeStepMs, judgeCode, readWallCode, stepOf } from '../../src/core/rotatingCode.ts'

const salts = fc.uint8Array({ minLength: 16, maxLength: 16 }).map(toBase64Url)
const times = fc.integer({ min: Date.UTC(2024, 0), max: Date.UTC(2090, 0) })
const secondsMs = 1000

/** RFC 4226 with SHA-256, as another library would do it. */
function hotp(salt: string, step: number): string {
  const key = createHmac('sha256', Buffer.from(salt, 'base64url')).update('rotating code').digest()
  const counter = Buffer.alloc(8)
  counter.writeBigUInt64BE(BigInt(step))
  const mac = createHmac('sha256', key).update(counter).digest()
  const number = mac.readUInt32BE((mac.at(-1) ?? 0) & 15) & 0x7fffffff
  return String(number % 10_000).padStart(4, '0')
}

const codeAt = (salt: string, at: number) => codeOfStep(salt, stepOf(at)) ?? ''

describe('the code of the wall', () => {
  test('is four digits, those of RFC 4226 over the 20-second step', () => {
    fc.assert(
      fc.property(salts, times, (salt, at) => {
        expect(codeAt(salt, at)).toBe(hotp(salt, Math.floor(at / 20_000)))
      }),
    )
  })

  test('is right however slow the fingers, within a minute and with a clock a minute off', () => {
    fc.assert(
      fc.property(salts, times, fc.integer({ min: -60, max: 60 }), (salt, at, secondsOff) => {
        const claim = { code: codeAt(salt, at), at: at + secondsOff * secondsMs }
        expect(judgeCode(salt, claim, claim.at + 90 * secondsMs)).toBe('right')
      }),
    )
  })

  test('is verified years later from what the op holds, and says when none was given', () => {
    const salt = toBase64Url(new Uint8Array(16).fill(7))
    const at = Date.UTC(2026, 10, 24, 2)
    const { fields } = checkIn({
      person: 'p',
      session: 's',
      method: 'own',
      wallCode: { code: codeAt(salt, at), at },
    }) as {
      fields: Record<string, string | number>
    }
    expect(judgeCode(salt, wallCodeOf({ fields }), at + 30 * secondsMs)).toBe('right')
    expect(judgeCode(salt, wallCodeOf({ fields: { p: 'p' } }), at)).toBe('missing')
  })

  test('passed on, it is late: read an hour before it was used, or claimed for another time', () => {
    const salt = toBase64Url(new Uint8Array(16).fill(7))
    const at = Date.UTC(2026, 10, 24, 2)
    const claim = { code: codeAt(salt, at), at }
    expect(judgeCode(salt, claim, at + 3 * 3_600_000)).toBe('late')
    expect(judgeCode(salt, claim, at - 3_600_000)).toBe('late')
    expect(judgeCode(salt, { ...claim, at: at + 10 * 60_000 }, at + 11 * 60_000)).toBe('wrong')
  })

  test('of another event, or invented, is wrong', () => {
    const at = Date.UTC(2026, 10, 24, 2)
    const [salt, other] = [toBase64Url(new Uint8Array(16).fill(7)), toBase64Url(new Uint8Array(16).fill(8))]
    expect(judgeCode(salt, { code: codeAt(other, at), at }, at)).toBe('wrong')
    expect(judgeCode(salt, { code: 'abcd', at }, at)).toBe('wrong')
  })

  test('does not exist in an event without a salt: everybody could make it', () => {
    expect(codeOfStep('', stepOf(codeStepMs * 9))).toBeUndefined()
    expect(judgeCode('', { code: '0000', at: 9 }, 9)).toBe('wrong')
  })

  test('is read as it is typed, and out of the link of the wall', () => {
    expect(readWallCode(' 47 11')).toBe('4711')
    expect([readWallCode('471'), readWallCode('47111'), readWallCode('47a1')]).toEqual([
      undefined,
      undefined,
      undefined,
    ])
    expect(splitFragment('2MXA.4711')).toEqual({ secret: '2MXA', wallCode: '4711' })
    expect(splitFragment('2MXA')).toEqual({ secret: '2MXA' })
    expect(splitFragment('2MXA.sembarang')).toEqual({ secret: '2MXA' })
    const pass = 'AZ3v1yQqcACb_-1234567A'
    expect(splitFragment(`2MXA.${pass}`)).toEqual({ secret: '2MXA', pass })
  })
})
