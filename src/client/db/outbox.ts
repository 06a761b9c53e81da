import { Dexie } from 'dexie'
import { utf8 } from '../../core/bytes.ts'
import { type Change, encodeBody, maxBodyBytes, type Op, opVersion } from '../../core/op.ts'
import { countBallots } from './ballots.ts'
import { carriedNames, turnedAway } from './carried.ts'
import { withConnection } from './connection.ts'
import { lostName, type OpName, opName } from './opName.ts'
import type { Database, OutboxKey, OutboxRow, SpaceRow } from './schema.ts'

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

async function readLast(db: Database, space: string, dev: string): Promise<number> {
  return (await ofDevice(db, space, dev).last())?.n ?? 0
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
  /** Refuse when this device holds the space no more: another tab signed out or forgot the event. */
  onlyHeld?: boolean
  /** The key of the draft that the op was made of: left behind, it would be saved a second time. */
  draft?: string | undefined
}

/** Thrown by a commit into a space that this device has given up; nothing was written. */
export class SpaceGoneError extends Error {
  constructor() {
    super('This device does not hold the space any more')
    this.name = 'SpaceGoneError'
  }
}

/** Whether the disk holds exactly this row: the salt in its body names one action. */
async function isStored(db: Database, row: OutboxRow): Promise<boolean> {
  const held = await db.outbox.get([row.space, row.dev, row.n])
  return held?.body === row.body
}

/**
 * [S1] Writes one action as one op, in one strict transaction whose promise resolves only after the disk has it. The counter is the row's own key: a number that another tab took
 * first is refused by the database, nothing is written, and the next one is tried. So a check-in is one request.
 */
export async function commitOp(db: Database, op: NewOp, together: CommittedWith = {}): Promise<OutboxRow> {
  const { newSpace, onlyHeld, draft } = together
  const body = encodeBody(op.salt, op.changes)
  if (utf8(body).length > maxBodyBytes) throw new RangeError('An op is longer than a server takes')
  const known = lastKnown.get(db) ?? new Map<string, number>()
  lastKnown.set(db, known)
  const name = `${op.space} ${op.dev}`
  const tables = [db.outbox, ...(newSpace || onlyHeld ? [db.spaces] : []), ...(draft ? [db.drafts] : [])]
  const write = (row: OutboxRow) =>
    db.transaction('rw', tables, async () => {
      /** Asked for together with the writes: a check-in waits for the disk once. */
      const held = onlyHeld ? db.spaces.get(op.space) : undefined
      if (newSpace) await db.spaces.add(newSpace)
      if (draft) await db.drafts.delete(draft)
      await db.outbox.add(row)
      if (onlyHeld && !(await held)) throw new SpaceGoneError()
    })
  let last = known.get(name) ?? (await readLast(db, op.space, op.dev))
  for (;;) {
    const row = rowAfter(last, op, body)
    try {
      await withConnection(db, () => write(row))
      known.set(name, row.n)
      return row
    } catch (error) {
      if (await isStored(db, row)) {
        known.set(name, row.n)
        return row
      }
      const ahead = await readLast(db, op.space, op.dev)
      const wasTaken = error instanceof Error && error.name === 'ConstraintError' && ahead > last
      if (!wasTaken) throw error
      last = ahead
    }
  }
}

/** Rows in a state, oldest first per device; at most `most`. */
export function outboxRows(
  db: Database,
  space: string,
  state: OutboxRow['state'],
  most = Number.POSITIVE_INFINITY,
): Promise<OutboxRow[]> {
  return db.outbox.where('[space+state]').equals([space, state]).limit(most).toArray()
}

/** The rows of these names that are still there. */
export async function readRows(db: Database, keys: OutboxKey[]): Promise<OutboxRow[]> {
  return (await db.outbox.bulkGet(keys)).filter((row) => row !== undefined)
}

const nothingRescued: ReadonlySet<OpName> = new Set()

/**
 * How many ops the server has not got, in all spaces: this device's own, those it carries, also what was turned away, and
 * others' that the server has lost, but for those in a rescue file; and answers to anonymous forms, which no file may carry.
 */
export async function countUnsent(db: Database, rescued = nothingRescued): Promise<number> {
  const lost = await db.lostPages.filter((page) => !page.refused && !rescued.has(lostName(page))).toArray()
  const local = await db.outbox.where('state').equals('local').primaryKeys()
  const own = local.map(([space, dev, n]) => opName({ space, dev, n }))
  const names = new Set([...own, ...(await carriedNames(db)), ...(await turnedAway(db))])
  const stranded = [...names].filter((name) => !rescued.has(name))
  const { waiting } = await countBallots(db)
  return lost.reduce((sum, { count }) => sum + count, stranded.length + waiting)
}

