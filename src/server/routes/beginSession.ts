import type { Context } from 'hono'
import { fail, ok, type Result } from '../../core/result.ts'
import type { Account } from '../auth/access.ts'
import { findCaller } from './caller.ts'
import { readCookie, writeCookie } from './cookies.ts'
import type { Deps } from './deps.ts'
import { note } from './note.ts'

export type WayIn = 'password' | 'passkey' | 'sso' | 'reset'

/**
 * Signs somebody in who has shown who he is: always under a new token, while the one that the browser came with ends. A
 * device that holds another person's work is not handed over that way.
 */
export async function beginSession(
  c: Context,
  deps: Deps,
  account: Account,
  way: WayIn,
): Promise<Result<undefined, { kind: 'otherAccount' }>> {
  const { sessions } = deps.accounts
  const device = await findCaller(c, deps)
  if (device?.account && device.account !== account.id) return fail({ kind: 'otherAccount' })
  const before = readCookie(c, 'session')
  if (before) await sessions.end(before)
  writeCookie(c, 'session', await sessions.open(account.id, device?.dev, deps.now()))
  await note(deps, 'signedIn', { account: account.id, device, detail: { way } })
  return ok(undefined)
}
