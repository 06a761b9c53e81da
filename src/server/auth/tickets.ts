import { createHmac, timingSafeEqual } from 'node:crypto'
import { p256_oprf } from '@noble/curves/nist.js'

/** Which form: each has a key of its own, so that a ticket opens no other. */
export type BallotPlace = { space: string; form: string }

/** The blind signatures under tickets of anonymous forms: RFC 9497, VOPRF(P-256, SHA-256). All texts are base64url. */
export type Tickets = {
  /** `undefined` for what is no point of the curve. */
  issue: (place: BallotPlace, blinded: string) => { evaluated: string; proof: string; publicKey: string } | undefined
  holds: (place: BallotPlace, nonce: string, token: string) => boolean
}

const { voprf } = p256_oprf
const info = new TextEncoder().encode('hadir ballot')
const toText = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64url')
const toBytes = (text: string) => Uint8Array.from(Buffer.from(text, 'base64url'))

/** A key for each form is derived from `secret` (RFC 9497, 3.2), so none has to be kept. */
export function createTickets(secret: string): Tickets {
  const keysOf = ({ space, form }: BallotPlace) => {
    const seed = createHmac('sha256', secret)
      .update(JSON.stringify([space, form]))
      .digest()
    return voprf.deriveKeyPair(Uint8Array.from(seed), info)
  }
  return {
    issue: (place, blinded) => {
      const { secretKey, publicKey } = keysOf(place)
      try {
        const { evaluated, proof } = voprf.blindEvaluate(secretKey, publicKey, toBytes(blinded))
        return { evaluated: toText(evaluated), proof: toText(proof), publicKey: toText(publicKey) }
      } catch {
        return undefined
      }
    },
    holds: (place, nonce, token) => {
      const { secretKey, publicKey } = keysOf(place)
      const input = toBytes(nonce)
      /** RFC 9497, 3.3.2 has the server evaluate unblinded; blinding with a chance of our own gives the same output. */
      const { blind, blinded } = voprf.blind(input)
      const { evaluated, proof } = voprf.blindEvaluate(secretKey, publicKey, blinded)
      const expected = voprf.finalize(input, blind, evaluated, blinded, publicKey, proof)
      const given = toBytes(token)
      return given.length === expected.length && timingSafeEqual(given, expected)
    },
  }
}
