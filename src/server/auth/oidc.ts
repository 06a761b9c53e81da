import {
  AuthorizationResponseError,
  allowInsecureRequests,
  authorizationCodeGrant,
  buildAuthorizationUrl,
  type Configuration,
  calculatePKCECodeChallenge,
  discovery,
  enableNonRepudiationChecks,
  fetchUserInfo,
} from 'openid-client'
import { fail, ok, type Result } from '../../core/result.ts'
import type { Identity } from './accounts.ts'
import { hashSecret } from './keys.ts'

/** An identity provider, as the configuration names it. */
export type OidcSettings = { issuer: string; clientId: string; clientSecret: string; name: string }

/** Who somebody is there. `email` only when the provider says that it has verified it. */
export type Somebody = { identity: Identity; email: string | undefined; name: string }

export type Oidc = {
  /** What the provider is called on the button. */
  name: string
  /** The address to leave for; `secret` is this browser's alone. `undefined`: the provider does not answer. */
  leave(secret: string): Promise<URL | undefined>
  /** Who came back with this query into the browser with that secret. */
  comeBack(search: string, secret: string): Promise<Result<Somebody, { kind: 'cancelled' | 'failed' }>>
}

const answerWithinS = 10

/**
 * OpenID Connect's code flow with PKCE, state and nonce, all three drawn from the browser's secret. The provider is
 * looked up when somebody first leaves for it, so that the server starts without it.
 */
export function createOidc(
  { issuer, clientId, clientSecret, name }: OidcSettings,
  publicUrl: string,
  onTrouble: (error: unknown) => void,
): Oidc {
  const redirectUri = `${publicUrl}/api/v1/sso/return`
  const isLocal = new URL(issuer).protocol === 'http:'
  let found: Promise<Configuration> | undefined

  function find(): Promise<Configuration> {
    const execute = [enableNonRepudiationChecks, ...(isLocal ? [allowInsecureRequests] : [])]
    const options = { execute, timeout: answerWithinS }
    found ??= discovery(new URL(issuer), clientId, clientSecret, undefined, options)
    found.catch(() => {
      found = undefined
    })
    return found
  }

  const draw = (secret: string) => ({
    state: hashSecret(`state ${secret}`),
    nonce: hashSecret(`nonce ${secret}`),
    verifier: hashSecret(`verifier ${secret}`),
  })

  return {
    name,
    leave: async (secret) => {
      const { state, nonce, verifier } = draw(secret)
      try {
        return buildAuthorizationUrl(await find(), {
          redirect_uri: redirectUri,
          scope: 'openid email profile',
          code_challenge: await calculatePKCECodeChallenge(verifier),
          code_challenge_method: 'S256',
          state,
          nonce,
        })
      } catch (error) {
        onTrouble(error)
        return undefined
      }
    },
    comeBack: async (search, secret) => {
      const { state, nonce, verifier } = draw(secret)
      const checks = { expectedState: state, expectedNonce: nonce, pkceCodeVerifier: verifier, idTokenExpected: true }
      try {
        const provider = await find()
        const tokens = await authorizationCodeGrant(provider, new URL(redirectUri + search), checks)
        const claims = tokens.claims()
        if (!claims) return fail({ kind: 'failed' })
        const tells = claims.email === undefined && provider.serverMetadata().userinfo_endpoint !== undefined
        const told = tells ? await fetchUserInfo(provider, tokens.access_token, claims.sub) : claims
        const { email, email_verified: isVerified, name: called } = told
        return ok({
          identity: { issuer: claims.iss, subject: claims.sub },
          email: typeof email === 'string' && isVerified === true ? email.trim().toLowerCase() : undefined,
          name: typeof called === 'string' ? called : '',
        })
      } catch (error) {
        if (error instanceof AuthorizationResponseError) return fail({ kind: 'cancelled' })
        onTrouble(error)
        return fail({ kind: 'failed' })
      }
    },
  }
}
