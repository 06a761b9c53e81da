import { createHash } from 'node:crypto'
import type { Transaction } from 'kysely'
import type { Op } from '../../core/op.ts'
import { contentMark, numberOp, withEnds } from './append.ts'
import type { Tables } from './tables.ts'

const nameOf = ({ dev, n }: Pick<Op, 'dev' | 'n'>) => `${dev}.${n}`

/**
 * [S8] After the restore a device whose disk was put back took this op's name for another one. It comes back as of a
 * device of its own, which whoever brings it names alike; facts keep their ids, since those come from the salt.
 */
export function asTwin(op: Op): Op {
  const twin = createHash('sha256')
    .update(`${nameOf(op)} ${contentMark(op)}`)
    .digest()
  return { ...op, dev: twin.subarray(0, 16).toString('base64url') }
}

/** By name, the content of what the log holds under the names of these ops. */
export async function marksByName(
  transaction: Transaction<Tables>,
  space: string,
  ops: Op[],
): Promise<Map<string, string>> {
  const known = await transaction
    .selectFrom('ops')
    .select(['dev', 'n', 'v', 'wall', 'body'])
    .where('space', '=', space)
    .where('dev', 'in', [...new Set(ops.map(({ dev }) => dev))])
    .where('n', 'in', [...new Set(ops.map(({ n }) => n))])
    .execute()
  return new Map(
    known.map(({ body, ...row }) => [nameOf(row), contentMark({ ...row, body: Buffer.from(body).toString('utf8') })]),
  )
}

/**
 * [S7] Numbers the ops that a restored log has lost, in their old order: where nothing was added since the restore, they
 * get their old numbers and the log its old chain. What the log holds stays as it is.
 */
export function recoverOps(
  transaction: Transaction<Tables>,
  space: string,
  ops: Op[],
  receivedAt: number,
): Promise<number> {
  return withEnds(transaction, space, async (ends) => {
    const known = await marksByName(transaction, space, ops)
    const named = ops.map((op) => ((known.get(nameOf(op)) ?? contentMark(op)) === contentMark(op) ? op : asTwin(op)))
    const held = await marksByName(transaction, space, named)
    const lost = named.filter((op) => !held.has(nameOf(op)))
    if (lost.length === 0) return 0
    const rows = lost.map((op) => {
      const { dev, n, v, wall, at } = op
      const body = Buffer.from(op.body, 'utf8')
      const claim = { link: contentMark(op), claimed: at, received: receivedAt }
      return { space, dev, n, v, wall, at, ...claim, ...numberOp(ends, op), body }
    })
    await transaction.insertInto('ops').values(rows).execute()
    return rows.length
  })
}
