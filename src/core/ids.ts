import { fromBase64Url, toBase64Url, utf8 } from './bytes.ts'
import { hmacSha256 } from './sha256.ts'

/** Every id is 128 bits written as 22 characters of base64url: short in rows, links and QR codes. */
const idPattern = /^[A-Za-z0-9_-]{22}$/

/** Whether this is written as ids are, whichever way it was made. */
export function isId(value: unknown): value is string {
  return typeof value === 'string' && idPattern.test(value)
}

/** UUIDv7 (RFC 9562): 48 bits of `now` (epoch ms), then random bits. `random` holds at least 10 bytes. */
export function uuidv7(now: number, random: Uint8Array): string {
  const bytes = new Uint8Array(16)
  const view = new DataView(bytes.buffer)
  view.setUint32(0, Math.floor(now / 2 ** 16))
  view.setUint16(4, now % 2 ** 16)
  bytes.set(random.subarray(0, 10), 6)
  bytes[6] = 0x70 | ((bytes[6] ?? 0) & 0x0f)
  bytes[8] = 0x80 | ((bytes[8] ?? 0) & 0x3f)
  return toBase64Url(bytes)
}

/**
 * The id of a person with a strong identifier: HMAC-SHA-256(space salt, kind and normalised value), first 128 bits.
 * So two phones without a network make the same person (design.md section 3).
 */
export function derivedId(spaceSalt: string, kind: 'nip' | 'pass', value: string): string {
  const key = fromBase64Url(spaceSalt) ?? utf8(spaceSalt)
  return toBase64Url(hmacSha256(key, utf8(`${kind}:${value}`)).subarray(0, 16))
}

/**
 * An id that begins with an owner's prefix (8 bytes of chance as 11 characters): an attendee's device writes only
 * persons whose id begins with its own. `random` holds at least 8 bytes; the last two bits are dropped, so that the 22
 * characters are those of 16 bytes and can be packed as such.
 */
export function ownedId(owner: string, random: Uint8Array): string {
  const bytes = random.slice(0, 8)
  bytes[7] = (bytes[7] ?? 0) & 0xfc
  return owner + toBase64Url(bytes)
}
