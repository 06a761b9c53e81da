import { createHash, createPublicKey, type KeyObject, randomBytes, timingSafeEqual, verify } from 'node:crypto'

/** 256 random bits, base64url: a device's credential, a setup token. */
export function newSecret(): string {
  return randomBytes(32).toString('base64url')
}

/** What is kept of a secret. Secrets are long and random, or few-tries codes, so one round of SHA-256 is enough. */
export function hashSecret(secret: string): string {
  return createHash('sha256').update(secret).digest('base64url')
}

/** Whether a stranger's word is a secret of ours; how long it takes tells nothing of where they differ. */
export function isSameSecret(ours: string, theirs: string): boolean {
  const [own, given] = [Buffer.from(ours), Buffer.from(theirs)]
  return own.length === given.length && timingSafeEqual(own, given)
}

/** What the ids of an attendee's own persons begin with: 64 random bits. */
export function newOwner(): string {
  return randomBytes(8).toString('base64url')
}

/** 128 random bits as an id. */
export function newId(): string {
  return randomBytes(16).toString('base64url')
}

/** The id of the device that holds this key: SHA-256 of the uncompressed point, first 128 bits. */
export function deviceId(point: string): string {
  return createHash('sha256').update(Buffer.from(point, 'base64url')).digest().subarray(0, 16).toString('base64url')
}

function keyOf(point: string): KeyObject | undefined {
  const bytes = Buffer.from(point, 'base64url')
  if (bytes.length !== 65 || bytes[0] !== 4) return undefined
  const x = bytes.subarray(1, 33).toString('base64url')
  const y = bytes.subarray(33).toString('base64url')
  try {
    return createPublicKey({ key: { kty: 'EC', crv: 'P-256', x, y }, format: 'jwk' })
  } catch {
    return undefined
  }
}

/** Whether the device with this key, a point on P-256, signed this message (ES256, r ‖ s). */
export function isSealed(point: string, message: Uint8Array, signature: string): boolean {
  const key = keyOf(point)
  if (!key) return false
  return verify('sha256', message, { key, dsaEncoding: 'ieee-p1363' }, Buffer.from(signature, 'base64url'))
}
