import { foldText, plainName, soundOf } from './name.ts'
import { compareRecords, type Person } from './person.ts'

/** Why two records may be one person, from strong to weak. */
const likenesses = ['nip', 'phone', 'name'] as const
export type Likeness = (typeof likenesses)[number]

/** A record that somebody made of himself or a facilitator at the door, and the record that he may already have. */
export type Duplicate = { person: string; same: string; by: Likeness }

const soundOfName = ({ name }: Person) => soundOf(plainName(name))

/**
 * What each likeness compares; `''` is like nothing. A secretary signs in three chiefs with one telephone, so a number
 * counts only with a name that sounds the same (domain.md 2.4).
 */
const keyOf: Record<Likeness, (person: Person) => string> = {
  nip: ({ nip }) => (/^\d{8,}$/.test(nip) ? nip : ''),
  phone: (person) => (person.phone && soundOfName(person) ? `${person.phone} ${soundOfName(person)}` : ''),
  name: (person) => {
    const [name, institution] = [soundOfName(person), foldText(person.institution)]
    return name.length >= 3 && institution ? `${name} ${institution}` : ''
  },
}

/** The records that share a key, the invited first, so that what was typed at the door is held against the list. */
function groups(people: Person[], by: Likeness): Map<string, Person[]> {
  const found = new Map<string, Person[]>()
  for (const person of people) {
    const key = keyOf[by](person)
    if (key) found.set(key, [...(found.get(key) ?? []), person])
  }
  return found
}

/**
 * Records of people who were not invited that may be somebody who is on the list already, each once and by its
 * strongest likeness. A namesake whose number differs is somebody else; where two of the list fit, a person has to
 * look.
 */
export function findDuplicates(people: ReadonlyMap<string, Person>): Duplicate[] {
  const all = [...people.values()].sort(compareRecords)
  const seen = new Set<string>()
  return likenesses.flatMap((by) => {
    const grouped = groups(all, by)
    return all.flatMap((person): Duplicate[] => {
      if (person.invited || seen.has(person.id)) return []
      const like = grouped.get(keyOf[by](person)) ?? []
      const others = like.slice(0, like.indexOf(person)).filter((other) => by === 'nip' || !differs(person, other))
      const fitting = by === 'nip' ? others.slice(0, 1) : others.filter(({ invited }) => invited)
      const [same, another] = fitting
      if (!same || another) return []
      seen.add(person.id)
      return [{ person: person.id, same: same.id, by }]
    })
  })
}

/** Both have a number, and not the same one. */
const differs = (a: Person, b: Person) => a.nip !== '' && b.nip !== '' && a.nip !== b.nip
