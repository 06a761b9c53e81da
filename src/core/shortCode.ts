import { fromBase64Url, utf8 } from './bytes.ts'
import { hmacSha256 } from './sha256.ts'

/**
 * A few digits that only devices which hold an event's log can make: RFC 4226's truncation of HMAC-SHA-256 under a key
 * that is derived from the event's salt and what the code is for. The salt never leaves the log for an attendee's view.
 * `undefined` in an event without a salt, where anybody could make it.
 */
export function shortCode(eventSalt: string, purpose: string, message: Uint8Array, digits: number): string | undefined {
  const salt = fromBase64Url(eventSalt)
  if (!salt?.length) return undefined
  const mac = hmacSha256(hmacSha256(salt, utf8(purpose)), message)
  const offset = (mac[31] ?? 0) & 0x0f
  const number = new DataView(mac.buffer, mac.byteOffset).getUint32(offset) & 0x7fffffff
  return String(number % 10 ** digits).padStart(digits, '0')
}
