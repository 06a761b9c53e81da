import { fail, ok, type Result } from '../../core/result.ts'

/**
 * `cancelled`: the person closed the browser's question, or nobody answered; `passkeyHeld`: the authenticator has one
 * of this account already; `notHere`: this browser cannot.
 */
export type PasskeyFailure = { kind: 'cancelled' | 'passkeyHeld' | 'notHere' }

const failures: Record<string, PasskeyFailure['kind']> = {
  NotAllowedError: 'cancelled',
  AbortError: 'cancelled',
  InvalidStateError: 'passkeyHeld',
}

type Assertion = { id: string; clientDataJSON: string; authenticatorData: string; signature: string }
type Made = { id: string; clientDataJSON: string; attestationObject: string }

/** In-app browsers and Android's WebView have no passkeys. */
export function hasPasskeys(): boolean {
  return isSecureContext && 'PublicKeyCredential' in globalThis
}

/** @simplewebauthn/browser knows the browsers' differences, and turns bytes into text for those that cannot. */
async function asking<T>(ask: (library: typeof import('@simplewebauthn/browser')) => Promise<T>) {
  try {
    return ok(await ask(await import('@simplewebauthn/browser')))
  } catch (error) {
    return fail({ kind: (error instanceof Error && failures[error.name]) || ('notHere' as const) })
  }
}

/** Has a passkey of this site, which the person chooses, sign the challenge. */
export function askPasskey({
  challenge,
  site,
}: {
  challenge: string
  site: string
}): Promise<Result<Assertion, PasskeyFailure>> {
  return asking(async ({ startAuthentication }) => {
    const { id, response } = await startAuthentication({
      optionsJSON: { challenge, rpId: site, userVerification: 'required', timeout: 120_000 },
    })
    const { clientDataJSON, authenticatorData, signature } = response
    return { id, clientDataJSON, authenticatorData, signature }
  })
}

/** ES256, EdDSA, RS256: what authenticators of phones and of Windows make. */
const algorithms = [-7, -8, -257]

/** Makes a passkey that the authenticator finds again without being told a name. */
export function makePasskey(
  { challenge, site, user, held }: { challenge: string; site: string; user: string; held: string[] },
  person: { name: string; email: string },
): Promise<Result<Made, PasskeyFailure>> {
  return asking(async ({ startRegistration }) => {
    const { id, response } = await startRegistration({
      optionsJSON: {
        challenge,
        rp: { id: site, name: 'Hadir' },
        user: { id: user, name: person.email, displayName: person.name },
        pubKeyCredParams: algorithms.map((alg) => ({ type: 'public-key', alg })),
        excludeCredentials: held.map((each) => ({ type: 'public-key', id: each })),
        authenticatorSelection: { residentKey: 'required', requireResidentKey: true, userVerification: 'required' },
        attestation: 'none',
        timeout: 120_000,
      },
    })
    const { clientDataJSON, attestationObject } = response
    return { id, clientDataJSON, attestationObject }
  })
}
