import { fromBase45, toBase45 } from './base45.ts'
import { concatBytes, fromBase64Url, fromUtf8, toBase64Url, utf8 } from './bytes.ts'
import type { Certificate } from './certificate.ts'
import { receiptPrefix } from './code.ts'
import { splitFrames } from './frames.ts'
import { compressPoint, decompressPoint } from './p256.ts'

/** An op as its device sealed it: number, raw clock, corrected time, body. */
export type SealedOp = [n: number, wall: number, at: number, body: string]

/**
 * What an attendee's phone shows so that another phone can carry it ([S13]): a batch of ops that verifies by itself,
 * the key that sealed it, and the server's word for that key. Texts are base64url.
 */
export type Receipt = {
  certificate: Certificate
  /** The version of the ops. */
  v: number
  /** The chain's link before the first op. */
  previous: string
  signature: string
  ops: SealedOp[]
}

/** Deflate (RFC 1951) and back; inflating more than `maxBytes`, or what is no deflate, gives `undefined`. */
export type Deflate = (bytes: Uint8Array) => Uint8Array
export type Inflate = (bytes: Uint8Array, maxBytes: number) => Uint8Array | undefined

const formatVersion = 1
/**
 * Of each part that deflating would not shorten, in their order: space, compressed key, owner, two signatures, link.
 */
const sizes = { space: 16, key: 33, owner: 8, word: 64, previous: 32, signature: 64 }
/** More than a receipt of the longest sequence ever holds. */
const maxOpsBytes = 65_536
const closing = '.'

const bytesOf = (text: string) => fromBase64Url(text) ?? new Uint8Array()

function varint(value: number): Uint8Array {
  const bytes: number[] = []
  let rest = value
  for (; rest > 127; rest = Math.floor(rest / 128)) bytes.push((rest % 128) | 128)
  return Uint8Array.of(...bytes, rest)
}

/** Whole numbers of both signs; clocks may be set to before 1970. */
const signed = (value: number) => varint(value < 0 ? -2 * value - 1 : 2 * value)

function encodeOps(v: number, ops: SealedOp[]): Uint8Array {
  const parts = ops.map(([n, wall, at, body]) => {
    const text = utf8(body)
    return concatBytes(varint(n), signed(wall), signed(at - wall), varint(text.length), text)
  })
  return concatBytes(varint(v), ...parts)
}

function decodeOps(bytes: Uint8Array): Pick<Receipt, 'v' | 'ops'> | undefined {
  let at = 0
  const read = (): number => {
    let value = 0
    for (let scale = 1; scale <= Number.MAX_SAFE_INTEGER; scale *= 128) {
      const byte = bytes[at++]
      if (byte === undefined) return Number.NaN
      value += (byte & 127) * scale
      if (byte < 128) return value
    }
    return Number.NaN
  }
  const readSigned = (): number => {
    const value = read()
    return value % 2 === 0 ? value / 2 : -(value + 1) / 2
  }
  const v = read()
  const ops: SealedOp[] = []
  while (at < bytes.length) {
    const [n, wall] = [read(), readSigned()]
    const time = wall + readSigned()
    const length = read()
    const body = length <= bytes.length - at ? fromUtf8(bytes.subarray(at, at + length)) : undefined
    if (body === undefined || ![n, wall, time].every(Number.isSafeInteger) || n <= (ops.at(-1)?.[0] ?? 0))
      return undefined
    at += length
    ops.push([n, wall, time, body])
  }
  return ops.length > 0 && Number.isSafeInteger(v) && v > 0 ? { v, ops } : undefined
}

/** A receipt as the bytes that its codes carry; `deflate` is the platform's. */
export function encodeReceipt({ certificate, v, previous, signature, ops }: Receipt, deflate: Deflate): Uint8Array {
  return concatBytes(
    Uint8Array.of(formatVersion),
    bytesOf(certificate.space),
    compressPoint(bytesOf(certificate.publicKey)),
    bytesOf(certificate.owner),
    bytesOf(certificate.signature),
    bytesOf(previous),
    bytesOf(signature),
    deflate(encodeOps(v, ops)),
  )
}

/** The receipt in these bytes, no signature of it checked yet; `undefined`: cut off, altered, or of a newer version. */
export function decodeReceipt(bytes: Uint8Array, inflate: Inflate): Receipt | undefined {
  let at = 1
  const take = (length: number) => {
    at += length
    return bytes.subarray(at - length, at)
  }
  const [space, key, owner] = [take(sizes.space), take(sizes.key), take(sizes.owner)]
  const [word, previous, signature] = [take(sizes.word), take(sizes.previous), take(sizes.signature)]
  if (bytes[0] !== formatVersion || bytes.length <= at) return undefined
  const point = decompressPoint(key)
  const inflated = point && inflate(bytes.subarray(at), maxOpsBytes)
  const sealed = inflated && decodeOps(inflated)
  if (!point || !sealed) return undefined
  return {
    certificate: {
      space: toBase64Url(space),
      publicKey: toBase64Url(point),
      owner: toBase64Url(owner),
      signature: toBase64Url(word),
    },
    previous: toBase64Url(previous),
    signature: toBase64Url(signature),
    ...sealed,
  }
}

/** The texts of a receipt's codes: one, or a sequence that a screen shows in turn, for ever anew. */
export type ReceiptCodes = { count: number; code: (index: number) => string }

/** `undefined`: too long for codes; a file carries it then. */
export function receiptCodes(receipt: Uint8Array): ReceiptCodes | undefined {
  const frames = splitFrames(receipt)
  return frames && { count: frames.count, code: (index) => receiptPrefix + toBase45(frames.frame(index)) + closing }
}

/** The frame in a scanned text, for the collector; `undefined` when it is damaged or none. */
export function readReceiptCode(text: string): Uint8Array | undefined {
  if (!text.startsWith(receiptPrefix) || !text.endsWith(closing)) return undefined
  return fromBase45(text.slice(receiptPrefix.length, -closing.length))
}
