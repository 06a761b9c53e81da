import type { Failure } from '../../protocol/failure.ts'
import type { Hint } from '../../protocol/hints.ts'
import { eraseEnded } from '../db/ended.ts'
import { pruneCarried, pruneOutbox } from '../db/prune.ts'
import type { Database } from '../db/schema.ts'
import { listSpaces, readSpace } from '../db/spaces.ts'
import { createBallotSender } from './ballots.ts'
import { pushCarried } from './carry.ts'
import type { Link } from './link.ts'
import { pullSpace } from './pull.ts'
import { type PushParts, pushSpace } from './push.ts'
import { offerBlindly } from './reoffer.ts'
import { viewSpace } from './view.ts'

export type RoundParts = Omit<PushParts, 'device'> & {
  db: Database
  link: Link
  /** `undefined` until this browser is a device. */
  device: () => ReturnType<PushParts['device']> | undefined
  /** Asks the server who we are and brings the grants up to date. */
  refreshSession: () => Promise<Failure | undefined>
  /** [S11] This device was revoked as a whole: it erases itself once all is handed over. */
  leave: () => Promise<void>
  wall: () => number
  random: () => number
}

/** What one round does; when, is the engine's to say. */
export type Rounds = {
  /**
   * Sends and reads every space; the first failure that concerns all of them ends the round. A bug in one is thrown after
   * the others had their turn.
   */
  all: () => Promise<Failure | undefined>
  /** Sends and reads the spaces that have grown beyond what this device holds; says whether the server was reached. */
  some: (hints: Hint[]) => Promise<boolean>
  /** The next round asks who we are, however lately that was asked, and knocks where it was told to wait. */
  askSessionAgain: () => void
}

const sessionFreshMs = 60_000
const pruneEveryMs = 86_400_000

/** Failures that one space's refusal must not spread to the others ([S2]). */
export const ofOneSpace = new Set<Failure['kind']>([
  ...(['forbidden', 'notFound', 'badRequest', 'tooLarge', 'clientTooOld', 'shareUsed'] as const),
])
/** The server did not answer at all; every other failure is its own word. */
export const unreached = new Set<Failure['kind']>(['offline', 'timeout', 'notHadir'])

export function createRounds(parts: RoundParts): Rounds {
  const { db, link, wall } = parts
  const sendBallots = createBallotSender(parts)
  /** The space that ended the last round: the next one begins behind it, so that it holds up nobody for ever. */
  let troubled: string | undefined
  let sessionAt = Number.NEGATIVE_INFINITY
  let prunedAt = Number.NEGATIVE_INFINITY
  /** Spaces that take nothing more from here for a while, and why: everything else goes on there. */
  const refusing = new Map<string, { failure: Failure; until: number }>()

  async function syncSpace(space: string, device: NonNullable<ReturnType<RoundParts['device']>>) {
    const pushing = { db, link, device: () => parts.device() ?? device, renewDevice: parts.renewDevice }
    const refusal = refusing.get(space)
    const waits = refusal !== undefined && refusal.until > wall()
    const pushed = waits ? refusal.failure : ((await pushSpace(pushing, space)) ?? (await offerBlindly(pushing, space)))
    if (!waits && pushed?.retryAfterMs !== undefined && ofOneSpace.has(pushed.kind))
      refusing.set(space, { failure: pushed, until: wall() + pushed.retryAfterMs })
    const carried = !pushed || ofOneSpace.has(pushed.kind) ? await pushCarried(db, link, space) : undefined
    const isAttendee = (await readSpace(db, space))?.role === 'attendee'
    const pulled = await (isAttendee ? viewSpace : pullSpace)(db, link, space)
    await pruneCarried(db, space)
    const voted = pulled && unreached.has(pulled.kind) ? undefined : await sendBallots(space, !pushed && !carried)
    /** What the quarantine may still take, as of a log that was put back, is not erased before. */
    const isTaken = !pushed || (ofOneSpace.has(pushed.kind) && pushed.retryAfterMs === undefined)
    if (isTaken && (await eraseEnded(db, space, wall()))) return undefined
    return pushed ?? carried ?? pulled ?? voted
  }

  return {
    all: async () => {
      let failed: Failure | undefined
      if (Math.abs(wall() - sessionAt) > sessionFreshMs) {
        failed = await parts.refreshSession()
        if (failed && unreached.has(failed.kind)) return failed
        if (!failed) sessionAt = wall()
      }
      const device = parts.device()
      if (!device) return failed
      const spaces = (await listSpaces(db)).map(({ space }) => space)
      const from = troubled === undefined ? 0 : spaces.indexOf(troubled) + 1
      troubled = undefined
      let crash: { error: unknown } | undefined
      for (const space of [...spaces.slice(from), ...spaces.slice(0, from)]) {
        try {
          const failure = await syncSpace(space, device)
          failed ??= failure
          if (!failure || ofOneSpace.has(failure.kind)) continue
          troubled = space
          return failure
        } catch (error) {
          crash ??= { error }
        }
      }
      if (crash) throw crash.error
      if (!failed) await parts.leave()
      if (Math.abs(wall() - prunedAt) > pruneEveryMs) {
        prunedAt = wall()
        for (const space of spaces) await pruneOutbox(db, space, wall())
      }
      return failed
    },
    some: async (hints) => {
      let reached = false
      const device = parts.device()
      for (const { space, epoch, head } of device ? hints : []) {
        const held = await readSpace(db, space)
        if (!device || !held || held.revoked || (held.epoch === epoch && held.seq >= head)) continue
        const failure = await syncSpace(space, device)
        reached ||= !failure || !unreached.has(failure.kind)
      }
      return reached
    },
    askSessionAgain: () => {
      sessionAt = Number.NEGATIVE_INFINITY
      refusing.clear()
    },
  }
}
