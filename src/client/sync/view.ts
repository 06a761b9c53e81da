import type { Failure } from '../../protocol/failure.ts'
import type { Database } from '../db/schema.ts'
import { readSpace } from '../db/spaces.ts'
import { loseView, replaceView } from '../db/views.ts'
import type { Link } from './link.ts'
import { unpackView } from './unpackView.ts'

/**
 * What an attendee's device does instead of pulling: asks for the event as he may see it, whole, when it has changed.
 */
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
