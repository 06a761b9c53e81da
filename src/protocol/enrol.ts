import * as v from 'valibot'
import { spaceRoles } from '../core/access.ts'
import { Code, Id, Name } from './parts.ts'

/** A P-256 point, uncompressed (65 bytes) as base64url; its SHA-256 cut to 128 bits is the device's id. */
export const PublicKey = v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]{87}$/))

/**
 * `POST /api/v1/enrol`: a browser becomes a device, as the signed-in account's, or with an invite code for who has no
 * account. `holder` names the person who uses it. The device's credential comes back as a cookie.
 */
export const EnrolRequest = v.object({
  publicKey: PublicKey,
  name: Name,
  holder: v.optional(Name),
  code: v.optional(Code),
})
export type EnrolRequest = v.InferOutput<typeof EnrolRequest>

export const EnrolAnswer = v.object({
  dev: Id,
  /** What the code opened, when there was one. */
  granted: v.nullable(v.object({ space: Id, role: v.picklist(spaceRoles) })),
})
export type EnrolAnswer = v.InferOutput<typeof EnrolAnswer>
