import { Dexie } from 'dexie'
import { dayMs } from '../../core/time.ts'
import type { BlobRow } from './blobRow.ts'
import { dropRows } from './blobs.ts'
import { carriedOf, sealedOps, waitAnew } from './carried.ts'
import { type OpName, opName } from './opName.ts'
import { pagesAbove, unpackOps } from './pages.ts'
import type { CarriedRow, Database, OutboxRow } from './schema.ts'
import { unpackRun } from './sent.ts'

const keptMs = 30 * dayMs

/** What stands in the pages here, by its place in the log. */
async function namesAbove(db: Database, space: string, seq: number): Promise<Map<number, OpName>> {
  const names = new Map<number, OpName>()
  for (const page of await pagesAbove(db, space, seq))
    unpackOps(page).forEach(([, dev, n], i) => {
      names.set(page.after + i + 1, opName({ space, dev, n }))
    })
  return names
}

/**
 * [S5] Drops what this device wrote and keeps twice: runs of ops that were all sent more than 30 days ago, that a
 * verified backup holds, and that are in the pages here. The last run of a device stays, since the next op takes its
 * number from it, and so does one before an op that still waits, since its link is needed then. `now`: the server's
 * clock, epoch ms.
 */
export async function pruneOutbox(db: Database, space: string, now: number): Promise<void> {
  await db.transaction('rw', [db.spaces, db.pages, db.outbox, db.sent], async () => {
    const held = await db.spaces.get(space)
    const through = Math.min(held?.backedUpThrough ?? 0, held?.seq ?? 0)
    const isOld = ({ finalAt = now }: OutboxRow) => now - finalAt > keptMs
    const all = [space, Dexie.minKey, Dexie.minKey]
    const runs = await db.sent.where('[space+dev+n]').between(all, [space, Dexie.maxKey, Dexie.maxKey]).toArray()
    const earlier = runs.filter((run, i) => run.seq <= through && runs[i + 1]?.dev === run.dev)
    const old = earlier.filter((run) => unpackRun(run).every(isOld))
    if (old.length === 0) return
    const names = await namesAbove(db, space, 0)
    for (const run of old) {
      const isDoubled = unpackRun(run).every((row) => names.get(row.seq ?? 0) === opName(row))
      const isNeeded = (await db.outbox.get([space, run.dev, run.n + 1])) !== undefined
      if (isDoubled && !isNeeded) await db.sent.delete([space, run.dev, run.n])
    }
  })
}

/**
 * Drops answers to anonymous forms that were sent more than 30 days ago: no server is put back that far. `now`: the
 * server's clock, epoch ms.
 */
export async function pruneBallots(db: Database, space: string, now: number): Promise<void> {
  await db.ballots
    .where({ space })
    .filter(({ state, sendAt }) => state === 'sent' && now - sendAt > keptMs)
    .delete()
}

/**
 * Drops files that were sent, or let go of, 30 days ago, counted from the first call that meets them so: what was noted
 * by this device's own clock may be of any year. `now`: the server's clock, epoch ms.
 */
export async function pruneBlobs(db: Database, now: number): Promise<void> {
  const isSettled = ({ state }: BlobRow) => state === 'sent' || state === 'released'
  const keptFrom = (row: BlobRow) => row.keptFrom ?? Number.POSITIVE_INFINITY
  await db.blobs.filter((row) => isSettled(row) && keptFrom(row) > now).modify({ keptFrom: now })
  await dropRows(db, (row) => isSettled(row) && now - keptFrom(row) > keptMs)
}

/** Where the server said that each op of a batch stands; `undefined` unless it has committed all of them. */
function placesOf({ outcomes }: CarriedRow): number[] | undefined {
  const places = outcomes?.flatMap((outcome) => ('seq' in outcome ? [outcome.seq] : []))
  return places && places.length === outcomes?.length ? places : undefined
}

/**
 * Drops the carried batches that the log holds as far as this device has read it: each op stands in the pages in the
 * place that the server named. [S7] One whose ops stand elsewhere, or nowhere when the log is read to its end, was lost
 * by a server that was put back: it waits anew. An attendee's page is a view, in which no place says anything.
 */
export async function pruneCarried(db: Database, space: string): Promise<void> {
  await db.transaction('rw', [db.spaces, db.pages, db.carried], async () => {
    const held = await db.spaces.get(space)
    /** A revoked device reads no log: the server's word that it has the op is all it will ever have. */
    if (!held || held.revoked) return
    const isView = held.role === 'attendee'
    const isRead = (seq: number) => seq <= held.seq || (!isView && held.seq === held.head)
    const read = (await carriedOf(db, space)).filter((row) => placesOf(row)?.every(isRead))
    if (read.length === 0) return
    const names = await namesAbove(db, space, Math.min(...read.flatMap((row) => placesOf(row) ?? [])) - 1)
    for (const row of read) {
      const ops = sealedOps(row)
      const isThere = placesOf(row)?.every((seq, i) => names.get(seq) === opName({ ...row, n: ops[i]?.[0] ?? 0 }))
      if (isView || isThere) await db.carried.delete([row.space, row.dev, row.link])
      else await db.carried.put(waitAnew(row))
    }
  })
}
