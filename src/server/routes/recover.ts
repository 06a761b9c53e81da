import type { Context } from 'hono'
import type { Done } from '../../protocol/account.ts'
import { maxRecoverBytes } from '../../protocol/limits.ts'
import { RecoverRequest } from '../../protocol/recover.ts'
import { takeBack } from '../auth/intake.ts'
import { answer, refuse } from './answers.ts'
import { readBody } from './body.ts'
import { readGranted } from './caller.ts'
import type { Deps } from './deps.ts'

/** Takes back what a restored log lacks, from a device that may read it ([S7]). */
export const recover = (deps: Deps) => async (c: Context) => {
  const granted = await readGranted(c, deps, 'pull')
  if (!granted.ok) return refuse(c, granted.failure)
  const request = await readBody(c, RecoverRequest, maxRecoverBytes)
  if (!request.ok) return refuse(c, request.failure)
  const { space } = granted.value
  if ((await takeBack(deps, space, request.value)) === undefined) return refuse(c, { kind: 'badRequest' })
  void deps.live.look(space)
  return answer<Done>(c, { done: true })
}
