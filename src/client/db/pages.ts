import { Dexie } from 'dexie'
import { type IsLost, reofferCarried, retryCarried } from './carried.ts'
import { readDevice } from './meta.ts'
import { type OpName, opName } from './opName.ts'
import { acknowledge, namesOf, offerAgain, outboxRows } from './outbox.ts'
import type { Database, LostPageRow, PackedOp, PageRow, ReceivedRun, SpaceRow } from './schema.ts'
import { sentAbove } from './sent.ts'

/** Small pages of a running event are joined up to this many ops, so that opening reads few values. */
const joinedPageOps = 1_000
/** Characters of a joined page: each pull writes it anew, and a restored server must be able to take it back whole. */
const joinedPageLength = 1_000_000

export type ReceivedPage = {
  space: string
  epoch: string
  after: number
  head: number
  chain: string
  witness: string
  backedUpThrough: number
  ops: PackedOp[]
  received?: ReceivedRun[] | undefined
}

const ofSpace = (db: Database, space: string) =>
  db.pages.where('[space+after]').between([space, Dexie.minKey], [space, Dexie.maxKey])

/**
 * [S6] Stores a page and moves the cursor in one transaction. A page that does not follow the cursor (another tab was
 * faster) is left aside and `false` comes back.
 */
export async function appendPage(db: Database, page: ReceivedPage): Promise<boolean> {
  const tables = [db.meta, db.spaces, db.pages, db.outbox, db.sent, db.carried, db.ballots]
  return db.transaction('rw', tables, async () => {
    const held = await db.spaces.get(page.space)
    if (!held || held.seq !== page.after || (held.epoch && held.epoch !== page.epoch)) return false
    await offerMissing(db, page)
    if (page.ops.length > 0) await takeLogged(db, page)
    const { epoch, chain, head, backedUpThrough } = page
    const nothingNew = held.epoch === epoch && held.head === head && held.backedUpThrough === backedUpThrough
    if (page.ops.length === 0 && nothingNew) return true
    if (page.ops.length > 0) await storeOps(db, held, page)
    await db.spaces.put({ ...held, epoch, chain, head, backedUpThrough, seq: page.after + page.ops.length })
    return true
  })
}

/**
 * [S7] A server that was put back may know our cursor and yet have lost what it said it had committed behind it: what
 * its log does not hold in the place it named, or ends before, is offered again, also what was carried for others
 * ([S3] makes one time too many harmless).
 */
async function offerMissing(db: Database, { space, after, head, ops }: ReceivedPage): Promise<void> {
  const end = after + ops.length
  const isMissing: IsLost = ({ dev, n, seq = 0 }) => {
    if (seq <= after) return false
    if (seq > end) return end >= head
    const [, author, number] = ops[seq - after - 1] ?? []
    return author !== dev || number !== n
  }
  const missing = (await sentAbove(db, space, after)).filter(isMissing)
  if (missing.length > 0) await offerAgain(db, space, missing)
  await reofferCarried(db, space, isMissing)
}

/**
 * What the log holds is sent, whatever was thought of it here: [S4] an organizer has let in what was parked; [S8] what
 * was sealed by an older key of this device is there, perhaps as others brought it back. What this key can seal goes
 * out.
 */
async function takeLogged(db: Database, { space, after, ops }: ReceivedPage): Promise<void> {
  const held = await namesOf(db, space)
  if (held.length === 0) return
  const placeByName = new Map(ops.map(([, dev, n], i) => [opName({ space, dev, n }), i]))
  const met = held.filter(([, dev, n]) => placeByName.has(opName({ space, dev, n })))
  if (met.length === 0) return
  const device = await readDevice(db)
  const now = (await db.outbox.bulkGet(met)).flatMap((row) => {
    if (!row || (row.state === 'local' && row.dev === device?.dev)) return []
    const { parkedFor: _, ...rest } = row
    const place = placeByName.get(opName(row)) ?? -1
    const [, , , , finalAt, body] = ops[place] ?? []
    return finalAt !== undefined && body === row.body
      ? [{ ...rest, state: 'sent' as const, seq: after + place + 1, finalAt }]
      : []
  })
  if (now.length > 0) await acknowledge(db, now)
}

/** The page before this one, if both together have few ops; what cannot be joined is not read, it may be a megabyte. */
async function joinable(db: Database, { space, after, ops }: ReceivedPage): Promise<PageRow | undefined> {
  if (ops.length >= joinedPageOps) return undefined
  const [key] = await ofSpace(db, space).reverse().limit(1).primaryKeys()
  if (!key || after - key[1] + ops.length > joinedPageOps) return undefined
  const last = await db.pages.get(key)
  return last && last.after + last.count === after ? last : undefined
}

