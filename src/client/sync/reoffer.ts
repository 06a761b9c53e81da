import { may } from '../../core/access.ts'
import type { Failure } from '../../protocol/failure.ts'
import { readDevice } from '../db/meta.ts'
import { type OpName, opName } from '../db/opName.ts'
import { acknowledgeAnew, outboxRows, rowBefore } from '../db/outbox.ts'
import type { Database, OutboxRow, SpaceRow } from '../db/schema.ts'
import { sentAbove } from '../db/sent.ts'
import { noteOffered, readSpace } from '../db/spaces.ts'
import { deliverAgain } from './carry.ts'
import { type PushParts, sendBatch } from './push.ts'
import { nextBatch } from './seal.ts'

/** How far a space was offered again since the app was opened; a line that breaks costs the batch that was on its way. */
type Offer = {
  /** What is to be offered yet, by its names: other rounds may be told anew of it meanwhile. */
  rest?: Set<OpName>
  /** The carried batches that were answered, by their links. */
  delivered: Set<string>
  /** Whether the copy was to be erased: then all of it is offered once more before. */
  isEnded: boolean
  isDone?: boolean
  /** The server takes nothing more from a grant that ended long ago: until there is a new one. */
  isRefused?: boolean
}
const offers = new WeakMap<Database, Map<string, Offer>>()

function offerOf(db: Database, { space, ended: isEnded = false }: SpaceRow): Offer {
  const ofDatabase = offers.get(db) ?? new Map<string, Offer>()
  const begun = ofDatabase.get(space)
  const offer = begun?.isEnded === isEnded ? begun : { delivered: new Set<string>(), isEnded }
  offers.set(db, ofDatabase.set(space, offer))
  return offer
}

/** What went out under this key, beginning behind where it was cut off before: it may never get through at one go. */
async function readTold(db: Database, { space, offeredThrough = 0 }: SpaceRow, dev: string): Promise<OutboxRow[]> {
  const told = [...(await sentAbove(db, space, 0)), ...(await outboxRows(db, space, 'parked'))]
  const own = told.filter((row) => row.dev === dev).sort((a, b) => a.n - b.n)
  return [...own.filter(({ n }) => n > offeredThrough), ...own.filter(({ n }) => n <= offeredThrough)]
}

const saysOther = (before: OutboxRow | undefined, row: OutboxRow) =>
  before?.state !== row.state || before.seq !== row.seq || before.parkedFor !== row.parkedFor

/**
 * [S7] Who reads the log sees there what a restored server has lost. A device that may not read it, an attendee's or
 * one that was revoked, would never know: once each time that the app is opened it offers again all that it has sent,
 * also for others. What the server has is answered as before and changes nothing ([S3]).
 */
export async function offerBlindly(parts: PushParts, space: string): Promise<Failure | undefined> {
  const { db, link } = parts
  const held = await readSpace(db, space)
  if (!held || (!held.revoked && may(held.role, 'pull'))) return undefined
  const offer = offerOf(db, held)
  if (offer.isDone || (held.revoked && offer.isRefused)) return undefined
  const device = await readDevice(db)
  if (!device) return undefined
  /** What went out under an older key can be sealed no more. */
  const told = await readTold(db, held, device.dev)
  const due = offer.rest ?? new Set(told.map(opName))
  offer.rest = due
  let rest = told.filter((row) => due.has(opName(row)))
  for (;;) {
    const batch = nextBatch(rest)
    const first = batch[0]
    if (!first) break
    const sent = await sendBatch(parts, device, batch, await rowBefore(db, first))
    if (!sent.ok && held.revoked && sent.failure.kind === 'forbidden') offer.isRefused = true
    if (!sent.ok) return sent.failure
    const { settled } = sent.value
    const isChanged = settled.map((row, i) => saysOther(batch[i], row))
    const ofChanged = (_: OutboxRow, i: number) => isChanged[i]
    if (isChanged.includes(true)) await acknowledgeAnew(db, batch.filter(ofChanged), settled.filter(ofChanged))
    rest = rest.slice(batch.length)
    for (const row of batch) due.delete(opName(row))
    if (rest.length > 0) await noteOffered(db, space, batch.at(-1)?.n ?? 0)
  }
  const failure = await deliverAgain(db, link, held, offer.delivered)
  offer.isDone = !failure
  return failure
}
