import type { Context } from 'hono'
import type { Done } from '../../protocol/account.ts'
import { answer } from './answers.ts'
import { findCaller } from './caller.ts'
import { dropCookie, readCookie } from './cookies.ts'
import type { Deps } from './deps.ts'
import { note } from './note.ts'
import { findSession } from './signedIn.ts'

/**
 * Ends the account's session and the device's credential: who signs out leaves nothing behind that reads. The client
 * asks only once everything is sent ([S10]).
 */
export const signOut = (deps: Deps) => async (c: Context) => {
  const token = readCookie(c, 'session')
  const device = await findCaller(c, deps)
  const session = await findSession(c, deps, device?.dev)
  if (token) await deps.accounts.sessions.end(token)
  if (device) await deps.store.signOutDevice(device.dev, deps.now())
  if (session || device?.account)
    await note(deps, 'signedOut', { account: session?.account.id ?? device?.account, device })
  dropCookie(c, 'session')
  dropCookie(c, 'device')
  return answer<Done>(c, { done: true })
}
