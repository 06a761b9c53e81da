import { createPrivateKey, createPublicKey, generateKeyPairSync, sign } from 'node:crypto'
import { certificateMessage } from '../../core/certificate.ts'
import { isSealed } from './keys.ts'

/** An attendee's device in a space, by its key and the prefix of its ids. */
export type Holding = { space: string; publicKey: string; owner: string }

/** The server's signature under attendees' certificates (core/certificate.ts). */
export type Issuer = {
  /** The P-256 point that it is verified with, uncompressed, base64url. */
  publicKey: string
  certify: (holding: Holding) => string
  /** Whether this server, or the one that it was restored from, certified that. */
  holds: (holding: Holding, signature: string) => boolean
}

/** A new private key, as it is kept among the server's secrets: PKCS #8, base64url. */
export function newIssuerKey(): string {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  return privateKey.export({ format: 'der', type: 'pkcs8' }).toString('base64url')
}

export function createIssuer(secret: string): Issuer {
  const key = createPrivateKey({ key: Buffer.from(secret, 'base64url'), format: 'der', type: 'pkcs8' })
  const { x = '', y = '' } = createPublicKey(key).export({ format: 'jwk' })
  const point = Buffer.concat([Buffer.of(4), Buffer.from(x, 'base64url'), Buffer.from(y, 'base64url')])
  const publicKey = point.toString('base64url')
  return {
    publicKey,
    certify: (holding) =>
      sign('sha256', certificateMessage(holding), { key, dsaEncoding: 'ieee-p1363' }).toString('base64url'),
    holds: (holding, signature) => isSealed(publicKey, certificateMessage(holding), signature),
  }
}
