import { Dexie } from 'dexie'
import { utf8 } from '../../core/bytes.ts'
import { type Change, encodeBody, maxBodyBytes, type Op, opVersion } from '../../core/op.ts'
import { countBallots, offerBallots } from './ballots.ts'
import { type Captured, countBlobs, keepCaptured } from './blobs.ts'
import { carriedNames, turnedAway } from './carried.ts'
import { commitNow, withConnection } from './connection.ts'
import { readDevice } from './meta.ts'
import { unsentNotes } from './notes.ts'
import { lostName, type OpName, opName } from './opName.ts'
import type { Database, OutboxKey, OutboxRow, SpaceRow } from './schema.ts'
import { countRunsFrom, findSent, lastSent, moveToSent, sentAbove, takeFromSent } from './sent.ts'

export type NewOp = {
  space: string
  dev: string
  changes: Change[]
  /** 8 random bytes, base64url. */
  salt: string
  /** This device's clock, epoch ms. */
  wall: number
  /** The server's clock minus this device's, ms. */
  offsetMs: number
  /** The highest `at` that this device has seen in the space. */
  lastAt: number
}

export function toOp(row: OutboxRow): Op {
  const { v, space, dev, n, wall, body } = row
  return { v, space, dev, n, wall, at: row.finalAt ?? row.at, body }
}

const ofDevice = (db: Database, space: string, dev: string) =>
  db.outbox.where('[space+dev+n]').between([space, dev, Dexie.minKey], [space, dev, Dexie.maxKey])

/** The number of the last op of each device and space that this tab knows of; another tab may be ahead. */
const lastKnown = new WeakMap<Database, Map<string, number>>()

/** The last number of a device in a space, whether its op was sent or not; 0 before the first. */
export async function readLast(db: Database, space: string, dev: string): Promise<number> {
  const [waiting] = await ofDevice(db, space, dev).reverse().limit(1).primaryKeys()
  return Math.max(waiting?.[2] ?? 0, await lastSent(db, space, dev))
}

/** What the op before claimed has no say in the time: a clock that was put right since would stay wrong for ever. */
function rowAfter(last: number, op: NewOp, body: string): OutboxRow {
  const { space, dev, wall } = op
  const at = Math.round(Math.max(wall + op.offsetMs, op.lastAt + 1))
  return { space, dev, n: last + 1, v: opVersion, wall, at, body, state: 'local' }
}

/** What comes into being or goes with an op, in its transaction. */
export type CommittedWith = {
  newSpace?: SpaceRow | undefined
  /**
   * The device's last number in the log as far as it is read. An event that was taken off this device and came back has
   * no other trace of its numbers, and an op under a used one would not show until it has a new name ([S8]).
   */
  lastLogged?: number
  /** Refuse when this device holds the space no more: another tab signed out or forgot the event. */
  onlyHeld?: boolean
  /** The key of the draft that the op was made of: left behind, it would be saved a second time. */
  draft?: string | undefined
  /** A file that the op names. */
  captured?: Captured | undefined
}

/** Thrown by a commit into a space that this device has given up; nothing was written. */
export class SpaceGoneError extends Error {
  constructor() {
    super('This device does not hold the space any more')
    this.name = 'SpaceGoneError'
  }
}

export const keyOf = ({ space, dev, n }: OutboxRow): OutboxKey => [space, dev, n]

/** An op of this device, sent or not. */
async function findRow(db: Database, key: OutboxKey): Promise<OutboxRow | undefined> {
  return (await db.outbox.get(key)) ?? (await findSent(db, key))
}

/** Whether the disk holds exactly this row: the salt in its body names one action. */
async function isStored(db: Database, row: OutboxRow): Promise<boolean> {
  return (await findRow(db, keyOf(row)))?.body === row.body
}

/**
 * [S1] Writes one action as one op, in one strict transaction whose promise resolves only after the disk has it. The
 * counter is the row's own key: a number that another tab took first is refused, by the outbox or by a run that was
 * sent since, nothing is written, and the next one is tried. So a check-in never waits for a number.
 */
