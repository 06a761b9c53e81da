import { textOf } from './fields.ts'
import { type Space, standingFacts } from './fold.ts'
import type { Change } from './op.ts'
import { canonicalIds, type Person, readPerson } from './person.ts'

/** Records that are one person: every record as it was written, and the facts that say so. */
export type Merge = { records: Person[]; facts: string[] }

/** What was merged, by canonical person. Persons that were never merged are not in the map. */
export function readMerges(space: Space): Map<string, Merge> {
  const canonical = canonicalIds(space)
  const persons = space.records.get('person')
  const merges = new Map<string, Merge>()
  for (const [id, root] of canonical) {
    const merge = merges.get(root) ?? { records: [], facts: [] }
    merges.set(root, merge)
    const entry = persons?.get(id)
    if (entry) merge.records.push(readPerson(id, entry))
  }
  for (const fact of standingFacts(space, 'same')) {
    const root = canonical.get(textOf(fact.fields, 'a'))
    if (root) merges.get(root)?.facts.push(fact.id)
  }
  return merges
}

/** Parts the records of a merge again; a merge that its author had not seen survives. */
export function undoMerge(merge: Merge, reason: string): Change {
  return { type: 'void', facts: merge.facts, reason }
}
