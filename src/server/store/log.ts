import { type Selectable, sql, type Transaction } from 'kysely'
import { chainStart, logLink } from '../../core/op.ts'
import type { Batch, Cursor, OfferedOp, OpResult, Page, Store } from './store.ts'
import type { Database, Tables } from './tables.ts'
import { createTogether } from './together.ts'

const togetherMs = 4
const startOfChain = Buffer.from(chainStart).toString('base64url')

type Log = Pick<Store, 'findSpace' | 'listSpaces' | 'createSpace' | 'append' | 'readPage' | 'countParked'>

/** The ordered ops of each space. */
export function createLog({ db, atomically }: Database): Log {
  const appendTogether = createTogether<Batch, OpResult[]>(
    (space, batches) => atomically((transaction) => appendAll(transaction, space, batches)),
    togetherMs,
  )

  const findHead = (space: string) =>
    db.selectFrom('spaces').select(['space', 'epoch', 'head']).where('space', '=', space).executeTakeFirst()

  async function knows(space: string, epoch: string, cursor: Cursor): Promise<boolean> {
    if (cursor.epoch !== epoch) return false
    if (cursor.seq === 0) return cursor.chain === startOfChain
    const mark = await db
      .selectFrom('ops')
      .select('chain')
      .where('space', '=', space)
      .where('seq', '=', cursor.seq)
      .executeTakeFirst()
    return mark?.chain === cursor.chain
  }

  /** The number of the last op of a page: as many as fit, at least one. Bodies are not read for that. */
  async function endOfPage(space: string, after: number, head: number, limits: { maxOps: number; maxBytes: number }) {
    const sizes = await db
      .selectFrom('ops')
      .select(['seq', sql<number>`length(body)`.as('bytes')])
      .where('space', '=', space)
      .where('seq', '>', after)
      .where('seq', '<=', head)
      .orderBy('seq')
      .limit(limits.maxOps)
      .execute()
    let end = after
    let total = 0
    for (const { seq, bytes } of sizes) {
      total += bytes
      if (total > limits.maxBytes && end > after) break
      end = seq
    }
    return end
  }

  return {
    findSpace: findHead,
    listSpaces: async () => {
      const rows = await db.selectFrom('spaces').select('space').orderBy('created').execute()
      return rows.map(({ space }) => space)
    },
    createSpace: async (space, epoch, now) => {
      await db
        .insertInto('spaces')
        .values({ space, epoch, head: 0, chain: startOfChain, created: now })
        .onConflict((conflict) => conflict.column('space').doNothing())
        .execute()
    },
    append: appendTogether,
    readPage: async (space, cursor, limits): Promise<Page | undefined> => {
      const found = await findHead(space)
      if (!found) return undefined
      if (cursor && !(await knows(space, found.epoch, cursor))) return { state: 'diverged', ...found }
      const after = cursor?.seq ?? 0
      const end = await endOfPage(space, after, found.head, limits)
      const rows = await db
        .selectFrom('ops')
        .select(['seq', 'v', 'dev', 'n', 'wall', 'at', 'chain', 'body'])
        .where('space', '=', space)
        .where('seq', '>', after)
        .where('seq', '<=', end)
        .orderBy('seq')
        .execute()
      const ops = rows.map(({ chain: _, body, ...op }) => ({ ...op, body: Buffer.from(body).toString('utf8') }))
      return { state: 'page', ...found, after, chain: rows.at(-1)?.chain ?? cursor?.chain ?? startOfChain, ops }
    },
    countParked: async (space) => {
      const row = await db
        .selectFrom('parked')
        .select((of) => of.fn.countAll<number>().as('count'))
        .where('space', '=', space)
        .executeTakeFirstOrThrow()
      return row.count
    },
  }
}

type Ends = { seq: number; chain: Uint8Array }

async function appendAll(transaction: Transaction<Tables>, space: string, batches: Batch[]): Promise<OpResult[][]> {
  /** An update that changes nothing locks the row on both databases until the commit. */
  const { head, chain } = await transaction
    .updateTable('spaces')
    .set((of) => ({ head: of.ref('head') }))
    .where('space', '=', space)
    .returning(['head', 'chain'])
    .executeTakeFirstOrThrow()
  const ends: Ends = { seq: head, chain: Buffer.from(chain, 'base64url') }
  const results: OpResult[][] = []
  for (const batch of batches) results.push(await appendBatch(transaction, space, batch, ends))
  if (ends.seq > head) {
    await transaction
      .updateTable('spaces')
      .set({ head: ends.seq, chain: Buffer.from(ends.chain).toString('base64url') })
      .where('space', '=', space)
      .execute()
  }
  return results
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
    if (held?.link === link) return { state: 'committed', n, seq: held.seq, at: held.at }
    if (held && verdict !== 'badSeal') return { state: 'forked', n }
    const row = toRow(space, batch, { op, link, verdict })
    if (verdict !== 'commit') {
      parked.push({ ...row, reason: verdict })
      return { state: 'parked', n, reason: verdict }
    }
    const at = Math.min(op.at, batch.receivedAt)
    ends.seq += 1
    ends.chain = logLink(ends.chain, ends.seq, { ...op, at })
    committed.push({ ...row, seq: ends.seq, at, chain: Buffer.from(ends.chain).toString('base64url') })
    return { state: 'committed', n, seq: ends.seq, at }
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
