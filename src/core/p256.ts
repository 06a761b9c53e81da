/** The field and the curve's constant of P-256 (FIPS 186-4, D.1.2.3); its other coefficient is -3. */
const field = 0xffffffff00000001000000000000000000000000ffffffffffffffffffffffffn
const b = 0x5ac635d8aa3a93e7b3ebbd55769886bc651d06b0cc53b0f63bce3c3e27d2604bn

function toNumber(bytes: Uint8Array): bigint {
  return bytes.reduce((sum, byte) => (sum << 8n) | BigInt(byte), 0n)
}

function toBytes(value: bigint): Uint8Array {
  const bytes = new Uint8Array(32)
  for (let i = 31, rest = value; i >= 0; i--, rest >>= 8n) bytes[i] = Number(rest & 0xffn)
  return bytes
}

function power(base: bigint, exponent: bigint): bigint {
  let [result, square] = [1n, base]
  for (let rest = exponent; rest > 0n; rest >>= 1n) {
    if (rest & 1n) result = (result * square) % field
    square = (square * square) % field
  }
  return result
}

/** A public key of 65 bytes in 33 (SEC 1, 2.3.3): half of a code is too much to spend on what follows from the rest. */
export function compressPoint(point: Uint8Array): Uint8Array {
  const compressed = point.slice(0, 33)
  compressed[0] = 2 + ((point[64] ?? 0) & 1)
  return compressed
}

/** The public key of 65 bytes, or `undefined` when no point of the curve is written so (SEC 1, 2.3.4). */
export function decompressPoint(compressed: Uint8Array): Uint8Array | undefined {
  const sign = compressed[0]
  const x = toNumber(compressed.subarray(1))
  if (compressed.length !== 33 || (sign !== 2 && sign !== 3) || x >= field) return undefined
  const square = ((((x * x - 3n) * x + b) % field) + field) % field
  const root = power(square, (field + 1n) / 4n)
  if ((root * root) % field !== square) return undefined
  const y = Number(root & 1n) === sign - 2 ? root : field - root
  const point = new Uint8Array(65)
  point[0] = 4
  point.set(compressed.subarray(1), 1)
  point.set(toBytes(y), 33)
  return point
}
