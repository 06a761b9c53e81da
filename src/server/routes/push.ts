import type { Context } from 'hono'
import { maxPushBytes } from '../../protocol/limits.ts'
import { type PushAnswer, PushRequest } from '../../protocol/push.ts'
import { takeIn } from '../auth/intake.ts'
import { answer, refuse } from './answers.ts'
import { readBody } from './body.ts'
import { findAuthor, readStanding } from './caller.ts'
import type { Deps } from './deps.ts'

/** Takes in what a device made, brought by itself or by another one ([S13]). */
export const push = (deps: Deps) => async (c: Context) => {
  const carrier = await readStanding(c, deps)
  if (!carrier.ok) return refuse(c, carrier.failure)
  const { space, device } = carrier.value
  const request = await readBody(c, PushRequest, maxPushBytes)
  if (!request.ok) return refuse(c, request.failure)
  const { dev } = request.value
  const author = await findAuthor(deps, carrier.value, dev)
  if (!author) return refuse(c, { kind: 'forbidden' })
  const taken = await takeIn(deps, author, request.value, dev === device.dev)
  if (!taken.ok) return refuse(c, taken.failure)
  void deps.live.look(space)
  const { epoch, backedUpThrough } = taken.value.found
  return answer<PushAnswer>(c, { now: deps.now(), epoch, backedUpThrough, results: taken.value.results })
}
