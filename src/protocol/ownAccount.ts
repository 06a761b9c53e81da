import * as v from 'valibot'
import { maxPasswordLength } from '../core/passwordLength.ts'
import { Code, Email, Id, Millis, Name, Password } from './parts.ts'
import { NewPasskeyRequest, OwnPasskey } from './passkey.ts'

const AnyPassword = v.pipe(v.string(), v.maxLength(maxPasswordLength))

/** `POST /api/v1/reset-codes`: an organizer makes a code for whoever forgot his password. */
export const ResetCodeRequest = v.object({ email: Email })
export type ResetCodeRequest = v.InferOutput<typeof ResetCodeRequest>

/** The code is shown once and kept only as its hash. It serves once and expires. */
export const ResetCodeAnswer = v.object({ code: v.string(), name: Name, expiresAt: Millis })
export type ResetCodeAnswer = v.InferOutput<typeof ResetCodeAnswer>

/** `POST /api/v1/reset`: a new password with such a code; signs in. */
export const ResetRequest = v.object({ email: Email, code: Code, password: Password })
export type ResetRequest = v.InferOutput<typeof ResetRequest>

/** A device of the account. `signedIn`: it has a session; without one it still sends and reads what it holds. */
const OwnDevice = v.object({
  dev: Id,
  name: Name,
  isThis: v.boolean(),
  signedIn: v.boolean(),
  enrolledAt: Millis,
  lastSeenAt: Millis,
})

/** `GET /api/v1/account`: what the signed-in account is and which ways lead into it. */
export const AccountAnswer = v.object({
  name: Name,
  email: Email,
  hasPassword: v.boolean(),
  passkeys: v.array(OwnPasskey),
  /** Whether it is tied to somebody at the identity provider; `null`: there is no provider. */
  sso: v.nullable(v.object({ provider: Name, isLinked: v.boolean() })),
  devices: v.array(OwnDevice),
})
export type AccountAnswer = v.InferOutput<typeof AccountAnswer>

/** `POST /api/v1/account/name`. */
export const NameRequest = v.object({ name: Name })
export type NameRequest = v.InferOutput<typeof NameRequest>

/** `POST /api/v1/account/password`; `current` is empty while the account has none. All other devices are signed out. */
export const PasswordRequest = v.object({ current: AnyPassword, password: Password })
export type PasswordRequest = v.InferOutput<typeof PasswordRequest>

/** `POST /api/v1/account/sign-outs`: another device of the account, or with `null` all others. */
export const SignOutsRequest = v.object({ device: v.nullable(Id) })
export type SignOutsRequest = v.InferOutput<typeof SignOutsRequest>

/**
 * `POST /api/v1/spaces/:space/account`: who joined by a code makes an account, so that he can sign in on another device
 * too; the rights of this one become the account's. With a password or a passkey, which signs what `POST
 * /api/v1/spaces/:space/passkey-challenge` gave.
 */
export const NewAccountRequest = v.object({
  name: Name,
  email: Email,
  password: v.optional(Password),
  passkey: v.optional(NewPasskeyRequest),
})
export type NewAccountRequest = v.InferOutput<typeof NewAccountRequest>

/** `GET /api/v1/sign-in`: what this server offers beside passwords; `sso` is what its identity provider is called. */
export const WaysInAnswer = v.object({ passkeys: v.boolean(), sso: v.nullable(Name) })
export type WaysInAnswer = v.InferOutput<typeof WaysInAnswer>

/**
 * `POST /api/v1/sso`: leave for the identity provider, in order to sign in, to tie the signed-in account to it, or to
 * make an account for a device that joined by a code. The answer is the address to go to; from there the provider leads
 * to `GET /api/v1/sso/return`, and that to `/masuk` or `/akun` with what came of it in `?sso=`.
 */
export const SsoRequest = v.object({ for: v.picklist(['signIn', 'link', 'join']) })
export type SsoRequest = v.InferOutput<typeof SsoRequest>
export const SsoAnswer = v.object({ url: v.pipe(v.string(), v.url()) })
export type SsoAnswer = v.InferOutput<typeof SsoAnswer>
