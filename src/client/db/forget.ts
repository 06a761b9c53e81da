import { Dexie } from 'dexie'
import { countBallots } from './ballots.ts'
import { countBlobs, dropBlobsOf } from './blobs.ts'
import { carriedNames } from './carried.ts'
import { type Unsubscribe, watch } from './connection.ts'
import { addInHand } from './inHand.ts'
import { isRescueNote } from './notes.ts'
import { lostName, type OpName, opName } from './opName.ts'
import { countUnsent } from './outbox.ts'
import type { Database, ForgottenEvent } from './schema.ts'

/** What keeps a space on this device: each would be lost, or left undecided, with it. */
export type Blockers = {
  /**
   * Ops that the server has not got, this device's and those it carries, but for those in a rescue file; anonymous
   * answers; files.
   */
  unsent: number
  /** Of these, anonymous answers, that no rescue file holds. */
  ballots: number
  /** Ops that the server did not accept and nobody has decided on. */
  parked: number
  /** Ops that a restored server has lost and that wait to be brought back, but for those in a rescue file. */
  lost: number
  /** Keys of forms that hold what was not saved. */
  drafts: string[]
}

/** Whether an event may leave this device: nothing of it is here alone. */
export function isFree({ unsent, parked, lost, drafts }: Blockers): boolean {
  return unsent + parked + lost + drafts.length === 0
}

/** The rows of a space in a table whose primary key begins with it. */
const rowsOf = (db: Database, table: 'pages' | 'lostPages' | 'outbox' | 'sent' | 'carried', space: string) =>
  db[table].where(':id').between([space], [space, [[]]])

/** Everything that holds something of a space. */
export function spaceTables(db: Database) {
  const own = [db.snapshots, db.outbox, db.sent, db.carried, db.tickets, db.ballots, db.blobs, db.contents, db.drafts]
  return [db.spaces, db.pages, db.lostPages, ...own, db.meta]
}

/** Deletes a space's rows, but for drafts; within a transaction over `spaceTables`. */
export async function dropSpace(db: Database, space: string): Promise<void> {
  for (const table of ['pages', 'lostPages', 'outbox', 'sent', 'carried'] as const)
    await rowsOf(db, table, space).delete()
  await db.tickets.where({ space }).delete()
  await db.ballots.where({ space }).delete()
  await dropBlobsOf(db, space)
  await db.snapshots.delete(space)
  await db.spaces.delete(space)
}

const nothingRescued: ReadonlySet<OpName> = new Set()

/** What of a space is on this device alone, and so forbids to forget it; `rescued` ops are in a file already. */
export async function readBlockers(db: Database, space: string, rescued = nothingRescued): Promise<Blockers> {
  const ballots = await countBallots(db, space)
  const inState = (state: string) => db.outbox.where({ state, space }).primaryKeys()
  const own = (await inState('local')).map(([, dev, n]) => opName({ space, dev, n }))
  const unsent = new Set([...own, ...(await carriedNames(db, space))])
  const refused = await carriedNames(db, space, 'refused')
  const lost = await db.lostPages.where('[space+chain]').between([space, Dexie.minKey], [space, Dexie.maxKey]).toArray()
  const drafts = await db.drafts.filter(({ key }) => key.split(':').includes(space)).primaryKeys()
  const files = await countBlobs(db, space, rescued)
  return {
    unsent: [...unsent].filter((name) => !rescued.has(name)).length + ballots.waiting + files.waiting,
    ballots: ballots.waiting,
    parked: (await inState('parked')).length + refused.length + ballots.refused + files.refused,
    lost: lost.reduce((sum, page) => sum + (page.refused || rescued.has(lostName(page)) ? 0 : page.count), 0),
    drafts,
  }
}

/**
 * Takes a space off this device unless something in it would be lost; looking and forgetting are one transaction, so
 * that no check-in slips in between. A mark stays, so that the next session does not bring it back by itself, and how
 * much is only in the file that holds the `rescued` ops, beside the notes that files were made: it is still to be delivered.
 */
export async function forgetSpace(
  db: Database,
  event: ForgottenEvent,
  rescued = nothingRescued,
): Promise<Blockers | undefined> {
  const { space } = event
  return db.transaction('rw', spaceTables(db), async () => {
    const blockers = await readBlockers(db, space, rescued)
    if (!isFree(blockers)) return blockers
    const { unsent, lost } = await readBlockers(db, space)
    const own = await db.outbox.where({ state: 'local', space }).toArray()
    const count = unsent + lost - own.filter(({ body }) => isRescueNote(body)).length
    await dropSpace(db, space)
    if (count > 0) await addInHand(db, { ...event, count })
    await writeForgotten(db, [...(await readForgotten(db)).filter((held) => held.space !== space), event])
    return undefined
  })
}

/** The person wants it again: the next session brings it. */
export async function rememberSpace(db: Database, space: string): Promise<void> {
  await db.transaction('rw', db.meta, async () => {
    await writeForgotten(
      db,
      (await readForgotten(db)).filter((held) => held.space !== space),
    )
  })
}

/** Events that left this device and come back only when they are asked for. */
export async function readForgotten(db: Database): Promise<ForgottenEvent[]> {
  const row = await db.meta.get('forgotten')
  return row?.key === 'forgotten' ? row.events : []
}

async function writeForgotten(db: Database, events: ForgottenEvent[]): Promise<void> {
  if (events.length > 0) await db.meta.put({ key: 'forgotten', events })
  else await db.meta.delete('forgotten')
}

/** Calls back with them, now and on each change. */
export function watchForgotten(db: Database, onEvents: (events: ForgottenEvent[]) => void): Unsubscribe {
  return watch(db, () => readForgotten(db), onEvents)
}

/**
 * Forgets everything that this device holds, its key too, unless an op is on this device only and not in the rescue
 * file that a person has put away, or `mayGo` says no: then nothing is touched and `false` comes back. Looking and
 * forgetting are one transaction, so that no check-in slips in between ([S10]).
 */
export async function forgetAll(
  db: Database,
  rescued: ReadonlySet<OpName> = new Set(),
  mayGo = async () => true,
): Promise<boolean> {
  const own = [db.outbox, db.sent, db.carried, db.tickets, db.ballots, db.blobs, db.contents, db.drafts]
  const held = [db.spaces, db.pages, db.lostPages, db.snapshots, ...own]
  return db.transaction('rw', [...held, db.meta], async () => {
    if ((await countUnsent(db, rescued)) > 0 || !(await mayGo())) return false
    await Promise.all(held.map((table) => table.clear()))
    await db.meta.bulkDelete(['device', 'identity', 'forgotten', 'inHand', 'unreadCopies'])
    await db.meta.put({ key: 'left' })
    return true
  })
}
