import * as v from 'valibot'
import { Granted } from './enrol.ts'
import { Email, Id, Millis, Name, PublicKey } from './parts.ts'

/**
 * `GET /api/v1/session`: who this browser is to the server. `device` is enrolled by its own cookie, `account` signed in
 * by another; either may be absent. `spaces` are all that the device may read; `issuer`
 * is the public key of attendees' certificates (core/certificate.ts).
 */
export const SessionAnswer = v.object({
  now: Millis,
  account: v.nullable(v.object({ name: Name, email: Email })),
  device: v.nullable(v.object({ dev: Id, name: Name, holder: Name })),
  /** May make new events: an organizer of the organization. */
  organizer: v.boolean(),
  spaces: v.array(Granted),
  issuer: PublicKey,
  /** Whether the first organizer has yet to be set up. */
  needsSetup: v.boolean(),
})
export type SessionAnswer = v.InferOutput<typeof SessionAnswer>
