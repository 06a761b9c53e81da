import * as v from 'valibot'
import { spaceRoles } from '../core/access.ts'
import { utf8 } from '../core/bytes.ts'
import { mostCertificates } from './limits.ts'
import { Code, Id, Name, Owner, PublicKey, Signature } from './parts.ts'
import { ViewAnswer } from './view.ts'

/** What a device signs to show that it holds the key: public keys are in every log. */
export function enrolMessage(publicKey: string): Uint8Array {
  return utf8(JSON.stringify(['enrol', publicKey]))
}

/** The server's own word that this device is an attendee's (core/certificate.ts). */
const HeldCertificate = v.object({ space: Id, owner: Owner, signature: Signature })

/**
 * `POST /api/v1/enrol`: a browser becomes a device, as the signed-in account's, or with the code of an invitation or of
 * an event's gate for who has no account, or as one that the server knows and whose cookie was lost, or as an
 * attendee's with `certificates` of a server that has since been restored from a backup. `holder` names the person who
 * uses it, `proof` is the device's signature over `enrolMessage`. The device's credential comes back as a cookie.
 */
export const EnrolRequest = v.object({
  publicKey: PublicKey,
  proof: Signature,
  name: Name,
  holder: v.optional(Name),
  code: v.optional(Code),
  certificates: v.optional(v.pipe(v.array(HeldCertificate), v.maxLength(mostCertificates))),
})
export type EnrolRequest = v.InferOutput<typeof EnrolRequest>

/**
 * A role in a space. For an attendee with `owner`, what the ids of his persons begin with, and the server's
 * `certificate` over (space, this device's key, owner).
 */
export const Granted = v.object({
  space: Id,
  role: v.picklist(spaceRoles),
  owner: v.nullable(Owner),
  certificate: v.nullable(Signature),
})
export type Granted = v.InferOutput<typeof Granted>

export const EnrolAnswer = v.object({
  dev: Id,
  /** The public key that certificates are verified with. */
  issuer: PublicKey,
  /** What the code opened, when there was one. */
  granted: v.nullable(Granted),
  /** The event, when the code opened a gate: a phone on a jammed mast gets by with one call. */
  view: v.nullable(ViewAnswer),
})
export type EnrolAnswer = v.InferOutput<typeof EnrolAnswer>
