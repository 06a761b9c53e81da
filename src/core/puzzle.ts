import { utf8 } from './bytes.ts'

/**
 * What a browser works at to have a password looked at at once, whoever else tries to get into the same account: in
 * each of `parts`, a guess whose scrypt hash is small enough, which one of `odds` is. Several easy parts take about as
 * long every time, where a single hard one takes three times as long once in twenty.
 */
export type Puzzle = {
  /** Names the account and the time for which it is good, under the server's HMAC. */
  token: string
  /** scrypt's N; of `blockSize` it needs 1024 bytes each. */
  cost: number
  parts: number
  odds: number
}

/** The guess found for each part. */
export type Solution = { token: string; guesses: number[] }

/** scrypt's r. Its p is 1. */
export const blockSize = 8
const hashBits = 32
export const hashBytes = hashBits / 8

export type Guess = { token: string; part: number; guess: number }

/** What is hashed for a guess; the salt of it is empty. */
export function guessBytes({ token, part, guess }: Guess): Uint8Array {
  return utf8(JSON.stringify([token, part, guess]))
}

export function isHit(hash: Uint8Array, odds: number): boolean {
  const number = new DataView(hash.buffer, hash.byteOffset).getUint32(0)
  return number * odds < 2 ** hashBits
}
