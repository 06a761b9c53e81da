import { fromBase64Url, toBase64Url } from '../../core/bytes.ts'
import { chainStart, sealLink } from '../../core/op.ts'
import { fail, ok, type Result } from '../../core/result.ts'
import type { Failure } from '../../protocol/failure.ts'
import type { PushRequest, PushResult } from '../../protocol/push.ts'
import { carriedOf, type NewCarried, sealedOps, settleCarried, waitingCarried } from '../db/carried.ts'
import { countUnsent } from '../db/outbox.ts'
import type { CarriedOutcome, CarriedRow, Database, SpaceRow } from '../db/schema.ts'
import type { Link } from './link.ts'

/** The link of the last op of a batch: what its signature covers, and its name while it is carried. */
export function lastLink(space: string, { v, dev, previous, ops }: PushRequest): Uint8Array {
  let link = fromBase64Url(previous) ?? chainStart
  for (const [n, wall, at, body] of ops) link = sealLink(link, { v, space, dev, n, wall, at, body })
  return link
}

/** A sealed batch of another device, as this one keeps it until it can be delivered. */
export function toCarried(
  space: string,
  request: PushRequest,
  how: Pick<NewCarried, 'from' | 'takenAt' | 'publicKey'>,
): NewCarried {
  const { v, dev, previous, signature, ops, certificate } = request
  const link = toBase64Url(lastLink(space, request))
  return { space, dev, link, v, previous, signature, ops, ...(certificate && { certificate }), ...how }
}

/** The push as the author's own device would send it. */
export function toPush(row: CarriedRow): PushRequest {
  const { v, dev, previous, signature, certificate } = row
  return { v, dev, previous, signature, ops: sealedOps(row), ...(certificate && { certificate }) }
}

/** Refusals that are about this batch; every other one may end by itself, as one of this device does, and it waits. */
const ofBatch = new Set<Failure['kind']>(['unknownAuthor', 'badRequest', 'tooLarge'])

function toOutcome(result: PushResult): CarriedOutcome {
  if (result.state === 'committed') return { seq: result.seq, at: result.at }
  return { reason: result.state === 'parked' ? result.reason : result.state }
}

/** Brings a sealed batch to the server in its author's name: the server's word on each op, or why there is none. */
export async function deliver(
  link: Link,
  space: string,
  request: PushRequest,
): Promise<Result<CarriedOutcome[], Failure>> {
  const answer = await link.push(space, request)
  if (!answer.ok && ofBatch.has(answer.failure.kind))
    return ok(request.ops.map(() => ({ reason: answer.failure.kind })))
  if (!answer.ok) return answer
  const { results } = answer.value
  return results.length === request.ops.length ? ok(results.map(toOutcome)) : fail({ kind: 'notHadir' as const })
}

/**
 * [S13] Delivers what this device carries in a space. A batch that is refused is noted, one whose author has sent
 * enough waits, and the next one has its turn.
 */
export async function pushCarried(db: Database, link: Link, space: string): Promise<Failure | undefined> {
  let failure: Failure | undefined
  for (const row of await waitingCarried(db, space)) {
    const unsent = await countUnsent(db, new Set(row.waiting))
    const answer = await deliver(link, space, { ...toPush(row), unsent })
    if (answer.ok) await settleCarried(db, row, answer.value)
    else if (answer.failure.kind === 'shareUsed') failure = answer.failure
    else return answer.failure
  }
  return failure
}

/** Refusals of others' batches while this device's own are taken: of one that was revoked, or its author's share. */
const ofCarrying = new Set<Failure['kind']>(['forbidden', 'shareUsed'])
const isUnknown = (outcome: CarriedOutcome) => 'reason' in outcome && outcome.reason === 'unknownAuthor'

/**
 * [S7] Delivers once more what the server has answered: for a device that reads no log and would never see what a
 * restore has lost of it. Noted only where the word is another one: what a person let go of stays so. An author who is
 * out of the event for a month is unknown, and what the server has of him stays there; one whom a restore has lost is
 * known again some day. A copy that is to be erased (`ended`) waits for a person's look at what might be lost with it.
 * `delivered`: the links of those that were answered since the app was opened, and go no more.
 */
export async function deliverAgain(
  db: Database,
  link: Link,
  { space, ended }: Pick<SpaceRow, 'space' | 'ended'>,
  delivered: Set<string>,
): Promise<Failure | undefined> {
  for (const row of await carriedOf(db, space)) {
    if (!row.outcomes || delivered.has(row.link)) continue
    const answer = await deliver(link, space, toPush(row))
    if (!answer.ok && !ofCarrying.has(answer.failure.kind)) return answer.failure
    const isPassedOver = !answer.ok || (!ended && answer.value.every(isUnknown))
    if (!isPassedOver && JSON.stringify(answer.value) !== JSON.stringify(row.outcomes))
      await settleCarried(db, row, answer.value)
    /** Not before: a word that a full disk does not take is asked for again. */
    delivered.add(row.link)
  }
  return undefined
}
