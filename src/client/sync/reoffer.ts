import { may } from '../../core/access.ts'
import type { Failure } from '../../protocol/failure.ts'
import { readDevice } from '../db/meta.ts'
import { acknowledgeAnew, outboxRows, rowBefore } from '../db/outbox.ts'
import type { Database, OutboxRow } from '../db/schema.ts'
import { sentAbove } from '../db/sent.ts'
import { readSpace } from '../db/spaces.ts'
import { deliverAgain } from './carry.ts'
import { type PushParts, sendBatch } from './push.ts'
import { nextBatch } from './seal.ts'

/** The spaces that were offered again since the app was opened. */
const offered = new WeakMap<Database, Set<string>>()
/** Those whose server takes nothing more from a grant that ended long ago: until there is a new one. */
const refused = new WeakMap<Database, Set<string>>()

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
  const done = offered.get(db) ?? new Set()
  if (!held || (!held.revoked && may(held.role, 'pull')) || done.has(space)) return undefined
  const closed = refused.get(db) ?? new Set()
  if (held.revoked && closed.has(space)) return undefined
  const device = await readDevice(db)
  if (!device) return undefined
  const told = [...(await sentAbove(db, space, 0)), ...(await outboxRows(db, space, 'parked'))]
  /** What went out under an older key can be sealed no more. */
  let rest = told.filter(({ dev }) => dev === device.dev).sort((a, b) => a.n - b.n)
  for (;;) {
    const batch = nextBatch(rest)
    const first = batch[0]
    if (!first) break
    const sent = await sendBatch(parts, device, batch, await rowBefore(db, first))
    if (!sent.ok && held.revoked && sent.failure.kind === 'forbidden') refused.set(db, closed.add(space))
    if (!sent.ok) return sent.failure
    const { settled } = sent.value
    const isChanged = settled.map((row, i) => saysOther(batch[i], row))
    const ofChanged = (_: OutboxRow, i: number) => isChanged[i]
    if (isChanged.includes(true)) await acknowledgeAnew(db, batch.filter(ofChanged), settled.filter(ofChanged))
    rest = rest.slice(batch.length)
  }
  const failure = await deliverAgain(db, link, held)
  if (!failure) offered.set(db, done.add(space))
  return failure
}
