import type { Context } from 'hono'
import { plainCode } from '../../core/gate.ts'
import { type InviteAnswer, InviteRequest } from '../../protocol/invite.ts'
import { maxSmallBytes } from '../../protocol/limits.ts'
import { newCode } from '../auth/codes.ts'
import { hashSecret } from '../auth/keys.ts'
import { answer, refuse } from './answers.ts'
import { readBody } from './body.ts'
import { readGranted } from './caller.ts'
import type { Deps } from './deps.ts'

const inviteMs = 7 * 86_400_000

/** Makes a code that gives one device a role in this space. */
export const invites = (deps: Deps) => async (c: Context) => {
  const granted = await readGranted(c, deps, 'invite')
  if (!granted.ok) return refuse(c, granted.failure)
  const request = await readBody(c, InviteRequest, maxSmallBytes)
  if (!request.ok) return refuse(c, request.failure)
  const code = newCode()
  const createdAt = deps.now()
  const expiresAt = createdAt + inviteMs
  await deps.store.addInvite({
    codeHash: hashSecret(plainCode(code)),
    space: granted.value.space,
    role: request.value.role,
    createdAt,
    expiresAt,
    dev: null,
  })
  return answer<InviteAnswer>(c, { code, expiresAt })
}
