import * as v from 'valibot'
import { maxPageOps } from './limits.ts'
import { Count, Hash, Id } from './parts.ts'
import { PulledOp } from './pull.ts'

/**
 * `POST /api/v1/spaces/:space/recover`: a device brings back a part of the log that a restored server has lost ([S7]).
 * `before` is the log's chain at `after`, `chain` that behind the last op, and `witness` what the server said of it
 * when it was pulled: nobody else can have made these ops up. What the server has already is left out.
 */
export const RecoverRequest = v.object({
  epoch: Id,
  after: Count,
  before: Hash,
  chain: Hash,
  witness: Hash,
  devs: v.array(Id),
  ops: v.pipe(v.array(PulledOp), v.minLength(1), v.maxLength(maxPageOps)),
})
export type RecoverRequest = v.InferOutput<typeof RecoverRequest>
