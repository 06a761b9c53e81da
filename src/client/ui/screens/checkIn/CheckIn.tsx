import { useLayoutEffect, useRef, useState } from 'preact/hooks'
import { useLocation } from 'preact-iso'
import type { EventRecord, SessionRecord } from '../../../../core/event.ts'
import type { OpenSpace } from '../../../state/openSpace.ts'
import { prepareSearch, searchPeople } from '../../../state/people.ts'
import { mayCheckIn } from '../../../state/sessions.ts'
import { EmptyState } from '../../parts/EmptyState.tsx'
import { Icon } from '../../parts/Icon.tsx'
import { InEvent } from '../../parts/InEvent.tsx'
import { Notice } from '../../parts/Notice.tsx'
import { ListClosed } from '../../parts/person/LateField.tsx'
import { PersonRow } from '../../parts/person/PersonRow.tsx'
import { useDeputies } from '../../parts/person/useDeputies.ts'
import { Screen } from '../../parts/Screen.tsx'
import { SearchField } from '../../parts/SearchField.tsx'
import { SessionSwitch } from '../../parts/SessionSwitch.tsx'
import { useAbove } from '../../parts/sessionWords.ts'
import type { ScreenProps } from '../../routes.ts'
import { carryText } from '../../typedText.ts'
import { eventPath, useSession } from '../../useSession.ts'
import { useWords } from '../../words.ts'
import { Confirmation } from './Confirmation.tsx'
import { LatestArrivals } from './LatestArrivals.tsx'
import { OtherDay } from './OtherDay.tsx'
import { Unsaved } from './Unsaved.tsx'

/** Find an invited person, or go on to add one. What was just recorded is confirmed above the next, empty search. */
export function CheckIn({ space: id }: ScreenProps) {
  return <InEvent id={id}>{(space, event) => <InSession space={space} event={event} />}</InEvent>
}

function InSession({ space, event }: { space: OpenSpace; event: EventRecord }) {
  const t = useWords('checkIn')
  const session = useSession(space)
  const above = useAbove(space, event, session)
  const [typed, setTyped] = useState('')
  const newPerson = {
    href: eventPath(space.id, 'baru', { sesi: session?.id }),
    onClick: () => carryText(typed.trim()),
  }
  const home = eventPath(space.id, '', { sesi: session?.id })
  return (
    <Screen
      title={t('title')}
      above={above}
      back={home}
      wide
      actions={
        session &&
        mayCheckIn(space, session) && (
          <>
            <a class="button" {...newPerson}>
              <Icon name="plus" />
              {t('newPerson')}
            </a>
            <a class="button" href={eventPath(space.id, 'pindai', { sesi: session.id })}>
              <Icon name="qr" />
              {t('scan')}
            </a>
          </>
        )
      }
    >
      {session ? (
        <Search {...{ space, event, session, typed, setTyped, newPerson }} />
      ) : (
        <Notice kind="warn">{t('noSession')}</Notice>
      )}
    </Screen>
  )
}

function Search(props: {
  space: OpenSpace
  event: EventRecord
  session: SessionRecord
  typed: string
  setTyped: (typed: string) => void
  /** The way to add somebody new, with what was typed. */
  newPerson: { href: string; onClick: () => void }
}) {
  const { space, event, session, typed, setTyped } = props
  const t = useWords('checkIn')
  const { query } = useLocation()
  const input = useRef<HTMLInputElement>(null)
  useLayoutEffect(() => {
    input.current?.focus()
    const timer = setTimeout(() => prepareSearch(space), 0)
    return () => clearTimeout(timer)
  }, [space])
  const found = searchPeople(space, typed)
  const attended = space.attendance.value.get(session.id)
  const deputies = useDeputies(space, session)
  const recorded = typed === '' ? query.tercatat : undefined
  return (
    <div class="two-columns">
      <div class="stack">
        {session.deleted && <Notice kind="info">{t('deletedSessionHint')}</Notice>}
        <OtherDay space={space} event={event} session={session} />
        <ListClosed session={session} zone={event.zone} />
        <search>
          <SearchField label={t('search')} hint={t('searchHint')} {...{ typed, setTyped, input }} />
        </search>
        {recorded && (
          <Confirmation key={`${session.id} ${recorded}`} {...{ space, event, session }} person={recorded} />
        )}
        {typed === '' && <Unsaved {...{ space, event, session }} />}
        <p class="visually-hidden" role="status">
          {typed.trim() && t('found', { count: found.length })}
        </p>
        <ul class="rows">
          {found.map((person) => (
            <li key={person.id}>
              <PersonRow
                href={eventPath(space.id, `hadir/${person.id}`, { sesi: session.id })}
                person={person}
                attendance={attended?.get(person.id)}
                zone={event.zone}
                session={session}
                deputy={deputies.get(person.id)}
              />
            </li>
          ))}
        </ul>
        {typed.trim() && found.length === 0 && (
          <EmptyState title={t('nobody', { typed: typed.trim() })}>
            <p>{t('nobodyHint')}</p>
            {mayCheckIn(space, session) && (
              <a class="button primary" {...props.newPerson}>
                {t('addPerson')}
              </a>
            )}
          </EmptyState>
        )}
      </div>
      {typed.trim() === '' && (
        <div class="stack">
          <SessionSwitch space={space} session={session} />
          <LatestArrivals space={space} event={event} session={session} />
        </div>
      )}
    </div>
  )
}
