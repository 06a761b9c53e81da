import { Dexie, type DexieOptions, type Table } from 'dexie'
import type { SpaceRole } from '../../core/access.ts'
import type { BallotRow, TicketRow } from './ballotRow.ts'
import type { BlobRow, ContentRow } from './blobRow.ts'
import type { EndedRow } from './endedRow.ts'
import type { InHandRow } from './inHandRow.ts'
import type { KioskRow } from './kioskRow.ts'
import type { OfCopiesRow } from './ofCopiesRow.ts'
import { packOldSent, type SentRow } from './sent.ts'
import type { SnapshotRow } from './snapshots.ts'

/**
 * A space that this device holds, and how far it has read its log. `seq` never runs ahead of the stored pages ([S6]).
 */
export type SpaceRow = {
  space: string
  role: SpaceRole
  /** The server ended this device's grant: nothing more is pulled, the outbox is still sent. */
  revoked: boolean
  /** Somebody took the grant away, as the server says: this copy is erased once it has been handed over ([S11]). */
  ended?: boolean
  /** Empty until the first pull. */
  epoch: string
  seq: number
  chain: string
  /** The log's last number that the server has told of. */
  head: number
  backedUpThrough: number
  /**
   * How often this device went back in the log ([S7]), or its view of the event was replaced: what was folded before is
   * not what the pages hold now.
   */
  wentBack: number
  /** Through which number of this device all that it sent was last offered again (sync/reoffer.ts). */
  offeredThrough?: number
  attendee?: AttendeePart
}

/**
 * What an attendee's device keeps of a space. It has no log: its one page holds the view that the server last gave
 * (protocol/view.ts), `seq` is the log's number in it and `chain` its tag.
 */
export type AttendeePart = {
  /** What the ids of his persons begin with, and the server's word for it (core/certificate.ts). */
  owner: string
  certificate: string
  /** The code by which this device came in, so that its link opens without a network too. */
  code: string
  /** Invited persons that were found from here. */
  found: FoundPerson[]
}

/** An invited person as far as an attendee may see who it is; by which pass, when it was by one. */
export type FoundPerson = { person: string; name: string; institution: string; pass?: string }

/**
 * A run of the log as received: `after` < number ≤ `after` + `count`; `ops` is the JSON of PackedOp[]. `before` and
 * `chain` are the log's chain at both ends, `witness` the server's word for the latter.
 */
export type PageRow = {
  space: string
  after: number
  count: number
  before: string
  chain: string
  witness: string
  ops: string
  received?: ReceivedRun[]
}

/** When the server received so many ops of a page that follow each other; 0: it did not say. */
export type ReceivedRun = [count: number, receivedAt: number]

/**
 * [S7] A page that a restored server has lost, until it has taken it back. `refused`: it did not believe its own word.
 */
export type LostPageRow = PageRow & { epoch: string; refused: boolean }

/** An op of a page: version, device, n, wall, final at, body. */
export type PackedOp = [v: number, dev: string, n: number, wall: number, at: number, body: string]

/**
 * `sent`: the server has committed it; such an op leaves the outbox for a run (sent.ts). `released`: a person let go of
 * a parked op; it stays here and on the server, and nothing waits for a look any more.
 */
export type OutboxState = 'local' | 'sent' | 'parked' | 'released'

/** An op of this device. `at` is what was sealed; `finalAt` and `seq` are the server's, once it has committed. */
export type OutboxRow = {
  space: string
  dev: string
  n: number
  v: number
  wall: number
  at: number
  body: string
  state: OutboxState
  /** The op's link in the device's chain and the one before it, kept once the op was sent (base64url). */
  link?: string
  previous?: string
  seq?: number
  finalAt?: number
  parkedFor?: string
  /** When the oldest op was written (`wall`) that waits behind this one since it took a new name ([S8]). */
  since?: number
}

/** What became of a carried op: its place in the log and final time, or why the server refused it. */
export type CarriedOutcome = { seq: number; at: number } | { reason: string }

/**
 * A sealed batch of another device, which this one carries until the log holds it ([S13]). Named by the link of its
 * last op, which is the same however often the batch is sealed.
 */
export type CarriedRow = {
  space: string
  dev: string
  link: string
  v: number
  previous: string
  signature: string
  /** The JSON of [n, wall, at, body][]. */
  ops: string
  /** How it came. */
  from: 'receipt' | 'file'
  /** This device's clock, epoch ms. */
  takenAt: number
  /** The author's public key (base64url), where it is known: with it the seal was checked here. */
  publicKey?: string
  /** The server's word for an attendee's device, for a server that was restored to before it came ([S7]). */
  certificate?: { publicKey: string; owner: string; signature: string }
  /** Names of ops that the server has not answered, and of those that it refused, until a person lets go of them. */
  waiting: string[]
  refused: string[]
  /** In the order of the ops, once the server has answered. */
  outcomes?: CarriedOutcome[]
}

/** The primary key of an outbox row: space, device, n. */
export type OutboxKey = [space: string, dev: string, n: number]

export type DraftRow = { key: string; value: unknown; savedAt: number }

