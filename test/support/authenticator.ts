import { createHash, generateKeyPairSync, randomBytes, sign } from 'node:crypto'
import { encodeCbor } from '../../src/core/cbor.ts'

export type Ceremony = { challenge: string; site: string; origin?: string; isVerified?: boolean }

const [present, verified, attested] = [1, 4, 64]
const sha256 = (data: Uint8Array | string) => createHash('sha256').update(data).digest()
const text = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64url')

/**
 * An authenticator with one key, as WebAuthn level 3 describes it, for tests without a browser. `isSynced`: its key is
 * on several devices, so that it counts nothing.
 */
export function createAuthenticator({ isSynced = false } = {}) {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const { x = '', y = '' } = publicKey.export({ format: 'jwk' })
  const id = randomBytes(16)
  const [kty, alg, crv, ofX, ofY] = [1, 3, -1, -2, -3]
  const key = new Map<number, number | Uint8Array>([
    [kty, 2],
    [alg, -7],
    [crv, 1],
    [ofX, Buffer.from(x, 'base64url')],
    [ofY, Buffer.from(y, 'base64url')],
  ])
  let counter = 0

  const clientData = (type: string, { challenge, site, origin = `http://${site}:8080` }: Ceremony) =>
    Buffer.from(JSON.stringify({ type, challenge, origin, crossOrigin: false }))
  function authenticatorData({ site, isVerified = true }: Ceremony, more = new Uint8Array()): Buffer {
    const count = Buffer.alloc(4)
    count.writeUInt32BE(isSynced ? 0 : ++counter)
    const flags = present | (isVerified ? verified : 0) | (more.length > 0 ? attested : 0)
    return Buffer.concat([sha256(site), Buffer.of(flags), count, more])
  }

  return {
    make: (ceremony: Ceremony) => {
      const length = Buffer.of(0, id.length)
      const data = authenticatorData(ceremony, Buffer.concat([Buffer.alloc(16), length, id, encodeCbor(key)]))
      const start = Buffer.concat([Buffer.of(0xa3, 0x63), Buffer.from('fmt'), Buffer.of(0x64), Buffer.from('none')])
      const middle = Buffer.concat([Buffer.of(0x67), Buffer.from('attStmt'), Buffer.of(0xa0, 0x68)])
      const attestation = Buffer.concat([start, middle, Buffer.from('authData'), encodeCbor(new Uint8Array(data))])
      const clientDataJSON = text(clientData('webauthn.create', ceremony))
      return { id: text(id), clientDataJSON, attestationObject: text(attestation) }
    },
    get: (ceremony: Ceremony) => {
      const [client, data] = [clientData('webauthn.get', ceremony), authenticatorData(ceremony)]
      const signature = sign('sha256', Buffer.concat([data, sha256(client)]), privateKey)
      return {
        ...{ id: text(id), clientDataJSON: text(client) },
        authenticatorData: text(data),
        signature: text(signature),
      }
    },
  }
}
