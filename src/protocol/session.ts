import * as v from 'valibot'
import { Granted } from './enrol.ts'
import { Email, Id, Millis, Name, PublicKey } from './parts.ts'

/** `unsent`: how many ops this device has not sent, in all spaces; the list of devices tells it to organizers. */
export const SessionQuery = v.object({
  unsent: v.optional(v.pipe(v.string(), v.regex(/^\d{1,9}$/), v.transform(Number))),
})

/**
 * `GET /api/v1/session?unsent=…`: who this browser is to the server. `device` is enrolled by its own cookie, `account`
 * signed in by another; either may be absent. `spaces` are all that the device may read; `issuer` is the public key of
 * attendees' certificates (core/certificate.ts).
 */
export const SessionAnswer = v.object({
  now: Millis,
  account: v.nullable(v.object({ name: Name, email: Email })),
  device: v.nullable(v.object({ dev: Id, name: Name, holder: Name })),
  /** May make new events: an organizer of the organization. */
  organizer: v.boolean(),
  /** May read the server's history of all events: an organizer or a viewer of the organization. */
  auditor: v.optional(v.boolean()),
  spaces: v.array(Granted),
  /**
   * Spaces in which somebody took from this device what it was; it hands over its unsent work and erases its copy
   * ([S11]). `revoked`: the device as a whole, which then erases all that it holds.
   */
  ended: v.optional(v.array(Id)),
  revoked: v.optional(v.boolean()),
  issuer: PublicKey,
  /** Whether the first organizer has yet to be set up. */
  needsSetup: v.boolean(),
})
export type SessionAnswer = v.InferOutput<typeof SessionAnswer>
