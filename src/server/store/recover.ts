import { createHash } from 'node:crypto'
import type { Transaction } from 'kysely'
import { decodeBody, type Op } from '../../core/op.ts'
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
  return new Map(known.map(({ body, ...row }) => [nameOf(row), contentMark({ ...row, body: body.toString() })]))
}

/**
 * [S8] The contents of these ops that the log holds under whichever name: a device that took a new key has sent its
 * work under that one. A body's salt makes it one action; what has none is told apart by its name alone.
 */
export async function heldContents(
  transaction: Transaction<Tables>,
  space: string,
  ops: Op[],
): Promise<ReadonlySet<string>> {
  const bodies = ops.filter(({ body }) => decodeBody(body)).map(({ body }) => Buffer.from(body, 'utf8'))
  if (bodies.length === 0) return new Set()
  const held = await transaction
    .selectFrom('ops')
    .select(['v', 'wall', 'body'])
    .where('space', '=', space)
    .where('body', 'in', bodies)
    .execute()
  return new Set(held.map((row) => contentMark({ ...row, body: row.body.toString() })))
}

/**
 * [S7] Numbers the ops that a restored log has lost, in their old order: where nothing was added since the restore,
 * they get their old numbers and the log its old chain. What the log holds stays as it is.
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
    const unnamed = named.filter((op) => !held.has(nameOf(op)))
    const contents = await heldContents(transaction, space, unnamed)
    const lost = unnamed.filter((op) => !contents.has(contentMark(op)))
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