export async function commitOp(db: Database, op: NewOp, together: CommittedWith = {}): Promise<OutboxRow> {
  const { newSpace, lastLogged = 0, onlyHeld, draft, captured } = together
  const body = encodeBody(op.salt, op.changes)
  if (utf8(body).length > maxBodyBytes) throw new RangeError('An op is longer than a server takes')
  const known = lastKnown.get(db) ?? new Map<string, number>()
  lastKnown.set(db, known)
  const name = `${op.space} ${op.dev}`
  const tables = [
    ...[db.outbox, db.sent, ...(newSpace || onlyHeld ? [db.spaces] : []), ...(draft ? [db.drafts] : [])],
    ...(captured ? [db.blobs, db.contents] : []),
  ]
  const write = (row: OutboxRow) =>
    db.transaction('rw', tables, async () => {
      /** Asked for together with the writes: a check-in waits for the disk once. */
      const held = onlyHeld ? db.spaces.get(op.space) : undefined
      const taken = countRunsFrom(db, keyOf(row))
      if (newSpace) await db.spaces.add(newSpace)
      if (draft) await db.drafts.delete(draft)
      if (captured) await keepCaptured(db, captured)
      await db.outbox.add(row)
      if (onlyHeld && !(await held)) throw new SpaceGoneError()
      if ((await taken) > 0) throw new Dexie.ConstraintError('The number was sent by another tab')
      commitNow()
    })
  let last = known.get(name) ?? Math.max(lastLogged, await withConnection(db, () => readLast(db, op.space, op.dev)))
  for (;;) {
    const row = rowAfter(last, op, body)
    try {
      await withConnection(db, () => write(row))
      known.set(name, row.n)
      return row
    } catch (error) {
      if (await withConnection(db, () => isStored(db, row))) {
        known.set(name, row.n)
        return row
      }
      const ahead = await withConnection(db, () => readLast(db, op.space, op.dev))
      const wasTaken = error instanceof Error && error.name === 'ConstraintError' && ahead > last
      if (!wasTaken) throw error
      last = ahead
    }
  }
}

/** Rows in a state, oldest first per device; at most `most`. What was sent is in its runs (sent.ts). */
export function outboxRows(
  db: Database,
  space: string,
  state: Exclude<OutboxRow['state'], 'sent'>,
  most = Number.POSITIVE_INFINITY,
): Promise<OutboxRow[]> {
  return db.outbox.where({ state, space }).limit(most).toArray()
}

/** The names of all ops of a space that are not sent. */
export function namesOf(db: Database, space: string): PromiseLike<OutboxKey[]> {
  const ofSpace = db.outbox
    .where('[space+dev+n]')
    .between([space, Dexie.minKey, Dexie.minKey], [space, Dexie.maxKey, Dexie.maxKey])
  return ofSpace.primaryKeys()
}

/** The rows of these names that are still there, sent meanwhile or not. */
export async function readRows(db: Database, keys: OutboxKey[]): Promise<OutboxRow[]> {
  const waiting = await db.outbox.bulkGet(keys)
  const rows = await Promise.all(keys.map((key, i) => waiting[i] ?? findSent(db, key)))
  return rows.filter((row) => row !== undefined)
}

/** The rows in a state, of all spaces. */
export function inState(db: Database, state: OutboxRow['state']) {
  return db.outbox.where('[state+space]').between([state, Dexie.minKey], [state, Dexie.maxKey])
}

/** How many ops wait for the server, in all spaces: they go before files. */
export function countWaitingOps(db: Database): Promise<number> {
  return inState(db, 'local').count()
}

const nothingRescued: ReadonlySet<OpName> = new Set()

/** Names of the ops that wait for the server, in all spaces: this device's own and those that it carries. */
async function waitingNames(db: Database): Promise<OpName[]> {
  const local = await inState(db, 'local').primaryKeys()
  return [...local.map(([space, dev, n]) => opName({ space, dev, n })), ...(await carriedNames(db))]
}

/** Whether each op that waits for the server is in a rescue file, but for notes of readers (notes.ts). */
export async function isRescued(db: Database, rescued: ReadonlySet<OpName>): Promise<boolean> {
  const notes = await unsentNotes(db)
  return (await waitingNames(db)).every((name) => rescued.has(name) || notes.has(name))
}

/**
 * How many ops the server has not got, in all spaces: this device's own, those it carries, also what was turned away,
 * and others' that the server has lost, and files of materials, but for what is rescued; and answers to anonymous
 * forms.
 */
