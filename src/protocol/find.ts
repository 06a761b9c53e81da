import * as v from 'valibot'
import { Id } from './parts.ts'

const Typed = v.pipe(v.string(), v.minLength(1), v.maxLength(200))

/**
 * `POST /api/v1/spaces/:space/find`: an attendee looks for himself among the invited, by one of NIP, telephone number
 * or personal pass. Only the whole of it matches, and tries are counted.
 */
export const FindRequest = v.variant('by', [
  v.object({ by: v.literal('nip'), nip: Typed }),
  v.object({ by: v.literal('phone'), phone: Typed }),
  v.object({ by: v.literal('pass'), pass: Typed }),
])
export type FindRequest = v.InferOutput<typeof FindRequest>

/** Who it is, as far as one must see to know oneself; `null` for nobody and for several. */
export const FindAnswer = v.object({
  found: v.nullable(v.object({ person: Id, name: v.string(), institution: v.string() })),
})
export type FindAnswer = v.InferOutput<typeof FindAnswer>
