import { readSessions } from '../../../src/core/event.ts'
import { fold } from '../../../src/core/fold.ts'
import { decodeBody } from '../../../src/core/op.ts'
import type { OfferedOp, Store } from '../../../src/server/store/store.ts'
import type { Break } from './world.ts'

/** Does something to attendance that reaches the server once the list of its session is closed. */
function afterClosing(doIt: (op: OfferedOp, receivedAt: number) => OfferedOp): Break {
  const closedIn = async (store: Store, space: string): Promise<Set<string>> => {
    const page = await store.readPage(space, undefined, { maxOps: 1e6, maxBytes: 1e9 })
    const sessions = page?.state === 'page' ? readSessions(fold(page.ops)) : []
    return new Set(sessions.filter(({ closed }) => closed).map(({ id }) => id))
  }
  const isOf = (sessions: Set<string>, { op: { body } }: OfferedOp) =>
    decodeBody(body)?.changes.some(
      (change) => change.type === 'add' && change.kind === 'attendance' && sessions.has(String(change.fields.s)),
    )
  return {
    wrapStore: (store) => ({
      ...store,
      append: async (space, batch) => {
        const closed = await closedIn(store, space)
        const ops = batch.ops.map((offered) => (isOf(closed, offered) ? doIt(offered, batch.receivedAt) : offered))
        return store.append(space, { ...batch, ops })
      },
    }),
  }
}

/** What a closed list does in other products (breaks.ts). */
export const closingBreaks = {
  /** Nobody is taken in any more, also not who was recorded before. */
  'closed-list-refuses': () =>
    afterClosing((offered) => (offered.verdict === 'commit' ? { ...offered, verdict: 'notAllowed' } : offered)),
  /** Who arrives after the closing counts as recorded then. */
  'late-by-arrival': () => afterClosing((offered, at) => ({ ...offered, op: { ...offered.op, at } })),
} satisfies Record<string, () => Break>
