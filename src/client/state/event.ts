import { setEvent, setSession } from '../../core/event.ts'
import type { OpenSpace } from './openSpace.ts'
import type { NewEvent, NewSession } from './spaces.ts'

/** An event as a form holds it: sessions by key, which is the session's id once it is saved. */
export type EventVersion = { event: NewEvent; sessions: Map<string, NewSession & { deleted: boolean }> }

const isSame = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b)

/** The fields of `after` that differ from `before`, or `undefined` when none does. */
function changed<T extends object>(before: T, after: T): Partial<T> | undefined {
  const fields: Partial<T> = {}
  for (const name in after) if (!isSame(before[name], after[name])) fields[name] = after[name]
  return Object.keys(fields).length > 0 ? fields : undefined
}

/**
 * Writes what was changed between two versions of an event as one op, and nothing else: what another device changed
 * meanwhile in other fields stays.
 */
export async function updateEvent(space: OpenSpace, before: EventVersion, after: EventVersion): Promise<void> {
  const eventFields = changed(before.event, after.event)
  const changes = eventFields ? [setEvent(space.event.value?.id ?? space.id, eventFields)] : []
  for (const [key, session] of after.sessions) {
    const held = before.sessions.get(key)
    const fields = held ? changed(held, session) : session
    if (fields) changes.push(setSession(held ? key : space.newId(), fields))
  }
  if (changes.length > 0) await space.commit(changes)
}
