import type { Context } from 'hono'
import type { Done } from '../../protocol/account.ts'
import { maxSmallBytes } from '../../protocol/limits.ts'
import { PasswordRequest } from '../../protocol/ownAccount.ts'
import { signOutOthers } from '../auth/others.ts'
import { countRefusal } from '../auth/refusals.ts'
import { answer, refuse } from './answers.ts'
import { beginSession } from './beginSession.ts'
import { readBody } from './body.ts'
import type { Deps } from './deps.ts'
import { note, noteSignOuts } from './note.ts'
import { findPlace, isFresh, readSession } from './signedIn.ts'
import { isWeak } from './weak.ts'

/**
 * Changes the password, which takes the current one, or a fresh sign-in where there is none yet. Signs out elsewhere.
 */
export const accountPassword = (deps: Deps) => async (c: Context) => {
  const session = await readSession(c, deps)
  if (!session.ok) return refuse(c, session.failure)
  const request = await readBody(c, PasswordRequest, maxSmallBytes)
  if (!request.ok) return refuse(c, request.failure)
  const { account, device } = session.value
  const { current, password } = request.value
  if (isWeak({ ...account, password })) return refuse(c, { kind: 'weakPassword' })
  const { accounts, tries } = deps
  if ((await accounts.waysIn(account.id)).password) {
    const place = await findPlace(c, deps, account.email)
    const retryAfterMs = await tries.take(account.email, place, deps.now())
    if (retryAfterMs > 0) return refuse(c, { kind: 'tooMany', retryAfterMs })
    const checked = await accounts.checkPassword(account.email, current)
    if (!checked.ok) {
      await countRefusal(deps.store, account.id, deps.now())
      return refuse(c, checked.failure)
    }
    await tries.forget(account.email, place)
  } else if (!isFresh(session.value, deps)) return refuse(c, { kind: 'signInAgain' })
  await accounts.setPassword(account.id, password)
  const ended = await signOutOthers(deps, account.id, device?.dev, deps.now())
  await note(deps, 'passwordChanged', { account: account.id, device, about: `account:${account.id}` })
  await noteSignOuts(deps, ended, { account: account.id, device })
  const begun = await beginSession(c, deps, account, 'password')
  return begun.ok ? answer<Done>(c, { done: true }) : refuse(c, begun.failure)
}
