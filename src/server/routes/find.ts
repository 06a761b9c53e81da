import type { Context } from 'hono'
import { findInvited } from '../../core/find.ts'
import { type FindAnswer, FindRequest } from '../../protocol/find.ts'
import { maxSmallBytes } from '../../protocol/limits.ts'
import { answer, refuse } from './answers.ts'
import { readBody } from './body.ts'
import { readGranted } from './caller.ts'
import type { Deps } from './deps.ts'

/**
 * Finds an invited person by a number that he knows. A device has few tries, and all devices of an event together few
 * that find nobody, beyond the first ones of each: nobody reads the list by guessing, or keeps others from being found.
 */
export const find = (deps: Deps) => async (c: Context) => {
  const granted = await readGranted(c, deps, 'find')
  if (!granted.ok) return refuse(c, granted.failure)
  const request = await readBody(c, FindRequest, maxSmallBytes)
  if (!request.ok) return refuse(c, request.failure)
  const { space, device } = granted.value
  const { dev } = device
  const retryAfterMs = (await deps.misses.wait(space, dev)) || (await deps.findLimiter.take(`${space} ${dev}`))
  if (retryAfterMs > 0) return refuse(c, { kind: 'tooMany', retryAfterMs })
  const folded = await deps.folded(space)
  if (!folded) return refuse(c, { kind: 'notFound' })
  const person = findInvited(folded.space, request.value, deps.now())
  if (!person) await deps.misses.take(space, dev)
  const { id, name = '', institution = '' } = person ?? {}
  return answer<FindAnswer>(c, { found: id === undefined ? null : { person: id, name, institution } })
}
