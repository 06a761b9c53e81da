import { fromBase64Url, toBase64Url, utf8 } from '../../core/bytes.ts'
import { pbkdf2 } from '../../core/pbkdf2.ts'

/** About a third of a second on a cheap phone. */
const iterations = 200_000
/** The same time on plain http, where browsers give no WebCrypto. A device's pages all have it, or none has. */
const iterationsByHand = 10_000

/** PBKDF2-SHA-256 of a PIN, 256 bits as base64url: in the device's storage a PIN is not to be read. */
export async function hashPin(pin: string, salt: string): Promise<string> {
  const [password, saltBytes] = [utf8(pin), new Uint8Array(fromBase64Url(salt) ?? [])]
  if (!crypto.subtle) return toBase64Url(pbkdf2(password, saltBytes, iterationsByHand))
  const key = await crypto.subtle.importKey('raw', new Uint8Array(password), 'PBKDF2', false, ['deriveBits'])
  const derivation = { name: 'PBKDF2', hash: 'SHA-256', salt: saltBytes, iterations }
  return toBase64Url(new Uint8Array(await crypto.subtle.deriveBits(derivation, key, 256)))
}
