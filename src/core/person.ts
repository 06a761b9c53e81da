import { flagOf, listOf, oneOf, textOf } from './fields.ts'
import { type Entry, type Space, standingFacts } from './fold.ts'
import { derivedId } from './ids.ts'
import type { Change } from './op.ts'
import { isRole, type Role } from './role.ts'

export const personNumberKinds = ['pns', 'pppk', 'nrp', 'none'] as const
export type PersonNumberKind = (typeof personNumberKinds)[number]

/** A person in one event, whatever the role. Every text may be empty but the name. */
export type Person = {
  id: string
  /** As the person wants to be printed, titles and case kept; never split (domain.md 2.5). */
  name: string
  numberKind: PersonNumberKind
  /** Digits of NIP, NI PPPK or NRP: a text, since 18 digits do not survive as a number. */
  nip: string
  /** Pangkat and golongan, as `Pembina, IV/a`. */
  rank: string
  position: string
  institution: string
  sex: 'L' | 'P' | ''
  /** `+62…`, or what was typed when it is no mobile number. */
  phone: string
  email: string
  roles: Role[]
  /** On the invitation list; a walk-in is not. */
  invited: boolean
  note: string
  deleted: boolean
}

export type PersonFields = Omit<Person, 'id'>

/** A person of a record; a missing text is empty. */
export function readPerson(id: string, { fields }: Pick<Entry, 'fields'>): Person {
  return {
    id,
    name: textOf(fields, 'name'),
    numberKind: oneOf(fields, 'numberKind', personNumberKinds, 'none'),
    nip: textOf(fields, 'nip'),
    rank: textOf(fields, 'rank'),
    position: textOf(fields, 'position'),
    institution: textOf(fields, 'institution'),
    sex: oneOf(fields, 'sex', ['L', 'P', ''], ''),
    phone: textOf(fields, 'phone'),
    email: textOf(fields, 'email'),
    roles: listOf(fields.roles, (role) => (isRole(role) ? role : undefined)),
    invited: flagOf(fields, 'invited'),
    note: textOf(fields, 'note'),
    deleted: flagOf(fields, 'deleted'),
  }
}

/**
 * Writes fields of a person. Only what is given is written: two devices that add the same NIP fill in each other's
 * gaps, and an empty field of one never wipes the other's.
 */
export function setPerson(id: string, fields: Partial<PersonFields>): Change {
  const given = Object.entries(fields).filter(([, value]) => value !== undefined)
  return { type: 'set', kind: 'person', id, fields: Object.fromEntries(given) }
}

/** The id that every device gives to the person with this NIP, or a fresh one for a person without. */
export function personId(eventSalt: string, nip: string, newId: () => string): string {
  return nip ? derivedId(eventSalt, 'nip', nip) : newId()
}

/** The fact that two records are one person; voiding it parts them again. */
export function samePerson(a: string, b: string): Change {
  return { type: 'add', kind: 'same', fields: { a, b } }
}

/**
 * From every merged id to the canonical one: the smallest id of its connected set. Computed when read, no row is
 * rewritten (design.md section 3). Ids that were never merged are not in the map.
 */
export function canonicalIds(space: Space): Map<string, string> {
  const parents = new Map<string, string>()
  const rootOf = (id: string): string => {
    let root = id
    for (let parent = parents.get(root); parent !== undefined && parent !== root; parent = parents.get(root))
      root = parent
    return root
  }
  for (const { fields } of standingFacts(space, 'same')) {
    const [a, b] = [rootOf(textOf(fields, 'a')), rootOf(textOf(fields, 'b'))]
    if (!a || !b) continue
    const [small, large] = a < b ? [a, b] : [b, a]
    parents.set(large, small)
    parents.set(small, small)
  }
  return new Map([...parents.keys()].map((id) => [id, rootOf(id)]))
}

/** Persons as last read; an entry gets a new `newer` with each write, so an unchanged one is the same object again. */
const readings = new WeakMap<Entry, { newer: Entry['newer']; person: Person }>()

function readCached(id: string, entry: Entry): Person {
  const held = readings.get(entry)
  if (held && held.newer === entry.newer) return held.person
  const person = readPerson(id, entry)
  readings.set(entry, { newer: entry.newer, person })
  return person
}

/**
 * Whose fields count among the records of one person: an invited person's before what was typed at the door, since the
 * list has titles and offices as they are printed; then the smaller id's. It does not depend on which id is canonical.
 */
export function compareRecords(a: Person, b: Person): number {
  return Number(b.invited) - Number(a.invited) || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0)
}

/**
 * The persons of an event that were not deleted, merged ones once: gaps of the leading record filled from the others.
 */
export function readPeople(space: Space): Map<string, Person> {
  const canonical = canonicalIds(space)
  const people = new Map<string, Person>()
  const merged: Person[] = []
  for (const [id, entry] of space.records.get('person') ?? []) {
    const person = readCached(id, entry)
    if (person.deleted) continue
    if (canonical.has(id)) merged.push(person)
    else people.set(id, person)
  }
  for (const record of merged.sort(compareRecords)) {
    const id = canonical.get(record.id) ?? record.id
    const held = people.get(id)
    people.set(id, held ? fillGaps(held, record) : { ...record, id })
  }
  return people
}

function fillGaps(held: Person, other: Person): Person {
  const gaps = Object.entries(other).filter(([field]) => {
    const value = held[field as keyof Person]
    return value === '' || (Array.isArray(value) && value.length === 0)
  })
  const numberKind = held.nip ? held.numberKind : other.numberKind
  return { ...held, ...Object.fromEntries(gaps), numberKind, invited: held.invited || other.invited }
}
