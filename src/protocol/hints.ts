import * as v from 'valibot'
import { Count, Id } from './parts.ts'

/** Where the log of a space ends now. It carries no data: who does not hold that much pulls ([S12]). */
export const Hint = v.object({ space: Id, epoch: Id, head: Count })
export type Hint = v.InferOutput<typeof Hint>

/**
 * `GET /api/v1/events`: a stream of these as server-sent events; an empty list says only that the line still stands.
 */
export const Hints = v.array(Hint)
export type Hints = v.InferOutput<typeof Hints>
