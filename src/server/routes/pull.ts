import type { Context } from 'hono'
import * as v from 'valibot'
import type { Op } from '../../core/op.ts'
import { maxPageBytes, maxPageOps } from '../../protocol/limits.ts'
import { type PullAnswer, PullQuery } from '../../protocol/pull.ts'
import type { LoggedOp } from '../store/store.ts'
import { answer, refuse } from './answers.ts'
import { isTooOldToRead, readGranted } from './caller.ts'
import type { Deps } from './deps.ts'

/** Ops as they travel: a page has few authors, so each is named once. */
export function toWire(logged: Omit<Op, 'space'>[]) {
  const devs = [...new Set(logged.map(({ dev }) => dev))]
  const indexByDev = new Map(devs.map((dev, index) => [dev, index]))
  const ops = logged.map(({ v, dev, n, wall, at, body }): [number, number, number, number, number, string] => [
    v,
    indexByDev.get(dev) ?? 0,
    n,
    wall,
    at,
    body,
  ])
  return { devs, ops }
}

/** When ops were received, as runs. */
function runsOf(logged: LoggedOp[]): [count: number, receivedAt: number][] {
  const runs: [number, number][] = []
  for (const { received } of logged) {
    const last = runs.at(-1)
    if (last?.[1] === received) last[0]++
    else runs.push([1, received])
  }
  return runs
}

/** The next page of a space's log ([S6]). */
export const pull = (deps: Deps) => async (c: Context) => {
  const granted = await readGranted(c, deps, 'pull')
  if (!granted.ok) return refuse(c, granted.failure)
  if (isTooOldToRead(c)) return refuse(c, { kind: 'clientTooOld' })
  const query = v.safeParse(PullQuery, c.req.query())
  if (!query.success) return refuse(c, { kind: 'badRequest' })
  const { epoch, seq, chain } = query.output
  const cursor = epoch !== undefined && chain !== undefined ? { epoch, seq, chain } : undefined
  if (!cursor && (epoch !== undefined || chain !== undefined || seq > 0)) return refuse(c, { kind: 'badRequest' })
  const { space } = granted.value
  const page = await deps.store.readPage(space, cursor, { maxOps: maxPageOps, maxBytes: maxPageBytes })
  if (!page) return refuse(c, { kind: 'notFound' })
  const { state, head } = page
  const now = deps.now()
  if (state === 'diverged') return answer<PullAnswer>(c, { state, now, epoch: page.epoch, head })
  if (cursor && page.ops.length === 0)
    return answer<PullAnswer>(c, { state: 'same', now, backedUpThrough: page.backedUpThrough })
  return answer<PullAnswer>(c, {
    state,
    now,
    epoch: page.epoch,
    after: page.after,
    head,
    chain: page.chain,
    witness: deps.witness.of({ space, epoch: page.epoch, seq: page.after + page.ops.length, chain: page.chain }),
    backedUpThrough: page.backedUpThrough,
    ...toWire(page.ops),
    received: runsOf(page.ops),
  })
}
