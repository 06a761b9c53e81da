import { Dexie } from 'dexie'
import { readEvent } from '../../core/event.ts'
import { applyOp, emptySpace } from '../../core/fold.ts'
import { countBallots } from './ballots.ts'
import { countBlobs } from './blobs.ts'
import { carriedNames, turnedAway } from './carried.ts'
import { type Unsubscribe, watch } from './connection.ts'
import type { EndedAccess } from './endedRow.ts'
import { dropSpace, forgetAll, spaceTables } from './forget.ts'
import { spaceOfName } from './opName.ts'
import { countUnsent, outboxRows } from './outbox.ts'
import { unpackOps } from './pages.ts'
import type { Database } from './schema.ts'

/** What of a space is on this device and in no quarantine or log, of each sort: it is never erased ([S11]). */
export type Unhanded = { ops: number; lost: number; ballots: number; files: number; refused: number }

/** Counts what this device has not handed over. */
export async function readUnhanded(db: Database, space: string): Promise<Unhanded> {
  const own = await db.outbox.where({ state: 'local', space }).count()
  const carried = await carriedNames(db, space)
  const turned = (await turnedAway(db)).filter((name) => spaceOfName(name) === space)
  const lost = await db.lostPages.where('[space+chain]').between([space, Dexie.minKey], [space, Dexie.maxKey]).toArray()
  const ballots = await countBallots(db, space)
  const files = await countBlobs(db, space)
  return {
    ops: own + carried.length,
    lost: lost.reduce((sum, { count }) => sum + count, 0),
    ballots: ballots.waiting,
    files: files.waiting,
    refused: turned.length + ballots.refused + files.refused,
  }
}

/** Whether the server has everything that was made here. */
function isHandedOver(unhanded: Unhanded): boolean {
  return Object.values(unhanded).every((count) => count === 0)
}

/** What the event is called as far as this device knows; only ops that name an event are read. */
async function titleOf(db: Database, space: string): Promise<string> {
  const folded = emptySpace()
  const pages = await db.pages.where('[space+after]').between([space, Dexie.minKey], [space, Dexie.maxKey]).toArray()
  for (const page of pages)
    for (const [, dev, n, wall, at, body] of unpackOps(page))
      if (body.includes('"event"')) applyOp(folded, { dev, n, wall, at, body })
  for (const row of await outboxRows(db, space, 'local')) applyOp(folded, row)
  return readEvent(folded)?.title ?? ''
}

/**
 * [S11] Erases the copy of a space that the server has taken from this device, once it has handed over all that exists
 * nowhere else; looking and erasing are one transaction, so that no check-in slips in between. What happened is kept
 * for a person to read. Says whether the copy is gone.
 */
export async function eraseEnded(db: Database, space: string, wall: number): Promise<boolean> {
  if (!(await db.spaces.get(space))?.ended) return false
  const title = await titleOf(db, space)
  return db.transaction('rw', spaceTables(db), async () => {
    const row = await db.spaces.get(space)
    if (!row?.ended || !isHandedOver(await readUnhanded(db, space))) return false
    const handedOver = (await outboxRows(db, space, 'parked')).length
    await dropSpace(db, space)
    await db.drafts.filter(({ key }) => key.split(':').includes(space)).delete()
    const kiosk = await db.meta.get('kiosk')
    if (kiosk?.key === 'kiosk' && kiosk.space === space) await db.meta.delete('kiosk')
    await noteEnded(db, { space, title, erasedAt: wall, handedOver })
    return true
  })
}

/** Whether nothing of any event exists on this device only. */
export async function isAllHandedOver(db: Database): Promise<boolean> {
  for (const { space } of await db.spaces.toArray()) if (!isHandedOver(await readUnhanded(db, space))) return false
  return (await countUnsent(db)) === 0
}

/** The same for all that this device holds, its key too, once nothing of it exists here only. */
export async function eraseAll(db: Database, wall: number): Promise<boolean> {
  return db.transaction('rw', spaceTables(db), async () => {
    if (!(await isAllHandedOver(db)) || !(await forgetAll(db))) return false
    await db.meta.delete('kiosk')
    await noteEnded(db, { space: '', title: '', erasedAt: wall, handedOver: 0 })
    return true
  })
}

async function readEnded(db: Database): Promise<EndedAccess[]> {
  const row = await db.meta.get('ended')
  return row?.key === 'ended' ? row.ended : []
}

async function noteEnded(db: Database, ended: EndedAccess): Promise<void> {
  await db.meta.put({ key: 'ended', ended: [...(await readEnded(db)), ended] })
}

/** A person has read what happened. */
export async function forgetEnded(db: Database): Promise<void> {
  await db.meta.delete('ended')
}

/** Calls back with every access that has ended, now and on each change. */
export function watchEnded(db: Database, onEnded: (ended: EndedAccess[]) => void): Unsubscribe {
  return watch(db, () => readEnded(db), onEnded)
}
