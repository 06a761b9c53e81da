import type { ViewAnswer } from '../../protocol/view.ts'
import type { PackedOp } from '../db/schema.ts'
import type { ReceivedView } from '../db/views.ts'

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
