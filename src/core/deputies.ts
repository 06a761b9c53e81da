import { foldText } from './name.ts'
import type { Person } from './person.ts'
import type { Attended } from './statistics.ts'

/**
 * Who came in whose place: by the id of the invited person, the person present. An office that somebody stands in for
 * is a text; it counts only when it names exactly one invited person, by position, institution or both, as suggested.
 * Nobody is present through a deputy.
 */
export function findDeputies(people: ReadonlyMap<string, Person>, attended: Attended): Map<string, Person> {
  const deputyByOffice = new Map<string, Person>()
  for (const [id, { represents }] of attended ?? []) {
    const person = people.get(id)
    if (represents && person) deputyByOffice.set(foldText(represents), person)
  }
  const deputies = new Map<string, Person>()
  if (deputyByOffice.size === 0) return deputies
  const holders = new Map<string, string[]>()
  for (const { id, invited, position, institution } of people.values()) {
    if (!invited) continue
    const offices = new Set([position, institution, `${position} ${institution}`].map(foldText))
    for (const office of offices)
      if (deputyByOffice.has(office)) holders.set(office, [...(holders.get(office) ?? []), id])
  }
  for (const [office, deputy] of deputyByOffice) {
    const [holder, ...others] = holders.get(office) ?? []
    if (holder && others.length === 0 && holder !== deputy.id && !attended?.has(holder)) deputies.set(holder, deputy)
  }
  return deputies
}
