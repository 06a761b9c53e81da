import type { Context } from 'hono'
import { mayWrite } from '../../core/access.ts'
import { fromBase64Url, toBase64Url, utf8 } from '../../core/bytes.ts'
import { chainStart, decodeBody, maxBodyBytes, type Op, sealLink } from '../../core/op.ts'
import { maxPushBytes } from '../../protocol/limits.ts'
import { type PushAnswer, PushRequest } from '../../protocol/push.ts'
import type { Standing } from '../auth/access.ts'
import { isSealed, newId } from '../auth/keys.ts'
import type { OfferedOp } from '../store/store.ts'
import { answer, refuse } from './answers.ts'
import { readBody } from './body.ts'
import { findAuthor, readStanding } from './caller.ts'
import type { Deps } from './deps.ts'

/** Until there are backups ([S5]). */
const backedUpThrough = 0

/** The ops of a request, each linked to the one before. */
function linkOps(request: PushRequest, space: string): { op: Op; link: Uint8Array }[] {
  const { v, dev } = request
  let link = fromBase64Url(request.previous) ?? chainStart
  return request.ops.map(([n, wall, at, body]) => {
    const op = { v, space, dev, n, wall, at, body }
    link = sealLink(link, op)
    return { op, link }
  })
}

/** Whether an op enters the log, or why it is parked ([S4]). An unknown kind is nobody's business here ([S9]). */
function judge(op: Op, standing: Standing): OfferedOp['verdict'] {
  if (utf8(op.body).length > maxBodyBytes) return 'tooLarge'
  const body = decodeBody(op.body)
  if (!body) return 'unreadable'
  return standing.state === 'granted' && mayWrite(standing.role, body, standing.owner) ? 'commit' : 'notAllowed'
}

/** A space comes into being with the first push of an organizer of the organization. */
async function findOrCreate({ store, now }: Deps, space: string, standing: Standing) {
  const found = await store.findSpace(space)
  if (found || standing.state !== 'granted' || !standing.everywhere) return found
  await store.createSpace(space, newId(), now())
  return store.findSpace(space)
}

/**
 * Takes in what a device made, brought by itself or by another one ([S13]): its own standing and its own seal decide.
 * Everything is checked before the store is asked, which holds the space's lock briefly.
 */
export const push = (deps: Deps) => async (c: Context) => {
  const carrier = await readStanding(c, deps)
  if (!carrier.ok) return refuse(c, carrier.failure)
  const { space } = carrier.value
  const request = await readBody(c, PushRequest, maxPushBytes)
  if (!request.ok) return refuse(c, request.failure)
  const { dev, previous, signature, ops } = request.value
  const author = await findAuthor(deps, carrier.value, dev)
  if (!author) return refuse(c, { kind: 'forbidden' })
  if (ops.some(([n], index) => n <= (ops[index - 1]?.[0] ?? 0))) return refuse(c, { kind: 'badRequest' })

  const linked = linkOps(request.value, space)
  const sealed = isSealed(author.device.point, linked.at(-1)?.link ?? chainStart, signature)
  /** Under another device's name nothing is kept that it has not sealed. */
  if (!sealed && dev !== carrier.value.device.dev) return refuse(c, { kind: 'badRequest' })
  const offered = linked.map(({ op, link }): OfferedOp => {
    return { op, link: toBase64Url(link), verdict: sealed ? judge(op, author.standing) : 'badSeal' }
  })

  const found = await findOrCreate(deps, space, author.standing)
  if (!found) return refuse(c, { kind: 'notFound' })
  const results = await deps.store.append(space, { dev, receivedAt: deps.now(), previous, signature, ops: offered })
  void deps.live.look(space)
  return answer<PushAnswer>(c, { now: deps.now(), epoch: found.epoch, backedUpThrough, results })
}
