import { dayMs } from '../../core/time.ts'
import type { Failure } from '../../protocol/failure.ts'
import type { Hint } from '../../protocol/hints.ts'
import { hasSentBallots } from '../db/ballots.ts'
import { eraseEnded } from '../db/ended.ts'
import { renameUnsent } from '../db/outbox.ts'
import { pruneBallots, pruneBlobs, pruneCarried, pruneOutbox } from '../db/prune.ts'
import { listSpaces, readSpace } from '../db/spaces.ts'
import { createBallotSender } from './ballots.ts'
import { pushCarried } from './carry.ts'
import { serverNow } from './clock.ts'
import { pullSpace } from './pull.ts'
import { type PushParts, pushSpace } from './push.ts'
import { offerBlindly } from './reoffer.ts'
import { viewSpace } from './view.ts'

export type RoundParts = PushParts & {
  /** Whether the server knows this browser as a device. */
  isEnrolled: () => boolean
  /** Asks the server who we are and brings the grants up to date. */
  refreshSession: () => Promise<Failure | undefined>
  /** [S11] This device was revoked as a whole: it erases itself once all is handed over. */
  leave: () => Promise<void>
  wall: () => number
  random: () => number
}

/**
 * How a round went. `reached`: the server answered in it, whatever else failed: a push that a proxy stops or that a slow
 * line does not carry is no missing network ([S2]). `heldUp`: just that happened to a space that was read. `refusals`: what
 * concerns one space only, by space. `crash`: a bug, or a disk that is full.
 */
export type Outcome = {
  failure: Failure | undefined
  reached: boolean
  heldUp?: boolean
  refusals?: ReadonlyMap<string, Failure>
  crash?: { error: unknown } | undefined
}

/** What one round does; when, is the engine's to say. */
export type Rounds = {
  /**
   * Sends and reads every space; the first failure that concerns all of them ends the round. A crash in one is told of
   * after the others had their turn.
   */
  all: () => Promise<Outcome>
  /** Sends and reads the spaces that have grown beyond what this device holds; says whether the server was reached. */
  some: (hints: Hint[]) => Promise<boolean>
  /** The next round asks who we are, however lately that was asked, and knocks where it was told to wait. */
  askSessionAgain: () => void
}

const sessionFreshMs = 60_000
const pruneEveryMs = dayMs

/** Failures that one space's refusal must not spread to the others ([S2]). */
export const ofOneSpace = new Set<Failure['kind']>([
  'forbidden',
  'notFound',
  'badRequest',
  'tooLarge',
  'clientTooOld',
  'shareUsed',
])
/** The server did not answer at all; every other failure is its own word. */
export const unreached = new Set<Failure['kind']>(['offline', 'timeout', 'notHadir'])
const isAnswer = (failure: Failure | undefined) => !failure || !unreached.has(failure.kind)

