import type { Context } from 'hono'
import type { Done } from '../../protocol/account.ts'
import { maxSmallBytes } from '../../protocol/limits.ts'
import { NewPasskeyRequest, PasskeyChangeRequest } from '../../protocol/passkey.ts'
import { answer, refuse } from './answers.ts'
import { readBody } from './body.ts'
import type { Deps } from './deps.ts'
import { note } from './note.ts'
import { isFresh, readSession } from './signedIn.ts'
import { siteOf } from './site.ts'

/** Adds a passkey to the account of who has just signed in. */
export const addPasskey = (deps: Deps) => async (c: Context) => {
  const session = await readSession(c, deps)
  if (!session.ok) return refuse(c, session.failure)
  const request = await readBody(c, NewPasskeyRequest, maxSmallBytes)
  if (!request.ok) return refuse(c, request.failure)
  if (!isFresh(session.value, deps)) return refuse(c, { kind: 'signInAgain' })
  const [site, now] = [siteOf(c, deps), deps.now()]
  const { account, device } = session.value
  const { name, ...made } = request.value
  const held = site && (await deps.passkeys.readNew(account.id, made, site, now))
  if (!held) return refuse(c, { kind: 'badRequest' })
  const isNew = await deps.store.addPasskey({ ...held, name, account: account.id, createdAt: now, usedAt: now })
  if (!isNew) return refuse(c, { kind: 'used' })
  await note(deps, 'passkeyAdded', { account: account.id, device, about: `account:${account.id}` })
  return answer<Done>(c, { done: true })
}

/** Names a passkey anew, or removes it unless it is the only way into the account. */
export const changePasskey = (deps: Deps) => async (c: Context) => {
  const session = await readSession(c, deps)
  if (!session.ok) return refuse(c, session.failure)
  const request = await readBody(c, PasskeyChangeRequest, maxSmallBytes)
  if (!request.ok) return refuse(c, request.failure)
  const { account, device } = session.value
  const { id, name } = request.value
  const { store, accounts } = deps
  if (name !== null) {
    const isNamed = await store.namePasskey(account.id, id, name)
    return isNamed ? answer<Done>(c, { done: true }) : refuse(c, { kind: 'notFound' })
  }
  const { password, linked } = await accounts.waysIn(account.id)
  const dropped = await store.dropPasskey(account.id, id, !password && !linked)
  if (dropped !== 'done') return refuse(c, { kind: dropped === 'last' ? 'lastWayIn' : 'notFound' })
  await note(deps, 'passkeyRemoved', { account: account.id, device, about: `account:${account.id}` })
  return answer<Done>(c, { done: true })
}
