import type { EventRecord } from '../../../../core/event.ts'
import { formatNip } from '../../../../core/nip.ts'
import type { Person } from '../../../../core/person.ts'
import type { OpenSpace } from '../../../state/openSpace.ts'
import { findPerson } from '../../../state/people.ts'
import { mayCheckIn } from '../../../state/sessions.ts'
import { InEvent } from '../../parts/InEvent.tsx'
import { Notice } from '../../parts/Notice.tsx'
import { Screen } from '../../parts/Screen.tsx'
import { useAbove } from '../../parts/sessionWords.ts'
import type { ScreenProps } from '../../routes.ts'
import { eventPath, useSession } from '../../useSession.ts'
import { useWords } from '../../words.ts'
import { AlreadyPresent } from './AlreadyPresent.tsx'
import { SignForm } from './SignForm.tsx'

/** A person of the list signs; or, when that cannot be, why. */
export function SignAttendance({ space: id, person }: ScreenProps) {
  return <InEvent id={id}>{(space, event) => <OfPerson space={space} event={event} id={person ?? ''} />}</InEvent>
}

function OfPerson({ space, event, id }: { space: OpenSpace; event: EventRecord; id: string }) {
  const t = useWords('checkIn')
  const session = useSession(space)
  const above = useAbove(space, event, session)
  const person = findPerson(space, id)
  const attendance = session && person && space.attendance.value.get(session.id)?.get(person.id)
  const who = person && <Who person={person} />
  if (session && person && !attendance && mayCheckIn(space, session))
    return (
      <SignForm key={`${session.id} ${id}`} {...{ space, event, session, person, above }}>
        {who}
      </SignForm>
    )
  return (
    <Screen
      title={person?.name || t('personGone')}
      above={above}
      back={eventPath(space.id, 'hadir', { sesi: session?.id })}
    >
      {who ?? <p>{t('personGoneHint')}</p>}
      {!session && <Notice kind="warn">{t('noSession')}</Notice>}
      {person && attendance && <AlreadyPresent {...{ space, event, attendance, person }} />}
      {person && session && !attendance && (
        <Notice kind="info">{t(session.deleted ? 'deletedSessionHint' : 'viewOnly')}</Notice>
      )}
    </Screen>
  )
}

function Who({ person }: { person: Person }) {
  const t = useWords('person')
  return (
    <div class="who">
      {person.position && <p class="who-position">{person.position}</p>}
      {person.institution && <p>{person.institution}</p>}
      {person.nip && <p class="soft">{t(`numberOf.${person.numberKind}`, { number: formatNip(person.nip) })}</p>}
    </div>
  )
}
