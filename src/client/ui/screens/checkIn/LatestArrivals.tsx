import type { Attendance } from '../../../../core/attendance.ts'
import type { EventRecord, SessionRecord } from '../../../../core/event.ts'
import type { OpenSpace } from '../../../state/openSpace.ts'
import { PersonRow } from '../../parts/person/PersonRow.tsx'
import { eventPath } from '../../useSession.ts'
import { useWords } from '../../words.ts'

const shown = 8

/** The latest to arrive, newest first, on whichever device they were recorded. */
function latestOf(attended: Iterable<Attendance>): Attendance[] {
  const latest: Attendance[] = []
  for (const attendance of attended) {
    if (latest.length === shown && attendance.arrivedAt <= (latest[shown - 1]?.arrivedAt ?? 0)) continue
    latest.push(attendance)
    latest.sort((a, b) => b.arrivedAt - a.arrivedAt)
    latest.length = Math.min(latest.length, shown)
  }
  return latest
}

export function LatestArrivals(props: { space: OpenSpace; event: EventRecord; session: SessionRecord }) {
  const t = useWords('checkIn')
  const { space, event, session } = props
  const latest = latestOf(space.attendance.value.get(session.id)?.values() ?? [])
  const people = space.people.value
  return (
    <section class="stack" aria-labelledby="latest">
      <h2 id="latest">{t('latest')}</h2>
      {latest.length === 0 && <p class="soft">{t('latestNone')}</p>}
      <ul class="rows">
        {latest.map((attendance) => {
          const person = people.get(attendance.person)
          return (
            person && (
              <li key={person.id}>
                <PersonRow
                  href={eventPath(space.id, `hadir/${person.id}`, { sesi: session.id })}
                  person={person}
                  attendance={attendance}
                  zone={event.zone}
                  session={session}
                />
              </li>
            )
          )
        })}
      </ul>
    </section>
  )
}
