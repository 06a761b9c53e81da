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

/** Whoever holds a right: a person by an account, or a device without one. */
export const Subject = v.pipe(v.string(), v.regex(/^(account|device):[\w-]{1,64}$/))

/**
 * `GET /api/v1/spaces/:space/team`: the devices that hold a grant, and the codes not yet used; with `*` for the space,
 * those of the whole organization. `subject` is who holds the grant, several devices together when it is an account.
 */
export const TeamAnswer = v.object({
  members: v.array(
    v.object({
      subject: Subject,
      dev: Id,
      holder: Name,
      deviceName: Name,
      role: v.picklist(['organizer', 'facilitator', 'viewer', 'attendee']),
      /** By a right in the whole organization, which is not the event's to change. */
      everywhere: v.boolean(),
      since: Millis,
      enrolledAt: Millis,
      lastSeenAt: Millis,
      /** What the device last said that it has not sent. */
      unsent: v.nullable(Count),
    }),
  ),
  /**
   * Devices that were revoked as a whole, until they have handed over what they had, and for 30 days after: the last
   * thing that such a device does ([S11]).
   */
  revoked: v.optional(
    v.array(
      v.object({
        dev: Id,
        holder: Name,
        deviceName: Name,
        revokedAt: Millis,
        lastSeenAt: Millis,
        unsent: v.nullable(Count),
        handedOver: v.boolean(),
      }),
    ),
    [],
  ),
  openInvites: v.array(v.object({ id: Id, role: v.picklist(invitedRoles), createdAt: Millis, expiresAt: Millis })),
  /** Attendees' own devices, which are told one by one only when asked for. */
  attendeeDevices: Count,
  /** Ops of this space that are parked. */
  parked: Count,
  /** Attendees whose devices have sent as much as they may by themselves. */
  full: v.optional(Count, 0),
})
export type TeamAnswer = v.InferOutput<typeof TeamAnswer>
