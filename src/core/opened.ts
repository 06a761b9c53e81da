import { oneOf, textOf } from './fields.ts'
import { type Space, standingFacts } from './fold.ts'
import type { OpenedHow } from './material.ts'

/** Who opened or kept a material: devices, and persons where they said who they are. */
export type Readers = Record<OpenedHow, Set<string>> & { people: Set<string> }

/** The readers of each material. A device that says so twice counts once. */
export function readReaders(space: Space): Map<string, Readers> {
  const readers = new Map<string, Readers>()
  for (const { fields, stamp } of standingFacts(space, 'opened')) {
    const material = textOf(fields, 'm')
    const of = readers.get(material) ?? { opened: new Set(), saved: new Set(), people: new Set() }
    readers.set(material, of)
    of[oneOf(fields, 'how', ['opened', 'saved'], 'opened')].add(stamp.dev)
    const person = textOf(fields, 'p')
    if (person) of.people.add(person)
  }
  return readers
}
