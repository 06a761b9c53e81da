import { checkIn } from '../../core/attendance.ts'
import { type AskedConsents, consentChanges } from '../../core/consent.ts'
import { textOf } from '../../core/fields.ts'
import { decodeBody, type Op } from '../../core/op.ts'
import { type Person, type PersonFields, setPerson } from '../../core/person.ts'
import type { WallCode } from '../../core/rotatingCode.ts'
import { opName } from '../db/opName.ts'
import type { OpenSpace } from './openSpace.ts'

/**
 * Whom this device signs in: a record of its own, whose fields may be corrected here, or an invited person who was
 * found, of whom it knows no more than name and institution.
 */
export type OwnPerson = { id: string; name: string; institution: string; record: Person | undefined }

/** Where an attendance is: on this phone only, on the server, or kept aside by the server for a person to look at. */
export type Whereabouts = 'device' | 'server' | 'parked'

export type OwnAttendance = {
  person: string
  session: string
  /** Corrected time, epoch ms. */
  arrivedAt: number
  where: Whereabouts
  /** The server's reason, when it is parked. */
  parkedFor: string
  /** The op that says so, for its receipt. `undefined`: somebody of the team recorded it. */
  op: { dev: string; n: number } | undefined
}

/** A filled form. */
export type SignIn = {
  session: string
  /** Who it is: a person of `ownPeople`, one who was found, or, without it, somebody new. */
  person?: string
  /** What was typed; of an own record that is there, what differs. Nothing is written of a person who was found. */
  fields: Partial<PersonFields>
  ink?: string
  unsignedReason?: string
  represents?: string
  lateReason?: string
  wallCode?: WallCode
  consents?: AskedConsents
}

const isOwnRecord = (space: OpenSpace, person: string) => {
  const owner = space.attendee.value?.owner
  return owner !== undefined && owner !== '' && person.startsWith(owner)
}

/** The fields that differ from those of a record. */
function corrected(held: Person | undefined, fields: Partial<PersonFields>): Partial<PersonFields> {
  const differs = ([name, value]: [string, unknown]) =>
    JSON.stringify(held?.[name as keyof Person]) !== JSON.stringify(value)
  return held ? Object.fromEntries(Object.entries(fields).filter(differs)) : fields
}

/**
 * [S1] Signs a person in: person, attendance and consents are one op, and the draft goes with it. Resolves once it is
 * on the disk, with the op for the receipt.
 */
export async function saveSignIn(space: OpenSpace, form: SignIn, draft?: string): Promise<{ person: string; op: Op }> {
  const { fields, consents, person = space.newOwnId(), ...proof } = form
  const written = isOwnRecord(space, person) ? corrected(space.people.value.get(person), fields) : {}
  const changes = [
    ...(Object.keys(written).length > 0 ? [setPerson(person, written)] : []),
    checkIn({ ...proof, person, method: 'own' }),
    ...consentChanges(space.consents.value, person, consents),
  ]
  return { person, op: await space.commit(changes, draft) }
}

/** Corrects fields of an own record; of somebody else's nothing is written. */
export async function correctOwn(space: OpenSpace, person: string, fields: Partial<PersonFields>): Promise<void> {
  const written = corrected(space.people.value.get(person), fields)
  if (isOwnRecord(space, person) && Object.keys(written).length > 0) await space.commit([setPerson(person, written)])
}

/**
 * Every attendance that this device recorded or that was recorded of its own persons, by session's order of arrival.
 */
export function ownAttendance(space: OpenSpace): OwnAttendance[] {
  const standing = [...space.attendance.value.values()].flatMap((people) => [...people.values()])
  const attendances = standing.map(({ person, session, arrivedAt, facts }): OwnAttendance => {
    const own = facts.find(({ stamp }) => space.isOwn(stamp.dev))
    const known = facts.some(({ stamp: { dev, n } }) => {
      return !space.isOwn(dev) || space.sent.value.has(opName({ space: space.id, dev, n }))
    })
    const op = own && { dev: own.stamp.dev, n: own.stamp.n }
    return { person, session, arrivedAt, where: known ? 'server' : 'device', parkedFor: '', op }
  })
  return [...attendances, ...parkedAttendance(space)].sort((a, b) => a.arrivedAt - b.arrivedAt)
}

function parkedAttendance(space: OpenSpace): OwnAttendance[] {
  return space.unsent.value.parked.flatMap(({ dev, n, at, body, parkedFor = '' }) =>
    (decodeBody(body)?.changes ?? []).flatMap((change): OwnAttendance[] => {
      if (change.type !== 'add' || change.kind !== 'attendance') return []
      const [person, session] = [textOf(change.fields, 'p'), textOf(change.fields, 's')]
      return [{ person, session, arrivedAt: at, where: 'parked', parkedFor, op: { dev, n } }]
    }),
  )
}

/** The persons whom this device signed in or found, by name: one phone often signs in several people. */
export function ownPeople(space: OpenSpace): OwnPerson[] {
  const people = new Map<string, OwnPerson>()
  for (const { person, name, institution } of space.attendee.value?.found ?? [])
    people.set(person, { id: person, name, institution, record: undefined })
  for (const person of space.people.value.values()) {
    const { id, name, institution } = person
    people.set(id, { id, name, institution, record: isOwnRecord(space, id) ? person : undefined })
  }
  return [...people.values()].sort((a, b) => (a.name < b.name ? -1 : 1))
}
