import type { Context } from 'hono'
import type { Place } from '../auth/tries.ts'
import { refuse } from './answers.ts'
import type { Deps } from './deps.ts'

/**
 * Answers with slow work when it is the turn of who calls from there. Its body is read before, since a slow one would
 * hold all up.
 */
export async function inTurn(
  c: Context,
  deps: Deps,
  { place, email }: { place: Place; email: string },
  work: () => Promise<Response>,
): Promise<Response> {
  const done = await deps.turns(place, email, work)
  return done.ok ? done.value : refuse(c, done.failure)
}