export async function countUnsent(db: Database, rescued = nothingRescued): Promise<number> {
  const [lost, waiting, turned, files, ballots] = await Promise.all([
    db.lostPages.filter((page) => !page.refused && !rescued.has(lostName(page))).toArray(),
    waitingNames(db),
    turnedAway(db),
    countBlobs(db, undefined, rescued),
    countBallots(db),
  ])
  const stranded = [...new Set([...waiting, ...turned])].filter((name) => !rescued.has(name))
  const beside = ballots.waiting + ballots.held + files.waiting + files.refused
  return lost.reduce((sum, { count }) => sum + count, stranded.length + beside)
}

/** What this device wrote and has no page for yet: not sent, or sent after the last pull. Parked ops are left out. */
export async function pendingRows(db: Database, space: string, readThrough: number): Promise<OutboxRow[]> {
  const [local, sent] = await Promise.all([outboxRows(db, space, 'local'), sentAbove(db, space, readThrough)])
  return [...local, ...sent]
}

/**
 * [S7] The server has lost these ops of a space: they go out again, and with them what no log would show as missing. In
 * the caller's transaction.
 */
export async function offerAgain(db: Database, space: string, rows: OutboxRow[]): Promise<void> {
  await offerBallots(db, space)
  await makeLocal(db, rows)
}

async function makeLocal(db: Database, rows: OutboxRow[]): Promise<void> {
  await takeFromSent(
    db,
    rows.filter(({ state }) => state === 'sent'),
  )
  await db.outbox.bulkPut(rows.map(({ parkedFor: _, ...row }): OutboxRow => ({ ...row, state: 'local' })))
}

/** The row before `n` in its device's chain, whose link the next seal extends. */
export function rowBefore(db: Database, row: OutboxRow): Promise<OutboxRow | undefined> {
  return findRow(db, [row.space, row.dev, row.n - 1])
}

/**
 * Notes what the server has said of ops of the outbox, all in one transaction. What left it meanwhile, as another tab
 * was told of it or gave it another name, does not come back.
 */
export async function acknowledge(db: Database, rows: OutboxRow[]): Promise<void> {
  await db.transaction('rw', [db.outbox, db.sent], async () => {
    await moveToSent(
      db,
      rows.filter(({ state }) => state === 'sent'),
    )
    const aside = rows.filter(({ state }) => state !== 'sent')
    const held = await db.outbox.bulkGet(aside.map(keyOf))
    await db.outbox.bulkPut(aside.filter((_, i) => held[i]))
  })
}

/**
 * [S7] Notes what the server now says of ops that it had answered before: of those that are still here, as the event
 * may have been forgotten meanwhile. An organizer who let in what was parked has lost nothing, and no ballot goes again.
 */
export async function acknowledgeAnew(db: Database, before: OutboxRow[], now: OutboxRow[]): Promise<void> {
  const space = before[0]?.space ?? ''
  await db.transaction('rw', [db.outbox, db.sent, db.ballots], async () => {
    const held = await readRows(db, before.map(keyOf))
    if (held.some(({ state }) => state === 'sent')) await offerBallots(db, space)
    await makeLocal(db, held)
    await acknowledge(db, now)
  })
}

/**
 * [S8] Gives unsent ops under older keys of this device new names under the one that the disk has, in their old order;
 * a tab that has not heard of it must not give the old one back. Says whether there were any. What the server once
 * committed keeps the time that it was given; what waits in front of them says since when they wait.
 */
export async function renameUnsent(db: Database, space: string): Promise<boolean> {
  return db.transaction('rw', [db.meta, db.outbox, db.sent], async () => {
    const device = await readDevice(db)
    if (!device) return false
    const { dev } = device
    const waiting = await outboxRows(db, space, 'local')
    const older = waiting.filter((row) => row.dev !== dev)
    const since = Math.min(...older.map(({ wall }) => wall))
    if (older.length > 0)
      await db.outbox.bulkPut(
        waiting.filter((row) => row.dev === dev).map((row) => ({ ...row, since: Math.min(since, row.since ?? since) })),
      )
    let n = older.length > 0 ? await readLast(db, space, dev) : 0
    for (const row of older) {
      await db.outbox.delete(keyOf(row))
      n++
      const { link: _, previous: __, seq: ___, finalAt, ...unsealed } = row
      await db.outbox.add({ ...unsealed, dev, n, at: finalAt ?? row.at })
    }
    return older.length > 0
  })
}
