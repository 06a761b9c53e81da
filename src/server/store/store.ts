import type { Kysely } from 'kysely'
import type { SpaceRole } from '../../core/access.ts'
import type { AuditEntry } from '../../core/audit.ts'
import type { Op } from '../../core/op.ts'
import type { BallotStore } from './ballotStore.ts'
import type { CredentialStore } from './credentialStore.ts'
import type { AuditStore, QuarantineStore } from './oversight.ts'
import type { PeopleStore } from './peopleStore.ts'
import type { Tables } from './tables.ts'

/** Why an op is kept aside; the same words as on the wire. */
export const parkReasons = ['unreadable', 'notAllowed', 'tooLarge', 'badSeal'] as const
export type ParkReason = (typeof parkReasons)[number]

/**
 * An op as a device offers it: `op.at` is the device's claim, `link` its place in the device's chain (base64url), and
 * `bodyHash` the SHA-256 of its body, where that was made already.
 */
export type OfferedOp = { op: Op; link: string; verdict: 'commit' | ParkReason; bodyHash?: Uint8Array }

/** The most that these devices may have in a space together: in its log and parked, or only parked. */
export type Bound = { of: 'all' | 'parked'; devs: string[]; ops: number; bytes: number }

/** One push of one device. The seal is kept, so that any device can offer the batch again later ([S7], [S13]). */
export type Batch = {
  dev: string
  receivedAt: number
  previous: string
  signature: string
  ops: OfferedOp[]
  bound?: Bound | undefined
}

export type OpResult =
  | { state: 'committed'; n: number; seq: number; at: number }
  | { state: 'parked'; n: number; reason: ParkReason }
  | { state: 'forked'; n: number }

/** Where a log ends, and through which number a verified backup holds it ([S5]). */
export type SpaceHead = { space: string; epoch: string; head: number; backedUpThrough: number }
export type Cursor = { epoch: string; seq: number; chain: string }
export type LoggedOp = Op & { seq: number; received: number }
/** Whether a log has a cursor, and where it ends. */
export type Standing = { state: 'known' | 'diverged' } & SpaceHead
export type Page =
  | ({ state: 'page'; after: number; chain: string; ops: LoggedOp[] } & SpaceHead)
  | ({ state: 'diverged' } & SpaceHead)

/** A browser profile. `point` is its public key, `credential` the hash of the secret in its cookie. */
export type Device = {
  dev: string
  point: string
  credential: string
  name: string
  holder: string
  /** The account that enrolled it; without one it holds grants of its own. */
  account: string | null
  enrolledAt: number
  seenAt: number
  /** When the device as a whole lost every right, as a lost phone does. */
  revokedAt: number | null
  /** How many ops it last said that it has not sent; `null`: it never said. */
  unsent: number | null
  /** When its account's person signed it out: its key alone does not bring its credential back. */
  signedOutAt: number | null
}

/**
 * What enrolling says of a device, which is signed in with it; a revocation and what it told of itself stay as they
 * are.
 */
export type EnrolledDevice = Omit<Device, 'revokedAt' | 'unsent' | 'signedOutAt'>

/** Who holds a grant: every device of an account, or one device. */
export type Subject = `account:${string}` | `device:${string}`

/** In place of a space's id: a grant that holds in every space, what makes an organizer of the organization. */
export const everySpace = '*'

export type Grant = {
  space: string
  subject: Subject
  role: SpaceRole
  createdAt: number
  revokedAt: number | null
  /** An attendee's ends by itself; others' do not. */
  expiresAt?: number | null
  /** What the ids of an attendee's own persons begin with. */
  owner?: string | null
}

/** An invite code, known only by its hash. `dev` is the device that used it. */
export type Invite = {
  codeHash: string
  space: string
  role: SpaceRole
  createdAt: number
  expiresAt: number
  dev: string | null
}

/** A gate's code, known only by its hash, through which any number of devices come in until it is closed. */
export type GateCode = { codeHash: string; space: string; gate: string; createdAt: number; closedAt: number | null }

/** A device of the team, and by whose grant since when; `everywhere`: in the whole organization. */
export type Member = { device: Device; role: SpaceRole; subject: Subject; since: number; everywhere: boolean }

/** One change of what a subject may in a space, or everywhere; `role` null ends it. */
export type RightsChange = { space: string; subject: Subject; role: SpaceRole | null; now: number }

