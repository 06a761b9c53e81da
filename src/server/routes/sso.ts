import type { Context } from 'hono'
import { fail, ok, type Result } from '../../core/result.ts'
import { maxSmallBytes } from '../../protocol/limits.ts'
import { type SsoAnswer, SsoRequest } from '../../protocol/ownAccount.ts'
import { newSecret } from '../auth/keys.ts'
import { answer, refuse } from './answers.ts'
import { readBody } from './body.ts'
import { writeCookie } from './cookies.ts'
import type { Deps } from './deps.ts'
import { findJoined } from './joined.ts'
import { isFresh, readSession } from './signedIn.ts'

type Refused = { kind: 'unauthorized' | 'forbidden' | 'signInAgain' }

/** Whether this browser may leave for that: who ties an account has just signed in, who joins is of a team already. */
async function mayLeave(c: Context, deps: Deps, why: SsoRequest['for']): Promise<Result<undefined, Refused>> {
  if (why === 'signIn') return ok(undefined)
  if (why === 'join') return (await findJoined(c, deps)) ? ok(undefined) : fail({ kind: 'forbidden' })
  const session = await readSession(c, deps)
  if (!session.ok) return session
  return isFresh(session.value, deps) ? ok(undefined) : fail({ kind: 'signInAgain' })
}

/** Sends a browser to the identity provider, with a secret by which its return is known. */
export const sso = (deps: Deps) => async (c: Context) => {
  const request = await readBody(c, SsoRequest, maxSmallBytes)
  if (!request.ok) return refuse(c, request.failure)
  if (!deps.oidc) return refuse(c, { kind: 'notFound' })
  const may = await mayLeave(c, deps, request.value.for)
  if (!may.ok) return refuse(c, may.failure)
  const secret = newSecret()
  const url = await deps.oidc.leave(secret)
  if (!url) return refuse(c, { kind: 'providerDown' })
  writeCookie(c, 'sso', `${request.value.for}.${secret}`)
  return answer<SsoAnswer>(c, { url: url.href })
}
