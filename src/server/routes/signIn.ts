import type { Context } from 'hono'
import { type Done, SignInRequest } from '../../protocol/account.ts'
import { maxSmallBytes } from '../../protocol/limits.ts'
import { countRefusal } from '../auth/refusals.ts'
import type { Place } from '../auth/tries.ts'
import { answer, refuse } from './answers.ts'
import { beginSession } from './beginSession.ts'
import { readBody } from './body.ts'
import type { Deps } from './deps.ts'
import { findPlace } from './signedIn.ts'

const tryAgainMs = 2_000

/**
 * Where nobody tells a stranger from the account's owner, a puzzle comes with the refusal: its solution buys a try at
 * once.
 */
async function wait(c: Context, deps: Deps, asked: { email: string; place: Place }, retryAfterMs: number) {
  const { email, place } = asked
  const [{ tries, puzzles }, now] = [deps, deps.now()]
  const puzzle = 'address' in place ? puzzles.make(email, await tries.isBusy(email, now), now) : undefined
  return refuse(c, { kind: 'tooMany', retryAfterMs, ...(puzzle && { puzzle }) })
}

/**
 * Tries are counted by account and place (auth/tries.ts), and whose turn it is by network (server/turns.ts). A try that
 * a puzzle paid for waits for neither. Its solution is looked at in a line of its own, since a wrong one costs nothing
 * to send: who is sent away from there keeps it, and is given no other puzzle.
 */
export const signIn = (deps: Deps) => async (c: Context) => {
  const request = await readBody(c, SignInRequest, maxSmallBytes)
  if (!request.ok) return refuse(c, request.failure)
  const { email, password, solution } = request.value
  const { accounts, puzzles, store, tries, turns } = deps
  const place = await findPlace(c, deps, email)
  const asked = { email, place }

  const isPaid = solution !== undefined && 'address' in place && puzzles.mayFit(solution, email, deps.now())
  if (isPaid) {
    const looked = await turns({ ...asked, paid: 'solutions' }, () => puzzles.use(solution, deps.now()))
    if (!looked.ok) return refuse(c, looked.failure)
    if (!looked.value) return wait(c, deps, asked, tryAgainMs)
  }
  const done = await turns({ ...asked, paid: isPaid ? 'paid' : undefined }, async () => {
    const retryAfterMs = isPaid ? 0 : await tries.take(email, place, deps.now())
    if (retryAfterMs > 0) return wait(c, deps, asked, retryAfterMs)
    if (isPaid) await tries.count(email, deps.now())
    const checked = await accounts.checkPassword(email, password)
    if (!checked.ok) {
      const known = await accounts.findByEmail(email)
      await countRefusal(store, known?.id, deps.now())
      return refuse(c, checked.failure)
    }
    await tries.forget(email, place)
    const begun = await beginSession(c, deps, checked.value, 'password')
    return begun.ok ? answer<Done>(c, { done: true }) : refuse(c, begun.failure)
  })
  return done.ok ? done.value : wait(c, deps, asked, done.failure.retryAfterMs)
}
