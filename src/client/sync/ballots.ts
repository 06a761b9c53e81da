import type { Failure } from '../../protocol/failure.ts'
import type { BallotHold, BallotRow, TicketRow } from '../db/ballotRow.ts'
import {
  ballotSpreadMs,
  chooseMoments,
  dueBallots,
  holdBallot,
  holdTicket,
  keepBlinding,
  partAnswers,
  refuseTicket,
  settleBallot,
  waitingTickets,
} from '../db/ballots.ts'
import type { Database } from '../db/schema.ts'
import { readSpace } from '../db/spaces.ts'
import { serverNow } from './clock.ts'
import type { Link } from './link.ts'

export type BallotParts = {
  db: Database
  link: Link
  /** This device's clock, epoch ms. */
  wall: () => number
  /** From 0 to 1: how much of `ballotSpreadMs` lies between a ticket, or a loss, and the ballot. */
  random: () => number
}

/**
 * What a server that was put back may know again: whoever asked is not seen there yet, or the form is not. It is asked
 * again and again, and a person sees why it waits: it may as well be for ever.
 */
const isPassing = (kind: Failure['kind']): kind is BallotHold =>
  kind === 'forbidden' || kind === 'notFound' || kind === 'badRequest'
/** What it will not take of a ballot however often it is sent: a token of another key, answers that are too long. */
const final = new Set<Failure['kind']>(['forbidden', 'tooLarge'])
const retryMs = 60_000
/** So long it waits without a word: who keeps the list of the present may not have sent it yet. */
const quietMs = 15 * 60_000

/** What became of a space's ops, which may say that somebody was there: all are sent, some are refused, or may go yet. */
export type Work = 'sent' | 'refused' | 'waits'

/**
 * Answers to anonymous forms: asks for the tickets of a space, unless those whom they are for may still be on their way
 * to the server, and sends the ballots whose moment has come. Each can be repeated: a lost answer is asked for again
 * with the same (RFC 9497).
 */
export function createBallotSender({ db, link, wall, random }: BallotParts) {
  /** When the server could not judge a ticket or a ballot yet, by its name; the clock may have been put back since. */
  const triedAt = new Map<string, number>()
  const since = (at: number) => Math.abs(wall() - at)
  /** What bears a mark: a person's word takes it away, and is not waited with. */
  const marked = new Set<string>()

  function mayTry(name: string, { heldFor }: TicketRow | BallotRow): boolean {
    if (heldFor !== undefined) marked.add(name)
    else if (marked.delete(name)) return true
    return since(triedAt.get(name) ?? Number.NEGATIVE_INFINITY) >= retryMs
  }

  /** It is asked for again in a while, and shown to a person once that has gone on for long. */
  function hold(name: string, { heldSince = wall() }: TicketRow | BallotRow, heldFor: BallotHold) {
    triedAt.set(name, wall())
    if (since(heldSince) < quietMs) return { heldSince }
    marked.add(name)
    return { heldSince, heldFor }
  }

  const moment = () => Math.round(wall() + random() * ballotSpreadMs)

  async function askTicket(row: TicketRow, work: Work): Promise<Failure | undefined> {
    const { makeBlinding, unblind } = await import('./blinding.ts')
    const made = row.blinding ?? makeBlinding(crypto.getRandomValues(new Uint8Array(32)))
    const kept = await keepBlinding(db, row, made)
    if (!kept?.blinding || kept.state !== 'waiting') return undefined
    const { space, form, person, blinding } = kept
    const answer = await link.ticket(space, form, { person, blinded: blinding.blinded })
    if (answer.ok) {
      const token = unblind(blinding, answer.value)
      if (token) await partAnswers(db, row, { token, sendAt: moment() })
      else await refuseTicket(db, row, 'badProof')
      return undefined
    }
    const { failure } = answer
    /** Where ops are refused, those may be all that is missing: then a person need not look at the ticket. */
    if (failure.kind === 'used') await refuseTicket(db, row, 'used')
    else if (!isPassing(failure.kind)) return failure
    else if (work === 'refused') triedAt.set(nameOf(row), wall())
    else await holdTicket(db, row, hold(nameOf(row), row, failure.kind))
    return undefined
  }

  async function sendBallot(row: BallotRow, epoch: string): Promise<Failure | undefined> {
    const { nonce, space, form, version, token, answers } = row
    const answer = await link.ballot({ space, form, version, nonce, token, answers })
    if (answer.ok) {
      await settleBallot(db, row, { sentIn: epoch, sendAt: await serverNow(db, wall()) })
      return undefined
    }
    const { failure } = answer
    if (final.has(failure.kind)) await settleBallot(db, row, 'refused')
    else if (isPassing(failure.kind)) await holdBallot(db, row, hold(nonce, row, failure.kind))
    else return failure
    return undefined
  }

  /** The first failure that concerns all ends it. */
  return async (space: string, work: Work): Promise<Failure | undefined> => {
    for (const row of work === 'waits' ? [] : await waitingTickets(db, space)) {
      const failure = mayTry(nameOf(row), row) ? await askTicket(row, work) : undefined
      if (failure) return failure
    }
    const epoch = (await readSpace(db, space))?.epoch ?? ''
    for (const row of await dueBallots(db, space, wall())) {
      const failure = mayTry(row.nonce, row) ? await sendBallot(row, epoch) : undefined
      if (failure) return failure
    }
    await chooseMoments(db, space, epoch, moment)
    return undefined
  }
}

const nameOf = ({ space, form, person }: TicketRow) => `${space} ${form} ${person}`
