import { foldText, plainName } from '../name.ts'
import type { Person, PersonFields } from '../person.ts'

/** A person as the import knows it so far; `row` is the row of this file that first spoke of it. */
export type Known = { person: Person; row: number | undefined; nipStart: string }

/** What a row says of a person; `nipStart` are the digits that are left of a NIP that lost its last. */
export type Candidate = { fields: Partial<PersonFields>; nipStart: string }

const nobody: PersonFields = {
  name: '',
  numberKind: 'none',
  nip: '',
  rank: '',
  position: '',
  institution: '',
  sex: '',
  phone: '',
  email: '',
  roles: [],
  invited: false,
  note: '',
  deleted: false,
}

const differ = (a: string | undefined, b: string | undefined) => Boolean(a && b && a !== b)

/** Whether the numbers of two namesakes, or what is left of them, are two. */
function haveOtherNumbers({ person, nipStart }: Known, row: Candidate): boolean {
  const { nip } = row.fields
  if (differ(person.nip, nip) || differ(nipStart, row.nipStart)) return true
  if (nip && nipStart && !nip.startsWith(nipStart)) return true
  return Boolean(person.nip && row.nipStart && !person.nip.startsWith(row.nipStart))
}

/** Whether a namesake of the same institution is someone else: by number, or, where titles differ too, by phone. */
function isOther(known: Known, row: Candidate): boolean {
  const { phone, name = '' } = row.fields
  if (haveOtherNumbers(known, row)) return true
  return foldText(known.person.name) !== foldText(name) && differ(known.person.phone, phone)
}

/**
 * Everyone that a row could be: by NIP, else by name without titles and institution, both folded, where nothing says
 * otherwise. A phone alone only suggests (domain.md 2.4).
 */
export function createRegister(people: readonly Person[]) {
  const byNip = new Map<string, Known>()
  const byName = new Map<string, Known[]>()
  const namesByPhone = new Map<string, string>()

  const nameKey = (fields: Partial<PersonFields>) =>
    `${plainName(fields.name ?? '')}|${foldText(fields.institution ?? '')}`

  function index(known: Known): void {
    const { person } = known
    if (person.nip) byNip.set(person.nip, known)
    const key = nameKey(person)
    const namesakes = byName.get(key)
    if (!namesakes) byName.set(key, [known])
    else if (!namesakes.includes(known)) namesakes.push(known)
    if (person.phone && !namesByPhone.has(person.phone)) namesByPhone.set(person.phone, person.name)
  }

  for (const person of people) index({ person, row: undefined, nipStart: '' })

  return {
    find(row: Candidate): Known | undefined {
      const sameNip = row.fields.nip ? byNip.get(row.fields.nip) : undefined
      if (sameNip) return sameNip
      const namesakes = (byName.get(nameKey(row.fields)) ?? []).filter((known) => !isOther(known, row))
      const name = foldText(row.fields.name ?? '')
      return namesakes.find(({ person }) => foldText(person.name) === name) ?? namesakes[0]
    },
    /** Someone of the same name and institution whose number does not tell that it is someone else. */
    namesake(row: Candidate): Person | undefined {
      return byName.get(nameKey(row.fields))?.find((known) => !haveOtherNumbers(known, row))?.person
    },
    ownerOfPhone: (phone: string | undefined) => (phone ? namesByPhone.get(phone) : undefined),
    isSameName: (person: Person, name: string) => plainName(person.name) === plainName(name),
    add(id: string, fields: Partial<PersonFields>, nipStart: string, row: number): void {
      index({ person: { ...nobody, ...fields, id }, row, nipStart })
    },
    update(known: Known, fields: Partial<PersonFields>, row: number): void {
      known.person = { ...known.person, ...fields }
      known.row ??= row
      index(known)
    },
  }
}

/**
 * What a row changes of a person: fields that it fills with something else than other case or signs. When the file has
 * spoken of the person before (`gapsOnly`), only what is still empty, so that a second import finds nothing to change.
 */
export function changedFields(person: Person, fields: Partial<PersonFields>, gapsOnly: boolean): Partial<PersonFields> {
  const changed: Partial<PersonFields> = {}
  for (const field of ['name', 'rank', 'position', 'institution', 'phone', 'email', 'note'] as const) {
    const text = fields[field]
    if (!text || foldText(text) === foldText(person[field])) continue
    if (!gapsOnly || !person[field]) changed[field] = text
  }
  if (fields.nip && fields.nip !== person.nip) {
    changed.nip = fields.nip
    changed.numberKind = fields.numberKind
  }
  if (fields.sex && fields.sex !== person.sex && !(gapsOnly && person.sex)) changed.sex = fields.sex
  const roles = fields.roles?.filter((role) => !person.roles.includes(role)) ?? []
  if (roles.length > 0) changed.roles = [...person.roles, ...roles]
  if (!person.invited) changed.invited = true
  return changed
}