/** The ordered ops of each space. */
export type LogStore = {
  findSpace(space: string): Promise<SpaceHead | undefined>
  listSpaces(): Promise<string[]>
  listHeads(): Promise<SpaceHead[]>
  /** Makes an empty space; does nothing when there is one. */
  createSpace(space: string, epoch: string, now: number): Promise<void>

  /**
   * Numbers what is new, parks what must not enter the log, and resolves only after the commit, with one result per op
   * in the batch's order. Batches of one space that arrive within a few ms are committed together. `full`: what is new
   * in the batch goes beyond its bound, and nothing of it was kept. The space exists.
   */
  append(space: string, batch: Batch): Promise<OpResult[] | 'full'>
  /** `undefined` for an unknown space; without a cursor a reader stands at the beginning, which every log has. */
  findCursor(space: string, cursor: Cursor | undefined): Promise<Standing | undefined>
  /** The ops after a cursor, gapless, at least one when there is any; `undefined` for an unknown space. */
  readPage(
    space: string,
    cursor: Cursor | undefined,
    limits: { maxOps: number; maxBytes: number },
  ): Promise<Page | undefined>
  /**
   * Numbers what a restored log lacks of these ops, which carry their final time, and leaves the rest; how many it
   * numbered, after the commit. The space exists.
   */
  recover(space: string, ops: Op[], receivedAt: number): Promise<number>
  /** How many parked ops wait for an organizer's decision. */
  countParked(space: string): Promise<number>
}

/** `lastOrganizer`: nobody would be left who may do everything; `none`: there is nothing to change. */
export type RightsResult = 'done' | 'lastOrganizer' | 'none'

/**
 * Rights that are given and taken by hand. One change at a time over all servers, each with its line in the history or
 * not at all, so that two organizers who remove each other leave one.
 */
export type RightsStore = {
  /** Gives a subject this role of the team alone, or ends what it has there, also as an attendee. */
  changeRight(change: RightsChange, entry: AuditEntry): Promise<RightsResult>
  /** Ends everything that a device may, for good. */
  revokeDevice(dev: string, now: number, entry: AuditEntry): Promise<RightsResult>
}

/** Content that a space holds whole. `dev` brought it; `unnamedSince`: epoch ms, while no material names it. */
export type HeldFile = {
  space: string
  hash: string
  type: string
  sizeBytes: number
  dev: string
  createdAt: number
  unnamedSince: number | null
}

/** Content on its way into a space: through `received` it is on the disk, and `verified` once the whole was hashed. */
export type Upload = {
  space: string
  hash: string
  type: string
  sizeBytes: number
  dev: string
  received: number
  verified: boolean
  touchedAt: number
}

/** In place of a space's id: content that lies in the file store and that no space holds. */
export const noSpace = ''

/**
 * Which content each space holds, and what is on its way; the bytes are the file store's (server/files/fileStore.ts).
 */
export type FilesStore = {
  findFile(space: string, hash: string): Promise<HeldFile | undefined>
  /** Every space that holds a content, `noSpace` too. */
  listHolders(hash: string): Promise<string[]>
  listFiles(): Promise<HeldFile[]>
  /** Notes that a space holds a content, in the place of its upload. */
  putFile(file: HeldFile): Promise<void>
  noteUnnamed(space: string, hash: string, since: number | null): Promise<void>
  dropFile(space: string, hash: string): Promise<void>
  /** The bytes that a space holds, and those that a device brought into any; each with what is on its way. */
  sizeOfFiles(place: { space: string } | { dev: string }): Promise<number>

  findUpload(space: string, hash: string): Promise<Upload | undefined>
  listUploads(): Promise<Upload[]>
  /** Begins an upload; one that is there stays as it is. */
  beginUpload(upload: Upload): Promise<void>
  /** Notes that an upload stands at `to`; false when it did not stand at `from` any more. */
  advanceUpload(space: string, hash: string, step: { from: number; to: number; now: number }): Promise<boolean>
  noteVerified(space: string, hash: string): Promise<void>
  dropUpload(space: string, hash: string): Promise<void>
}

/** The server's memory. Two adapters, one contract (test/server/*tore.test.ts). Times are epoch ms. */
export type Store = LogStore &
  PeopleStore &
  RightsStore &
  QuarantineStore &
  CredentialStore &
  BallotStore &
  FilesStore & {
    /**
     * Runs `work` while nobody else runs any, on this server or another on the same database: tables are made by one
     * and found by the others, room is counted by one before the next takes some. Not from within itself.
     */
    alone<T>(work: () => Promise<T>): Promise<T>

    audit: AuditStore

    /** The same database for the accounts' own tables (auth/accounts.ts). */
    accounts: { db: Kysely<Tables>; type: 'sqlite' | 'postgres' }

    /**
     * Resolves when a backup is to be put in this database's place, for which the restore waits: whoever works with the
     * store closes it, opens it anew, and keeps nothing that was read from the one before.
     */
    untilRestore(): Promise<void>
    close(): Promise<void>
  }

/** Why a store could not be opened. `newerDatabase`: a newer version was here, whose migrations this one lacks. */
export type StoreFailure = {
  kind: 'notWritable' | 'brokenDatabase' | 'brokenPostgres' | 'inUse' | 'unreachable' | 'mayNotCreate' | 'newerDatabase'
  detail: string
}
