import { concatBytes } from './bytes.ts'
import { hmacSha256 } from './sha256.ts'

/**
 * PBKDF2-HMAC-SHA-256 (RFC 8018, 5.2), its first 32 bytes, for pages that have no WebCrypto: slower by a hundred times.
 */
export function pbkdf2(password: Uint8Array, salt: Uint8Array, iterations: number): Uint8Array {
  let last = hmacSha256(password, concatBytes(salt, Uint8Array.of(0, 0, 0, 1)))
  const derived = new Uint8Array(last)
  for (let i = 1; i < iterations; i++) {
    last = hmacSha256(password, last)
    for (let at = 0; at < derived.length; at++) derived[at] = (derived[at] ?? 0) ^ (last[at] ?? 0)
  }
  return derived
}
