import { p256_oprf } from '@noble/curves/nist.js'
import { fromBase64Url, toBase64Url } from '../../core/bytes.ts'
import type { TicketAnswer } from '../../protocol/ballot.ts'

const { voprf } = p256_oprf

/** What the phone keeps to itself until the ticket is there, and the point that it shows; base64url. */
export type Blinding = { nonce: string; blind: string; blinded: string }

const bytesOf = (text: string) => fromBase64Url(text) ?? new Uint8Array()

/** Blinds a nonce (RFC 9497, 3.3.2): the server signs it without seeing it. `nonce` is random and used once. */
export function makeBlinding(nonce: Uint8Array): Blinding {
  const { blind, blinded } = voprf.blind(nonce)
  return { nonce: toBase64Url(nonce), blind: toBase64Url(blind), blinded: toBase64Url(blinded) }
}

/** The token under a ticket (RFC 9497, 3.3.2); `undefined` when its proof does not hold. */
export function unblind(blinding: Blinding, answer: TicketAnswer): string | undefined {
  const [nonce, blind, blinded] = [bytesOf(blinding.nonce), bytesOf(blinding.blind), bytesOf(blinding.blinded)]
  const [evaluated, key, proof] = [bytesOf(answer.evaluated), bytesOf(answer.publicKey), bytesOf(answer.proof)]
  try {
    return toBase64Url(voprf.finalize(nonce, blind, evaluated, blinded, key, proof))
  } catch {
    return undefined
  }
}
