import type { Kysely, Selectable, Transaction } from 'kysely'
import type { SpaceRole } from '../../core/access.ts'
import type { DamageFailure } from './damage.ts'
import type { ParkReason, Subject } from './store.ts'

/**
 * Times are epoch ms; ids, hashes and links base64url. Bodies are bytes: PostgreSQL's text refuses a NUL, and no op may
 * block another. Every key of the log leads with the space, so that the tables shard by it as they are.
 */
export type Tables = {
  spaces: {
    space: string
    epoch: string
    head: number
    chain: string
    created: number
    /** The number of the last op that a verified backup holds. */
    backed: number
  }
  ops: {
    space: string
    seq: number
    dev: string
    n: number
    v: number
    wall: number
    /** The time that the device claimed, which its seal covers; `at` is the final one. */
    claimed: number
    at: number
    received: number
    /** Link of the device's chain, or `contentMark` of an op that was brought back without it; `chain` is the log's. */
    link: string
    chain: string
    body: Buffer
  }
  parked: {
    space: string
    dev: string
    n: number
    link: string
    v: number
    wall: number
    claimed: number
    received: number
    reason: ParkReason
    body: Buffer
    /** When an organizer chose to keep it out of the log. */
    kept: number | null
  }
  seals: {
    space: string
    dev: string
    first: number
    last: number
    previous: string
    signature: string
    received: number
  }
  devices: {
    dev: string
    point: string
    credential: string
    name: string
    holder: string
    account: string | null
    enrolled: number
    seen: number
    /** When the device as a whole lost every right. */
    revoked: number | null
    /** What it last said that it has not sent; `null`: it never said. */
    unsent: number | null
    /** When its account's person signed it out. */
    signedOut: number | null
  }
  grants: {
    space: string
    subject: Subject
    role: SpaceRole
    created: number
    revoked: number | null
    expires: number | null
    owner: string | null
    /** When this attendee's share of the space was last found used up. */
    full: number | null
  }
  gates: { code: string; space: string; gate: string; created: number; closed: number | null }
  tickets: { space: string; form: string; person: string; blinded: string }
  ballots: { space: string; form: string; nonce: string; day: number; body: Buffer }
  /** Content that is whole. `unnamed`: since when no material names it; in the space `''` what no space holds. */
  files: {
    space: string
    hash: string
    type: string
    size: number
    dev: string
    created: number
    unnamed: number | null
  }
  /** Content on its way: `received` bytes of it are on the disk; `verified` (1) once the whole was hashed. */
  uploads: {
    space: string
    hash: string
    type: string
    size: number
    dev: string
    received: number
    verified: number
    touched: number
  }
  passkeys: {
    id: string
    account: string
    name: string
    key: string
    counter: number
    created: number
    used: number
  }
  resetCodes: {
    account: string
    code: string
    author: string
    created: number
    expires: number
    used: number | null
  }
  tries: { key: string; wrong: number; at: number }
  spent: { hash: string; expires: number }
  /** Failed sign-ins in the hour that begins at `hour`; of the account '' those of accounts that there are not. */
  refusals: { hour: number; account: string; count: number }
  /** Secrets that the server makes for itself once; a backup holds them too. */
  secrets: { name: string; value: string }
  /** The server's own history (core/audit.ts). `detail` is JSON. `auditEnd` is one row: where it ends. */
  audit: {
    seq: number
    at: number
    kind: string
    space: string
    account: string | null
    dev: string | null
    about: string | null
    reason: string
    detail: string
    chain: string
  }
  auditEnd: { seq: number; chain: string }
  invites: {
    code: string
    space: string
    role: SpaceRole
    created: number
    expires: number
    dev: string | null
  }
}

/** Every table of ours, by name: the compiler finds one that is missing. */
const ours: Record<keyof Tables, true> = {
  spaces: true,
  ops: true,
  parked: true,
  seals: true,
  devices: true,
  grants: true,
  gates: true,
  tickets: true,
  ballots: true,
  files: true,
  uploads: true,
  passkeys: true,
  resetCodes: true,
  tries: true,
  spent: true,
  refusals: true,
  secrets: true,
  audit: true,
  auditEnd: true,
  invites: true,
}
export const tableNames = Object.keys(ours)

/**
 * Adds whole rows of these tables within a transaction, each database by its own quickest way: Kysely would make a node
 * of every value and a new statement for every number of rows. A seal that is there stays; an op that is there is an
 * error.
 */
export type AddRows = <T extends 'ops' | 'seals'>(
  transaction: Transaction<Tables>,
  table: T,
  rows: Selectable<Tables[T]>[],
) => Promise<void>

/**
 * A database as an adapter opens it. `atomically` runs one transaction, again when the database asks for it; what locks
 * several rows runs in it even when it is a single statement, since another may lock them in another order. `broken`: how
 * damage of it is told.
 */
export type Database = {
  db: Kysely<Tables>
  atomically<T>(work: (transaction: Transaction<Tables>) => Promise<T>): Promise<T>
  addRows: AddRows
  broken: DamageFailure['kind']
}
