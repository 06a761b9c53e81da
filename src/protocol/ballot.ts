import * as v from 'valibot'
import { Hash, Id, Signature } from './parts.ts'

/** A P-256 point, compressed: 33 bytes as 44 characters of base64url. */
const Point = v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]{44}$/))

/**
 * `POST /api/v1/spaces/:space/forms/:form/ticket`: the right to answer an anonymous form once, for a person who was
 * present. `blinded` hides the ballot's nonce (RFC 9497, VOPRF over P-256 with SHA-256), so that the server cannot know
 * the ballot again. Asked again with the same, it answers the same.
 */
export const TicketRequest = v.object({ person: Id, blinded: Point })
export type TicketRequest = v.InferOutput<typeof TicketRequest>

/** `proof` shows that the form's one key was used: a key of one's own would be a mark. */
export const TicketAnswer = v.object({ evaluated: Point, proof: Signature, publicKey: Point })
export type TicketAnswer = v.InferOutput<typeof TicketAnswer>

const GroupRate = v.object({ group: v.string(), answered: v.number(), present: v.number() })

/**
 * `GET /api/v1/spaces/:space/forms/:form/rates`: of an anonymous form, how many of those who were seen were given a
 * ticket, by role and by session; groups of five or more alone, and nobody by name.
 */
export const RatesAnswer = v.object({ roles: v.array(GroupRate), sessions: v.array(GroupRate) })
export type RatesAnswer = v.InferOutput<typeof RatesAnswer>

const Answer = v.union([
  v.string(),
  v.number(),
  v.array(v.string()),
  v.record(v.string(), v.pipe(v.number(), v.integer())),
])

/** `POST /api/v1/ballots`: the answers themselves, sent without any cookie, by whoever holds the token. */
export const BallotRequest = v.object({
  space: Id,
  form: Id,
  version: Id,
  nonce: Hash,
  token: Hash,
  answers: v.record(v.string(), Answer),
})
export type BallotRequest = v.InferOutput<typeof BallotRequest>
