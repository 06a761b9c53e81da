import { Dexie } from 'dexie'
import type { Database, PackedOp, PageRow, SpaceRow } from './schema.ts'

/** Small pages of a running event are joined up to this many ops, so that opening reads few values. */
const joinedPageOps = 1_000

export type ReceivedPage = {
  space: string
  epoch: string
  after: number
  head: number
  chain: string
  backedUpThrough: number
  ops: PackedOp[]
}

const ofSpace = (db: Database, space: string) =>
  db.pages.where('[space+after]').between([space, Dexie.minKey], [space, Dexie.maxKey])

/**
 * [S6] Stores a page and moves the cursor in one transaction. A page that does not follow the cursor (another tab was
 * faster) is left aside and `false` comes back.
 */
export async function appendPage(db: Database, page: ReceivedPage): Promise<boolean> {
  return db.transaction('rw', [db.spaces, db.pages], async () => {
    const held = await db.spaces.get(page.space)
    if (!held || held.seq !== page.after || (held.epoch && held.epoch !== page.epoch)) return false
    const { epoch, chain, head, backedUpThrough } = page
    const nothingNew = held.epoch === epoch && held.head === head && held.backedUpThrough === backedUpThrough
    if (page.ops.length === 0 && nothingNew) return true
    if (page.ops.length > 0) await storeOps(db, page)
    await db.spaces.update(page.space, { epoch, chain, head, backedUpThrough, seq: page.after + page.ops.length })
    return true
  })
}

async function storeOps(db: Database, { space, after, ops }: ReceivedPage): Promise<void> {
  const last = await ofSpace(db, space).last()
  const joins = last && last.after + last.count === after && last.count + ops.length <= joinedPageOps
  const row: PageRow = joins
    ? { ...last, count: last.count + ops.length, ops: JSON.stringify([...unpackOps(last), ...ops]) }
    : { space, after, count: ops.length, ops: JSON.stringify(ops) }
  await db.pages.put(row)
}

/** The ops of a page; we packed them ourselves in `storeOps`. */
export function unpackOps(page: PageRow): PackedOp[] {
  return JSON.parse(page.ops)
}

/** The pages that hold ops with a number above `seq`, in order. */
export async function pagesAbove(db: Database, space: string, seq: number): Promise<PageRow[]> {
  if (seq === 0) return ofSpace(db, space).toArray()
  const pages = await ofSpace(db, space)
    .reverse()
    .until((page) => page.after <= seq, true)
    .toArray()
  return pages.reverse().filter((page) => page.after + page.count > seq)
}

/**
 * [S7] Begins to read a log anew that the server no longer knows. What was read of it is set aside under its chain, not
 * deleted: others' ops in it may be on this device only.
 */
export async function restartPages(db: Database, { space, chain }: SpaceRow): Promise<void> {
  await db.transaction('rw', [db.spaces, db.pages], async () => {
    const pages = await ofSpace(db, space).toArray()
    await ofSpace(db, space).delete()
    await db.pages.bulkPut(pages.map((page) => ({ ...page, space: `${space} ${chain}` })))
    await db.spaces.update(space, { epoch: '', seq: 0, chain: '', head: 0 })
  })
}
