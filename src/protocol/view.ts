import * as v from 'valibot'
import { Count, Hash, Id, Millis } from './parts.ts'
import { PulledOp } from './pull.ts'

/**
 * `GET /api/v1/spaces/:space/view`, with `If-None-Match` and status 304 when nothing changed: what an attendee's device
 * may read, as ops that fold to it (core/view.ts). It replaces the view before. `head` is the log's last number in it;
 * `tag` is also the ETag.
 */
export const ViewAnswer = v.object({
  now: Millis,
  epoch: Id,
  head: Count,
  backedUpThrough: Count,
  tag: Hash,
  devs: v.array(Id),
  ops: v.array(PulledOp),
})
export type ViewAnswer = v.InferOutput<typeof ViewAnswer>
