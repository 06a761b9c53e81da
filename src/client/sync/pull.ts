import { fromBase64Url, toBase64Url } from '../../core/bytes.ts'
import { chainStart, logLink } from '../../core/op.ts'
import type { Failure } from '../../protocol/failure.ts'
import type { Cursor, PullAnswer, PullPage } from '../../protocol/pull.ts'
import { appendPage, goBack } from '../db/pages.ts'
import type { Database, PackedOp, SpaceRow } from '../db/schema.ts'
import { sentAbove } from '../db/sent.ts'
import { readSpace } from '../db/spaces.ts'
import type { Link } from './link.ts'
import { recoverSpace, walkBack } from './recover.ts'

function cursorOf({ epoch, seq, chain }: SpaceRow): Cursor | undefined {
  return epoch ? { epoch, seq, chain } : undefined
}

/** The page's ops, or `undefined` when it names a device that it does not list. */
function unpack(page: PullPage): PackedOp[] | undefined {
  const ops: PackedOp[] = []
  for (const [v, devIndex, n, wall, at, body] of page.ops) {
    const dev = page.devs[devIndex]
    if (dev === undefined) return undefined
    ops.push([v, dev, n, wall, at, body])
  }
  return ops
}

/**
 * When the page's ops were received, if the server says so of all of them. No chain covers it: it is the server's word.
 */
function runsOver({ ops, received }: PullPage): PullPage['received'] {
  const told = received?.reduce((sum, [count]) => sum + count, 0)
  return told === ops.length ? received : undefined
}

/** Whether the page extends our chain to the one it claims: nothing was left out, altered or put in between. */
function chainHolds(space: string, held: SpaceRow, page: PullPage, ops: PackedOp[]): boolean {
  let link = (held.chain && fromBase64Url(held.chain)) || chainStart
  ops.forEach(([v, dev, n, wall, at, body], i) => {
    link = logLink(link, page.after + i + 1, { v, space, dev, n, wall, at, body })
  })
  return toBase64Url(link) === page.chain
}

/** Whether the server ever knew this space: we have read it, or it has taken something of ours. */
async function wasKnown(db: Database, { space, epoch }: SpaceRow): Promise<boolean> {
  return epoch !== '' || (await sentAbove(db, space, 0)).length > 0
}

const isSame = (a: Cursor, b: Cursor) => a.epoch === b.epoch && a.seq === b.seq && a.chain === b.chain

/** Asks for the page after this one while this one is checked and written; it is used only once that is done ([S6]). */
function askAhead(link: Link, space: string, page: PullAnswer) {
  if (page.state !== 'page' || page.ops.length === 0) return undefined
  const { epoch, chain, head } = page
  const seq = page.after + page.ops.length
  if (seq >= head) return undefined
  const after = { epoch, seq, chain }
  const answer = link.pull(space, after)
  /** Whoever waits for it is told; nobody may. */
  answer.catch(() => undefined)
  return { after, answer }
}

/**
 * Reads a space's log to its head, page by page; page and cursor are stored together ([S6]). When the server does not
 * know our cursor, or its page does not follow from ours, or the space is gone, it was restored or altered: both go
 * back to the last common page, and what it lacks is brought back ([S7]).
 */
export async function pullSpace(db: Database, link: Link, space: string): Promise<Failure | undefined> {
  let wentBack = false
  let mayHaveLost = true
  let unrecovered: Failure | undefined
  let ahead: { after: Cursor; answer: ReturnType<Link['pull']> } | undefined
  for (;;) {
    const held = await readSpace(db, space)
    if (!held || held.revoked) return undefined
    /** What the server cannot take back now it is offered in the next round; reading goes on ([S2]). */
    if (mayHaveLost) unrecovered = await recoverSpace(db, link, space)
    mayHaveLost = false
    const cursor = cursorOf(held)
    const answer = await (cursor && ahead && isSame(cursor, ahead.after) ? ahead.answer : link.pull(space, cursor))
    if (!answer.ok) {
      if (answer.failure.kind === 'notFound' && (await wasKnown(db, held))) await goBack(db, held, undefined, '')
      return answer.failure
    }
    const page = answer.value
    if (page.state === 'same') {
      if (!cursor) return { kind: 'notHadir' }
      const { backedUpThrough } = page
      const end = { after: cursor.seq, head: cursor.seq, witness: '', ops: [] }
      await appendPage(db, { ...cursor, ...end, space, backedUpThrough })
      return unrecovered
    }
    ahead = askAhead(link, space, page)
    const ops = page.state === 'page' ? unpack(page) : undefined
    if (page.state === 'diverged' || !ops || page.after !== held.seq || !chainHolds(space, held, page, ops)) {
      if (wentBack) return { kind: 'notHadir' }
      wentBack = mayHaveLost = true
      const failure = await walkBack(db, link, held, page.epoch)
      if (failure) return failure
      continue
    }
    const { epoch, after, head, chain, witness, backedUpThrough } = page
    const received = runsOver(page)
    await appendPage(db, { space, epoch, after, head, chain, witness, backedUpThrough, ops, received })
    if (after + ops.length >= head || ops.length === 0) return unrecovered
  }
}
