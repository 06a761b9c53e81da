import type { Context } from 'hono'
import { type Done, SetupRequest } from '../../protocol/account.ts'
import { maxSmallBytes } from '../../protocol/limits.ts'
import { everySpace } from '../store/store.ts'
import { answer, refuse } from './answers.ts'
import { readBody } from './body.ts'
import { writeCookie } from './cookies.ts'
import type { Deps } from './deps.ts'

/** Makes the first organizer, who may do everything in every space, and signs in. */
export const setup = (deps: Deps) => async (c: Context) => {
  const request = await readBody(c, SetupRequest, maxSmallBytes)
  if (!request.ok) return refuse(c, request.failure)
  if (await deps.store.hasOrganizer()) return refuse(c, { kind: 'used' })
  const now = deps.now()
  const { token, ...person } = request.value
  const checked = deps.setup.check(token, now)
  if (!checked.ok) return refuse(c, checked.failure)
  const created = await deps.accounts.create(person)
  if (!created.ok) return refuse(c, created.failure)
  const { account, token: session } = created.value
  await deps.store.putGrant({
    space: everySpace,
    subject: `account:${account.id}`,
    role: 'organizer',
    createdAt: now,
    revokedAt: null,
  })
  deps.setup.end()
  writeCookie(c, 'session', session)
  return answer<Done>(c, { done: true })
}
