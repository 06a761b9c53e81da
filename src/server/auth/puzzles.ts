import { createHmac, scrypt } from 'node:crypto'
import { promisify } from 'node:util'
import { blockSize, type Guess, guessBytes, hashBytes, isHit, type Puzzle, type Solution } from '../../core/puzzle.ts'
import type { Store } from '../store/store.ts'
import { hashSecret, isSameSecret, newSecret } from './keys.ts'

const derive = promisify<Uint8Array, string, number, { N: number; r: number; maxmem: number }, Buffer>(scrypt)

const lifetimeMs = 10 * 60_000
/** 4 MB a guess: little for a phone, much for the thousands of small cores of a graphics card. About 10 ms here. */
const cost = 4_096
const parts = 8
/** Guesses a part, on average: when there were few wrong tries lately, and when there were many. */
const [fewOdds, manyOdds] = [4, 16]

/**
 * Puzzles buy a try that nobody else can use up. They are signed with `secret` and not stored, so that every server of
 * a database knows them; an account that there is not has them like any other. They do not name an address, since that
 * of a phone may change while it works, and whoever has many gains nothing by it.
 */
export type Puzzles = {
  make(account: string, isBusy: boolean, now: number): Puzzle
  /** Whether this may solve a puzzle of ours for this account. Costs no more than a hash. */
  mayFit(solution: Solution, account: string, now: number): boolean
  /** Whether it solves it, and for the first time. Slow, so that it wants its turn. */
  use(solution: Solution, now: number): Promise<boolean>
}

export function createPuzzles(secret: string, store: Store): Puzzles {
  const macOf = (account: string, odds: string, expires: string, chance: string) =>
    createHmac('sha256', secret)
      .update(JSON.stringify(['puzzle', account, odds, expires, chance]))
      .digest('base64url')

  const split = (token: string) => {
    const [odds = '', expires = '', chance = '', mac = ''] = token.split('.')
    return { odds, expires, chance, mac }
  }

  async function fits(guess: Guess, odds: number): Promise<boolean> {
    return isHit(await derive(guessBytes(guess), '', hashBytes, { N: cost, r: blockSize, maxmem: 2 ** 26 }), odds)
  }

  return {
    make: (account, isBusy, now) => {
      const odds = isBusy ? manyOdds : fewOdds
      const [expires, chance] = [String(now + lifetimeMs), newSecret()]
      const mac = macOf(account, String(odds), expires, chance)
      return { token: [odds, expires, chance, mac].join('.'), cost, parts, odds }
    },
    mayFit: ({ token, guesses }, account, now) => {
      const { odds, expires, chance, mac } = split(token)
      const isOurs = isSameSecret(macOf(account, odds, expires, chance), mac)
      return isOurs && Number(expires) > now && guesses.length === parts
    },
    use: async ({ token, guesses }, now) => {
      const { odds, expires } = split(token)
      for (const [part, guess] of guesses.entries()) {
        if (!(await fits({ token, part, guess }, Number(odds)))) return false
      }
      return store.spend(hashSecret(token), Number(expires), now)
    },
  }
}
