import { may } from '../../../../core/access.ts'
import type { EventRecord } from '../../../../core/event.ts'
import type { Person } from '../../../../core/person.ts'
import type { OpenSpace } from '../../../state/openSpace.ts'
import { AttendanceDetails } from '../../parts/AttendanceDetails.tsx'
import { sessionWords } from '../../parts/SessionSwitch.tsx'
import { UndoAttendance } from '../../parts/UndoAttendance.tsx'
import { eventPath } from '../../useSession.ts'
import { useLanguage, useWords } from '../../words.ts'

/** Session by session: present or not, and how to change it. */
export function PersonAttendance(props: { space: OpenSpace; event: EventRecord; person: Person }) {
  const t = useWords('people')
  const language = useLanguage()
  const { space, event, person } = props
  const mayChange = may(space.role.value, 'checkIn')
  return (
    <section class="stack" aria-labelledby="attendance">
      <h2 id="attendance">{t('attendance')}</h2>
      {space.sessions.value.map((session) => {
        const attendance = space.attendance.value.get(session.id)?.get(person.id)
        return (
          <div class="card" key={session.id}>
            <p class="card-title">{sessionWords(session, language)}</p>
            {attendance ? (
              <AttendanceDetails space={space} zone={event.zone} attendance={attendance} name={person.name} />
            ) : (
              <p class="soft">{t('notPresent')}</p>
            )}
            {attendance && mayChange && <UndoAttendance space={space} attendance={attendance} name={person.name} />}
            {!attendance && mayChange && (
              <a class="button" href={eventPath(space.id, `hadir/${person.id}`, { sesi: session.id })}>
                {t('checkIn')}
              </a>
            )}
          </div>
        )
      })}
    </section>
  )
}
