import { may } from '../../core/access.ts'
import { fromBase64Url, toBase64Url } from '../../core/bytes.ts'
import { ok, type Result } from '../../core/result.ts'
import type { Failure } from '../../protocol/failure.ts'
import { maxRescueFileBytes } from '../../protocol/limits.ts'
import type { PushRequest } from '../../protocol/push.ts'
import type { RecoverRequest } from '../../protocol/recover.ts'
import { type RescueFailure, readRescue } from '../../protocol/rescue.ts'
import { addCarried, settleCarried } from '../db/carried.ts'
import { readDevice } from '../db/meta.ts'
import { type OpName, opName } from '../db/opName.ts'
import { addLostPages, loggedOps, settleLostPage } from '../db/pages.ts'
import type { CarriedOutcome, Database, LostPageRow } from '../db/schema.ts'
import { readSpace } from '../db/spaces.ts'
import { deliver, lastLink, toCarried } from './carry.ts'
import { deviceId, isSignedBy } from './deviceKey.ts'
import type { Identity } from './identity.ts'
import type { Link } from './link.ts'
import { type MadeRescue, makeRescue } from './makeRescue.ts'
import { toLostPage } from './recover.ts'
import { ofOneSpace } from './rounds.ts'

/** What the server said of one op: committed, forked, why it was parked, or why its event was refused. */
export type RescueOutcome = string
export type RescuedOp = { dev: string; n: number; wall: number; body: string }

/**
 * One sealed push of a rescue file, or one part of the log that a server has lost. `outcomes` are in the order of its
 * ops, once the server has answered or this device knows without it. `carried`: this device keeps it, and it goes out
 * by itself.
 */
export type RescuedBatch = {
  space: string
  ops: RescuedOp[]
  message: { push: PushRequest } | { page: LostPageRow; request: RecoverRequest }
  outcomes: RescueOutcome[] | undefined
  carried: boolean
}
export type OpenedRescue = { madeAt: number; device: { name: string; holder: string }; batches: RescuedBatch[] }

export type Rescue = {
  /**
   * Puts what is unsent, parked or lost by the server, of all events or of one, into a file; marks nothing.
   * `undefined`: nothing is.
   */
  make: (only?: string) => Promise<MadeRescue | undefined>
  /**
   * Opens a file and keeps what is in it for the events of this device, with or without a network: it is on the disk
   * when this resolves, and pushes are in their lists. Opening it again changes nothing.
   */
  read: (file: Blob) => Promise<Result<OpenedRescue, RescueFailure>>
  /** Sends what was not answered yet; what is behind a failure that concerns all stays as it is. */
  send: (opened: OpenedRescue) => Promise<{ opened: OpenedRescue; failure: Failure | undefined }>
}

const toWord = (outcome: CarriedOutcome): RescueOutcome => ('reason' in outcome ? outcome.reason : 'committed')

const answered = (batch: RescuedBatch, outcome: RescueOutcome): RescuedBatch => ({
  ...batch,
  outcomes: batch.ops.map(() => outcome),
})

/** [S13] The way of sealed ops that needs no network on the device that made them. */
export function createRescue(parts: {
  db: Database
  link: Link
  identity: Identity
  wall: () => number
  /** Something was delivered: it is now for the reader to pull. */
  onDelivered: () => void
}): Rescue {
  const { db, link, identity, wall } = parts

  /** What is known of a push without the server, and its place among what this device carries. */
  async function openPush(
    space: string,
    push: PushRequest,
    keyOf: ReadonlyMap<string, string>,
    known: ReadonlySet<OpName>,
  ): Promise<RescuedBatch> {
    const { dev } = push
    const ops = push.ops.map(([n, wallAt, , body]) => ({ dev, n, wall: wallAt, body }))
    const batch: RescuedBatch = { space, ops, message: { push }, outcomes: undefined, carried: false }
    const publicKey = keyOf.get(dev)
    if (publicKey && !(await isSignedBy(publicKey, lastLink(space, push), push.signature)))
      return answered(batch, 'badRequest')
    if (ops.every(({ n }) => known.has(opName({ space, dev, n })))) return answered(batch, 'committed')
    if (!(await readSpace(db, space))) return batch
    await addCarried(db, [toCarried(space, push, { from: 'file', takenAt: wall(), ...(publicKey && { publicKey }) })])
    return { ...batch, carried: true }
  }

  /** [S7] A page goes where this device keeps its own lost ones, when it may bring them back. */
  async function openPage(space: string, request: RecoverRequest): Promise<RescuedBatch[]> {
    const page = toLostPage(space, request)
    if (!page) return []
    const ops = request.ops.map(([, index, n, wallAt, , body]) => ({
      dev: request.devs[index] ?? '',
      n,
      wall: wallAt,
      body,
    }))
    const held = await readSpace(db, space)
    const carried = held !== undefined && !held.revoked && may(held.role, 'pull')
    if (carried) await addLostPages(db, [page])
    return [{ space, ops, message: { page, request }, outcomes: undefined, carried }]
  }

  async function read(file: Blob): Promise<Result<OpenedRescue, RescueFailure>> {
    if (file.size > maxRescueFileBytes) return { ok: false, failure: { kind: 'foreign' } }
    const content = readRescue(await file.text())
    if (!content.ok) return content
    const { madeAt, device, keys, spaces } = content.value
    const keyOf = new Map(keys.map((key) => [deviceId(fromBase64Url(key) ?? new Uint8Array()), key]))
    const batches: RescuedBatch[] = []
    for (const { space, pushes, pages } of spaces) {
      const known = await loggedOps(db, space, new Set(pushes.map(({ dev }) => dev)))
      for (const request of pages) batches.push(...(await openPage(space, request)))
      for (const push of pushes) batches.push(await openPush(space, push, keyOf, known))
    }
    return ok({ madeAt, device, batches })
  }

  async function sendBatch(batch: RescuedBatch): Promise<Result<RescuedBatch, Failure>> {
    const { space, message } = batch
    if ('page' in message) {
      const answer = await link.recover(space, message.request)
      if (!answer.ok && !ofOneSpace.has(answer.failure.kind)) return answer
      const isJudged = answer.ok || answer.failure.kind === 'badRequest'
      if (batch.carried && isJudged) await settleLostPage(db, message.page, answer.ok)
      return ok(answered(batch, answer.ok ? 'committed' : answer.failure.kind))
    }
    const answer = await deliver(link, space, message.push)
    if (!answer.ok) return ofOneSpace.has(answer.failure.kind) ? ok(answered(batch, answer.failure.kind)) : answer
    const name = { space, dev: message.push.dev, link: toBase64Url(lastLink(space, message.push)) }
    await settleCarried(db, name, answer.value)
    return ok({ ...batch, outcomes: answer.value.map(toWord) })
  }

  async function send(opened: OpenedRescue) {
    const batches: RescuedBatch[] = []
    let failure: Failure | undefined
    for (const batch of opened.batches) {
      const sent = failure || batch.outcomes ? undefined : await sendBatch(batch)
      if (sent && !sent.ok) failure = sent.failure
      batches.push(sent?.ok ? sent.value : batch)
    }
    parts.onDelivered()
    return { opened: { ...opened, batches }, failure }
  }

  return { make: async (only) => makeRescue(db, (await readDevice(db)) ?? identity.device(), wall(), only), read, send }
}