async function storeOps(db: Database, held: SpaceRow, page: ReceivedPage): Promise<void> {
  const { space, after, chain, witness, ops, received = [[ops.length, 0]] } = page
  const last = await joinable(db, page)
  const packed = JSON.stringify(ops)
  const joins = last && last.ops.length + packed.length <= joinedPageLength
  const run = joins
    ? {
        ...last,
        count: last.count + ops.length,
        ops: JSON.stringify([...unpackOps(last), ...ops]),
        received: [...runsOf(last), ...received],
      }
    : { space, after, count: ops.length, before: held.chain, ops: packed, received }
  await db.pages.put({ ...run, chain, witness })
}

const runsOf = ({ count, received = [[count, 0]] }: PageRow): ReceivedRun[] => received

/** When the server received each op of a page, in their order; 0 where it did not say. */
export function receivedTimes(page: PageRow): number[] {
  return runsOf(page).flatMap(([count, at]) => Array<number>(count).fill(at))
}

/** The ops of a page; we packed them ourselves in `storeOps`. */
export function unpackOps(page: PageRow): PackedOp[] {
  return JSON.parse(page.ops)
}

/** The pages that hold ops with a number above `seq`, in order. */
export async function pagesAbove(db: Database, space: string, seq: number): Promise<PageRow[]> {
  if (seq === 0) return ofSpace(db, space).toArray()
  /** The last page is long, and its key does not say where it ends. */
  if (seq >= ((await db.spaces.get(space))?.seq ?? 0)) return []
  const pages = await ofSpace(db, space)
    .reverse()
    .until((page) => page.after <= seq, true)
    .toArray()
  return pages.reverse().filter((page) => page.after + page.count > seq)
}

/**
 * [S7] Goes back to the end of the last page that the server still knows, or to the beginning. The pages behind it are
 * set aside until the server has taken them back: others' ops in them may be on this device only. What this device
 * wrote or carried since then is offered again.
 */
export async function goBack(db: Database, held: SpaceRow, known: PageRow | undefined, epoch: string): Promise<void> {
  const { space } = held
  const seq = known ? known.after + known.count : 0
  const tables = [db.spaces, db.pages, db.lostPages, db.outbox, db.sent, db.carried, db.ballots]
  await db.transaction('rw', tables, async () => {
    const lost = await pagesAbove(db, space, seq)
    await db.lostPages.bulkPut(lost.map((page) => ({ ...page, epoch: held.epoch, refused: false })))
    await db.pages.bulkDelete(lost.map(({ after }): [string, number] => [space, after]))
    await db.spaces.update(space, {
      epoch: known ? epoch : '',
      seq,
      chain: known?.chain ?? '',
      head: seq,
      wentBack: held.wentBack + 1,
    })
    /** The server has lost its quarantine too: what waits for a look here is parked there again. */
    await offerAgain(db, space, [...(await sentAbove(db, space, seq)), ...(await outboxRows(db, space, 'parked'))])
    await retryCarried(db, space)
    await reofferCarried(db, space, (op) => (op.seq ?? 0) > seq)
  })
}

/** The pages of a space that wait to be brought back, in the log's order. */
export async function lostPages(db: Database, space: string): Promise<LostPageRow[]> {
  const held = await db.lostPages.where('[space+chain]').between([space, Dexie.minKey], [space, Dexie.maxKey]).toArray()
  return held.filter(({ refused }) => !refused).sort((a, b) => a.after - b.after)
}

/** [S13] Takes over from another device what a server has lost; a page that is here already stays as it is. */
export async function addLostPages(db: Database, pages: LostPageRow[]): Promise<void> {
  await db.transaction('rw', db.lostPages, async () => {
    for (const page of pages) if (!(await db.lostPages.get([page.space, page.chain]))) await db.lostPages.add(page)
  })
}

/** Notes what the server said of a lost page: it has it again, or it does not believe it; then it stays here. */
export async function settleLostPage(db: Database, page: LostPageRow, taken: boolean): Promise<void> {
  const key: [string, string] = [page.space, page.chain]
  await db.transaction('rw', db.lostPages, async () => {
    if (taken) await db.lostPages.delete(key)
    else await db.lostPages.update(key, { refused: true })
  })
}

/** The names of ops by these devices that the log holds, as far as this device has read it. */
export async function loggedOps(db: Database, space: string, devs: ReadonlySet<string>): Promise<Set<OpName>> {
  const names = new Set<OpName>()
  for (const page of await pagesAbove(db, space, 0))
    for (const [, dev, n] of unpackOps(page)) if (devs.has(dev)) names.add(opName({ space, dev, n }))
  return names
}
