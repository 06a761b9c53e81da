import { concatBytes, utf8 } from './bytes.ts'

/** The first 32 bits of the fractional parts of the cube roots of the first 64 primes (FIPS 180-4, 4.2.2). */
const roundConstants = fractions(64, Math.cbrt)
/** The same of the square roots of the first 8 primes (FIPS 180-4, 5.3.3). */
const initialHash = fractions(8, Math.sqrt)

function fractions(count: number, root: (n: number) => number): Uint32Array {
  const words = new Uint32Array(count)
  for (let found = 0, n = 2; found < count; n++) {
    let prime = true
    for (let d = 2; d * d <= n; d++) if (n % d === 0) prime = false
    if (prime) words[found++] = Math.floor((root(n) % 1) * 2 ** 32)
  }
  return words
}

const schedule = new Uint32Array(64)

function compress(hash: Uint32Array, block: DataView, offset: number): void {
  for (let t = 0; t < 16; t++) schedule[t] = block.getUint32(offset + 4 * t)
  for (let t = 16; t < 64; t++) {
    const w15 = schedule[t - 15] as number
    const w2 = schedule[t - 2] as number
    const s0 = ((w15 >>> 7) | (w15 << 25)) ^ ((w15 >>> 18) | (w15 << 14)) ^ (w15 >>> 3)
    const s1 = ((w2 >>> 17) | (w2 << 15)) ^ ((w2 >>> 19) | (w2 << 13)) ^ (w2 >>> 10)
    schedule[t] = ((schedule[t - 16] as number) + s0 + (schedule[t - 7] as number) + s1) | 0
  }
  let [a, b, c, d, e, f, g, h] = hash as unknown as [number, number, number, number, number, number, number, number]
  for (let t = 0; t < 64; t++) {
    const sum1 = ((e >>> 6) | (e << 26)) ^ ((e >>> 11) | (e << 21)) ^ ((e >>> 25) | (e << 7))
    const t1 = (h + sum1 + ((e & f) ^ (~e & g)) + (roundConstants[t] as number) + (schedule[t] as number)) | 0
    const sum0 = ((a >>> 2) | (a << 30)) ^ ((a >>> 13) | (a << 19)) ^ ((a >>> 22) | (a << 10))
    const t2 = (sum0 + ((a & b) ^ (a & c) ^ (b & c))) | 0
    h = g
    g = f
    f = e
    e = (d + t1) | 0
    d = c
    c = b
    b = a
    a = (t1 + t2) | 0
  }
  const next = [a, b, c, d, e, f, g, h]
  for (let i = 0; i < 8; i++) hash[i] = (hash[i] as number) + (next[i] as number)
}

/**
 * SHA-256 (FIPS 180-4), 32 bytes. Our own because core takes no packages and because WebCrypto is asynchronous,
 * slow for thousands of short strings, and missing on plain http. Held against node:crypto by a property test.
 */
export function sha256(input: Uint8Array | string): Uint8Array {
  const message = typeof input === 'string' ? utf8(input) : input
  const whole = message.length - (message.length % 64)
  const hash = initialHash.slice()
  const view = new DataView(message.buffer, message.byteOffset, message.byteLength)
  for (let offset = 0; offset < whole; offset += 64) compress(hash, view, offset)
  const rest = message.length - whole
  const tail = new Uint8Array(rest < 56 ? 64 : 128)
  tail.set(message.subarray(whole))
  tail[rest] = 0x80
  const tailView = new DataView(tail.buffer)
  tailView.setUint32(tail.length - 8, Math.floor(message.length / 2 ** 29))
  tailView.setUint32(tail.length - 4, message.length << 3)
  for (let offset = 0; offset < tail.length; offset += 64) compress(hash, tailView, offset)
  const digest = new Uint8Array(32)
  const digestView = new DataView(digest.buffer)
  for (let i = 0; i < 8; i++) digestView.setUint32(4 * i, hash[i] as number)
  return digest
}

/** HMAC-SHA-256 (RFC 2104), 32 bytes. */
export function hmacSha256(key: Uint8Array, message: Uint8Array): Uint8Array {
  const block = new Uint8Array(64)
  block.set(key.length > 64 ? sha256(key) : key)
  const inner = sha256(
    concatBytes(
      block.map((byte) => byte ^ 0x36),
      message,
    ),
  )
  return sha256(
    concatBytes(
      block.map((byte) => byte ^ 0x5c),
      inner,
    ),
  )
}
