import type { Context } from 'hono'
import type { Done } from '../../protocol/account.ts'
import { maxSmallBytes } from '../../protocol/limits.ts'
import { RightsRequest } from '../../protocol/rights.ts'
import { answer, refuse } from './answers.ts'
import { readBody } from './body.ts'
import type { Deps } from './deps.ts'
import { entryOf, isSubject, readGoverned, refusalOf } from './governed.ts'

/** Gives, changes or ends what somebody may; it holds from the next request on, and streams that stand ask again. */
export const rights = (deps: Deps) => async (c: Context) => {
  const governed = await readGoverned(c, deps, 'manageTeam')
  if (!governed.ok) return refuse(c, governed.failure)
  const request = await readBody(c, RightsRequest, maxSmallBytes)
  if (!request.ok) return refuse(c, request.failure)
  const { subject, role, reason } = request.value
  const isKnown = isSubject(subject) && (await deps.store.findGrants([subject])).length > 0
  if (!isKnown) return refuse(c, { kind: 'notFound' })
  const { space } = governed.value
  const change = { space, subject, role, now: deps.now() }
  const [kind, detail] = role ? (['granted', { role }] as const) : (['grantEnded', {}] as const)
  const entry = entryOf(deps, governed.value, { kind, about: subject, reason, detail })
  const result = await deps.store.changeRight(change, entry)
  if (result !== 'done') return refuse(c, { kind: refusalOf[result] })
  deps.live.ask()
  return answer<Done>(c, { done: true })
}
