import { createHash } from 'node:crypto'
import type { Selectable, Transaction } from 'kysely'
import { logLink, type Op } from '../../core/op.ts'
import type { Batch, OfferedOp, OpResult } from './store.ts'
import type { Tables } from './tables.ts'

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
export function numberOp(ends: Ends, op: Op): { seq: number; chain: string } {
  ends.seq += 1
  ends.chain = logLink(ends.chain, ends.seq, op)
  return { seq: ends.seq, chain: Buffer.from(ends.chain).toString('base64url') }
}

export function appendAll(transaction: Transaction<Tables>, space: string, batches: Batch[]): Promise<OpResult[][]> {
  return withEnds(transaction, space, async (ends) => {
    const results: OpResult[][] = []
    for (const batch of batches) results.push(await appendBatch(transaction, space, batch, ends))
    return results
  })
}

async function appendBatch(transaction: Transaction<Tables>, space: string, batch: Batch, ends: Ends) {
  const known = await transaction
    .selectFrom('ops')
    .select(['n', 'link', 'seq', 'at'])
    .where('space', '=', space)
    .where('dev', '=', batch.dev)
    .where(
      'n',
      'in',
      batch.ops.map(({ op }) => op.n),
    )
    .execute()
  const knownByN = new Map(known.map((row) => [row.n, row]))
  const committed: Selectable<Tables['ops']>[] = []
  const parked: Selectable<Tables['parked']>[] = []
  const results = batch.ops.map(({ op, link, verdict }): OpResult => {
    const { n } = op
    const held = knownByN.get(n)
    if (held && (held.link === link || held.link === contentMark(op)))
      return { state: 'committed', n, seq: held.seq, at: held.at }
    if (held && verdict !== 'badSeal') return { state: 'forked', n }
    const row = toRow(space, batch, { op, link, verdict })
    if (verdict !== 'commit') {
      parked.push({ ...row, reason: verdict, kept: null })
      return { state: 'parked', n, reason: verdict }
    }
    const at = Math.min(op.at, batch.receivedAt)
    const numbered = numberOp(ends, { ...op, at })
    committed.push({ ...row, ...numbered, at })
    return { state: 'committed', n, seq: numbered.seq, at }
  })
  await write(transaction, space, batch, committed, parked)
  return results
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

async function write(
  transaction: Transaction<Tables>,
  space: string,
  batch: Batch,
  committed: Selectable<Tables['ops']>[],
  parked: Selectable<Tables['parked']>[],
): Promise<void> {
  if (committed.length > 0) {
    await transaction.insertInto('ops').values(committed).execute()
    const released = committed.map(({ link }) => link)
    await transaction
      .deleteFrom('parked')
      .where('space', '=', space)
      .where('dev', '=', batch.dev)
      .where('link', 'in', released)
      .execute()
  }
  if (parked.length > 0) {
    await transaction
      .insertInto('parked')
      .values(parked)
      .onConflict((conflict) => conflict.columns(['space', 'dev', 'n', 'link']).doNothing())
      .execute()
  }
  const [first, last] = [batch.ops[0]?.op.n, batch.ops.at(-1)?.op.n]
  if (committed.length + parked.length === 0 || first === undefined || last === undefined) return
  const { dev, previous, signature, receivedAt: received } = batch
  await transaction
    .insertInto('seals')
    .values({ space, dev, first, last, previous, signature, received })
    .onConflict((conflict) => conflict.columns(['space', 'dev', 'first', 'last']).doNothing())
    .execute()
}
