import type { Context } from 'hono'
import type { Done } from '../../protocol/account.ts'
import { hashSecret, newSecret } from '../auth/keys.ts'
import { answer } from './answers.ts'
import { findCaller } from './caller.ts'
import { dropCookie, readCookie } from './cookies.ts'
import type { Deps } from './deps.ts'

/**
 * Ends the account's session and the device's credential: who signs out leaves nothing behind that reads. The client
 * asks only once everything is sent ([S10]).
 */
export const signOut = (deps: Deps) => async (c: Context) => {
  const token = readCookie(c, 'session')
  if (token) await deps.accounts.signOut(token)
  const device = await findCaller(c, deps)
  if (device) await deps.store.putDevice({ ...device, credential: hashSecret(newSecret()) })
  dropCookie(c, 'session')
  dropCookie(c, 'device')
  return answer<Done>(c, { done: true })
}
