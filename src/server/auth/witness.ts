import { createHmac } from 'node:crypto'
import { isSameSecret } from './keys.ts'

/** A place in a space's log: the number of an op and the log's chain behind it. */
export type Place = { space: string; epoch: string; seq: number; chain: string }

/** The server's word for what stood in its log, which it believes again after it was restored from a backup ([S7]). */
export type Witness = { of: (place: Place) => string; holds: (place: Place, word: string) => boolean }

/** A word about a place in the log that only this database could have said. */
export function createWitness(secret: string): Witness {
  const of = ({ space, epoch, seq, chain }: Place) =>
    createHmac('sha256', secret)
      .update(JSON.stringify([space, epoch, seq, chain]))
      .digest('base64url')
  return {
    of,
    holds: (place, word) => isSameSecret(of(place), word),
  }
}