/** One round after the other: session, push, ballots, pull, for each space in turn. */
export function createRounds(parts: RoundParts): Rounds {
  const { db, link, wall } = parts
  const sendBallots = createBallotSender(parts)
  /** The space that ended the last round: the next one begins behind it, so that it holds up nobody for ever. */
  let troubled: string | undefined
  let sessionAt = Number.NEGATIVE_INFINITY
  let prunedAt = Number.NEGATIVE_INFINITY
  /**
   * Spaces that take nothing more from here for a while, why, and when they said so: everything else goes on there. The
   * clock may have been put back since.
   */
  const refusing = new Map<string, { failure: Failure; at: number; waitMs: number }>()

  /** Attendees' spaces that were looked at before anything was offered blindly there. */
  const looked = new Set<string>()

  /**
   * [S7] What goes to a server that has lost something may get the place of that in the log: nothing would tell then that
   * ballots were lost as well. So a device that has sent any looks first, and offers nothing blindly before it has seen.
   */
  async function lookFirst(space: string): Promise<Failure | undefined> {
    if (looked.has(space)) return undefined
    const isConcerned = (await readSpace(db, space))?.role === 'attendee' && (await hasSentBallots(db, space))
    const failure = isConcerned ? await viewSpace(db, link, space) : undefined
    if (failure && !ofOneSpace.has(failure.kind)) return failure
    looked.add(space)
    return undefined
  }

  async function syncSpace(space: string): Promise<Outcome> {
    const refusal = refusing.get(space)
    const waits = refusal !== undefined && Math.abs(wall() - refusal.at) < refusal.waitMs
    /** What is new may fill up the log as well; it is held up by nothing. */
    const offer = async () => {
      const unseen = await lookFirst(space)
      return (await pushSpace(parts, space)) ?? unseen ?? (await offerBlindly(parts, space))
    }
    const pushed = waits ? refusal.failure : await offer()
    if (!waits && pushed?.retryAfterMs !== undefined && ofOneSpace.has(pushed.kind))
      refusing.set(space, { failure: pushed, at: wall(), waitMs: pushed.retryAfterMs })
    const carried = !pushed || ofOneSpace.has(pushed.kind) ? await pushCarried(db, link, space) : undefined
    const held = await readSpace(db, space)
    const pulled = await (held?.role === 'attendee' ? viewSpace : pullSpace)(db, link, space)
    /**
     * [S8] Not before: what the log holds, perhaps as others brought it back ([S7]), keeps the name that it has there.
     */
    const isRead = !pulled || ofOneSpace.has(pulled.kind)
    const again = isRead && (await renameUnsent(db, space)) && !waits ? await pushSpace(parts, space) : undefined
    await pruneCarried(db, space)
    /** What may still go goes before them, since it may hold whom they are for; what stays refused holds up nobody. */
    const unsent = [pushed, carried].filter((failure) => failure !== undefined)
    const work = unsent.length === 0 ? 'sent' : unsent.every(({ kind }) => ofOneSpace.has(kind)) ? 'refused' : 'waits'
    const voted = isAnswer(pulled) ? await sendBallots(space, work) : undefined
    /** What was revoked is not read. */
    const reached = !held?.revoked && isAnswer(pulled)
    /** What the quarantine may still take, as of a log that was put back, is not erased before. */
    const isTaken = !pushed || (ofOneSpace.has(pushed.kind) && pushed.retryAfterMs === undefined)
    if (isTaken && (await eraseEnded(db, space, wall()))) return { failure: undefined, reached }
    const failure = pushed ?? carried ?? pulled ?? again ?? voted
    return { failure, reached, heldUp: reached && !isAnswer(failure) }
  }

  return {
    all: async () => {
      let failed: Failure | undefined
      let reached = false
      let hasTold = false
      if (Math.abs(wall() - sessionAt) > sessionFreshMs) {
        failed = await parts.refreshSession()
        if (!isAnswer(failed)) return { failure: failed, reached }
        reached = true
        hasTold = !failed
        if (hasTold) sessionAt = wall()
      }
      if (!parts.isEnrolled()) return { failure: failed, reached }
      const spaces = (await listSpaces(db)).map(({ space }) => space)
      const from = troubled === undefined ? 0 : spaces.indexOf(troubled) + 1
      troubled = undefined
      let crash: { error: unknown } | undefined
      const refusals = new Map<string, Failure>()
      for (const space of [...spaces.slice(from), ...spaces.slice(0, from)]) {
        try {
          const { failure, reached: isRead, heldUp } = await syncSpace(space)
          failed ??= failure
          reached ||= isRead
          if (failure && ofOneSpace.has(failure.kind)) refusals.set(space, failure)
          else if (failure) {
            troubled = space
            return { failure, reached, heldUp, refusals }
          }
        } catch (error) {
          crash ??= { error }
        }
      }
      if (crash) return { failure: failed, reached, refusals, crash }
      if (!failed) await parts.leave()
      /**
       * What is old is said by the server's clock, which the session has told: this device's may have jumped. What one
       * space refuses keeps nothing old in the others.
       */
      if (hasTold && Math.abs(wall() - prunedAt) > pruneEveryMs) {
        prunedAt = wall()
        const now = await serverNow(db, wall())
        for (const space of spaces) {
          await pruneOutbox(db, space, now)
          await pruneBallots(db, space, now)
        }
        await pruneBlobs(db, now)
      }
      return { failure: failed, reached, refusals }
    },
    some: async (hints) => {
      let reached = false
      for (const { space, epoch, head } of parts.isEnrolled() ? hints : []) {
        const held = await readSpace(db, space)
        if (!held || held.revoked || (held.epoch === epoch && held.seq >= head)) continue
        reached = (await syncSpace(space)).reached || reached
      }
      return reached
    },
    askSessionAgain: () => {
      sessionAt = Number.NEGATIVE_INFINITY
      refusing.clear()
    },
  }
}
