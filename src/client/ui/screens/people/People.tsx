import { useEffect, useState } from 'preact/hooks'
import { useLocation } from 'preact-iso'
import { may } from '../../../../core/access.ts'
import type { EventRecord } from '../../../../core/event.ts'
import { hintsOf } from '../../../state/hints.ts'
import type { OpenSpace } from '../../../state/openSpace.ts'
import { findPerson, listPeople } from '../../../state/people.ts'
import { EmptyState } from '../../parts/EmptyState.tsx'
import { Icon } from '../../parts/Icon.tsx'
import { InEvent } from '../../parts/InEvent.tsx'
import { PersonRow } from '../../parts/person/PersonRow.tsx'
import { useDeputies } from '../../parts/person/useDeputies.ts'
import { Screen } from '../../parts/Screen.tsx'
import { SessionSwitch } from '../../parts/SessionSwitch.tsx'
import { WindowedList } from '../../parts/WindowedList.tsx'
import type { ScreenProps } from '../../routes.ts'
import { keepText, keptText } from '../../typedText.ts'
import { eventPath, useSession } from '../../useSession.ts'
import { useWide } from '../../useWide.ts'
import { useWords } from '../../words.ts'
import { Duplicates } from './Duplicates.tsx'
import { PeopleFilters } from './PeopleFilters.tsx'
import { PersonDetail } from './PersonDetail.tsx'
import { readFilter } from './peopleQuery.ts'

/** Everybody of an event, whatever the role; on a wide screen with the chosen one beside the list. */
export function People({ space: id }: ScreenProps) {
  return <InEvent id={id}>{(space, event) => <List space={space} event={event} />}</InEvent>
}

function List({ space, event }: { space: OpenSpace; event: EventRecord }) {
  const t = useWords('people')
  const { query, url } = useLocation()
  const [typed, setTyped] = useState(keptText() ?? query.cari ?? '')
  useEffect(() => keepText(typed), [typed, url])
  const wide = useWide()
  const session = useSession(space)
  const total = space.people.value.size
  const found = listPeople(space, { ...readFilter(query, session?.id), typed })
  const deputies = useDeputies(space, session)
  const attended = session && space.attendance.value.get(session.id)
  const toReview = query.hadir === 'tinjau' ? hintsOf(space).open : undefined
  const lookOf = (person: string) => {
    const kinds = new Set(toReview?.get(person)?.map(({ kind }) => t(`hintShort.${kind}`)))
    return [...kinds].join(', ')
  }
  const chosen = wide && query.orang ? findPerson(space, query.orang) : undefined
  const hrefOf = (person: string) =>
    wide
      ? eventPath(space.id, 'peserta', { ...query, orang: person })
      : eventPath(space.id, `peserta/${person}`, { ...query, orang: undefined })
  return (
    <Screen
      title={t('title')}
      above={event.title}
      back={eventPath(space.id, '', { sesi: query.sesi })}
      wide
      actions={
        may(space.role.value, 'checkIn') && (
          <a class="button" href={eventPath(space.id, 'baru', { sesi: session?.id })}>
            <Icon name="plus" />
            {t('newPerson')}
          </a>
        )
      }
    >
      <div class={wide ? 'list-detail' : 'stack'}>
        <div class="stack">
          <PeopleFilters {...{ typed, setTyped }}>
            {session && <SessionSwitch space={space} session={session} />}
          </PeopleFilters>
          <p class="soft" role="status">
            {found.length === total ? t('count', { count: total }) : t('countOf', { count: found.length, total })}
          </p>
          <Duplicates space={space} />
          {total === 0 && <Empty space={space} />}
          {total > 0 && found.length === 0 && (
            <EmptyState title={t('noneFound')}>
              <a
                class="button"
                href={eventPath(space.id, 'peserta', { sesi: query.sesi })}
                onClick={() => setTyped('')}
              >
                {t('clearFilters')}
              </a>
            </EmptyState>
          )}
          <WindowedList
            label={t('title')}
            items={found}
            keyOf={({ id }) => id}
            rowRem={4.25}
            row={(person) => (
              <PersonRow
                href={hrefOf(person.id)}
                person={person}
                attendance={attended?.get(person.id)}
                zone={event.zone}
                session={session}
                deputy={deputies.get(person.id)}
                look={lookOf(person.id)}
                current={person.id === chosen?.id}
              />
            )}
          />
        </div>
        {wide && (
          <section class="detail" aria-label={t('person')}>
            {query.orang ? (
              <PersonDetail key={query.orang} space={space} event={event} id={query.orang} heading />
            ) : (
              <p class="soft">{t('choose')}</p>
            )}
          </section>
        )}
      </div>
    </Screen>
  )
}

function Empty({ space }: { space: OpenSpace }) {
  const t = useWords('people')
  const mayImport = may(space.role.value, 'importPeople')
  return (
    <EmptyState title={t('empty')}>
      <p>{mayImport ? t('emptyHint') : t('emptyHintFacilitator')}</p>
      {mayImport && (
        <a class="button primary" href={eventPath(space.id, 'impor')}>
          {t('import')}
        </a>
      )}
    </EmptyState>
  )
}
