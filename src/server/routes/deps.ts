import type { Context } from 'hono'
import type { Space } from '../../core/fold.ts'
import type { Accounts } from '../auth/accounts.ts'
import type { Issuer } from '../auth/issuer.ts'
import type { Oidc } from '../auth/oidc.ts'
import type { Passkeys } from '../auth/passkeys.ts'
import type { Puzzles } from '../auth/puzzles.ts'
import type { Setup } from '../auth/setup.ts'
import type { Tickets } from '../auth/tickets.ts'
import type { Tries } from '../auth/tries.ts'
import type { Witness } from '../auth/witness.ts'
import type { FileStore } from '../files/fileStore.ts'
import type { Uploads } from '../files/uploads.ts'
import type { Store } from '../store/store.ts'
import type { Damage, Lately, Limiter, Live, LogPages, Pace, Turns } from './ports.ts'

/** A space as its log says it is, up to the op number `head`. Readers must not keep it beyond their answer. */
export type Folded = { space: Space; epoch: string; head: number; backedUpThrough: number }
export type FoldedSpaces = (space: string) => Promise<Folded | undefined>

/** What routes work with. */
export type Deps = {
  store: Store
  files: FileStore
  uploads: Uploads
  accounts: Accounts
  setup: Setup
  witness: Witness
  live: Live
  damage: Damage
  issuer: Issuer
  tickets: Tickets
  /** The key of gates' codes. */
  gateSecret: string
  folded: FoldedSpaces
  logPages: LogPages
  tries: Tries
  /** For who would otherwise wait for others' tries. */
  puzzles: Puzzles
  /** For what hashes passwords of whoever asks. */
  turns: Turns
  passkeys: Passkeys
  /** The identity provider, when one is configured. */
  oidc: Oidc | undefined
  /** `https://name`, as browsers reach the server, where it was told. */
  publicUrl: string | undefined
  /**
   * Where other machines of this network reach this port by plain http; none where the server has a name or one
   * address.
   */
  neighbours(port: number): string[]
  /** Counts codes that nobody was ever given, for all addresses together, by what they would open. */
  guesses: Limiter
  /** The gates through which somebody came lately, by the hashes of their codes: no guesses close them. */
  gatesInUse: Lately
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
  /** The network of who calls (of IPv6 the /64), as far as it can be known. */
  addressOf(c: Context): string
}
