import type { Context } from 'hono'
import type { Done } from '../../protocol/account.ts'
import { maxSmallBytes } from '../../protocol/limits.ts'
import { DeviceRequest } from '../../protocol/rights.ts'
import { governs } from '../auth/governs.ts'
import { endSessionsOn } from '../auth/others.ts'
import { answer, refuse } from './answers.ts'
import { readBody } from './body.ts'
import type { Deps } from './deps.ts'
import { entryOf, readDev, readGoverned, refusalOf } from './governed.ts'

/**
 * Renames a device, or revokes it as a whole: a lost phone holds more than one event. An event's organizer may do so
 * with a device that is in nothing but events of his; everybody else's are the organization's.
 */
export const device = (deps: Deps) => async (c: Context) => {
  const governed = await readGoverned(c, deps, 'manageTeam')
  if (!governed.ok) return refuse(c, governed.failure)
  const request = await readBody(c, DeviceRequest, maxSmallBytes)
  if (!request.ok) return refuse(c, request.failure)
  const { store } = deps
  const found = await store.findDevice(readDev(c))
  if (!found || !(await governs(store, governed.value, found, deps.now()))) return refuse(c, { kind: 'notFound' })
  const about = `device:${found.dev}`
  if (request.value.change === 'rename') {
    const { name } = request.value
    await store.renameDevice(found.dev, name)
    await store.audit.note(entryOf(deps, governed.value, { kind: 'deviceRenamed', about, detail: { name } }))
    return answer<Done>(c, { done: true })
  }
  const { reason } = request.value
  const entry = entryOf(deps, governed.value, { kind: 'deviceRevoked', about, reason })
  const result = await store.revokeDevice(found.dev, deps.now(), entry)
  if (result !== 'done') return refuse(c, { kind: refusalOf[result] })
  if (found.account) await endSessionsOn(deps, found.account, found.dev, deps.now())
  deps.live.ask()
  return answer<Done>(c, { done: true })
}
