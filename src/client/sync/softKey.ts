import { p256 } from '@noble/curves/nist.js'

/**
 * P-256 without WebCrypto, which browsers keep from pages on plain http. Loaded only there: the secret key lies in the
 * database like any other value, and whoever can read that can copy it.
 */
export function makeSoftKey(): { secret: Uint8Array<ArrayBuffer>; point: Uint8Array } {
  const secret = new Uint8Array(p256.utils.randomSecretKey())
  return { secret, point: p256.getPublicKey(secret, false) }
}

/** An ES256 signature: r ‖ s. */
export function signSoftly(secret: Uint8Array, message: Uint8Array): Uint8Array {
  return p256.sign(message, secret, { prehash: true, format: 'compact' })
}

/** WebCrypto's signatures may have either form of s, hence `lowS: false`. */
export function holdsSoftly(point: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean {
  return p256.verify(signature, message, point, { prehash: true, format: 'compact', lowS: false })
}
