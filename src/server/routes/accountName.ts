import type { Context } from 'hono'
import type { Done } from '../../protocol/account.ts'
import { maxSmallBytes } from '../../protocol/limits.ts'
import { NameRequest } from '../../protocol/ownAccount.ts'
import { answer, refuse } from './answers.ts'
import { readBody } from './body.ts'
import type { Deps } from './deps.ts'
import { readSession } from './signedIn.ts'

export const accountName = (deps: Deps) => async (c: Context) => {
  const session = await readSession(c, deps)
  if (!session.ok) return refuse(c, session.failure)
  const request = await readBody(c, NameRequest, maxSmallBytes)
  if (!request.ok) return refuse(c, request.failure)
  await deps.accounts.rename(session.value.account.id, request.value.name)
  return answer<Done>(c, { done: true })
}
