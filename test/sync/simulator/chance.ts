import { createECDH, createHash } from 'node:crypto'

/** Chance that comes from a seed: the same seed, the same numbers. */
export type Chance = {
  /** In [0, 1). */
  next: () => number
  /** An integer in [0, below). */
  below: (below: number) => number
  pick: <T>(items: readonly T[]) => T
  /** True once in `times`. */
  once: (times: number) => boolean
  bytes: (count: number) => Uint8Array
}

/** Mulberry32: 32 bits of state are plenty for a script of forty steps. */
export function createChance(seed: number): Chance {
  let state = (Math.imul(seed, 0x9e3779b1) ^ 0x5bd1e995) >>> 0
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
  const below = (limit: number) => Math.floor(next() * limit)
  return {
    next,
    below,
    pick: (items) => {
      const item = items[below(items.length)]
      if (item === undefined) throw new RangeError('Nothing to pick from')
      return item
    },
    once: (times) => below(times) === 0,
    bytes: (count) => Uint8Array.from({ length: count }, () => below(256)),
  }
}

/** The P-256 key of a number, as `crypto.subtle.generateKey` gives one: equal times break by the key's id. */
export async function keyPairOf(number: number): Promise<CryptoKeyPair> {
  const curve = createECDH('prime256v1')
  curve.setPrivateKey(createHash('sha256').update(`simulated key ${number}`).digest())
  const point = curve.getPublicKey()
  const algorithm = { name: 'ECDSA', namedCurve: 'P-256' }
  const open = {
    kty: 'EC',
    crv: 'P-256',
    x: point.subarray(1, 33).toString('base64url'),
    y: point.subarray(33).toString('base64url'),
  }
  const d = curve.getPrivateKey().toString('base64url')
  return {
    publicKey: await crypto.subtle.importKey('jwk', open, algorithm, true, ['verify']),
    privateKey: await crypto.subtle.importKey('jwk', { ...open, d }, algorithm, false, ['sign']),
  }
}
