import * as v from 'valibot'
import { Count, Id, Millis, Name } from './parts.ts'

/** Roles that a code can give; an organizer of the whole organization is made otherwise. */
export const invitedRoles = ['facilitator', 'viewer', 'organizer'] as const

/** `POST /api/v1/spaces/:space/invites`. */
export const InviteRequest = v.object({ role: v.picklist(invitedRoles) })
export type InviteRequest = v.InferOutput<typeof InviteRequest>

/** The code is shown once and kept only as its hash. It serves one device and expires. */
export const InviteAnswer = v.object({ code: v.string(), expiresAt: Millis })
export type InviteAnswer = v.InferOutput<typeof InviteAnswer>

/** `GET /api/v1/spaces/:space/team`: the devices that hold a grant, and the codes not yet used. */
export const TeamAnswer = v.object({
  members: v.array(
    v.object({
      dev: Id,
      holder: Name,
      deviceName: Name,
      role: v.picklist(['organizer', 'facilitator', 'viewer', 'attendee']),
      enrolledAt: Millis,
      lastSeenAt: Millis,
    }),
  ),
  openInvites: v.array(v.object({ role: v.picklist(invitedRoles), expiresAt: Millis })),
  /** Ops of this space that are parked. */
  parked: Count,
  /** Attendees whose devices have sent as much as they may by themselves. */
  full: v.optional(Count, 0),
})
export type TeamAnswer = v.InferOutput<typeof TeamAnswer>
