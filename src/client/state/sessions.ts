import type { SessionRecord } from '../../core/event.ts'
import { dayAt, wallTimeAt } from '../../core/time.ts'
import type { OpenSpace } from './openSpace.ts'

/**
 * The session that a screen is about: the wanted one, else the one of the moment in the event's zone (of today's the
 * last that has begun), else the first.
 */
export function sessionOfMoment(space: OpenSpace, wanted: string | undefined): SessionRecord | undefined {
  const sessions = space.sessions.value
  const named = sessions.find(({ id }) => id === wanted)
  if (named) return named
  const zone = space.event.value?.zone ?? 'WIB'
  const [day, time] = [dayAt(space.now(), zone), wallTimeAt(space.now(), zone)]
  const today = sessions.filter((session) => session.day === day)
  return today.filter(({ start }) => start <= time).at(-1) ?? today[0] ?? sessions[0]
}
