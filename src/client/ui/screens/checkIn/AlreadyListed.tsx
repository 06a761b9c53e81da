import type { EventRecord, SessionRecord } from '../../../../core/event.ts'
import type { Person } from '../../../../core/person.ts'
import type { OpenSpace } from '../../../state/openSpace.ts'
import { likelySame } from '../../../state/people.ts'
import { PersonRow } from '../../parts/person/PersonRow.tsx'
import { type PersonDraft, toPersonFields } from '../../parts/person/personDraft.ts'
import { eventPath } from '../../useSession.ts'
import { useWords } from '../../words.ts'

/** Persons on the list that the draft may already be; one tap uses one of them instead. */
export function AlreadyListed(props: {
  space: OpenSpace
  event: EventRecord
  session: SessionRecord
  draft: PersonDraft
  onUse: (person: Person) => void
}) {
  const t = useWords('checkIn')
  const { space, event, session } = props
  const draft = toPersonFields(props.draft)
  const found = likelySame(space, draft)
  const attended = space.attendance.value.get(session.id)
  const sameNumber = draft.nip !== '' && found.some(({ nip }) => nip === draft.nip)
  return (
    <div role="status">
      {found.length > 0 && (
        <section class="card">
          <p>{sameNumber ? t('sameNumber') : t('alreadyListed')}</p>
          <ul class="rows">
            {found.map((person) => (
              <li key={person.id}>
                <PersonRow
                  href={eventPath(space.id, `hadir/${person.id}`, { sesi: session.id })}
                  person={person}
                  attendance={attended?.get(person.id)}
                  zone={event.zone}
                  onOpen={() => props.onUse(person)}
                />
              </li>
            ))}
          </ul>
        </section>
      )}
    </div>
  )
}
