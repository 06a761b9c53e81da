import type { BallotRow, TicketRefusal, TicketRow } from './ballotRow.ts'
import { type OnError, type Unsubscribe, watch } from './connection.ts'
import type { Database } from './schema.ts'

export type NewBallot = { space: string; form: string; person: string } & NonNullable<TicketRow['held']>

/**
 * Keeps answers to an anonymous form until their ticket is there, in one strict transaction with the end of the draft.
 * `false`: this person has answered from here, in another tab perhaps, and nothing was written.
 */
export async function keepAnswers(db: Database, ballot: NewBallot, draft?: string): Promise<boolean> {
  const { space, form, person, ...held } = ballot
  return db.transaction('rw', [db.tickets, db.drafts], async () => {
    if (draft) await db.drafts.delete(draft)
    if (await db.tickets.get([space, form, person])) return false
    await db.tickets.add({ space, form, person, state: 'waiting', held })
    return true
  })
}

const ticketsOf = (db: Database, space: string | undefined) =>
  space === undefined ? db.tickets.toCollection() : db.tickets.where({ space })
const ballotsOf = (db: Database, space: string | undefined) =>
  space === undefined ? db.ballots.toCollection() : db.ballots.where({ space })

/** What still has to be asked of the server. */
export function waitingTickets(db: Database, space: string): Promise<TicketRow[]> {
  return db.tickets
    .where({ space })
    .filter(({ state }) => state === 'waiting')
    .toArray()
}

/** A ballot leaves at a moment of chance after its ticket, so that the one does not tell of the other. */
export const ballotSpreadMs = 3 * 60_000

/** What goes again waits for a moment of its own, which is not chosen yet. */
const unchosen = Number.POSITIVE_INFINITY

/**
 * What is to be sent now: what waits and whose moment has come. A moment further ahead than chance goes is one of a
 * clock that was put back since.
 */
export function dueBallots(db: Database, space: string, now: number): Promise<BallotRow[]> {
  const isDue = ({ state, sendAt }: BallotRow) =>
    state === 'waiting' && sendAt !== unchosen && (sendAt <= now || sendAt > now + ballotSpreadMs)
  return db.ballots.where({ space }).filter(isDue).toArray()
}

/**
 * Gives a moment to what goes again, as after its ticket, so that it does not tell of the phone that comes back at
 * once; [S7] with it to what was sent under another epoch of the log.
 */
export async function chooseMoments(db: Database, space: string, epoch: string, moment: () => number): Promise<void> {
  const goesAgain = ({ state, sendAt, sentIn }: BallotRow) =>
    (state === 'waiting' && sendAt === unchosen) || (state === 'sent' && sentIn !== epoch)
  const nonces = await db.ballots.where({ space }).filter(goesAgain).primaryKeys()
  if (nonces.length === 0) return
  await db.transaction('rw', db.ballots, async () => {
    const held = (await db.ballots.bulkGet(nonces)).filter((row) => row !== undefined)
    const again = held.filter(goesAgain)
    await db.ballots.bulkPut(again.map((row): BallotRow => ({ ...row, state: 'waiting', sendAt: moment() })))
  })
}

/** Keeps what the first call will ask with, unless another tab was first; what holds comes back. */
export async function keepBlinding(db: Database, row: TicketRow, made: NonNullable<TicketRow['blinding']>) {
  const key = ticketKey(row)
  return db.transaction('rw', db.tickets, async () => {
    const held = await db.tickets.get(key)
    if (!held || held.blinding) return held
    await db.tickets.update(key, { blinding: made })
    return { ...held, blinding: made }
  })
}

const ticketKey = ({ space, form, person }: Pick<TicketRow, 'space' | 'form' | 'person'>) =>
  [space, form, person] as [string, string, string]

/**
 * The ticket is there: from now on the answers are nobody's. In one transaction, so that they are in one place only.
 */
export async function partAnswers(db: Database, row: TicketRow, ballot: { token: string; sendAt: number }) {
  await db.transaction('rw', [db.tickets, db.ballots], async () => {
    const { space, form, person, state, held, blinding } = (await db.tickets.get(ticketKey(row))) ?? row
    if (state !== 'waiting' || !held || !blinding) return
    const { version, answers } = held
    await db.tickets.put({ space, form, person, state: 'given' })
    await db.ballots.put({ nonce: blinding.nonce, space, form, version, answers, ...ballot, state: 'waiting' })
  })
}

