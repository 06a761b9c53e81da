import type { Context } from 'hono'
import { may, type SpaceRole } from '../../core/access.ts'
import { spacesOf, subjectsOf } from '../auth/access.ts'
import type { Device } from '../store/store.ts'
import { refuse } from './answers.ts'
import { findCaller } from './caller.ts'
import type { Deps } from './deps.ts'

/** The spaces of whose log a device may know the end; `undefined` once its cookie is worth nothing any more. */
async function readHearable(
  { store, now }: Deps,
  { dev, credential }: Device,
): Promise<Map<string, SpaceRole> | undefined> {
  const device = await store.findDevice(dev)
  if (device?.credential !== credential) return undefined
  const { spaces } = await spacesOf(store, subjectsOf(device), now(), device.revokedAt !== null)
  return new Map(
    spaces.filter(({ role }) => may(role, 'pull') || role === 'attendee').map(({ space, role }) => [space, role]),
  )
}

/** [S12] Tells a device that a log has grown, so that it need not ask; what it missed it learns when it asks. */
export const events = (deps: Deps) => async (c: Context) => {
  const device = await findCaller(c, deps)
  if (!device) return refuse(c, { kind: 'unauthorized' })
  const stream = await deps.live.open(device.dev, () => readHearable(deps, device))
  if (stream === 'none') return refuse(c, { kind: 'forbidden' })
  if (stream === 'full') return refuse(c, { kind: 'tooMany', retryAfterMs: 60_000 })
  /** A proxy that gathers the answer before it passes it on would make every hint late. */
  return c.body(stream, 200, { 'Content-Type': 'text/event-stream', 'X-Accel-Buffering': 'no' })
}
