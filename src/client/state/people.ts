import { type Duplicate, findDuplicates } from '../../core/duplicates.ts'
import { undoMerge } from '../../core/merge.ts'
import { plainName, soundOf } from '../../core/name.ts'
import { compareRecords, type Person, type PersonFields, personId, samePerson, setPerson } from '../../core/person.ts'
import { type RoleGroup, roleGroup } from '../../core/role.ts'
import { buildIndex, type Searchable, search } from '../../core/search.ts'
import { hintsOf } from './hints.ts'
import type { OpenSpace } from './openSpace.ts'

/** `noNumber`: whose NIP was lost or never known, to be repaired. `review`: whose attendance has open hints. */
export const presences = ['present', 'absent', 'represented', 'walkIn', 'noNumber', 'review'] as const
export type PresenceFilter = (typeof presences)[number]

export type PeopleFilter = {
  typed: string
  group?: RoleGroup | undefined
  presence?: PresenceFilter | undefined
  /** Exactly this institution; `''` finds those without one. */
  institution?: string | undefined
  session?: string | undefined
  /** By name unless said otherwise; those who have not arrived come last. */
  order?: 'arrival' | undefined
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

/** Builds the index of the search now, so that the first letter typed does not wait for it. */
export function prepareSearch(space: OpenSpace): void {
  indexOf(space.people.value)
}

/** Persons found while typing, by name; at most `limit`. Nothing typed finds nobody. */
export function searchPeople(space: OpenSpace, typed: string, limit = 30): Person[] {
  if (typed.trim() === '') return []
  return byIds(space, search(indexOf(space.people.value), typed, limit))
}

/** The people of an event, filtered. */
export function listPeople(space: OpenSpace, filter: PeopleFilter): Person[] {
  const index = indexOf(space.people.value)
  const ids = filter.typed.trim() ? search(index, filter.typed, index.length) : index.map(({ id }) => id)
  const attended = filter.session ? space.attendance.value.get(filter.session) : undefined
  const arrivedAt = (person: Person) => attended?.get(person.id)?.arrivedAt ?? Number.MAX_SAFE_INTEGER
  const toReview = filter.presence === 'review' ? hintsOf(space).open : undefined
  const isPresence = (person: Person): boolean => {
    const attendance = attended?.get(person.id)
    if (filter.presence === 'noNumber') return person.nip === ''
    if (toReview) return toReview.has(person.id)
    if (filter.presence === 'absent') return !attendance
    if (filter.presence === 'represented') return Boolean(attendance?.represents)
    return attendance !== undefined && (filter.presence === 'present' || !person.invited)
  }
  const found = byIds(space, ids).filter(
    (person) =>
      (!filter.group || rolesOf(person).some((role) => roleGroup(role) === filter.group)) &&
      (filter.institution === undefined || person.institution === filter.institution) &&
      (!filter.presence || isPresence(person)),
  )
  return filter.order === 'arrival' ? found.sort((a, b) => arrivedAt(a) - arrivedAt(b)) : found
}

function byIds(space: OpenSpace, ids: string[]): Person[] {
  const people = space.people.value
  return ids.map((id) => people.get(id)).filter((person): person is Person => person !== undefined)
}

/** The person of an id, also of one that was merged into another. */
export function findPerson(space: OpenSpace, id: string): Person | undefined {
  const people = space.people.value
  const held = people.get(id)
  if (held) return held
  for (const [root, { records }] of space.merges.value)
    if (records.some((record) => record.id === id)) return people.get(root)
  return undefined
}

/** A person's roles; who has none is a participant. */
export function rolesOf(person: Person): Person['roles'] {
  return person.roles.length > 0 ? person.roles : ['peserta']
}

/** Persons that a draft may already be: the same NIP or phone, or a name without titles that sounds the same. */
export function likelySame(space: OpenSpace, draft: Pick<Person, 'name' | 'nip' | 'phone'>, limit = 3): Person[] {
  const name = soundOf(plainName(draft.name))
  const people = space.people.value
  const found: Person[] = []
  for (const searchable of indexOf(people)) {
    if (found.length >= limit) break
    const person = people.get(searchable.id)
    if (!person) continue
    const same =
      (draft.nip !== '' && person.nip === draft.nip) ||
      (draft.phone !== '' && person.phone === draft.phone) ||
      (name.length >= 3 && soundOf(searchable.name) === name)
    if (same) found.push(person)
  }
  return found
}

/** Shorter numbers name nobody: two persons for whom "0" was typed are not one. */
const strongNumber = /^\d{8,}$/

/**
 * The id that a new person gets in this event: with a NIP the same on every device, unless somebody with another name
 * is listed under it here. One of the two numbers is mistyped then, and nobody may take the other's place.
 */
export function newPersonId(space: OpenSpace, { nip, name }: { nip: string; name?: string }): string {
  const id = personId(space.event.value?.salt ?? '', strongNumber.test(nip) ? nip : '', space.newId)
  const listed = space.people.value.get(id)
  const isSame = !listed || !name || soundOf(plainName(listed.name)) === soundOf(plainName(name))
  return isSame ? id : space.newId()
}

/**
 * The record that a person's fields are written to: of a merged one the leading record, or what was typed would not
 * show.
 */
export function recordOf(space: OpenSpace, person: string): string {
  const records = space.merges.value.get(person)?.records.filter(({ deleted }) => !deleted) ?? []
  return records.sort(compareRecords)[0]?.id ?? person
}

/** Changes these fields of a person, merged ones by the record that they stand under. */
export async function savePerson(space: OpenSpace, id: string, fields: Partial<PersonFields>): Promise<void> {
  await space.commit([setPerson(recordOf(space, id), fields)])
}

/** Deletes a person, or brings one back: with every record that was merged into it, or the others would show up. */
export async function setDeleted(space: OpenSpace, id: string, deleted: boolean): Promise<void> {
  const ids = space.merges.value.get(id)?.records.map((record) => record.id) ?? [id]
  await space.commit(ids.map((record) => setPerson(record, { deleted })))
}

/** Says that two records are one person; nothing is rewritten, and it can be undone. */
export async function mergePeople(space: OpenSpace, a: string, b: string): Promise<void> {
  await space.commit([samePerson(a, b)])
}

const duplicatesOf = new WeakMap<Map<string, Person>, Duplicate[]>()

/** Records made at the door that may be somebody who is on the list; looked for once per state of the people. */
export function duplicates(space: OpenSpace): Duplicate[] {
  const people = space.people.value
  const held = duplicatesOf.get(people) ?? findDuplicates(people)
  duplicatesOf.set(people, held)
  return held
}

const mostPerOp = 500

/** Merges pairs of records, hundreds of them in one op; each can be undone by itself. */
export async function mergeAll(space: OpenSpace, pairs: Pick<Duplicate, 'person' | 'same'>[]): Promise<void> {
  for (let i = 0; i < pairs.length; i += mostPerOp)
    await space.commit(pairs.slice(i, i + mostPerOp).map(({ person, same }) => samePerson(person, same)))
}

/** Parts the records of a merged person again. */
export async function partPeople(space: OpenSpace, id: string, reason: string): Promise<void> {
  const merge = space.merges.value.get(id)
  if (merge) await space.commit([undoMerge(merge, reason)])
}
