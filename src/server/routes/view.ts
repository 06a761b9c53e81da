import type { Context } from 'hono'
import { toBase64Url } from '../../core/bytes.ts'
import { opVersion } from '../../core/op.ts'
import { sha256 } from '../../core/sha256.ts'
import { viewOf } from '../../core/view.ts'
import type { ViewAnswer } from '../../protocol/view.ts'
import { endOfGrant, letIn, type Place } from '../auth/attendees.ts'
import { answer, refuse } from './answers.ts'
import { isTooOldToRead, readGranted } from './caller.ts'
import type { Deps } from './deps.ts'
import { toWire } from './wire.ts'

/** What a device with this prefix may read of a space, or `undefined` when there is no such space. */
export async function makeView(
  deps: Deps,
  { space, dev, owner }: Place & { owner: string | undefined },
): Promise<ViewAnswer | undefined> {
  const folded = await deps.folded(space)
  if (!folded) return undefined
  const now = deps.now()
  if (owner) await letIn(deps.store, { space, dev }, { end: endOfGrant(folded.space, now), now })
  const subjects = owner ? await deps.store.listOwned(space, owner) : []
  const devs = new Set(subjects.map((subject) => subject.replace('device:', '')))
  const { epoch, head, backedUpThrough } = folded
  const ops = viewOf(folded.space, { owner: owner ?? '', devs, now })
  const wire = toWire(ops.map((op) => ({ v: opVersion, ...op })))
  const tag = toBase64Url(sha256(JSON.stringify([epoch, wire])))
  return { now, epoch, head, backedUpThrough, tag, ...wire }
}

/** An event as its attendees may see it, and what this device has added; changed or not. */
export const view = (deps: Deps) => async (c: Context) => {
  const granted = await readGranted(c, deps, 'view')
  if (!granted.ok) return refuse(c, granted.failure)
  if (isTooOldToRead(c)) return refuse(c, { kind: 'clientTooOld' })
  const { space, owner, device } = granted.value
  const message = await makeView(deps, { space, owner, dev: device.dev })
  if (!message) return refuse(c, { kind: 'notFound' })
  const etag = `W/"${message.tag}"`
  c.header('ETag', etag)
  return c.req.header('If-None-Match') === etag ? c.body(null, 304) : answer<ViewAnswer>(c, message)
}
