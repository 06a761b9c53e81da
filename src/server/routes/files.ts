import type { Context } from 'hono'
import { may } from '../../core/access.ts'
import { type FileProgress, FileRequest } from '../../protocol/file.ts'
import { maxSmallBytes } from '../../protocol/limits.ts'
import { standingIn } from '../auth/access.ts'
import { answer, refuse } from './answers.ts'
import { readBody } from './body.ts'
import { readGranted } from './caller.ts'
import type { Deps } from './deps.ts'

/**
 * Begins the upload of a content, or says where it stands. What the team's device reads in another space it need not
 * send.
 */
export const files = (deps: Deps) => async (c: Context) => {
  const granted = await readGranted(c, deps, 'upload')
  if (!granted.ok) return refuse(c, granted.failure)
  const request = await readBody(c, FileRequest, maxSmallBytes)
  if (!request.ok) return refuse(c, request.failure)
  const { space, device } = granted.value
  const now = deps.now()
  const taken = await deps.uploads.begin({ ...request.value, space, dev: device.dev, now }, async (other) => {
    const standing = await standingIn(deps.store, device, other, now)
    return standing.state === 'granted' && may(standing.role, 'pull')
  })
  return taken.ok ? answer<FileProgress>(c, taken.value) : refuse(c, taken.failure)
}
