import * as v from 'valibot'
import { maxPushOps } from './limits.ts'
import { Count, Hash, Id, Millis, Owner, PublicKey, Signature } from './parts.ts'

/** One op of the pushing device: its number, raw clock, corrected time and body (core/op.ts). */
const PushedOp = v.tuple([v.pipe(v.number(), v.safeInteger(), v.minValue(1)), Millis, Millis, v.string()])

/** The server's own word that the device with this key is an attendee's of the space (core/certificate.ts). */
const AuthorCertificate = v.object({ publicKey: PublicKey, owner: Owner, signature: Signature })

/**
 * `POST /api/v1/spaces/:space/push`. `ops` are of one device and of version `v`, rising in `n`. `previous` is the
 * chain's link before the first of them and `signature` the device's ES256 signature (64 raw bytes, base64url) over the
 * last link. With `certificate` a server that was restored to before the author came knows him again ([S7]), whoever
 * brings this. `unsent`: how much the device that brings this has not sent beyond it, in all spaces, as in the session.
 */
export const PushRequest = v.object({
  v: v.pipe(v.number(), v.safeInteger(), v.minValue(1)),
  dev: Id,
  previous: Hash,
  signature: Signature,
  ops: v.pipe(v.array(PushedOp), v.minLength(1), v.maxLength(maxPushOps)),
  certificate: v.optional(AuthorCertificate),
  unsent: v.optional(Count),
})
export type PushRequest = v.InferOutput<typeof PushRequest>

/**
 * One result per op, in the request's order ([S4]). `parked`: kept aside instead of in the log, as a body that is no
 * action (`unreadable`), a change that the device's role may not make (`notAllowed`), `tooLarge`, a signature that does
 * not fit (`badSeal`), or a reason of a newer server. `forked`: these bytes differ from the op known by this name
 * ([S8]).
 */
export const PushResult = v.variant('state', [
  v.object({ state: v.literal('committed'), n: Count, seq: Count, at: Millis }),
  v.object({ state: v.literal('parked'), n: Count, reason: v.string() }),
  v.object({ state: v.literal('forked'), n: Count }),
])
export type PushResult = v.InferOutput<typeof PushResult>

export const PushAnswer = v.object({
  now: Millis,
  epoch: Id,
  /** The log number that a verified backup covers ([S5]). */
  backedUpThrough: Count,
  results: v.array(PushResult),
})
export type PushAnswer = v.InferOutput<typeof PushAnswer>
