import * as v from 'valibot'
import { Millis, Name } from './parts.ts'

const Bytes = (most: number) => v.pipe(v.string(), v.regex(/^[\w-]*$/), v.maxLength(most))
/** The name of a key in an authenticator, which the authenticator makes. */
const CredentialId = v.pipe(Bytes(1400), v.minLength(1))

/** `POST /api/v1/sign-in/passkey-challenge`: what a passkey of this site signs to sign in, within five minutes. */
export const PasskeyChallenge = v.object({ challenge: Bytes(200), site: v.string() })
export type PasskeyChallenge = v.InferOutput<typeof PasskeyChallenge>

/**
 * `POST /api/v1/account/passkey-challenge`: what a new passkey signs; `held` are those that the account has already.
 */
export const NewPasskeyChallenge = v.object({
  ...PasskeyChallenge.entries,
  /** What the authenticator knows the account by: no name. */
  user: Bytes(64),
  held: v.array(CredentialId),
})
export type NewPasskeyChallenge = v.InferOutput<typeof NewPasskeyChallenge>

/** `POST /api/v1/sign-in/passkey`: an assertion as WebAuthn's JSON has it. */
export const PasskeySignInRequest = v.object({
  id: CredentialId,
  clientDataJSON: Bytes(4000),
  authenticatorData: Bytes(4000),
  signature: Bytes(4000),
})
export type PasskeySignInRequest = v.InferOutput<typeof PasskeySignInRequest>

/** `POST /api/v1/account/passkeys`: a new key, as WebAuthn's JSON has it, under a name that its person chose. */
export const NewPasskeyRequest = v.object({
  name: Name,
  id: CredentialId,
  clientDataJSON: Bytes(4000),
  attestationObject: Bytes(8000),
})
export type NewPasskeyRequest = v.InferOutput<typeof NewPasskeyRequest>

/** `POST /api/v1/account/passkeys/change`: another name for one, or `null` to remove it. */
export const PasskeyChangeRequest = v.object({ id: CredentialId, name: v.nullable(Name) })
export type PasskeyChangeRequest = v.InferOutput<typeof PasskeyChangeRequest>

/** A passkey as its account sees it. */
export const OwnPasskey = v.object({ id: CredentialId, name: Name, createdAt: Millis, usedAt: Millis })
