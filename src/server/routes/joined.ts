import type { Context } from 'hono'
import { spacesOf, subjectsOf } from '../auth/access.ts'
import type { Device } from '../store/store.ts'
import { findCaller } from './caller.ts'
import type { Deps } from './deps.ts'

/** A device that joined a team by a code and has no account yet. */
export async function findJoined(c: Context, deps: Deps): Promise<Device | undefined> {
  const device = await findCaller(c, deps)
  if (!device || device.account !== null) return undefined
  const { spaces } = await spacesOf(deps.store, subjectsOf(device), deps.now())
  return spaces.some(({ role }) => role !== 'attendee') ? device : undefined
}
