import type { ReadonlySignal } from '@preact/signals'
import { may } from '../../core/access.ts'
import { standingFacts } from '../../core/fold.ts'
import { type OpName, opName } from '../db/opName.ts'
import type { OpenSpace } from './openSpace.ts'

/** Which of an event's data left the device as a file, in which form. */
export type Export = {
  what: 'history' | 'results' | 'sheet' | 'maskedSheet' | 'badges' | 'problems' | 'form' | 'rescue'
  format: string
}

/**
 * Notes in the log that data was taken out as a file. A device whose right has ended leaves no such line, and a full
 * disk, which refuses it, must not keep the list from whoever stands in the hall.
 */
export async function noteExport(space: OpenSpace, { what, format }: Export): Promise<void> {
  if (space.isEnded.value || !may(space.role.value, 'exportFull')) return
  await space.commit([{ type: 'add', kind: 'exported', fields: { what, format } }]).catch(() => undefined)
}

/** What only says that somebody read or took something; such a note is an op of its own. */
const noteKinds = ['exported', 'opened']
const notesBySpace = new WeakMap<OpenSpace, ReadonlySignal<Set<OpName>>>()

function notesOf(space: OpenSpace): ReadonlySignal<Set<OpName>> {
  const held = notesBySpace.get(space)
  if (held) return held
  const made = space.view((now) => {
    const notes = noteKinds.flatMap((kind) => [...standingFacts(now, kind)])
    return new Set(notes.map(({ stamp: { dev, n } }) => opName({ space: space.id, dev, n })))
  })
  notesBySpace.set(space, made)
  return made
}

/**
 * How many changes to the attendance list only this device has: a sheet says so, and notes of readers change no sheet.
 */
export function countUnsentChanges(space: OpenSpace): number {
  const { names, count } = space.unsent.value
  if (count === 0) return 0
  const notes = notesOf(space).value
  return [...names].filter((name) => !notes.has(name)).length
}
