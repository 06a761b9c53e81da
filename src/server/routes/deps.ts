import type { Context } from 'hono'
import type { SpaceRole } from '../../core/access.ts'
import type { Space } from '../../core/fold.ts'
import type { Accounts } from '../auth/accounts.ts'
import type { Issuer } from '../auth/issuer.ts'
import type { Setup } from '../auth/setup.ts'
import type { Tickets } from '../auth/tickets.ts'
import type { Witness } from '../auth/witness.ts'
import type { Store } from '../store/store.ts'

/** Counts tries per key. */
export type Limiter = {
  /** The ms to wait while none is left, else 0. Takes none. */
  wait(key: string): Promise<number>
  /** Takes one try, or `count`; the ms to wait when there is none left, else 0. */
  take(key: string, count?: number): Promise<number>
  /** Gives the tries of a key back, after one that succeeded. */
  forget(key: string): Promise<void>
}

/**
 * Bounds what many do together so that nobody can use it up for the others: each `one` has a part of his own, and only
 * beyond it takes from what `all` share.
 */
export type Pace = {
  wait(all: string, one: string): Promise<number>
  take(all: string, one: string, count?: number): Promise<number>
}

/** Streams that say where logs end now ([S12]). */
export type Live = {
  /**
   * A stream for a device that hears of `roles`' spaces, which are read again while it stands; it ends when there are
   * none left. `none`: there are none to begin with; `full`: this server has no room.
   */
  open(
    dev: string,
    readRoles: () => Promise<Map<string, SpaceRole> | undefined>,
  ): Promise<ReadableStream<Uint8Array> | 'none' | 'full'>
  /** A space's log has grown: tells who listens. Nobody waits for it, and it never rejects. */
  look(space: string): Promise<void>
  /** Ends every stream, so that the server can stop. */
  close(): void
}

/** A space as its log says it is, up to the op number `head`. Readers must not keep it beyond their answer. */
export type Folded = { space: Space; epoch: string; head: number }
export type FoldedSpaces = (space: string) => Promise<Folded | undefined>

/** What routes work with. */
export type Deps = {
  store: Store
  accounts: Accounts
  setup: Setup
  witness: Witness
  live: Live
  issuer: Issuer
  tickets: Tickets
  /** The key of gates' codes. */
  gateSecret: string
  folded: FoldedSpaces
  signInLimiter: Limiter
  /** Counts codes that nobody was ever given, by address; a village shares one, and good codes cost nothing. */
  codeLimiter: Limiter
  /** Counts all that a device looks for among the invited. */
  findLimiter: Limiter
  /** Counts what devices of a space looked for and did not find, by device. */
  misses: Pace
  /** Counts devices that are new at a gate, by address: a hall shares one. */
  doors: Pace
  /** The same without regard to addresses, of which an attacker may have many. */
  doorLimiter: Limiter
  /** Counts the bytes that attendees' devices push into a space, by what the ids of their persons begin with. */
  pushedBytes: Pace
  version: string
  /** Epoch ms. */
  now(): number
  /** The network address of who calls, as far as it can be known. */
  addressOf(c: Context): string
}
