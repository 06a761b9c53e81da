import { applyOp, emptySpace, type Space } from '../core/fold.ts'
import { createRecent } from './recent.ts'
import type { Folded, FoldedSpaces } from './routes/deps.ts'
import type { Cursor, Store } from './store/store.ts'

const pageLimits = { maxOps: 2_000, maxBytes: 4_194_304 }

type Held = { cursor: Cursor; space: Space; bytes: number }

/**
 * Folded spaces by their head, brought up to date at each call with what the log has gained since. Several servers on
 * one database each keep their own: nothing is shared but the log. `maxBytes` of bodies are kept, those that were asked
 * for last; a restored log (another epoch or chain) is folded anew.
 */
export function createFoldedSpaces(store: Store, maxBytes: number): FoldedSpaces {
  const held = createRecent<Held>(maxBytes, ({ bytes }) => bytes)
  const turns = new Map<string, Promise<Folded | undefined>>()

  async function bringUp(space: string): Promise<Folded | undefined> {
    let now = held.get(space)
    for (;;) {
      const page = await store.readPage(space, now?.cursor, pageLimits)
      if (!page) {
        held.forget(space)
        return undefined
      }
      if (page.state === 'diverged') {
        now = undefined
        continue
      }
      const { epoch, head, chain, backedUpThrough, ops } = page
      const next: Held = now ?? { cursor: { epoch, seq: 0, chain: '' }, space: emptySpace(), bytes: 0 }
      for (const op of ops) {
        applyOp(next.space, op)
        next.bytes += op.body.length
      }
      next.cursor = { epoch, seq: page.after + ops.length, chain }
      now = next
      held.keep(space, next)
      if (next.cursor.seq >= head) return { space: next.space, epoch, head: next.cursor.seq, backedUpThrough }
    }
  }

  return (space) => {
    const before = turns.get(space) ?? Promise.resolve(undefined)
    const turn = before.then(
      () => bringUp(space),
      () => bringUp(space),
    )
    turns.set(space, turn)
    const leave = () => {
      if (turns.get(space) === turn) turns.delete(space)
    }
    turn.then(leave, leave)
    return turn
  }
}
