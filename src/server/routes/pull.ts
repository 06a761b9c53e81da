import type { Context } from 'hono'
import * as v from 'valibot'
import { type Cursor, type PullAnswer, type PulledOps, type PullPage, PullQuery } from '../../protocol/pull.ts'
import { answer, answerPrepared, refuse, takesGzip } from './answers.ts'
import { isTooOldToRead, readGranted } from './caller.ts'
import type { Deps } from './deps.ts'

function cursorOf({ epoch, seq, chain }: PullQuery): Cursor | 'broken' | undefined {
  if (epoch !== undefined && chain !== undefined) return { epoch, seq, chain }
  return epoch !== undefined || chain !== undefined || seq > 0 ? 'broken' : undefined
}

/** The next page of a space's log ([S6]). */
export const pull = (deps: Deps) => async (c: Context) => {
  const granted = await readGranted(c, deps, 'pull')
  if (!granted.ok) return refuse(c, granted.failure)
  if (isTooOldToRead(c)) return refuse(c, { kind: 'clientTooOld' })
  const query = v.safeParse(PullQuery, c.req.query())
  if (!query.success) return refuse(c, { kind: 'badRequest' })
  const cursor = cursorOf(query.output)
  if (cursor === 'broken') return refuse(c, { kind: 'badRequest' })
  const { space } = granted.value
  const page = await deps.logPages.read(space, cursor)
  if (!page) return refuse(c, { kind: 'notFound' })
  const { epoch, head, backedUpThrough } = page
  const now = deps.now()
  if (page.state !== 'page') {
    const { state } = page
    return answer<PullAnswer>(
      c,
      state === 'known' ? { state: 'same', now, backedUpThrough } : { state, now, epoch, head },
    )
  }
  const { state, after, end, chain, part } = page
  if (end < head) deps.logPages.readAhead(space, { epoch, seq: end, chain }, takesGzip(c))
  const witness = deps.witness.of({ space, epoch, seq: end, chain })
  return answerPrepared<Omit<PullPage, keyof PulledOps>>(c, part, {
    state,
    now,
    epoch,
    after,
    head,
    chain,
    witness,
    backedUpThrough,
  })
}
