import { dayMs } from '../../core/time.ts'
import type { Store } from '../store/store.ts'
import { hashSecret } from './keys.ts'

const freeTries = 5
const longestDelayMs = 60_000
/** So many from places that an account does not know, and each further place has a single try before it waits. */
const manyFromOutside = 100

/** Where somebody tries from: a device that is the account's own, or an address. */
export type Place = { device: string } | { address: string }

/**
 * Counts what was tried to get into an account, per place. The account's own device has its own count, which no
 * stranger touches; every other browser has that of its address, which a village shares, but only for this account.
 * Waiting grows to a minute and ends by itself; nothing is ever locked. Kept in the database, for all servers together.
 */
export type Tries = {
  /** Takes one try; the ms to wait when it is too early for one, else 0. */
  take(account: string, place: Place, now: number): Promise<number>
  /** Counts one that a puzzle paid for, which waits for nobody and makes nobody wait. */
  count(account: string, now: number): Promise<void>
  /** Whether so many tried from places that the account does not know that its puzzles are the harder ones. */
  isBusy(account: string, now: number): Promise<boolean>
  /** It was the right one. */
  forget(account: string, place: Place): Promise<void>
}

/** How long to wait after so many wrong ones in a row: 2, 4, 8 … 60 seconds. */
export function delayMs(wrong: number, free = freeTries): number {
  return wrong < free ? 0 : Math.min(longestDelayMs, 1000 * 2 ** Math.min(wrong - free + 1, 20))
}

/** Neither e-mails nor addresses are kept. */
function keyOf(account: string, place: Place | undefined): string {
  const where = place && ('device' in place ? place.device : place.address)
  return hashSecret(JSON.stringify(['tries', account, where]))
}

/** Counts in the database, so that all servers of it count together. */
export function createTries(store: Store): Tries {
  const countOf = (tries: { wrong: number; at: number } | undefined, now: number) =>
    tries && now - tries.at < dayMs ? tries.wrong : 0

  /** Counts one more, unless it is too early; two at once do not pass as one. */
  async function count(key: string, free: number, now: number): Promise<number> {
    for (;;) {
      const held = await store.findTries(key)
      const wrong = countOf(held, now)
      const waitMs = held ? held.at + delayMs(wrong, free) - now : 0
      if (waitMs > 0) return waitMs
      if (await store.putTries(key, { wrong: wrong + 1, at: now }, held)) return 0
    }
  }

  const outsideOf = (account: string) => keyOf(account, undefined)
  const countOutside = async (account: string, now: number) => {
    await count(outsideOf(account), Number.POSITIVE_INFINITY, now)
  }
  const isBusy = async (account: string, now: number) =>
    countOf(await store.findTries(outsideOf(account)), now) >= manyFromOutside

  return {
    take: async (account, place, now) => {
      await store.dropTriesBefore(now - dayMs)
      if ('device' in place) return count(keyOf(account, place), freeTries, now)
      const free = (await isBusy(account, now)) ? 1 : freeTries
      const waitMs = await count(keyOf(account, place), free, now)
      if (waitMs === 0) await countOutside(account, now)
      return waitMs
    },
    count: countOutside,
    isBusy,
    forget: (account, place) => store.dropTries(keyOf(account, place)),
  }
}