/** The server gives no ticket for this, and will not later. */
export async function refuseTicket(db: Database, row: TicketRow, refusedFor: TicketRefusal): Promise<void> {
  await db.tickets.update(ticketKey(row), { state: 'refused', refusedFor })
}

/** Notes what became of a ballot: sent under a name that says nothing of it, or refused for good. */
export async function settleBallot(
  db: Database,
  { nonce }: BallotRow,
  outcome: { sentIn: string; sendAt: number } | 'refused',
): Promise<void> {
  const change = outcome === 'refused' ? { state: 'refused' as const } : { state: 'sent' as const, ...outcome }
  await db.ballots.update(nonce, { ...change, heldFor: undefined })
}

type Held = Pick<TicketRow, 'heldFor' | 'heldSince'>
const isOther = (row: Held, held: Held) => row.heldFor !== held.heldFor || row.heldSince !== held.heldSince

/** The server cannot take it now, and may later: it waits on; with a reason it is shown to a person meanwhile. */
export async function holdTicket(db: Database, row: TicketRow, held: Held): Promise<void> {
  if (isOther(row, held)) await db.tickets.update(ticketKey(row), held)
}

/** The same of a ballot. */
export async function holdBallot(db: Database, row: BallotRow, held: Held): Promise<void> {
  if (isOther(row, held)) await db.ballots.update(row.nonce, held)
}

/**
 * [S7] The server has lost something that was sent from here, perhaps under the epoch that it has now: what was sent
 * goes again, which it counts once, and is called unsent until then. In the caller's transaction.
 */
export async function offerBallots(db: Database, space: string): Promise<void> {
  const sent = await db.ballots
    .where({ space })
    .filter(({ state }) => state === 'sent')
    .toArray()
  await db.ballots.bulkPut(sent.map((row): BallotRow => ({ ...row, state: 'waiting', sendAt: unchosen })))
}

/** Whether the server has taken ballots from here, which a copy of before would lack. */
export async function hasSentBallots(db: Database, space: string): Promise<boolean> {
  const isSent = ({ state }: BallotRow) => state === 'sent'
  return (await db.ballots.where({ space }).filter(isSent).limit(1).count()) > 0
}

/** Whether it waits although the server was asked and could not take it. */
const isHeldUp = ({ state, heldFor }: TicketRow | BallotRow) => state === 'waiting' && heldFor !== undefined
const needsLook = (row: TicketRow | BallotRow) => row.state === 'refused' || isHeldUp(row)

export type BallotCount = { waiting: number; refused: number; held: number; unread: number; oldest: number }

/**
 * Answers to anonymous forms that the server has not got, and since when; and those that it did not take, `held` of which
 * still wait for it, `unread` of these since it could not make out what was answered.
 */
export async function countBallots(db: Database, space?: string): Promise<BallotCount> {
  const count: BallotCount = { waiting: 0, refused: 0, held: 0, unread: 0, oldest: Number.POSITIVE_INFINITY }
  const add = (row: TicketRow | BallotRow, since: number) => {
    if (isHeldUp(row)) count.held++
    if (isHeldUp(row) && row.heldFor === 'badRequest') count.unread++
    if (needsLook(row)) count.refused++
    else if (row.state === 'waiting') {
      count.waiting++
      count.oldest = Math.min(count.oldest, since)
    }
  }
  await ticketsOf(db, space).each((row) => add(row, row.held?.writtenAt ?? 0))
  await ballotsOf(db, space).each((row) => add(row, row.sendAt))
  return count
}

/** What the server did not take, after a person has looked: tried again, or let go of; it stays here in both cases. */
export async function decideRefused(db: Database, space: string, state: 'waiting' | 'released'): Promise<void> {
  await db.transaction('rw', [db.tickets, db.ballots], async () => {
    const decided = { state, heldFor: undefined }
    await db.tickets.where({ space }).filter(needsLook).modify(decided)
    await db.ballots
      .where({ space })
      .filter(needsLook)
      .modify({ ...decided, sendAt: unchosen })
  })
}

/** Which persons have answered which anonymous forms from here, now and on each change in any tab. */
export function watchTickets(db: Database, onTickets: (tickets: TicketRow[]) => void, onError?: OnError): Unsubscribe {
  return watch(db, () => db.tickets.toArray(), onTickets, onError)
}
