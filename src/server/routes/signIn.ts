import type { Context } from 'hono'
import { type Done, SignInRequest } from '../../protocol/account.ts'
import { maxSmallBytes } from '../../protocol/limits.ts'
import { countRefusal } from '../auth/refusals.ts'
import { answer, refuse } from './answers.ts'
import { beginSession } from './beginSession.ts'
import { readBody } from './body.ts'
import type { Deps } from './deps.ts'
import { inTurn } from './inTurn.ts'
import { findPlace } from './signedIn.ts'

/** Tries are counted by account and place (auth/tries.ts), and whose turn it is by network (server/turns.ts). */
export const signIn = (deps: Deps) => async (c: Context) => {
  const request = await readBody(c, SignInRequest, maxSmallBytes)
  if (!request.ok) return refuse(c, request.failure)
  const { email, password } = request.value
  const place = await findPlace(c, deps, email)
  return inTurn(c, deps, { place, email }, async () => {
    const retryAfterMs = await deps.tries.take(email, place, deps.now())
    if (retryAfterMs > 0) return refuse(c, { kind: 'tooMany', retryAfterMs })
    const checked = await deps.accounts.checkPassword(email, password)
    if (!checked.ok) {
      const known = await deps.accounts.findByEmail(email)
      await countRefusal(deps.store, known?.id, deps.now())
      return refuse(c, checked.failure)
    }
    await deps.tries.forget(email, place)
    const begun = await beginSession(c, deps, checked.value, 'password')
    return begun.ok ? answer<Done>(c, { done: true }) : refuse(c, begun.failure)
  })
}
