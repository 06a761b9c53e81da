import { type Attendance, type CheckIn, checkIn, undoCheckIn } from '../../core/attendance.ts'
import { type PersonFields, setPerson } from '../../core/person.ts'
import type { OpenSpace } from './openSpace.ts'
import { newPersonId } from './people.ts'

/** Records that a person was seen at a session; resolves when it is on the disk. */
export async function recordAttendance(space: OpenSpace, input: CheckIn): Promise<void> {
  await space.commit([checkIn(input)])
}

/** A person who was not on the list, and the attendance: one op, so that neither is saved without the other. */
export async function recordWalkIn(
  space: OpenSpace,
  fields: Partial<PersonFields> & { nip: string },
  input: Omit<CheckIn, 'person'>,
): Promise<string> {
  const person = newPersonId(space, fields.nip)
  await space.commit([setPerson(person, fields), checkIn({ ...input, person })])
  return person
}

/** Withdraws what this device has seen of an attendance, with a reason. */
export async function undoAttendance(space: OpenSpace, attendance: Attendance, reason: string): Promise<void> {
  await space.commit([undoCheckIn(attendance, reason)])
}
