import { type Attendance, type CheckIn, checkIn, undoCheckIn } from '../../core/attendance.ts'
import { type AskedConsents, consentChanges } from '../../core/consent.ts'
import { type PersonFields, setPerson } from '../../core/person.ts'
import type { OpenSpace } from './openSpace.ts'
import { newPersonId, recordOf } from './people.ts'

/**
 * Records that a person was seen at a session, with what was put right on the way; resolves when it is on the disk. The
 * draft that it was made of goes with it.
 */
export async function recordAttendance(
  space: OpenSpace,
  input: CheckIn,
  fields: Partial<PersonFields> = {},
  draft?: string,
  consents?: AskedConsents,
): Promise<void> {
  const corrected = Object.keys(fields).length > 0 ? [setPerson(recordOf(space, input.person), fields)] : []
  await space.commit(
    [...corrected, checkIn(input), ...consentChanges(space.consents.value, input.person, consents)],
    draft,
  )
}

/** A person who was not on the list, and the attendance: one op, so that neither is saved without the other. */
export async function recordWalkIn(
  space: OpenSpace,
  fields: Partial<PersonFields> & { nip: string },
  input: Omit<CheckIn, 'person'>,
  draft?: string,
  consents?: AskedConsents,
): Promise<string> {
  const person = newPersonId(space, fields)
  /** Whoever holds this NIP may have been deleted from the list, and is here now. */
  const revived = space.people.value.has(person) ? {} : { deleted: false }
  const record = setPerson(person, { ...fields, ...revived })
  await space.commit(
    [record, checkIn({ ...input, person }), ...consentChanges(space.consents.value, person, consents)],
    draft,
  )
  return person
}

/** Withdraws what this device has seen of an attendance, with a reason. */
export async function undoAttendance(space: OpenSpace, attendance: Attendance, reason: string): Promise<void> {
  await space.commit([undoCheckIn(attendance, reason)])
}
