import { plainName } from '../../core/name.ts'
import { type Person, type PersonFields, personId, samePerson, setPerson } from '../../core/person.ts'
import { type RoleGroup, roleGroup } from '../../core/role.ts'
import { buildIndex, type Searchable, search } from '../../core/search.ts'
import type { OpenSpace } from './openSpace.ts'

export type PeopleFilter = {
  typed: string
  group?: RoleGroup | undefined
  presence?: 'present' | 'absent' | undefined
  session?: string | undefined
}

const indexes = new WeakMap<Map<string, Person>, Searchable[]>()

/** Sorted by name, built once per state of the people. */
function indexOf(people: Map<string, Person>): Searchable[] {
  const held = indexes.get(people)
  if (held) return held
  const index = buildIndex(people.values())
  indexes.set(people, index)
  return index
}

/** Persons found while typing, by name; at most `limit`. Nothing typed finds nobody. */
export function searchPeople(space: OpenSpace, typed: string, limit = 30): Person[] {
  if (typed.trim() === '') return []
  return byIds(space, search(indexOf(space.people.value), typed, limit))
}

/** The people of an event by name, filtered. */
export function listPeople(space: OpenSpace, filter: PeopleFilter): Person[] {
  const index = indexOf(space.people.value)
  const ids = filter.typed.trim() ? search(index, filter.typed, index.length) : index.map(({ id }) => id)
  const present = filter.session ? space.attendance.value.get(filter.session) : undefined
  return byIds(space, ids).filter(
    (person) =>
      (!filter.group || rolesOf(person).some((role) => roleGroup(role) === filter.group)) &&
      (!filter.presence || (filter.presence === 'present') === (present?.has(person.id) ?? false)),
  )
}

function byIds(space: OpenSpace, ids: string[]): Person[] {
  const people = space.people.value
  return ids.map((id) => people.get(id)).filter((person): person is Person => person !== undefined)
}

/** A person's roles; who has none is a participant. */
export function rolesOf(person: Person): Person['roles'] {
  return person.roles.length > 0 ? person.roles : ['peserta']
}

/** Persons that a walk-in's draft may already be: the same NIP or phone, or the same name without titles. */
export function likelySame(space: OpenSpace, draft: { name: string; nip: string; phone: string }, limit = 3): Person[] {
  const name = plainName(draft.name)
  const found: Person[] = []
  for (const person of space.people.value.values()) {
    if (found.length >= limit) break
    const same =
      (draft.nip !== '' && person.nip === draft.nip) ||
      (draft.phone !== '' && person.phone === draft.phone) ||
      (name.length >= 3 && plainName(person.name) === name)
    if (same) found.push(person)
  }
  return found
}

/** Institutions of the people so far, most frequent first: suggestions while typing. */
export function institutions(space: OpenSpace): string[] {
  const counts = new Map<string, number>()
  for (const { institution } of space.people.value.values())
    if (institution) counts.set(institution, (counts.get(institution) ?? 0) + 1)
  return [...counts].sort((a, b) => b[1] - a[1]).map(([institution]) => institution)
}

/** The id that a new person gets in this event: with a NIP the same on every device. */
export function newPersonId(space: OpenSpace, nip: string): string {
  return personId(space.event.value?.salt ?? '', nip, space.newId)
}

export async function savePerson(space: OpenSpace, id: string, fields: Partial<PersonFields>): Promise<void> {
  await space.commit([setPerson(id, fields)])
}

/** Says that two records are one person; nothing is rewritten, and it can be undone. */
export async function mergePeople(space: OpenSpace, a: string, b: string): Promise<void> {
  await space.commit([samePerson(a, b)])
}
