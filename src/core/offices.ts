import { flagOf, listOf, textOf } from './fields.ts'
import type { Space } from './fold.ts'

/**
 * A record that is in no log: the server writes it into an attendee's view (core/view.ts), whose list of people is not
 * there.
 */
export const officesKind = 'offices'

const mostOffices = 100
/** Whom the name of an office says nothing about: it stands beside at least so many of the invited. */
const leastPeople = 2

/** The offices that several people were invited of, most frequent first: public names, and nobody's own words. */
export function invitedOfficesOf(space: Space): string[] {
  const counts = new Map<string, number>()
  for (const { fields } of space.records.get('person')?.values() ?? []) {
    const office = textOf(fields, 'institution')
    if (office && flagOf(fields, 'invited') && !flagOf(fields, 'deleted'))
      counts.set(office, (counts.get(office) ?? 0) + 1)
  }
  return [...counts]
    .filter(([, count]) => count >= leastPeople)
    .sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1))
    .slice(0, mostOffices)
    .map(([office]) => office)
}

/** Offices that an attendee is offered while typing. */
export function readOffices(space: Space): string[] {
  const record = space.records.get(officesKind)?.get(officesKind)
  return listOf(record?.fields.names, (name) => (typeof name === 'string' ? name : undefined))
}
