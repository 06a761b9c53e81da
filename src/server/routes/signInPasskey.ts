import type { Context } from 'hono'
import type { Done } from '../../protocol/account.ts'
import { maxSmallBytes } from '../../protocol/limits.ts'
import { PasskeySignInRequest } from '../../protocol/passkey.ts'
import { countRefusal } from '../auth/refusals.ts'
import { answer, refuse } from './answers.ts'
import { beginSession } from './beginSession.ts'
import { readBody } from './body.ts'
import type { Deps } from './deps.ts'
import { siteOf } from './site.ts'

/** Signs in with a passkey. An unknown key and a wrong signature are the same. */
export const signInPasskey = (deps: Deps) => async (c: Context) => {
  const request = await readBody(c, PasskeySignInRequest, maxSmallBytes)
  if (!request.ok) return refuse(c, request.failure)
  const { store, passkeys, accounts } = deps
  const now = deps.now()
  const [site, held] = [siteOf(c, deps), await store.findPasskey(request.value.id)]
  const counter = site && held && (await passkeys.check(held, request.value, site, now))
  const account = held && counter !== undefined ? await accounts.find(held.account) : undefined
  if (!held || counter === undefined || !account) {
    await countRefusal(store, held?.account, now)
    return refuse(c, { kind: 'unknownPasskey' })
  }
  await store.usePasskey(held.id, counter, now)
  const begun = await beginSession(c, deps, account, 'passkey')
  return begun.ok ? answer<Done>(c, { done: true }) : refuse(c, begun.failure)
}
