import * as v from 'valibot'
import { invitedRoles, Subject } from './invite.ts'
import { Count, Id, Millis, Name } from './parts.ts'

/** Why something is done; it is kept for ever, and read by auditors. */
export const Reason = v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(500), v.regex(/^\P{Cc}*$/u))

/**
 * `POST /api/v1/spaces/:space/rights`: what a subject may in this event alone from now on, or, with `*` for the space,
 * in the whole organization. `null` ends it, also an attendee's device's.
 */
export const RightsRequest = v.object({ subject: Subject, role: v.nullable(v.picklist(invitedRoles)), reason: Reason })
export type RightsRequest = v.InferOutput<typeof RightsRequest>

/**
 * `POST /api/v1/spaces/:space/devices/:dev`: gives a device another name, or revokes it as a whole, as a lost phone.
 */
export const DeviceRequest = v.variant('change', [
  v.object({ change: v.literal('rename'), name: Name }),
  v.object({ change: v.literal('revoke'), reason: Reason }),
])
export type DeviceRequest = v.InferOutput<typeof DeviceRequest>

/** `POST /api/v1/spaces/:space/invites/:invite`: ends a code that nobody has used. */
export const EndInviteRequest = v.object({ end: v.literal(true) })

/** The last device that was told: when it was enrolled, and which of those of that moment it was. */
export const AttendeesQuery = v.object({
  before: v.optional(v.pipe(v.string(), v.regex(/^\d{1,15}$/), v.transform(Number)), '999999999999999'),
  dev: v.optional(Id),
})

/**
 * `GET /api/v1/spaces/:space/attendees?before=…&dev=…`: attendees' devices, the last enrolled first; `more`: there are
 * older ones.
 */
export const AttendeesAnswer = v.object({
  devices: v.array(
    v.object({ dev: Id, deviceName: Name, enrolledAt: Millis, lastSeenAt: Millis, unsent: v.nullable(Count) }),
  ),
  more: v.boolean(),
})
export type AttendeesAnswer = v.InferOutput<typeof AttendeesAnswer>
