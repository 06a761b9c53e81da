import type { Context } from 'hono'
import type { NewPasskeyChallenge, PasskeyChallenge } from '../../protocol/passkey.ts'
import { answer, refuse } from './answers.ts'
import { readGranted } from './caller.ts'
import type { Deps } from './deps.ts'
import { isFresh, readSession } from './signedIn.ts'
import { siteOf } from './site.ts'

/** What a passkey signs to sign in: the same for everybody, so that it tells nothing about any account. */
export const passkeyChallenge = (deps: Deps) => async (c: Context) => {
  const site = siteOf(c, deps)
  if (!site) return refuse(c, { kind: 'notFound' })
  return answer<PasskeyChallenge>(c, { challenge: deps.passkeys.challenge(undefined, deps.now()), site: site.id })
}

/** What a new passkey signs; only for who has just signed in. */
export const newPasskeyChallenge = (deps: Deps) => async (c: Context) => {
  const session = await readSession(c, deps)
  if (!session.ok) return refuse(c, session.failure)
  const site = siteOf(c, deps)
  if (!site) return refuse(c, { kind: 'notFound' })
  if (!isFresh(session.value, deps)) return refuse(c, { kind: 'signInAgain' })
  const { id } = session.value.account
  const held = await deps.store.listPasskeys(id)
  return answer<NewPasskeyChallenge>(c, {
    challenge: deps.passkeys.challenge(id, deps.now()),
    site: site.id,
    user: Buffer.from(id).toString('base64url'),
    held: held.map((passkey) => passkey.id),
  })
}

/** What the first passkey of an account signs that this device is about to make. */
export const firstPasskeyChallenge = (deps: Deps) => async (c: Context) => {
  const granted = await readGranted(c, deps, 'pull')
  if (!granted.ok) return refuse(c, granted.failure)
  const site = siteOf(c, deps)
  if (!site) return refuse(c, { kind: 'notFound' })
  const { dev } = granted.value.device
  const challenge = deps.passkeys.challenge(`device:${dev}`, deps.now())
  return answer<NewPasskeyChallenge>(c, { challenge, site: site.id, user: dev, held: [] })
}
