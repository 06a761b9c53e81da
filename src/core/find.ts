import type { Space } from './fold.ts'
import { nipDigits } from './nip.ts'
import { readPasses } from './pass.ts'
import { canonicalIds, type Person, readPeople, readPerson } from './person.ts'
import { normalisePhone } from './phone.ts'

/** A number by which an invited person is known: the whole of it, or nobody is found. */
export type Sought = { by: 'nip'; nip: string } | { by: 'phone'; phone: string } | { by: 'pass'; pass: string }

/** The ids of the invited who have this number. A pass is named by its id, which its code holds (core/pass.ts). */
function* matches(space: Space, sought: Sought, now: number): Generator<string> {
  if (sought.by === 'pass') {
    const pass = readPasses(space).get(sought.pass)
    if (pass?.person && !pass.revoked && now < pass.expiresAt) yield pass.person
    return
  }
  const wanted = sought.by === 'nip' ? nipDigits(sought.nip) : normalisePhone(sought.phone)
  if (!wanted || wanted.length < 8) return
  for (const [id, entry] of space.records.get('person') ?? [])
    if (entry.fields.invited === true && entry.fields[sought.by] === wanted) yield id
}

/**
 * The invited person with this number; nobody when several have it, as chiefs who share a secretary's telephone. `now`,
 * in epoch ms, tells whether a pass still holds.
 */
export function findInvited(space: Space, sought: Sought, now: number): Person | undefined {
  const canonical = canonicalIds(space)
  const ids = new Set([...matches(space, sought, now)].map((id) => canonical.get(id) ?? id))
  const [id, ...others] = ids
  if (id === undefined || others.length > 0) return undefined
  if (canonical.has(id)) return readPeople(space).get(id)
  const entry = space.records.get('person')?.get(id)
  const person = entry && readPerson(id, entry)
  return person?.deleted ? undefined : person
}
