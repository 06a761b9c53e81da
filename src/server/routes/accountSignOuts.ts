import type { Context } from 'hono'
import type { Done } from '../../protocol/account.ts'
import { maxSmallBytes } from '../../protocol/limits.ts'
import { SignOutsRequest } from '../../protocol/ownAccount.ts'
import { signOutDevice, signOutOthers } from '../auth/others.ts'
import { answer, refuse } from './answers.ts'
import { readBody } from './body.ts'
import type { Deps } from './deps.ts'
import { noteSignOuts } from './note.ts'
import { readSession } from './signedIn.ts'

/** Signs the account out on another of its devices, or on all others. */
export const accountSignOuts = (deps: Deps) => async (c: Context) => {
  const session = await readSession(c, deps)
  if (!session.ok) return refuse(c, session.failure)
  const request = await readBody(c, SignOutsRequest, maxSmallBytes)
  if (!request.ok) return refuse(c, request.failure)
  const { account, device } = session.value
  const now = deps.now()
  const { device: named } = request.value
  if (named !== null) {
    const other = await deps.store.findDevice(named)
    if (!other || other.account !== account.id || named === device?.dev) return refuse(c, { kind: 'notFound' })
    await signOutDevice(deps, account.id, other, now)
  }
  const ended = named === null ? await signOutOthers(deps, account.id, device?.dev, now) : [named]
  await noteSignOuts(deps, ended, { account: account.id, device })
  return answer<Done>(c, { done: true })
}
