import { ballotBox, ballotName } from '../../core/form/ballot.ts'
import { leastShown } from '../../core/form/groups.ts'
import { chainStart, opVersion } from '../../core/op.ts'
import { dayMs } from '../../core/time.ts'
import type { Store } from '../store/store.ts'
import type { BallotPlace } from './tickets.ts'

/** The day of a moment, counted from 1970: all that is kept of when a ballot came. */
export function ballotDay(now: number): number {
  return Math.floor(now / dayMs)
}

/**
 * Puts the waiting ballots of a form into the log, in the order of chance and at one time, once there are five of them
 * or one has waited for a day: the log does not tell in which order they came. Done again after a crash, it adds
 * nothing.
 */
export async function emptyBallotBox(store: Store, { space, form }: BallotPlace, now: number): Promise<boolean> {
  const waiting = await store.listBallots(space, form)
  const isOld = waiting.some(({ day }) => day < ballotDay(now))
  if (waiting.length === 0 || (waiting.length < leastShown && !isOld)) return false
  const dev = ballotBox(form)
  const ops = waiting.map(({ nonce, body }) => {
    const op = { v: opVersion, space, dev, n: ballotName(nonce).n, wall: now, at: now, body }
    return { op, link: nonce, verdict: 'commit' as const }
  })
  const previous = Buffer.from(chainStart).toString('base64url')
  await store.append(space, { dev, receivedAt: now, previous, signature: '', ops })
  await store.dropBallots(
    space,
    form,
    waiting.map(({ nonce }) => nonce),
  )
  return true
}
