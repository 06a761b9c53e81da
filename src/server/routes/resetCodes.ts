import type { Context } from 'hono'
import { plainCode } from '../../core/gate.ts'
import { dayMs } from '../../core/time.ts'
import { maxSmallBytes } from '../../protocol/limits.ts'
import { type ResetCodeAnswer, ResetCodeRequest } from '../../protocol/ownAccount.ts'
import { mayLookAfter } from '../auth/access.ts'
import { newCode } from '../auth/codes.ts'
import { hashSecret } from '../auth/keys.ts'
import { answer, refuse } from './answers.ts'
import { readBody } from './body.ts'
import type { Deps } from './deps.ts'
import { note } from './note.ts'
import { readSession } from './signedIn.ts'

const resetMs = dayMs

/**
 * Makes a code with which somebody sets a new password. Only for who may do nothing that the organizer may not: nobody
 * gains a right by another's password.
 */
export const resetCodes = (deps: Deps) => async (c: Context) => {
  const session = await readSession(c, deps)
  if (!session.ok) return refuse(c, session.failure)
  const request = await readBody(c, ResetCodeRequest, maxSmallBytes)
  if (!request.ok) return refuse(c, request.failure)
  const { account: organizer, device } = session.value
  const { accounts, store } = deps
  const createdAt = deps.now()
  const person = await accounts.findByEmail(request.value.email)
  if (!person || !(await mayLookAfter(store, organizer.id, person.id, createdAt)))
    return refuse(c, { kind: 'notFound' })
  const code = newCode()
  const expiresAt = createdAt + resetMs
  const codeHash = hashSecret(plainCode(code))
  await store.putResetCode({
    ...{ account: person.id, author: organizer.id, codeHash },
    ...{ createdAt, expiresAt, usedAt: null },
  })
  await note(deps, 'resetIssued', { account: organizer.id, device, about: `account:${person.id}` })
  return answer<ResetCodeAnswer>(c, { code, name: person.name, expiresAt })
}
