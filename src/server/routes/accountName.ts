import type { Context } from 'hono'
import type { Done } from '../../protocol/account.ts'
import { maxSmallBytes } from '../../protocol/limits.ts'
import { NameRequest } from '../../protocol/ownAccount.ts'
import { answer, refuse } from './answers.ts'
import { readBody } from './body.ts'
import type { Deps } from './deps.ts'
import { note } from './note.ts'
import { readSession } from './signedIn.ts'

export const accountName = (deps: Deps) => async (c: Context) => {
  const session = await readSession(c, deps)
  if (!session.ok) return refuse(c, session.failure)
  const request = await readBody(c, NameRequest, maxSmallBytes)
  if (!request.ok) return refuse(c, request.failure)
  const { account, device } = session.value
  if (request.value.name !== account.name) {
    await deps.accounts.rename(account.id, request.value.name)
    await note(deps, 'accountRenamed', { account: account.id, device, about: `account:${account.id}` })
  }
  return answer<Done>(c, { done: true })
}
