import { toBase64Url } from '../../core/bytes.ts'
import { chainStart } from '../../core/op.ts'
import type { Failure } from '../../protocol/failure.ts'
import type { RecoverRequest } from '../../protocol/recover.ts'
import { goBack, lostPages, pagesAbove, settleLostPage, unpackOps } from '../db/pages.ts'
import type { Database, LostPageRow, PackedOp, PageRow, SpaceRow } from '../db/schema.ts'
import type { Link } from './link.ts'

const startOfLog = toBase64Url(chainStart)

/**
 * [S7] The server was restored from a backup: finds the last page of ours that it still knows, by halving, and goes
 * back to its end. `epoch` is the server's now.
 */
export async function walkBack(db: Database, link: Link, held: SpaceRow, epoch: string): Promise<Failure | undefined> {
  const pages = await pagesAbove(db, held.space, 0)
  let known: PageRow | undefined
  let [low, high] = [0, pages.length - 1]
  while (low <= high) {
    const middle = (low + high) >> 1
    const page = pages[middle]
    if (!page) break
    const answer = await link.pull(held.space, { epoch, seq: page.after + page.count, chain: page.chain })
    if (!answer.ok) return answer.failure
    if (answer.value.state !== 'diverged') {
      known = page
      low = middle + 1
    } else high = middle - 1
  }
  await goBack(db, held, known, epoch)
  return undefined
}

/** A lost page as the server takes it back. */
export function toRequest(page: LostPageRow): RecoverRequest {
  const { epoch, after, before, chain, witness } = page
  const ops = unpackOps(page)
  const devs = [...new Set(ops.map(([, dev]) => dev))]
  return {
    epoch,
    after,
    before: before || startOfLog,
    chain,
    witness,
    devs,
    ops: ops.map(([v, dev, n, wall, at, body]): [number, number, number, number, number, string] => [
      v,
      devs.indexOf(dev),
      n,
      wall,
      at,
      body,
    ]),
  }
}

/** The page of a request, or `undefined` when it names a device that it does not list. */
export function toLostPage(space: string, request: RecoverRequest): LostPageRow | undefined {
  const { epoch, after, before, chain, witness, devs } = request
  const ops: PackedOp[] = []
  for (const [v, index, n, wall, at, body] of request.ops) {
    const dev = devs[index]
    if (dev === undefined) return undefined
    ops.push([v, dev, n, wall, at, body])
  }
  return { space, epoch, after, count: ops.length, before, chain, witness, ops: JSON.stringify(ops), refused: false }
}

/**
 * [S7] Brings back what the server has lost, also what others wrote: nothing that was acknowledged may be missing while
 * one device that held it is left. A page that the server does not believe is kept here and not offered again.
 */
export async function recoverSpace(db: Database, link: Link, space: string): Promise<Failure | undefined> {
  for (const page of await lostPages(db, space)) {
    const answer = await link.recover(space, toRequest(page))
    if (!answer.ok && answer.failure.kind !== 'badRequest') return answer.failure
    await settleLostPage(db, page, answer.ok)
  }
  return undefined
}
