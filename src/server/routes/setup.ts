import type { Context } from 'hono'
import { type Done, SetupRequest } from '../../protocol/account.ts'
import { maxSmallBytes } from '../../protocol/limits.ts'
import { everySpace } from '../store/store.ts'
import { answer, refuse } from './answers.ts'
import { beginSession } from './beginSession.ts'
import { readBody } from './body.ts'
import type { Deps } from './deps.ts'
import { note } from './note.ts'
import { isWeak } from './weak.ts'

/** Makes the first organizer, who may do everything in every space, and signs in. */
export const setup = (deps: Deps) => async (c: Context) => {
  const request = await readBody(c, SetupRequest, maxSmallBytes)
  if (!request.ok) return refuse(c, request.failure)
  if (await deps.store.hasOrganizer()) return refuse(c, { kind: 'used' })
  const now = deps.now()
  const { token, ...person } = request.value
  const checked = deps.setup.check(token, now)
  if (!checked.ok) return refuse(c, checked.failure)
  if (isWeak(person)) return refuse(c, { kind: 'weakPassword' })
  const created = await deps.accounts.create({ ...person, isProven: true })
  if (!created.ok) return refuse(c, created.failure)
  const account = created.value
  await deps.store.putGrant({
    space: everySpace,
    subject: `account:${account.id}`,
    role: 'organizer',
    createdAt: now,
    revokedAt: null,
  })
  deps.setup.end()
  await note(deps, 'setUp', { account: account.id, about: `account:${account.id}` })
  const begun = await beginSession(c, deps, account, 'password')
  return begun.ok ? answer<Done>(c, { done: true }) : refuse(c, begun.failure)
}
