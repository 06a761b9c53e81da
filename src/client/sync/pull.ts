import type { Failure } from '../../protocol/failure.ts'
import type { Cursor, PullPage } from '../../protocol/pull.ts'
import { appendPage, goBack } from '../db/pages.ts'
import type { Database, SpaceRow } from '../db/schema.ts'
import { sentAbove } from '../db/sent.ts'
import { readSpace } from '../db/spaces.ts'
import type { Link } from './link.ts'
import { createLogReader } from './logReader.ts'
import { recoverSpace, walkBack } from './recover.ts'

function cursorOf({ epoch, seq, chain }: SpaceRow): Cursor | undefined {
  return epoch ? { epoch, seq, chain } : undefined
}

/**
 * When the page's ops were received, if the server says so of all of them. No chain covers it: it is the server's word.
 */
function runsOver({ ops, received }: PullPage): PullPage['received'] {
  const told = received?.reduce((sum, [count]) => sum + count, 0)
  return told === ops.length ? received : undefined
}

/** Whether the server ever knew this space: we have read it, or it has taken something of ours. */
async function wasKnown(db: Database, { space, epoch }: SpaceRow): Promise<boolean> {
  return epoch !== '' || (await sentAbove(db, space, 0)).length > 0
}

/**
 * Reads a space's log to its head, page by page; page and cursor are stored together ([S6]). When the server does not
 * know our cursor, or its page does not follow from ours, or the space is gone, it was restored or altered: both go
 * back to the last common page, and what it lacks is brought back ([S7]).
 */
export async function pullSpace(db: Database, link: Link, space: string): Promise<Failure | undefined> {
  const read = createLogReader(link, space)
  let wentBack = false
  let mayHaveLost = true
  let unrecovered: Failure | undefined
  for (;;) {
    const held = await readSpace(db, space)
    if (!held || held.revoked) return undefined
    /** What the server cannot take back now it is offered in the next round; reading goes on ([S2]). */
    if (mayHaveLost) unrecovered = await recoverSpace(db, link, space)
    mayHaveLost = false
    const cursor = cursorOf(held)
    const { answer, ops } = await read(cursor)
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
    if (page.state === 'diverged' || !ops) {
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
