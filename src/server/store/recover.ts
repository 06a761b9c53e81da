import type { Transaction } from 'kysely'
import type { Op } from '../../core/op.ts'
import { contentMark, numberOp, withEnds } from './append.ts'
import type { Tables } from './tables.ts'

/**
 * [S7] Numbers the ops that a restored log has lost, in their old order: where nothing was added since the restore, they
 * get their old numbers and the log its old chain. An op that is known by its name stays as it is.
 */
export function recoverOps(
  transaction: Transaction<Tables>,
  space: string,
  ops: Op[],
  receivedAt: number,
): Promise<void> {
  return withEnds(transaction, space, async (ends) => {
    const known = await transaction
      .selectFrom('ops')
      .select(['dev', 'n'])
      .where('space', '=', space)
      .where('dev', 'in', [...new Set(ops.map(({ dev }) => dev))])
      .execute()
    const names = new Set(known.map(({ dev, n }) => `${dev}.${n}`))
    const lost = ops.filter(({ dev, n }) => !names.has(`${dev}.${n}`))
    if (lost.length === 0) return
    const rows = lost.map((op) => {
      const { dev, n, v, wall, at } = op
      const body = Buffer.from(op.body, 'utf8')
      const claim = { link: contentMark(op), claimed: at, received: receivedAt }
      return { space, dev, n, v, wall, at, ...claim, ...numberOp(ends, op), body }
    })
    await transaction.insertInto('ops').values(rows).execute()
  })
}
