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

const mostKept = 20_000

/** `secret`: an ES256 key as PKCS 8 in base64url. */
export function createIssuer(secret: string): Issuer {
  const key = createPrivateKey({ key: Buffer.from(secret, 'base64url'), format: 'der', type: 'pkcs8' })
  const { x = '', y = '' } = createPublicKey(key).export({ format: 'jwk' })
  const point = Buffer.concat([Buffer.of(4), Buffer.from(x, 'base64url'), Buffer.from(y, 'base64url')])
  const publicKey = point.toString('base64url')
  /** The same signature again: another one each minute would be written on every phone. */
  const certified = new Map<string, string>()
  return {
    publicKey,
    certify: (holding) => {
      const message = certificateMessage(holding)
      const name = Buffer.from(message).toString('latin1')
      const held = certified.get(name)
      if (held !== undefined) return held
      const made = sign('sha256', message, { key, dsaEncoding: 'ieee-p1363' }).toString('base64url')
      if (certified.size >= mostKept) certified.clear()
      certified.set(name, made)
      return made
    },
    holds: (holding, signature) => isSealed(publicKey, certificateMessage(holding), signature),
  }
}
