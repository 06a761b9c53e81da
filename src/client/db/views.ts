import { decodeBody } from '../../core/op.ts'
import { offerAgain } from './outbox.ts'
import type { Database, FoundPerson, OutboxRow, PackedOp, SpaceRow } from './schema.ts'
import { sentAbove } from './sent.ts'
import { type GrantedSpace, newSpaceRow } from './spaces.ts'

export type ReceivedView = {
  epoch: string
  head: number
  tag: string
  backedUpThrough: number
  ops: PackedOp[]
}

/** Kinds of facts that are in the view of who added them (core/view.ts). */
const shownKinds = ['attendance', 'response', 'consent', 'opened']

/** Whether the server took a fact that is not in its view, in which facts stay for ever under their op's salt. */
function lacksFact(sent: OutboxRow[], { head, ops }: ReceivedView): boolean {
  const salts = new Set(ops.map(([, , , , , body]) => decodeBody(body)?.salt))
  return sent.some(({ seq = 0, body }) => {
    const { salt, changes } = decodeBody(body) ?? { salt: '', changes: [] }
    const isShown = changes.some((change) => change.type === 'add' && shownKinds.includes(change.kind))
    return seq <= head && isShown && !salts.has(salt)
  })
}

/** Whether the log of the same epoch ends before where the server said that it does, or that an op of ours is. */
function isShorter(held: SpaceRow, sent: OutboxRow[], { epoch, head }: ReceivedView): boolean {
  return held.epoch === epoch && (head < held.head || sent.some(({ seq = 0 }) => seq > head))
}

/**
 * Puts the server's new view of an event in the place of the one before, whole, in one transaction. When the server was
 * put back (another epoch, a shorter log, or a fact of ours that it took is not in the view) everything that this
 * device wrote is offered again, and what the server has is answered as the first time ([S3], [S7]).
 */
export async function replaceView(db: Database, space: string, view: ReceivedView): Promise<void> {
  const { epoch, head, tag, backedUpThrough, ops } = view
  await db.transaction('rw', [db.spaces, db.pages, db.outbox, db.sent, db.ballots], async () => {
    const held = await db.spaces.get(space)
    if (held?.role !== 'attendee') return
    const sent = await sentAbove(db, space, 0)
    const isOther = held.epoch !== '' && held.epoch !== epoch
    if (isOther || isShorter(held, sent, view) || lacksFact(sent, view)) await offerAgain(db, space, sent)
    const page = { space, after: 0, count: head, before: '', chain: tag, witness: '', ops: JSON.stringify(ops) }
    await db.pages.put(page)
    const place = { epoch, head, seq: head, chain: tag, backedUpThrough }
    await db.spaces.update(space, { ...place, wentBack: held.wentBack + 1 })
  })
}

/**
 * The server does not know the event any more: the view stays for who stands in the hall, and everything goes out
 * again.
 */
export async function loseView(db: Database, space: string): Promise<void> {
  await db.transaction('rw', [db.spaces, db.outbox, db.sent, db.ballots], async () => {
    await offerAgain(db, space, await sentAbove(db, space, 0))
    await db.spaces.update(space, { epoch: '', chain: '' })
  })
}

/** Notes that this device came in by a gate with this code. */
export async function enterSpace(db: Database, { space, role, owner, certificate }: GrantedSpace, code: string) {
  if (role !== 'attendee' || !owner || !certificate) return
  await db.transaction('rw', db.spaces, async () => {
    const held = await db.spaces.get(space)
    const attendee = { found: [], ...held?.attendee, owner, certificate, code }
    if (held && held.role !== 'attendee') return
    await db.spaces.put({ ...(held ?? newSpaceRow(space, role)), revoked: false, ended: false, attendee })
  })
}

/** The event that this device came into by this code. */
export async function spaceOfCode(db: Database, code: string): Promise<SpaceRow | undefined> {
  return db.spaces.filter(({ attendee, revoked }) => attendee?.code === code && !revoked).first()
}

/** Keeps who was found, for the check-in that may come after it, and for the screen until the server has that. */
export async function keepFound(db: Database, space: string, found: FoundPerson): Promise<void> {
  await db.transaction('rw', db.spaces, async () => {
    const held = await db.spaces.get(space)
    if (!held?.attendee) return
    const others = held.attendee.found.filter(({ person }) => person !== found.person)
    await db.spaces.update(space, { attendee: { ...held.attendee, found: [...others, found] } })
  })
}

/** Who was found here by this pass before. */
export async function foundByPass(db: Database, space: string, pass: string): Promise<FoundPerson | undefined> {
  return (await db.spaces.get(space))?.attendee?.found.find((found) => found.pass === pass)
}
