import type { Context } from 'hono'
import { plainCode } from '../../core/gate.ts'
import type { Done } from '../../protocol/account.ts'
import { maxSmallBytes } from '../../protocol/limits.ts'
import { ResetRequest } from '../../protocol/ownAccount.ts'
import { mayLookAfter } from '../auth/access.ts'
import { hashSecret } from '../auth/keys.ts'
import { signOutOthers } from '../auth/others.ts'
import { countRefusal } from '../auth/refusals.ts'
import { answer, refuse } from './answers.ts'
import { beginSession } from './beginSession.ts'
import { readBody } from './body.ts'
import { findCaller } from './caller.ts'
import type { Deps } from './deps.ts'
import { note, noteSignOuts } from './note.ts'
import { isWeak } from './weak.ts'

/**
 * A new password with an organizer's code, while that organizer might still make one: rights change within a day. To
 * who lacks the code, a known and an unknown e-mail are the same. Only wrong codes wait, for all addresses together:
 * whoever has the right one, which is too long to be guessed, is kept out by nobody. Who asks for a code may have lost
 * the account to somebody else, so that no other way in outlasts it: passkeys and the provider's identities are
 * removed, and added again by their person.
 */
export const reset = (deps: Deps) => async (c: Context) => {
  const request = await readBody(c, ResetRequest, maxSmallBytes)
  if (!request.ok) return refuse(c, request.failure)
  const { email, code, password } = request.value
  const { accounts, store } = deps
  const now = deps.now()
  const codeHash = hashSecret(plainCode(code))
  const [person, found] = [await accounts.findByEmail(email), await store.findResetCode(codeHash)]
  if (!person || found?.account !== person.id) {
    const retryAfterMs = await deps.guesses.take('reset')
    if (retryAfterMs > 0) return refuse(c, { kind: 'tooMany', retryAfterMs })
    await countRefusal(store, person?.id, now)
    return refuse(c, { kind: 'notFound' })
  }
  if (isWeak({ ...person, password })) return refuse(c, { kind: 'weakPassword' })
  const isGood = found.expiresAt > now && (await mayLookAfter(store, found.author, person.id, now))
  if (!isGood) return refuse(c, { kind: 'expired' })
  const device = await findCaller(c, deps)
  if (device?.account && device.account !== person.id) return refuse(c, { kind: 'otherAccount' })
  if (!(await store.claimResetCode(codeHash, now))) return refuse(c, { kind: 'used' })
  await accounts.setPassword(person.id, password)
  const ended = await signOutOthers(deps, person.id, device?.account ? device.dev : undefined, now)
  const removed = { passkeys: await store.dropPasskeys(person.id), links: await accounts.unlink(person.id) }
  await note(deps, 'resetUsed', { account: person.id, device, about: `account:${person.id}`, detail: removed })
  await noteSignOuts(deps, ended, { account: person.id, device })
  const begun = await beginSession(c, deps, person, 'reset')
  return begun.ok ? answer<Done>(c, { done: true }) : refuse(c, begun.failure)
}
