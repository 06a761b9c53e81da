import type { Context } from 'hono'
import type { Done } from '../../protocol/account.ts'
import { answer } from './answers.ts'
import { dropCookie, readCookie } from './cookies.ts'
import type { Deps } from './deps.ts'

/** Ends the account's session here. The device stays enrolled and goes on sending ([S10]). */
export const signOut = (deps: Deps) => async (c: Context) => {
  const token = readCookie(c, 'session')
  if (token) await deps.accounts.signOut(token)
  dropCookie(c, 'session')
  return answer<Done>(c, { done: true })
}