/**
 * Forgets everything that this device holds, its key too, unless an op is on this device only and not in the rescue file
 * that a person has put away: then nothing is touched and `false` comes back. Looking and forgetting are one transaction,
 * so that no check-in slips in between ([S10]).
 */
export async function forgetAll(db: Database, rescued = nothingRescued): Promise<boolean> {
  const held = [db.spaces, db.pages, db.lostPages, db.outbox, db.carried, db.tickets, db.ballots, db.drafts]
  return db.transaction('rw', [...held, db.meta], async () => {
    if ((await countUnsent(db, rescued)) > 0) return false
    await Promise.all(held.map((table) => table.clear()))
    await db.meta.bulkDelete(['device', 'identity', 'forgotten'])
    return true
  })
}

/** What the server has committed behind a number of its log. */
export function sentAbove(db: Database, space: string, seq: number): Promise<OutboxRow[]> {
  const behind = db.outbox.where('[space+state+seq]')
  return behind.between([space, 'sent', seq], [space, 'sent', Dexie.maxKey], false).toArray()
}

/** What this device wrote and has no page for yet: not sent, or sent after the last pull. Parked ops are left out. */
export async function pendingRows(db: Database, space: string, readThrough: number): Promise<OutboxRow[]> {
  const [local, sent] = await Promise.all([outboxRows(db, space, 'local'), sentAbove(db, space, readThrough)])
  return [...local, ...sent]
}

/** [S7] The server has lost these ops of a space: they go out again. */
export async function offerAgain(db: Database, rows: OutboxRow[]): Promise<void> {
  await db.outbox.bulkPut(rows.map(({ parkedFor: _, ...row }): OutboxRow => ({ ...row, state: 'local' })))
}

/** The row before `n` in its device's chain, whose link the next seal extends. */
export function rowBefore(db: Database, row: OutboxRow): Promise<OutboxRow | undefined> {
  return db.outbox.get([row.space, row.dev, row.n - 1])
}

/** Notes what the server has said of sent ops, all in one transaction. */
export async function acknowledge(db: Database, rows: OutboxRow[]): Promise<void> {
  await db.transaction('rw', db.outbox, () => db.outbox.bulkPut(rows))
}

/** [S8] Gives unsent ops of a forked device key new names under the new key, in their old order. */
export async function renameUnsent(db: Database, space: string, from: string, to: string): Promise<void> {
  await db.transaction('rw', db.outbox, async () => {
    const rows = await ofDevice(db, space, from).toArray()
    const last = await ofDevice(db, space, to).last()
    let n = last?.n ?? 0
    for (const row of rows.filter((candidate) => candidate.state === 'local')) {
      await db.outbox.delete([space, from, row.n])
      n++
      const { link: _, previous: __, ...unsealed } = row
      await db.outbox.add({ ...unsealed, dev: to, n })
    }
  })
}

async function parkedRows(db: Database, space: string, reason: string | undefined): Promise<OutboxRow[]> {
  const rows = await outboxRows(db, space, 'parked')
  return reason === undefined ? rows : rows.filter(({ parkedFor }) => parkedFor === reason)
}

/** Lets parked ops be tried again, after a person has looked: all, or those that were parked for one reason. */
export async function retryParked(db: Database, space: string, reason?: string): Promise<void> {
  await db.transaction('rw', db.outbox, async () => {
    const rows = await parkedRows(db, space, reason)
    await db.outbox.bulkPut(rows.map(({ parkedFor: _, ...row }): OutboxRow => ({ ...row, state: 'local' })))
  })
}

/** A person lets go of parked ops: they stay here and on the server, which has parked them too. */
export async function releaseParked(db: Database, space: string, reason: string): Promise<void> {
  await db.transaction('rw', db.outbox, async () => {
    const rows = await parkedRows(db, space, reason)
    await db.outbox.bulkPut(rows.map((row): OutboxRow => ({ ...row, state: 'released' })))
  })
}

/** Brings ops that a person let go of back to those that wait for a look. */
export async function takeBackReleased(db: Database, space: string): Promise<void> {
  await db.transaction('rw', db.outbox, async () => {
    const rows = await outboxRows(db, space, 'released')
    await db.outbox.bulkPut(rows.map((row): OutboxRow => ({ ...row, state: 'parked' })))
  })
}
