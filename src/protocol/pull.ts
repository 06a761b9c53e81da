import * as v from 'valibot'
import { Count, Hash, Id, Millis } from './parts.ts'

/** Where a reader stands in a space's log: the number of the last op it holds and the log's chain there ([S6]). */
export const Cursor = v.object({ epoch: Id, seq: Count, chain: Hash })
export type Cursor = v.InferOutput<typeof Cursor>

/** `GET /api/v1/spaces/:space/pull?epoch=…&seq=…&chain=…`; without a cursor from the beginning. */
export const PullQuery = v.object({
  epoch: v.optional(Id),
  seq: v.optional(v.pipe(v.string(), v.regex(/^\d{1,15}$/), v.transform(Number)), '0'),
  chain: v.optional(Hash),
})
export type PullQuery = v.InferOutput<typeof PullQuery>

/** An op of the log: version, index into `devs`, n, wall, final at, body. Its number is `after` + its place + 1. */
export const PulledOp = v.tuple([Count, Count, Count, Millis, Millis, v.string()])

/** When the server received so many ops that follow each other: those of one push are told once. */
export const ReceivedRun = v.tuple([Count, Millis])

/**
 * A gapless page of the log, `after` < number ≤ `after` + ops; `chain` is the log's chain at its end, and `witness` the
 * server's own word for it, by which it believes a device that brings the page back after a restore ([S7]). `received`
 * covers the ops in their order; older servers leave it out.
 */
export const PullPage = v.object({
  state: v.literal('page'),
  now: Millis,
  epoch: Id,
  after: Count,
  head: Count,
  chain: Hash,
  witness: Hash,
  backedUpThrough: Count,
  devs: v.array(Id),
  ops: v.array(PulledOp),
  received: v.optional(v.array(ReceivedRun)),
})
export type PullPage = v.InferOutput<typeof PullPage>
/** What of a page is the same for all who ask. */
export type PulledOps = Pick<PullPage, 'devs' | 'ops' | 'received'>

/** The log ends where the reader stands: the answer that is given most often, in few bytes. */
export const PullSame = v.object({ state: v.literal('same'), now: Millis, backedUpThrough: Count })

/** The server does not know this cursor: it was restored or altered ([S7]). */
export const PullDiverged = v.object({ state: v.literal('diverged'), now: Millis, epoch: Id, head: Count })

export const PullAnswer = v.variant('state', [PullPage, PullSame, PullDiverged])
export type PullAnswer = v.InferOutput<typeof PullAnswer>
