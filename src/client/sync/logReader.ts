import { fromBase64Url, toBase64Url } from '../../core/bytes.ts'
import { chainStart, logLink } from '../../core/op.ts'
import type { Cursor, PullAnswer, PullPage } from '../../protocol/pull.ts'
import type { PackedOp } from '../db/schema.ts'
import type { Link } from './link.ts'

/** Pages that are asked for while one is written; more would only fill the memory. */
const mostAhead = 2

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

/** Whether a page extends the chain of a cursor to the one it claims: nothing was left out, altered or put in between. */
function chainHolds(space: string, cursor: Cursor | undefined, page: PullPage, ops: PackedOp[]): boolean {
  let link = (cursor && fromBase64Url(cursor.chain)) || chainStart
  ops.forEach(([v, dev, n, wall, at, body], i) => {
    link = logLink(link, page.after + i + 1, { v, space, dev, n, wall, at, body })
  })
  return toBase64Url(link) === page.chain
}

/** The page's ops, if it follows from the cursor. */
function follow(space: string, cursor: Cursor | undefined, page: PullPage): PackedOp[] | undefined {
  const ops = page.after === (cursor?.seq ?? 0) ? unpack(page) : undefined
  return ops && chainHolds(space, cursor, page, ops) ? ops : undefined
}

/** Where a page says that it ends, while the log goes on. */
function endOf(page: PullAnswer): Cursor | undefined {
  if (page.state !== 'page' || page.ops.length === 0) return undefined
  const { epoch, chain, head } = page
  const seq = page.after + page.ops.length
  return seq < head ? { epoch, seq, chain } : undefined
}

/** The server's word; `ops` where it is a page that follows from the cursor. */
export type Arrived = { answer: Awaited<ReturnType<Link['pull']>>; ops?: PackedOp[] | undefined }

const isSame = (a: Cursor, b: Cursor | undefined) => a.epoch === b?.epoch && a.seq === b.seq && a.chain === b.chain

/** Pages on their way or waiting to be taken, and where the one behind them begins, once that is known. */
type Run = { ahead: { cursor: Cursor; arriving: Promise<Arrived> }[]; next?: Cursor | undefined }

/**
 * Reads a log: what follows a cursor, while the pages behind it are already asked for and checked. Those are used only
 * once somebody stands where they begin ([S6]); who does not, since he went back or another tab was faster, asks anew.
 */
export function createLogReader(link: Link, space: string): (cursor: Cursor | undefined) => Promise<Arrived> {
  let run: Run = { ahead: [] }

  async function read(own: Run, cursor: Cursor | undefined): Promise<Arrived> {
    const answer = await link.pull(space, cursor)
    if (!answer.ok) return { answer }
    own.next = endOf(answer.value)
    askAhead(own)
    return { answer, ops: answer.value.state === 'page' ? follow(space, cursor, answer.value) : undefined }
  }

  function askAhead(own: Run): void {
    const { ahead, next: cursor } = own
    if (!cursor || ahead.length >= mostAhead) return
    own.next = undefined
    const arriving = read(own, cursor)
    /** Whoever takes it is told; nobody may. */
    arriving.catch(() => undefined)
    ahead.push({ cursor, arriving })
  }

  return (cursor) => {
    const first = run.ahead.shift()
    if (first && isSame(first.cursor, cursor)) {
      askAhead(run)
      return first.arriving
    }
    run = { ahead: [] }
    return read(run, cursor)
  }
}
