import { signal } from '@preact/signals'
import { readEvent, readSessions } from '../../core/event.ts'
import { applyOp, emptySpace, type FoldedOp } from '../../core/fold.ts'
import { readOffices } from '../../core/offices.ts'
import { readPeople } from '../../core/person.ts'
import { readSignIn } from '../../core/signIn.ts'
import type { OpenSpace } from './openSpace.ts'

/** What an attendee's form reads of an event; an open space has all of it. */
export type FormSpace = Pick<OpenSpace, 'id' | 'event' | 'sessions' | 'people' | 'offices' | 'signIn' | 'now'>

/** The event as a server's answer has it, before there is a database: enough to fill in a form, not to save one. */
export function createFormSpace(id: string, ops: FoldedOp[], now: () => number): FormSpace {
  const space = emptySpace()
  for (const op of ops) applyOp(space, op)
  return {
    id,
    event: signal(readEvent(space)),
    sessions: signal(readSessions(space)),
    people: signal(readPeople(space)),
    offices: signal(readOffices(space)),
    signIn: signal(readSignIn(space)),
    now,
  }
}
