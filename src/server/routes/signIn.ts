import type { Context } from 'hono'
import { type Done, SignInRequest } from '../../protocol/account.ts'
import { maxSmallBytes } from '../../protocol/limits.ts'
import { answer, refuse } from './answers.ts'
import { readBody } from './body.ts'
import { writeCookie } from './cookies.ts'
import type { Deps } from './deps.ts'

/** Tries are counted by account and address together: a village shares one address, and nobody locks out another. */
export const signIn = (deps: Deps) => async (c: Context) => {
  const request = await readBody(c, SignInRequest, maxSmallBytes)
  if (!request.ok) return refuse(c, request.failure)
  const { email, password } = request.value
  const tries = `${email} ${deps.addressOf(c)}`
  const retryAfterMs = await deps.signInLimiter.take(tries)
  if (retryAfterMs > 0) return refuse(c, { kind: 'tooMany', retryAfterMs })
  const signedIn = await deps.accounts.signIn(email, password)
  if (!signedIn.ok) return refuse(c, signedIn.failure)
  await deps.signInLimiter.forget(tries)
  writeCookie(c, 'session', signedIn.value.token)
  return answer<Done>(c, { done: true })
}
