import { type Cbor, decodeCbor, encodeCbor } from './cbor.ts'

const es256 = -7
const [algorithmHeader, keyHeader] = [1, 4]
const signatureBytes = 64

/**
 * A COSE_Sign1 message (RFC 9052, 4.2) signed with ES256: what is said, by which key, and the bytes that are signed.
 */
export type Sign1 = { key: Uint8Array; payload: Uint8Array; toSign: Uint8Array; signature: Uint8Array }

const isMap = (value: Cbor | undefined): value is Map<number, Cbor> => value instanceof Map

function bytesToSign(header: Uint8Array, payload: Uint8Array): Uint8Array {
  return encodeCbor(['Signature1', header, new Uint8Array(), payload])
}

/** What has to be signed for a payload, and the message once it is. */
export function prepareSign1(key: Uint8Array, payload: Uint8Array) {
  const header = encodeCbor(
    new Map<number, Cbor>([
      [algorithmHeader, es256],
      [keyHeader, key],
    ]),
  )
  return {
    toSign: bytesToSign(header, payload),
    finish: (signature: Uint8Array) => encodeCbor([header, new Map(), payload, signature]),
  }
}

/** The message in these bytes, its signature not yet checked; `undefined` when it is none of ours. */
export function readSign1(bytes: Uint8Array): Sign1 | undefined {
  const message = decodeCbor(bytes)
  if (!Array.isArray(message) || message.length !== 4) return undefined
  const [header, open, payload, signature] = message
  if (!(header instanceof Uint8Array && payload instanceof Uint8Array && signature instanceof Uint8Array))
    return undefined
  const headers = decodeCbor(header)
  const key = isMap(headers) ? headers.get(keyHeader) : undefined
  if (!isMap(open) || !isMap(headers) || headers.get(algorithmHeader) !== es256) return undefined
  if (!(key instanceof Uint8Array) || signature.length !== signatureBytes) return undefined
  return { key, payload, toSign: bytesToSign(header, payload), signature }
}