export type DeviceRow = {
  key: 'device'
  dev: string
  /** Uncompressed P-256 point, base64url. */
  publicKey: string
  /** On plain http, where there is no WebCrypto, the key's 32 bytes, which could be copied. */
  privateKey: CryptoKey | Uint8Array<ArrayBuffer>
  name: string
  holder: string
}
/** The server's clock minus this device's, in ms, give or take `uncertaintyMs`. */
export type ClockRow = { key: 'clock'; offsetMs: number; uncertaintyMs: number; measuredAt: number }
export type EpochRow = { key: 'schema'; epoch: number }
/** What the server last said of this browser: who is signed in and whether the device is enrolled. */
export type IdentityRow = {
  key: 'identity'
  account: { name: string; email: string } | null
  enrolled: boolean
  organizer: boolean
  /** May read the server's history of all events. */
  auditor?: boolean
  needsSetup: boolean
  /** The account that was last signed in here, also when its session has ended. */
  lastAccount?: string
  /** Its mark (`markOf`) where a second copy has told of it and nothing else. */
  lastMark?: string
  /** This device's clock when the server knew this browser and its database was empty; until a person has read it. */
  wipedAt?: number
  /** How many changes a second copy (secondCopy.ts) gave back then. */
  recovered?: number
  /** A second copy could not be read then. */
  unread?: true
  /** The device as a whole was revoked: it erases all that it holds once that is handed over ([S11]). */
  revoked?: boolean
  /** The key that attendees' certificates are verified with; absent until a server has told it. */
  issuer?: string
}
/** An event that a person took off this device, and what it was called when it was here. */
export type ForgottenEvent = { space: string; title: string }
/** Events that the server still grants and that stay away until somebody wants them again. */
export type ForgottenRow = { key: 'forgotten'; events: ForgottenEvent[] }
export type MetaRow =
  | DeviceRow
  | ClockRow
  | EpochRow
  | IdentityRow
  | KioskRow
  | ForgottenRow
  | EndedRow
  | InHandRow
  | OfCopiesRow

/**
 * Raised when stored rows change meaning. Code that knows a lower number reads, and never writes ([S9]). 2: what was
 * sent is in runs; code that knew only the outbox would give its numbers a second time.
 */
export const schemaEpoch = 2

export type Database = Dexie & {
  spaces: Table<SpaceRow, string>
  pages: Table<PageRow, [string, number]>
  lostPages: Table<LostPageRow, [string, string]>
  outbox: Table<OutboxRow, OutboxKey>
  sent: Table<SentRow, OutboxKey>
  snapshots: Table<SnapshotRow, string>
  carried: Table<CarriedRow, [string, string, string]>
  tickets: Table<TicketRow, [string, string, string]>
  ballots: Table<BallotRow, string>
  blobs: Table<BlobRow, [string, string]>
  contents: Table<ContentRow, string>
  drafts: Table<DraftRow, string>
  meta: Table<MetaRow, string>
}

/** Thrown by every write while the database belongs to a newer version of the app. */
export class NewerSchemaError extends Error {
  constructor() {
    super('The database was written by a newer version of the app')
    this.name = 'NewerSchemaError'
  }
}

/**
 * The app's IndexedDB, opened on first use. Dexie opens a newer database without complaint (platform.md 0.1), so the
 * epoch row is read at open and later writes are refused when it is higher than ours. Durability is strict: "tersimpan"
 * means on the disk, not in a buffer that a dying battery takes along. `engine`: another IndexedDB than the browser's.
 */
export function createDatabase(name = 'hadir', engine: DexieOptions = {}): Database {
  const db = new Dexie(name, { chromeTransactionDurability: 'strict', cache: 'disabled', ...engine }) as Database
  db.version(1).stores({
    spaces: 'space',
    pages: '[space+after]',
    lostPages: '[space+chain]',
    outbox: '[space+dev+n], [space+state], [space+state+seq], state',
    carried: '[space+dev+link], space, takenAt, *waiting, *refused',
    tickets: '[space+form+person], space',
    ballots: 'nonce, space',
    drafts: 'key',
    meta: 'key',
  })
  db.version(2)
    .stores({ outbox: '[space+dev+n], [state+space]', sent: '[space+dev+n], [space+seq]', snapshots: 'space' })
    .upgrade(async (upgrade) => {
      await packOldSent(upgrade.table('outbox'), upgrade.table('sent'))
      await upgrade.table('meta').put({ key: 'schema', epoch: schemaEpoch })
    })
  db.version(3).stores({ blobs: '[space+hash], [space+state], state, hash', contents: 'hash' })
  let readOnly = false
  const readEpoch = async () => {
    const held = await db.meta.get('schema')
    readOnly = held?.key === 'schema' && held.epoch > schemaEpoch
    if (!held) await db.meta.put({ key: 'schema', epoch: schemaEpoch })
  }
  /** At every open, not only the first: a newer tab that upgrades closes this connection, and Dexie opens it again. */
  db.on('ready', readEpoch, true)
  db.use({
    stack: 'dbcore',
    name: 'schemaEpoch',
    create: (core) => ({
      ...core,
      table: (tableName) => {
        const table = core.table(tableName)
        return {
          ...table,
          mutate: (request) => (readOnly ? Promise.reject(new NewerSchemaError()) : table.mutate(request)),
        }
      },
    }),
  })
  return db
}
