import type { Failure } from '../../protocol/failure.ts'
import type { ViewAnswer } from '../../protocol/view.ts'
import type { Database, PackedOp } from '../db/schema.ts'
import { readSpace } from '../db/spaces.ts'
import { loseView, type ReceivedView, replaceView } from '../db/views.ts'
import type { Link } from './link.ts'

/** A view's ops with their devices' names, or `undefined` when it names one that it does not list. */
export function unpackView(view: ViewAnswer): ReceivedView | undefined {
  const ops: PackedOp[] = []
  for (const [v, index, n, wall, at, body] of view.ops) {
    const dev = view.devs[index]
    if (dev === undefined) return undefined
    ops.push([v, dev, n, wall, at, body])
  }
  const { epoch, head, tag, backedUpThrough } = view
  return { epoch, head, tag, backedUpThrough, ops }
}

/** What an attendee's device does instead of pulling: asks for the event as he may see it, whole, when it has changed. */
export async function viewSpace(db: Database, link: Link, space: string): Promise<Failure | undefined> {
  const held = await readSpace(db, space)
  if (!held || held.revoked) return undefined
  const answer = await link.view(space, held.chain || undefined)
  if (!answer.ok) {
    if (answer.failure.kind === 'notFound' && held.epoch) await loseView(db, space)
    return answer.failure
  }
  if (!answer.value) return undefined
  const view = unpackView(answer.value)
  if (!view) return { kind: 'notHadir' }
  await replaceView(db, space, view)
  return undefined
}
