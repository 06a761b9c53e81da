import { may } from '../../core/access.ts'
import { closeList, reopenList } from '../../core/closing.ts'
import type { SessionRecord } from '../../core/event.ts'
import { dayAt, wallTimeAt } from '../../core/time.ts'
import type { OpenSpace } from './openSpace.ts'

/** The sessions that take place: without those that were deleted and are only shown for their attendance. */
export function heldSessions(space: Pick<OpenSpace, 'sessions'>): SessionRecord[] {
  return space.sessions.value.filter(({ deleted }) => !deleted)
}

/** Whether this device may record somebody at a session. */
export function mayCheckIn(space: OpenSpace, session: SessionRecord): boolean {
  return !session.deleted && may(space.role.value, 'checkIn')
}

/**
 * The session that a screen is about: the wanted one, also when it was deleted, else the one of the moment in the
 * event's zone (of today's the last that has begun), else the first.
 */
export function sessionOfMoment(
  space: Pick<OpenSpace, 'sessions' | 'event' | 'now'>,
  wanted: string | undefined,
): SessionRecord | undefined {
  const named = space.sessions.value.find(({ id }) => id === wanted)
  if (named) return named
  const sessions = heldSessions(space)
  const zone = space.event.value?.zone ?? 'WIB'
  const [day, time] = [dayAt(space.now(), zone), wallTimeAt(space.now(), zone)]
  const today = sessions.filter((session) => session.day === day)
  return today.filter(({ start }) => start <= time).at(-1) ?? today[0] ?? sessions[0]
}

/** Closes the attendance list of a session; what was recorded before, on whichever phone, is not late. */
export async function closeSession(space: OpenSpace, session: string): Promise<void> {
  await space.commit([closeList(session)])
}

/** Opens it again, with the reason that the history tells. */
export async function reopenSession(space: OpenSpace, session: string, reason: string): Promise<void> {
  await space.commit([reopenList(session, reason)])
}
