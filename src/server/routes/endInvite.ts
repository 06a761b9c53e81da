import type { Context } from 'hono'
import type { Done } from '../../protocol/account.ts'
import { maxSmallBytes } from '../../protocol/limits.ts'
import { EndInviteRequest } from '../../protocol/rights.ts'
import { inviteId } from '../auth/codes.ts'
import { answer, refuse } from './answers.ts'
import { readBody } from './body.ts'
import type { Deps } from './deps.ts'
import { entryOf, readGoverned } from './governed.ts'

/** Ends a code that was sent to the wrong one, before anybody has used it. */
export const endInvite = (deps: Deps) => async (c: Context) => {
  const governed = await readGoverned(c, deps, 'invite')
  if (!governed.ok) return refuse(c, governed.failure)
  const request = await readBody(c, EndInviteRequest, maxSmallBytes)
  if (!request.ok) return refuse(c, request.failure)
  const { store, now } = deps
  const id = c.req.param('invite') ?? ''
  const open = await store.listOpenInvites(governed.value.space, now())
  const invite = open.find(({ codeHash }) => inviteId(codeHash) === id)
  if (!invite || !(await store.endInvite(invite.codeHash, now()))) return refuse(c, { kind: 'notFound' })
  await store.audit.note(
    entryOf(deps, governed.value, { kind: 'inviteRevoked', about: id, detail: { role: invite.role } }),
  )
  return answer<Done>(c, { done: true })
}
