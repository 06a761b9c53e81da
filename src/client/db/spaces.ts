import { Dexie } from 'dexie'
import type { SpaceRole } from '../../core/access.ts'
import { countBallots } from './ballots.ts'
import { countBlobs } from './blobs.ts'
import { carriedNames, countReleasedCarried, oldestCarried } from './carried.ts'
import { type OnError, type Unsubscribe, watch } from './connection.ts'
import { readForgotten } from './forget.ts'
import { readDevice } from './meta.ts'
import { unsentNotes } from './notes.ts'
import { type OpName, opName, spaceOfName } from './opName.ts'
import { inState, keyOf } from './outbox.ts'
import type { AttendeePart, Database, OutboxKey, OutboxRow, SpaceRow } from './schema.ts'
import { sentAbove } from './sent.ts'

/** A space of which nothing was pulled yet. */
export function newSpaceRow(space: string, role: SpaceRole): SpaceRow {
  return { space, role, revoked: false, epoch: '', seq: 0, chain: '', head: 0, backedUpThrough: 0, wentBack: 0 }
}

/** What the server grants, as it says it on the wire; an attendee's device with its prefix and certificate. */
export type GrantedSpace = { space: string; role: SpaceRole; owner?: string | null; certificate?: string | null }

function attendeePart({ owner, certificate }: GrantedSpace, held: AttendeePart | undefined): AttendeePart | undefined {
  return owner && certificate ? { code: '', found: [], ...held, owner, certificate } : held
}

/**
 * A device that gains or loses the team's role reads the event anew: an attendee's view is no part of the log, and the
 * log is not his to keep.
 */
async function changeRole(db: Database, held: SpaceRow, granted: GrantedSpace): Promise<void> {
  const { space, role } = granted
  const attendee = attendeePart(granted, held.attendee)
  const change = { role, revoked: false, ended: false, ...(attendee && { attendee }) }
  if ((held.role === 'attendee') === (role === 'attendee')) await db.spaces.update(space, change)
  else {
    await db.pages.where('[space+after]').between([space, Dexie.minKey], [space, Dexie.maxKey]).delete()
    await db.snapshots.delete(space)
    await db.spaces.put({ ...newSpaceRow(space, role), ...change, wentBack: held.wentBack + 1 })
  }
}

/**
 * Brings the list of spaces in line with the server's grants. A space made here and never sent is not the server's to
 * end; one that an organizer of `everywhere` misses was lost in a restore, and is offered again ([S7]). `ended`: what
 * was taken from this device by hand, whose copy goes ([S11]). `dev`: whose grants they are; nothing is written for a
 * key that is gone.
 */
export async function applyGrants(
  db: Database,
  grants: GrantedSpace[],
  everywhere: boolean,
  ended: string[] = [],
  dev?: string,
): Promise<void> {
  await db.transaction('rw', [db.spaces, db.pages, db.snapshots, db.meta], async () => {
    if (dev !== undefined && (await readDevice(db))?.dev !== dev) return
    const held = await db.spaces.toArray()
    const grantedBySpace = new Map(grants.map((granted) => [granted.space, granted]))
    for (const row of held) {
      const granted = grantedBySpace.get(row.space)
      const isCertified = !granted?.certificate || granted.certificate === row.attendee?.certificate
      if (granted && (granted.role !== row.role || !isCertified || row.revoked)) await changeRole(db, row, granted)
      const isEnded = !granted && ended.includes(row.space)
      const isMissed = !granted && row.epoch !== '' && !everywhere
      if (isEnded && !row.ended) await db.spaces.update(row.space, { revoked: true, ended: true })
      else if (isMissed && !row.revoked) await db.spaces.update(row.space, { revoked: true })
      grantedBySpace.delete(row.space)
    }
    for (const { space } of await readForgotten(db)) grantedBySpace.delete(space)
    await db.spaces.bulkAdd([...grantedBySpace.values()].map(toSpaceRow))
  })
}

function toSpaceRow(granted: GrantedSpace): SpaceRow {
  const attendee = attendeePart(granted, undefined)
  return { ...newSpaceRow(granted.space, granted.role), ...(attendee && { attendee }) }
}

/** The row of a space; absent where this device has no right to it. */
export function readSpace(db: Database, space: string): Promise<SpaceRow | undefined> {
  return db.spaces.get(space)
}

/** Notes how far this device has offered again what it sent. On a full disk it is offered once more instead ([S10]). */
export async function noteOffered(db: Database, space: string, offeredThrough: number): Promise<void> {
  await db.spaces.update(space, { offeredThrough }).catch(() => undefined)
}

/** Every space of this device, those with an ended right too. */
export function listSpaces(db: Database): Promise<SpaceRow[]> {
  return db.spaces.toArray()
}

/** Calls back with every space row, now and on each change, whichever tab made it. */
export function watchSpaces(db: Database, onRows: (rows: SpaceRow[]) => void): Unsubscribe {
  return watch(db, () => db.spaces.toArray(), onRows)
}

/**
 * A space's row, and what is in it that the server has not committed: this device's own ops and those that it carries
 * for others ([S13]). Those that wait by their names only, and the carried ones that were refused too.
 */
export type SpaceChange = {
  row: SpaceRow
  unsent: OutboxKey[]
  carried: OpName[]
  refused: OpName[]
  oldestWall: number
  parked: OutboxRow[]
  /** On an attendee's device, his ops that the server has committed. */
  sent: OutboxKey[]
}

