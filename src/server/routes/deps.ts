import type { Context } from 'hono'
import type { Accounts } from '../auth/accounts.ts'
import type { Setup } from '../auth/setup.ts'
import type { Witness } from '../auth/witness.ts'
import type { Store } from '../store/store.ts'

/** Counts tries per key. */
export type Limiter = {
  /** Takes one try; the ms to wait when there is none left, else 0. */
  take(key: string): Promise<number>
  /** Gives the tries of a key back, after one that succeeded. */
  forget(key: string): Promise<void>
}

/** What routes work with. */
export type Deps = {
  store: Store
  accounts: Accounts
  setup: Setup
  witness: Witness
  signInLimiter: Limiter
  codeLimiter: Limiter
  version: string
  /** Epoch ms. */
  now(): number
  /** The network address of who calls, as far as it can be known. */
  addressOf(c: Context): string
}
