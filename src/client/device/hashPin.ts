import { fromBase64Url, toBase64Url } from '../../core/bytes.ts'

/** About a third of a second on a cheap phone. */
const iterations = 200_000

/** PBKDF2-SHA-256 of a PIN, 256 bits as base64url: in the device's storage a PIN is not to be read. */
export async function hashPin(pin: string, salt: string): Promise<string> {
  const key = await crypto.subtle.importKey('raw', new TextEncoder().encode(pin), 'PBKDF2', false, ['deriveBits'])
  const saltBytes = new Uint8Array(fromBase64Url(salt) ?? [])
  const bits = await crypto.subtle.deriveBits(
    { name: 'PBKDF2', hash: 'SHA-256', salt: saltBytes, iterations },
    key,
    256,
  )
  return toBase64Url(new Uint8Array(bits))
}
