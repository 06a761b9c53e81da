import * as v from 'valibot'
import { spaceRoles } from '../core/access.ts'
import { utf8 } from '../core/bytes.ts'
import { Code, Id, Name, Signature } from './parts.ts'

/** A P-256 point, uncompressed (65 bytes) as base64url; its SHA-256 cut to 128 bits is the device's id. */
export const PublicKey = v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]{87}$/))

/** What a device signs to show that it holds the key: public keys are in every log. */
export function enrolMessage(publicKey: string): Uint8Array {
  return utf8(JSON.stringify(['enrol', publicKey]))
}

/**
 * `POST /api/v1/enrol`: a browser becomes a device, as the signed-in account's, or with an invite code for who has no
 * account, or as one that the server knows and whose cookie was lost. `holder` names the person who uses it, `proof` is
 * the device's signature over `enrolMessage`. The device's credential comes back as a cookie.
 */
export const EnrolRequest = v.object({
  publicKey: PublicKey,
  proof: Signature,
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
