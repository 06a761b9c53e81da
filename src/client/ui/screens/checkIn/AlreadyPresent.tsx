import { may } from '../../../../core/access.ts'
import type { Attendance } from '../../../../core/attendance.ts'
import type { EventRecord } from '../../../../core/event.ts'
import type { Person } from '../../../../core/person.ts'
import type { OpenSpace } from '../../../state/openSpace.ts'
import { AttendanceDetails } from '../../parts/AttendanceDetails.tsx'
import { Notice } from '../../parts/Notice.tsx'
import { UndoAttendance } from '../../parts/UndoAttendance.tsx'
import { useWords } from '../../words.ts'

/** Nobody signs twice by accident: what is known of the attendance, and how to withdraw it and sign again. */
export function AlreadyPresent(props: {
  space: OpenSpace
  event: EventRecord
  attendance: Attendance
  person: Person
}) {
  const t = useWords('checkIn')
  const { space, event, attendance, person } = props
  return (
    <div class="stack">
      <Notice kind="ok">{t('alreadyPresent')}</Notice>
      <AttendanceDetails space={space} zone={event.zone} attendance={attendance} name={person.name} />
      {may(space.role.value, 'checkIn') && (
        <>
          <p class="soft">{t('alreadyPresentHint')}</p>
          <UndoAttendance space={space} attendance={attendance} name={person.name} />
        </>
      )}
    </div>
  )
}
