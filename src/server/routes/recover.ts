import type { Context } from 'hono'
import { fromBase64Url, toBase64Url } from '../../core/bytes.ts'
import { chainStart, logLink, type Op } from '../../core/op.ts'
import type { Done } from '../../protocol/account.ts'
import { maxRecoverBytes } from '../../protocol/limits.ts'
import { RecoverRequest } from '../../protocol/recover.ts'
import { answer, refuse } from './answers.ts'
import { readBody } from './body.ts'
import { readGranted } from './caller.ts'
import type { Deps } from './deps.ts'

/** The ops of a page, or `undefined` when it names a device that it does not list. */
function unpack(space: string, { devs, ops }: RecoverRequest): Op[] | undefined {
  const unpacked: Op[] = []
  for (const [v, index, n, wall, at, body] of ops) {
    const dev = devs[index]
    if (dev === undefined) return undefined
    unpacked.push({ v, space, dev, n, wall, at, body })
  }
  return unpacked
}

/** Takes back what the server itself once said was in its log; its own word for it is the proof ([S7]). */
export const recover = (deps: Deps) => async (c: Context) => {
  const granted = await readGranted(c, deps, 'pull')
  if (!granted.ok) return refuse(c, granted.failure)
  const request = await readBody(c, RecoverRequest, maxRecoverBytes)
  if (!request.ok) return refuse(c, request.failure)
  const { space } = granted.value
  const { epoch, after, before, chain, witness } = request.value
  const ops = unpack(space, request.value)
  if (!ops) return refuse(c, { kind: 'badRequest' })
  let link = fromBase64Url(before) ?? chainStart
  ops.forEach((op, i) => {
    link = logLink(link, after + i + 1, op)
  })
  const isOurs = deps.witness.holds({ space, epoch, seq: after + ops.length, chain }, witness)
  if (toBase64Url(link) !== chain || !isOurs) return refuse(c, { kind: 'badRequest' })
  await deps.store.recover(space, ops, deps.now())
  void deps.live.look(space)
  return answer<Done>(c, { done: true })
}
