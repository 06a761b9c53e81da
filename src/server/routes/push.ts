import type { Context } from 'hono'
import { maxPushBytes } from '../../protocol/limits.ts'
import { type PushAnswer, PushRequest } from '../../protocol/push.ts'
import { type Author, isTeam, takeIn } from '../auth/intake.ts'
import { answer, refuse } from './answers.ts'
import { readBody } from './body.ts'
import { readStanding } from './caller.ts'
import type { Deps } from './deps.ts'
import { findAuthor } from './findAuthor.ts'

/** The ms to wait, when attendees' devices push more into a space than anybody needs; the team's are never slowed. */
async function paceOf(
  { pushedBytes }: Deps,
  { space, device, standing }: Author,
  { ops }: PushRequest,
): Promise<number> {
  if (standing.state === 'none' || standing.role !== 'attendee') return 0
  const bytes = ops.reduce((sum, [, , , body]) => sum + body.length, 0)
  return pushedBytes.take(space, standing.owner ?? device.dev, bytes)
}

/** Takes in what a device made, brought by itself or by another one ([S13]). */
export const push = (deps: Deps) => async (c: Context) => {
  const carrier = await readStanding(c, deps)
  if (!carrier.ok) return refuse(c, carrier.failure)
  const { space, device } = carrier.value
  const request = await readBody(c, PushRequest, maxPushBytes)
  if (!request.ok) return refuse(c, request.failure)
  const { dev, unsent } = request.value
  const author = await findAuthor(deps, carrier.value, request.value)
  if (!author.ok) return refuse(c, author.failure)
  const carrying = { isAuthor: dev === device.dev, isTeam: isTeam(carrier.value.standing) }
  const retryAfterMs = carrying.isTeam ? 0 : await paceOf(deps, author.value, request.value)
  if (retryAfterMs > 0) return refuse(c, { kind: 'tooMany', retryAfterMs })
  const taken = await takeIn(deps, author.value, request.value, carrying)
  if (!taken.ok) return refuse(c, taken.failure)
  void deps.live.look(space)
  const { found, results } = taken.value
  /** What is forked goes out again under another key. */
  const isAllTaken = results.every(({ state }) => state !== 'forked')
  if (isAllTaken && unsent !== undefined && unsent !== device.unsent) await deps.store.markUnsent(device.dev, unsent)
  const { epoch, backedUpThrough } = found
  return answer<PushAnswer>(c, { now: deps.now(), epoch, backedUpThrough, results })
}