/** Calls back when a space's cursor or its unsent or parked ops change, whichever tab made the change. */
export function watchSpace(db: Database, space: string, onChange: (change: SpaceChange) => void): Unsubscribe {
  const read = async () => {
    const row = await db.spaces.get(space)
    const unsent = await db.outbox.where({ state: 'local', space }).primaryKeys()
    const carried = await carriedNames(db, space)
    const refused = await carriedNames(db, space, 'refused')
    const oldestWall = await oldestUnsentWall(db, space, unsent)
    const parked = await db.outbox.where({ state: 'parked', space }).toArray()
    const sent = row?.role === 'attendee' ? (await sentAbove(db, space, 0)).map(keyOf) : []
    return { row, unsent, carried, refused, oldestWall, parked, sent }
  }
  return watch(db, read, ({ row, ...change }) => row && onChange({ row, ...change }))
}

/**
 * What the server has not taken: how many ops wait, are parked or let go of, and when the oldest came that waits (this
 * device's clock, epoch ms). `carried` of those that wait, and `refused` of the parked ones, are another device's;
 * `ballots` and `refusedBallots` of the same are answers to anonymous forms, `heldBallots` of the latter still wait for a
 * server that could not take them, `unreadBallots` since it could not make them out; `files` and `refusedFiles` are files
 * of materials. `notes` (notes.ts) wait beside them and are counted nowhere else.
 */
export type UnsentCount = {
  count: number
  notes: number
  carried: number
  ballots: number
  parked: number
  refused: number
  refusedBallots: number
  heldBallots: number
  unreadBallots: number
  files: number
  refusedFiles: number
  released: number
  oldestWall: number
}

export const nothingUnsent: UnsentCount = {
  count: 0,
  notes: 0,
  carried: 0,
  ballots: 0,
  parked: 0,
  refused: 0,
  refusedBallots: 0,
  heldBallots: 0,
  unreadBallots: 0,
  files: 0,
  refusedFiles: 0,
  released: 0,
  oldestWall: Number.POSITIVE_INFINITY,
}

/** That work per space. The team's bodies are not read: an import waits with megabytes of them. */
export async function readUnsent(db: Database): Promise<Map<string, UnsentCount>> {
  const spaces = new Map<string, UnsentCount>()
  const countOf = (space: string): UnsentCount => {
    const held = spaces.get(space) ?? { ...nothingUnsent }
    spaces.set(space, held)
    return held
  }
  const own = new Set<OpName>()
  const notes = await unsentNotes(db)
  const waiting: OutboxKey[] = []
  for (const key of await inState(db, 'local').primaryKeys()) {
    const [space, dev, n] = key
    const name = opName({ space, dev, n })
    own.add(name)
    if (!notes.has(name)) waiting.push(key)
    countOf(space)[notes.has(name) ? 'notes' : 'count']++
  }
  for (const name of await carriedNames(db)) {
    if (own.has(name)) continue
    countOf(spaceOfName(name)).count++
    countOf(spaceOfName(name)).carried++
  }
  for (const name of await carriedNames(db, undefined, 'refused')) {
    countOf(spaceOfName(name)).parked++
    countOf(spaceOfName(name)).refused++
  }
  for (const [space] of await inState(db, 'parked').primaryKeys()) countOf(space).parked++
  for (const [space] of await inState(db, 'released').primaryKeys()) countOf(space).released++
  for (const [space, count] of await countReleasedCarried(db)) countOf(space).released += count
  for (const [space, count] of spaces) {
    const ofSpace = waiting.filter(([held]) => held === space)
    count.oldestWall = await oldestUnsentWall(db, space, ofSpace)
  }
  for (const { space } of await db.spaces.toArray()) {
    const [ballots, files] = [await countBallots(db, space), await countBlobs(db, space)]
    if (ballots.waiting + ballots.refused + files.waiting + files.refused === 0) continue
    const count = countOf(space)
    count.count += ballots.waiting + files.waiting
    count.ballots = ballots.waiting
    count.files = files.waiting
    count.parked += ballots.refused + files.refused
    count.refusedBallots = ballots.refused
    count.heldBallots = ballots.held
    count.unreadBallots = ballots.unread
    count.refusedFiles = files.refused
    count.oldestWall = Math.min(count.oldestWall, ballots.oldest, files.oldest)
  }
  return spaces
}

/** Calls back with that work per space, now and on each change. */
export function watchUnsent(
  db: Database,
  onChange: (unsent: Map<string, UnsentCount>) => void,
  onError?: OnError,
): Unsubscribe {
  return watch(db, () => readUnsent(db), onChange, onError)
}

/**
 * `waiting`: the names of a space's unsent ops, in their order. Of each key of the device the first is read, behind which
 * only newer ones wait, or says of older ones (`since`).
 */
async function oldestUnsentWall(db: Database, space: string, waiting: OutboxKey[]): Promise<number> {
  const firsts = await db.outbox.bulkGet(waiting.filter(([, dev], i) => dev !== waiting[i - 1]?.[1]))
  const walls = firsts.flatMap((row) => (row ? [row.wall, row.since ?? row.wall] : []))
  return Math.min(...walls, await oldestCarried(db, space))
}
