import { concatBytes, utf8 } from './bytes.ts'

/** The first 32 bits of the fractional parts of the cube roots of the first 64 primes (FIPS 180-4, 4.2.2). */
const roundConstants = fractions(64, Math.cbrt)
/** The same of the square roots of the first 8 primes (FIPS 180-4, 5.3.3). */
const initialHash = fractions(8, Math.sqrt)

function fractions(count: number, root: (n: number) => number): Int32Array {
  const words = new Int32Array(count)
  for (let found = 0, n = 2; found < count; n++) {
    let prime = true
    for (let d = 2; d * d <= n; d++) if (n % d === 0) prime = false
    if (prime) words[found++] = Math.floor((root(n) % 1) * 2 ** 32)
  }
  return words
}

/** Signed words: engines keep them as integers, while an unsigned one above 2³¹ becomes a float (five times slower). */
const schedule = new Int32Array(64)
/**
 * Of the digest that is being made; kept, since most messages are short and allocating would cost more than hashing.
 */
const hash = new Int32Array(8)
const tail = new Uint8Array(128)
const tailView = new DataView(tail.buffer)

function compress(bytes: Uint8Array, offset: number): void {
  for (let t = 0, i = offset; t < 16; t++, i += 4)
    schedule[t] =
      ((bytes[i] as number) << 24) |
      ((bytes[i + 1] as number) << 16) |
      ((bytes[i + 2] as number) << 8) |
      (bytes[i + 3] as number)
  for (let t = 16; t < 64; t++) {
    const w15 = schedule[t - 15] as number
    const w2 = schedule[t - 2] as number
    const s0 = ((w15 >>> 7) | (w15 << 25)) ^ ((w15 >>> 18) | (w15 << 14)) ^ (w15 >>> 3)
    const s1 = ((w2 >>> 17) | (w2 << 15)) ^ ((w2 >>> 19) | (w2 << 13)) ^ (w2 >>> 10)
    schedule[t] = ((schedule[t - 16] as number) + s0 + (schedule[t - 7] as number) + s1) | 0
  }
  let a = hash[0] as number
  let b = hash[1] as number
  let c = hash[2] as number
  let d = hash[3] as number
  let e = hash[4] as number
  let f = hash[5] as number
  let g = hash[6] as number
  let h = hash[7] as number
  for (let t = 0; t < 64; t++) {
    const sum1 = ((e >>> 6) | (e << 26)) ^ ((e >>> 11) | (e << 21)) ^ ((e >>> 25) | (e << 7))
    const t1 = (h + sum1 + (g ^ (e & (f ^ g))) + (roundConstants[t] as number) + (schedule[t] as number)) | 0
    const sum0 = ((a >>> 2) | (a << 30)) ^ ((a >>> 13) | (a << 19)) ^ ((a >>> 22) | (a << 10))
    const t2 = (sum0 + ((a & b) ^ (c & (a ^ b)))) | 0
    h = g
    g = f
    f = e
    e = (d + t1) | 0
    d = c
    c = b
    b = a
    a = (t1 + t2) | 0
  }
  hash[0] = (hash[0] as number) + a
  hash[1] = (hash[1] as number) + b
  hash[2] = (hash[2] as number) + c
  hash[3] = (hash[3] as number) + d
  hash[4] = (hash[4] as number) + e
  hash[5] = (hash[5] as number) + f
  hash[6] = (hash[6] as number) + g
  hash[7] = (hash[7] as number) + h
}

/** For short messages, which are most: memory of their own would cost a third of hashing them. */
const scratch = new Uint8Array(8_192)

/** Writes ASCII at a place of the scratch; the place behind it, or -1 where it does not fit or is something else. */
function writeAscii(text: string, at: number): number {
  if (at + text.length > scratch.length) return -1
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i)
    if (code >= 0x80) return -1
    scratch[at + i] = code
  }
  return at + text.length
}

/** The parts one after the other, texts as UTF-8; until the next call. */
function gather(parts: (Uint8Array | string)[]): Uint8Array {
  let at = 0
  for (const part of parts) {
    if (typeof part === 'string') at = writeAscii(part, at)
    else if (at + part.length > scratch.length) at = -1
    else {
      scratch.set(part, at)
      at += part.length
    }
    if (at < 0) return concatBytes(...parts.map((one) => (typeof one === 'string' ? utf8(one) : one)))
  }
  return scratch.subarray(0, at)
}

/**
 * SHA-256 (FIPS 180-4) of the parts one after the other, 32 bytes. Our own because core takes no packages and because
 * WebCrypto is asynchronous, slow for thousands of short strings, and missing on plain http. Held against node:crypto
 * by a property test.
 */
export function sha256(...parts: (Uint8Array | string)[]): Uint8Array {
  const [first] = parts
  const message = parts.length === 1 && first instanceof Uint8Array ? first : gather(parts)
  const whole = message.length - (message.length % 64)
  hash.set(initialHash)
  for (let offset = 0; offset < whole; offset += 64) compress(message, offset)
  return finish(message.subarray(whole), message.length)
}

/** The digest, after `rest` of a message of so many bytes: what is left over from its whole blocks. */
function finish(rest: Uint8Array, length: number): Uint8Array {
  const end = rest.length < 56 ? 64 : 128
  tail.fill(0)
  tail.set(rest)
  tail[rest.length] = 0x80
  tailView.setUint32(end - 8, Math.floor(length / 2 ** 29))
  tailView.setUint32(end - 4, length << 3)
  for (let offset = 0; offset < end; offset += 64) compress(tail, offset)
  const digest = new Uint8Array(32)
  for (let i = 0; i < 32; i++) digest[i] = (hash[i >> 2] as number) >>> (24 - 8 * (i & 3))
  return digest
}

/** SHA-256 of what comes in pieces, as a large file does. */
export type Sha256 = { add: (bytes: Uint8Array) => void; digest: () => Uint8Array }

/** A hash that is fed in pieces (FIPS 180-4), where the platform only hashes what is whole in memory. */
export function createSha256(): Sha256 {
  const state = Int32Array.from(initialHash)
  const block = new Uint8Array(64)
  let held = 0
  let length = 0
  return {
    add: (bytes) => {
      hash.set(state)
      const toFill = held > 0 ? Math.min(64 - held, bytes.length) : 0
      block.set(bytes.subarray(0, toFill), held)
      held += toFill
      if (held === 64) {
        compress(block, 0)
        held = 0
      }
      let at = toFill
      for (; at + 64 <= bytes.length; at += 64) compress(bytes, at)
      block.set(bytes.subarray(at), held)
      held += bytes.length - at
      length += bytes.length
      state.set(hash)
    },
    digest: () => {
      hash.set(state)
      return finish(block.subarray(0, held), length)
    },
  }
}

/** HMAC-SHA-256 (RFC 2104), 32 bytes. */
export function hmacSha256(key: Uint8Array, message: Uint8Array): Uint8Array {
  const block = new Uint8Array(64)
  block.set(key.length > 64 ? sha256(key) : key)
  const inner = sha256(
    block.map((byte) => byte ^ 0x36),
    message,
  )
  return sha256(
    block.map((byte) => byte ^ 0x5c),
    inner,
  )
}
