import type { Context } from 'hono'
import { fail, ok, type Result } from '../../core/result.ts'
import { type Done, SetupRequest } from '../../protocol/account.ts'
import { maxSmallBytes } from '../../protocol/limits.ts'
import type { Account } from '../auth/access.ts'
import { everySpace } from '../store/store.ts'
import { answer, refuse } from './answers.ts'
import { beginSession } from './beginSession.ts'
import { readBody } from './body.ts'
import type { Deps } from './deps.ts'
import { note } from './note.ts'
import { isWeak } from './weak.ts'

type Person = Omit<SetupRequest, 'token'>

/**
 * The account of the first organizer. A server that died behind making it has left one that may do nothing: whoever has
 * the link goes on with that.
 */
async function makeAccount({ accounts }: Deps, person: Person): Promise<Result<Account, { kind: 'emailTaken' }>> {
  const created = await accounts.create({ ...person, isProven: true })
  const left = created.ok ? undefined : await accounts.findByEmail(person.email)
  if (!left) return created
  await accounts.rename(left.id, person.name)
  await accounts.setPassword(left.id, person.password)
  return ok({ ...left, name: person.name })
}

/** Two who have the link at one moment: the second finds an organizer. */
const makeOrganizer = (deps: Deps, person: Person, now: number) =>
  deps.store.alone(async () => {
    if (await deps.store.hasOrganizer()) return fail({ kind: 'used' as const })
    const created = await makeAccount(deps, person)
    if (!created.ok) return created
    const subject = `account:${created.value.id}` as const
    await deps.store.putGrant({ space: everySpace, subject, role: 'organizer', createdAt: now, revokedAt: null })
    deps.setup.end()
    await note(deps, 'setUp', { account: created.value.id, about: subject })
    return created
  })

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
  const made = await makeOrganizer(deps, person, now)
  if (!made.ok) return refuse(c, made.failure)
  const begun = await beginSession(c, deps, made.value, 'password')
  return begun.ok ? answer<Done>(c, { done: true }) : refuse(c, begun.failure)
}
