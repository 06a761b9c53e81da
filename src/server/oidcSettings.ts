import * as v from 'valibot'
import { fail, ok, type Result } from '../core/result.ts'
import type { OidcSettings } from './auth/oidc.ts'

const text = (meaning: string) => v.optional(v.pipe(v.string(), v.minLength(1), v.description(meaning)))

/** The variables of an identity provider: all of the first three, or none. */
export const oidcVariables = {
  HADIR_OIDC_ISSUER: v.optional(
    v.pipe(
      v.string(),
      v.regex(/^(https:\/\/|http:\/\/(localhost|127\.0\.0\.1)[:/])[^?#]+$/),
      v.description('https://…, the issuer of the identity provider, under which its discovery document lies'),
    ),
  ),
  HADIR_OIDC_CLIENT_ID: text('the name of this server at the identity provider'),
  HADIR_OIDC_CLIENT_SECRET: text('the secret of this server at the identity provider'),
  HADIR_OIDC_NAME: v.optional(
    v.pipe(v.string(), v.maxLength(60), v.description('what the button says: at most 60 characters')),
    'SSO',
  ),
}

type Given = v.InferOutput<v.ObjectSchema<typeof oidcVariables, undefined>>

/**
 * The provider, when one is named; it leads browsers back to this server, so that the server must know its own name.
 */
export function toOidcSettings(
  given: Given,
  publicUrl: string | undefined,
): Result<OidcSettings | undefined, { kind: 'badSetting'; detail: string }> {
  const { HADIR_OIDC_ISSUER: issuer, HADIR_OIDC_CLIENT_ID: clientId, HADIR_OIDC_CLIENT_SECRET: clientSecret } = given
  const bad = (detail: string) => fail({ kind: 'badSetting' as const, detail })
  if (!issuer && !clientId && !clientSecret) return ok(undefined)
  if (!issuer) return bad('HADIR_OIDC_ISSUER: must be set with HADIR_OIDC_CLIENT_ID and HADIR_OIDC_CLIENT_SECRET')
  if (!clientId) return bad('HADIR_OIDC_CLIENT_ID: must be set with HADIR_OIDC_ISSUER')
  if (!clientSecret) return bad('HADIR_OIDC_CLIENT_SECRET: must be set with HADIR_OIDC_ISSUER')
  if (!publicUrl) return bad('HADIR_PUBLIC_URL: must be set with HADIR_OIDC_ISSUER, which leads browsers back there')
  return ok({ issuer, clientId, clientSecret, name: given.HADIR_OIDC_NAME })
}
