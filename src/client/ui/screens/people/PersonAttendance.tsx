import { may } from '../../../../core/access.ts'
import { findDeputies } from '../../../../core/deputies.ts'
import type { EventRecord } from '../../../../core/event.ts'
import type { Person } from '../../../../core/person.ts'
import type { OpenSpace } from '../../../state/openSpace.ts'
import { mayCheckIn } from '../../../state/sessions.ts'
import { AttendanceDetails } from '../../parts/AttendanceDetails.tsx'
import { useSessionWords } from '../../parts/sessionWords.ts'
import { UndoAttendance } from '../../parts/UndoAttendance.tsx'
import { eventPath } from '../../useSession.ts'
import { useWords } from '../../words.ts'

/** Session by session: present or not, and how to change it. */
export function PersonAttendance(props: { space: OpenSpace; event: EventRecord; person: Person }) {
  const t = useWords('people')
  const { space, event, person } = props
  const { full } = useSessionWords(space)
  return (
    <section class="stack" aria-labelledby="attendance">
      <h2 id="attendance">{t('attendance')}</h2>
      {space.sessions.value.map((session) => {
        const attended = space.attendance.value.get(session.id)
        const attendance = attended?.get(person.id)
        const deputy = findDeputies(space.people.value, attended).get(person.id)
        return (
          <div class="card" key={session.id}>
            <p class="card-title">{full(session)}</p>
            {attendance ? (
              <AttendanceDetails space={space} zone={event.zone} attendance={attendance} name={person.name} />
            ) : (
              <p class="soft">{t('notPresent')}</p>
            )}
            {deputy && <p>{t('deputy', { name: deputy.name || t('nameless') })}</p>}
            {attendance && may(space.role.value, 'checkIn') && (
              <UndoAttendance space={space} attendance={attendance} name={person.name} />
            )}
            {!attendance && mayCheckIn(space, session) && (
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
