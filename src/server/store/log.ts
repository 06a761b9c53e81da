import { sql } from 'kysely'
import { chainStart } from '../../core/op.ts'
import { appendAll } from './append.ts'
import { logEndsBefore } from './damage.ts'
import { keepCompiled } from './keepCompiled.ts'
import { recoverOps } from './recover.ts'
import type { Batch, Cursor, LogStore, OpResult, Standing } from './store.ts'
import type { Database } from './tables.ts'
import { createTogether } from './together.ts'

const togetherMs = 4
const maxTogetherOps = 4_000
const startOfChain = Buffer.from(chainStart).toString('base64url')

/** The ordered ops of each space. */
export function createLog({ db, atomically, addRows, broken }: Database): LogStore {
  const appendTogether = createTogether<Batch, OpResult[] | 'full'>(
    (space, batches) => atomically((transaction) => appendAll(transaction, space, batches, addRows)),
    { waitMs: togetherMs, weigh: ({ ops }) => ops.length, maxWeight: maxTogetherOps },
  )

  const heads = db.selectFrom('spaces').select(['space', 'epoch', 'head', 'backed as backedUpThrough'])
  const headOf = keepCompiled(db, heads.where('space', '=', ''))
  const findHead = async (space: string) => (await headOf(space))[0]

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

  async function findCursor(space: string, cursor: Cursor | undefined): Promise<Standing | undefined> {
    const found = await findHead(space)
    if (!found) return undefined
    return { state: !cursor || (await knows(space, found.epoch, cursor)) ? 'known' : 'diverged', ...found }
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

  /** The rows of a page behind `after`, of a log that goes on to `head`. */
  async function readRows(space: string, after: number, head: number, limits: { maxOps: number; maxBytes: number }) {
    return db
      .selectFrom('ops')
      .select(['seq', 'v', 'space', 'dev', 'n', 'wall', 'at', 'received', 'chain', 'body'])
      .where('space', '=', space)
      .where('seq', '>', after)
      .where('seq', '<=', await endOfPage(space, after, head, limits))
      .orderBy('seq')
      .execute()
  }

  const readPage: LogStore['readPage'] = async (space, cursor, limits) => {
    const place = await findCursor(space, cursor)
    if (!place) return undefined
    const { state, ...found } = place
    if (state === 'diverged') return { state, ...found }
    const after = cursor?.seq ?? 0
    const rows = after < found.head ? await readRows(space, after, found.head, limits) : []
    /** Whoever asks until he holds all of it would ask for ever. */
    if (after < found.head && rows.at(-1)?.seq !== after + rows.length) {
      /** A backup may be put back between two of these readings. */
      if ((await findHead(space))?.epoch !== found.epoch) return readPage(space, cursor, limits)
      throw logEndsBefore(broken, space, found.head)
    }
    const ops = rows.map(({ chain: _, body, ...op }) => ({ ...op, body: body.toString() }))
    return { state: 'page', ...found, after, chain: rows.at(-1)?.chain ?? cursor?.chain ?? startOfChain, ops }
  }

  return {
    findSpace: findHead,
    findCursor,
    listSpaces: async () => {
      const rows = await db.selectFrom('spaces').select('space').orderBy('created').execute()
      return rows.map(({ space }) => space)
    },
    listHeads: () => heads.execute(),
    createSpace: async (space, epoch, now) => {
      await db
        .insertInto('spaces')
        .values({ space, epoch, head: 0, chain: startOfChain, created: now, backed: 0 })
        .onConflict((conflict) => conflict.column('space').doNothing())
        .execute()
    },
    append: appendTogether,
    recover: (space, ops, receivedAt) => atomically((transaction) => recoverOps(transaction, space, ops, receivedAt)),
    readPage,
    countParked: async (space) => {
      const row = await db
        .selectFrom('parked')
        .select((of) => of.fn.countAll<number>().as('count'))
        .where('space', '=', space)
        .where('kept', 'is', null)
        .executeTakeFirstOrThrow()
      return row.count
    },
  }
}
