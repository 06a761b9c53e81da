import { createHash } from 'node:crypto'
import type { Selectable, Transaction } from 'kysely'
import { logLink, type Op } from '../../core/op.ts'
import { type Held, nameOf, readHeld } from './held.ts'
import type { Batch, OfferedOp, OpResult } from './store.ts'
import type { AddRows, Tables } from './tables.ts'

/** Stands for the link of an op that was brought back without its author's seal: the author is known by the content. */
export function contentMark({ v, wall, body }: Pick<Op, 'v' | 'wall' | 'body'>): string {
  return `=${createHash('sha256')
    .update(JSON.stringify([v, wall, body]))
    .digest('base64url')}`
}

/** Where a log ends: the number of its last op and its chain there. It grows as ops are numbered. */
export type Ends = { seq: number; chain: Uint8Array }

/** Works on the end of a space's log while nobody else can, and moves its head to where the work has left it. */
export async function withEnds<T>(
  transaction: Transaction<Tables>,
  space: string,
  work: (ends: Ends) => Promise<T>,
): Promise<T> {
  /** An update that changes nothing locks the row on both databases until the commit. */
  const { head, chain } = await transaction
    .updateTable('spaces')
    .set((of) => ({ head: of.ref('head') }))
    .where('space', '=', space)
    .returning(['head', 'chain'])
    .executeTakeFirstOrThrow()
  const ends: Ends = { seq: head, chain: Buffer.from(chain, 'base64url') }
  const result = await work(ends)
  if (ends.seq > head) {
    await transaction
      .updateTable('spaces')
      .set({ head: ends.seq, chain: Buffer.from(ends.chain).toString('base64url') })
      .where('space', '=', space)
      .execute()
  }
  return result
}

/** Gives an op with its final time the next number, and extends the chain; what the row says of both. */
export function numberOp(ends: Ends, op: Op, bodyHash?: Uint8Array): { seq: number; chain: string } {
  ends.seq += 1
  ends.chain = logLink(ends.chain, ends.seq, op, bodyHash)
  return { seq: ends.seq, chain: Buffer.from(ends.chain).toString('base64url') }
}

type Rows = {
  ops: Selectable<Tables['ops']>[]
  parked: Selectable<Tables['parked']>[]
  seals: Selectable<Tables['seals']>[]
  /** Parked ops that enter the log now. */
  released: { dev: string; link: string }[]
}

/** Appends what many pushes brought, with as many statements as for one. */
export function appendAll(
  transaction: Transaction<Tables>,
  space: string,
  batches: Batch[],
  addRows: AddRows,
): Promise<(OpResult[] | 'full')[]> {
  return withEnds(transaction, space, async (ends) => {
    const held = await readHeld(transaction, space, batches)
    const rows: Rows = { ops: [], parked: [], seals: [], released: [] }
    const results = batches.map((batch) => appendBatch(space, batch, { ends, held, rows }))
    await write(transaction, space, rows, addRows)
    return results
  })
}

/** Works out what becomes of a batch, and notes it in `rows` and, for the batches behind it, in `held`. */
function appendBatch(space: string, batch: Batch, { ends, held, rows }: { ends: Ends; held: Held; rows: Rows }) {
  const fresh = batch.ops.filter(({ op, link }) => !held.ops.has(nameOf(op)) && !held.parked.has(nameOf(op, link)))
  if (!hasRoom(batch, fresh, held)) return 'full'
  const released = rows.released.length
  const results = batch.ops.map(({ op, link, verdict, bodyHash }): OpResult => {
    const { n } = op
    const known = held.ops.get(nameOf(op))
    if (known && (known.link === link || known.link === contentMark(op)))
      return { state: 'committed', n, seq: known.seq, at: known.at }
    if (known && verdict !== 'badSeal') return { state: 'forked', n }
    const row = toRow(space, batch, { op, link, verdict })
    const parked = held.parked.has(nameOf(op, link))
    if (verdict !== 'commit') {
      if (!parked) rows.parked.push({ ...row, reason: verdict, kept: null })
      held.parked.add(nameOf(op, link))
      return { state: 'parked', n, reason: verdict }
    }
    const at = Math.min(op.at, batch.receivedAt)
    const numbered = numberOp(ends, { ...op, at }, bodyHash)
    rows.ops.push({ ...row, ...numbered, at })
    if (parked) rows.released.push({ dev: batch.dev, link })
    held.ops.set(nameOf(op), { link, seq: numbered.seq, at })
    return { state: 'committed', n, seq: numbered.seq, at }
  })
  const [first, last] = [batch.ops[0]?.op.n, batch.ops.at(-1)?.op.n]
  const isNew = fresh.length > 0 || rows.released.length > released
  /** One that does not hold proves nothing, and would keep the place of the one that does. */
  const isSealed = batch.ops.every(({ verdict }) => verdict !== 'badSeal')
  if (isNew && isSealed && first !== undefined && last !== undefined) {
    const { dev, previous, signature, receivedAt: received } = batch
    rows.seals.push({ space, dev, first, last, previous, signature, received })
  }
  return results
}

/**
 * Whether what is new in a batch fits under its bound; then it counts for the batches behind it, too. All of it or
 * nothing: the seal covers the whole, and what was kept of a part could never be offered again ([S7]).
 */
function hasRoom({ dev, bound }: Batch, fresh: OfferedOp[], held: Held): boolean {
  if (!bound || fresh.length === 0) return true
  const sizes = bound.devs.map((of) => held.sizes.get(of) ?? { ops: 0, bytes: 0 })
  const bytes = fresh.reduce((sum, { op }) => sum + Buffer.byteLength(op.body), 0)
  if (sizes.reduce((sum, size) => sum + size.ops, fresh.length) > bound.ops) return false
  if (sizes.reduce((sum, size) => sum + size.bytes, bytes) > bound.bytes) return false
  const own = held.sizes.get(dev) ?? { ops: 0, bytes: 0 }
  held.sizes.set(dev, { ops: own.ops + fresh.length, bytes: own.bytes + bytes })
  return true
}

function toRow(space: string, batch: Batch, { op, link }: OfferedOp) {
  return {
    space,
    dev: batch.dev,
    n: op.n,
    link,
    v: op.v,
    wall: op.wall,
    claimed: op.at,
    received: batch.receivedAt,
    body: Buffer.from(op.body, 'utf8'),
  }
}

/** Eleven values a row; SQLite takes 32,766 in one statement. */
const rowsAtOnce = 2_000

function* parts<T>(rows: T[]): Generator<T[]> {
  for (let from = 0; from < rows.length; from += rowsAtOnce) yield rows.slice(from, from + rowsAtOnce)
}

async function write(transaction: Transaction<Tables>, space: string, rows: Rows, addRows: AddRows): Promise<void> {
  await addRows(transaction, 'ops', rows.ops)
  for (const parked of parts(rows.parked)) await transaction.insertInto('parked').values(parked).execute()
  for (const { dev, link } of rows.released) {
    await transaction
      .deleteFrom('parked')
      .where('space', '=', space)
      .where('dev', '=', dev)
      .where('link', '=', link)
      .execute()
  }
  await addRows(transaction, 'seals', rows.seals)
}
