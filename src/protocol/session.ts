import * as v from 'valibot'
import { spaceRoles } from '../core/access.ts'
import { Email, Id, Millis, Name } from './parts.ts'

/**
 * `GET /api/v1/session`: who this browser is to the server. `device` is enrolled by its own cookie, `account` signed in
 * by another; either may be absent. `spaces` are all that the device may read.
 */
export const SessionAnswer = v.object({
  now: Millis,
  account: v.nullable(v.object({ name: Name, email: Email })),
  device: v.nullable(v.object({ dev: Id, name: Name, holder: Name })),
  /** May make new events: an organizer of the organization. */
  organizer: v.boolean(),
  spaces: v.array(v.object({ space: Id, role: v.picklist(spaceRoles) })),
  /** Whether the first organizer has yet to be set up. */
  needsSetup: v.boolean(),
})
export type SessionAnswer = v.InferOutput<typeof SessionAnswer>
