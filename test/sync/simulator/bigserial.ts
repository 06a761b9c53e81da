import { fromBase64Url, toBase64Url } from '../../../src/core/bytes.ts'
import { chainStart, logLink } from '../../../src/core/op.ts'
import type { LoggedOp, Store } from '../../../src/server/store/store.ts'

const everything = { maxOps: 100_000, maxBytes: 100_000_000 }

/**
 * A log numbered by a sequence: numbers are drawn before the commit, and an op commits only after the next one was
 * read. A reader that asks for "more than the last number I saw" has then passed it for ever. The numbers and chain
 * that it is shown fit together, so that only the missing op can give the bug away.
 */
export function bigserialCursor(store: Store): Store {
  const places = new Map<string, number>()
  const readPage: Store['readPage'] = async (space, cursor, limits) => {
    const whole = await store.readPage(space, undefined, limits)
    if (whole?.state !== 'page' || limits.maxOps > 100_000) return whole
    const passed = cursor && cursor.seq > 0 ? places.get(cursor.chain) : 0
    if (passed === undefined) return store.readPage(space, cursor, limits)
    const isLate = ({ seq }: LoggedOp) => seq === whole.head - 1
    let link = (cursor && fromBase64Url(cursor.chain)) || chainStart
    const after = cursor?.seq ?? 0
    const seen = whole.ops.filter((op) => op.seq > passed && !isLate(op))
    const ops = seen.map((op, i) => {
      link = logLink(link, after + i + 1, { ...op, space })
      return { ...op, seq: after + i + 1 }
    })
    const chain = toBase64Url(link)
    places.set(chain, seen.at(-1)?.seq ?? passed)
    return { ...whole, head: after + ops.length, after, chain, ops }
  }
  return {
    ...store,
    readPage,
    findCursor: async (space, cursor) => {
      const page = await readPage(space, cursor, everything)
      return page && { ...page, state: page.state === 'page' ? 'known' : 'diverged' }
    },
  }
}
