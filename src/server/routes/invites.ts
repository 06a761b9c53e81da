import type { Context } from 'hono'
import { plainCode } from '../../core/gate.ts'
import { dayMs } from '../../core/time.ts'
import { type InviteAnswer, InviteRequest } from '../../protocol/invite.ts'
import { maxSmallBytes } from '../../protocol/limits.ts'
import { inviteId, newCode } from '../auth/codes.ts'
import { hashSecret } from '../auth/keys.ts'
import { answer, refuse } from './answers.ts'
import { readBody } from './body.ts'
import type { Deps } from './deps.ts'
import { entryOf, readGoverned } from './governed.ts'

const inviteMs = 7 * dayMs

/** Makes a code that gives one device a role in this space, or, with `*`, in all of them. */
export const invites = (deps: Deps) => async (c: Context) => {
  const governed = await readGoverned(c, deps, 'invite')
  if (!governed.ok) return refuse(c, governed.failure)
  const request = await readBody(c, InviteRequest, maxSmallBytes)
  if (!request.ok) return refuse(c, request.failure)
  const { role } = request.value
  const code = newCode()
  const codeHash = hashSecret(plainCode(code))
  const createdAt = deps.now()
  const expiresAt = createdAt + inviteMs
  await deps.store.addInvite({
    codeHash,
    space: governed.value.space,
    role,
    createdAt,
    expiresAt,
    dev: null,
  })
  const about = inviteId(codeHash)
  await deps.store.audit.note(entryOf(deps, governed.value, { kind: 'invited', about, detail: { role } }))
  return answer<InviteAnswer>(c, { code, expiresAt })
}
