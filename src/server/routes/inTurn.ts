import type { Context } from 'hono'
import { refuse } from './answers.ts'
import type { Deps } from './deps.ts'

/** Answers with slow work when it is this caller's turn. Its body is read before, since a slow one would hold all up. */
export async function inTurn(c: Context, deps: Deps, work: () => Promise<Response>): Promise<Response> {
  const done = await deps.turns(deps.addressOf(c), work)
  return done.ok ? done.value : refuse(c, done.failure)
}
