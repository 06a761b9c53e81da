import { may } from '../../../../core/access.ts'
import type { EventRecord } from '../../../../core/event.ts'
import type { OpenSpace } from '../../../state/openSpace.ts'
import { heldSessions, mayCheckIn } from '../../../state/sessions.ts'
import { dayWords } from '../../dates.ts'
import { EmptyState } from '../../parts/EmptyState.tsx'
import { Icon } from '../../parts/Icon.tsx'
import { InEvent } from '../../parts/InEvent.tsx'
import { Notice } from '../../parts/Notice.tsx'
import { Screen } from '../../parts/Screen.tsx'
import { SessionSwitch } from '../../parts/SessionSwitch.tsx'
import { useSessionWords } from '../../parts/sessionWords.ts'
import type { ScreenProps } from '../../routes.ts'
import { eventPath, useSession } from '../../useSession.ts'
import { useLanguage, useWords } from '../../words.ts'
import { ArrivalChart } from './ArrivalChart.tsx'
import { OtherLinks, TodayLinks } from './EventLinks.tsx'
import { InstitutionBars } from './InstitutionBars.tsx'
import { ListState } from './ListState.tsx'
import { LoadNotices } from './LoadNotices.tsx'
import { PresenceFigures } from './PresenceFigures.tsx'
import { ReviewCard } from './ReviewCard.tsx'
import { UnsentCard } from './UnsentCard.tsx'

/** An event at a glance: who came, from where, when, what is still on this device only, and the ways on. */
export function EventHome({ space: id }: ScreenProps) {
  return <InEvent id={id}>{(space, event) => <Home space={space} event={event} />}</InEvent>
}

function Home({ space, event }: { space: OpenSpace; event: EventRecord }) {
  const t = useWords('eventHome')
  const session = useSession(space)
  const { full } = useSessionWords(space)
  const role = space.role.value
  const isEmpty = space.people.value.size === 0
  return (
    <Screen
      title={event.title}
      above={event.institution}
      back="/"
      wide
      actions={
        session &&
        mayCheckIn(space, session) && (
          <a class="button primary" href={eventPath(space.id, 'hadir', { sesi: session.id })}>
            <Icon name="signature" />
            {t('checkIn')}
          </a>
        )
      }
    >
      <WhenAndWhere space={space} event={event} />
      <LoadNotices space={space} />
      {!session && <Notice kind="warn">{t('noSession')}</Notice>}
      <div class="two-columns">
        <div class="stack">
          {session && <SessionSwitch space={space} session={session} />}
          {session && <p class="soft">{full(session)}</p>}
          {session?.deleted && <Notice kind="info">{t('deletedSessionHint')}</Notice>}
          {isEmpty && (
            <EmptyState title={t('empty')}>
              <p>{may(role, 'importPeople') ? t('emptyHint') : t('emptyHintFacilitator')}</p>
              {may(role, 'importPeople') && (
                <a class="button primary" href={eventPath(space.id, 'impor')}>
                  {t('import')}
                </a>
              )}
            </EmptyState>
          )}
          {session && !isEmpty && <PresenceFigures space={space} session={session} />}
          <UnsentCard space={space} />
          <ReviewCard space={space} session={session?.id} />
          {session && <ListState space={space} event={event} session={session} />}
          <TodayLinks space={space} session={session?.id} />
        </div>
        {session && !isEmpty && (
          <div class="stack">
            <ArrivalChart space={space} event={event} session={session} />
            <InstitutionBars space={space} event={event} session={session} />
          </div>
        )}
      </div>
      <OtherLinks space={space} session={session?.id} />
    </Screen>
  )
}

function WhenAndWhere({ space, event }: { space: OpenSpace; event: EventRecord }) {
  const language = useLanguage()
  const days = heldSessions(space).map(({ day }) => day)
  const [first, last] = [days[0], days.at(-1)]
  const when = [first, last === first ? undefined : last].flatMap((day) => (day ? dayWords(day, language) : []))
  return (
    <div class="soft">
      {when.length > 0 && <p>{when.join(' – ')}</p>}
      {event.venue && <p>{event.venue}</p>}
    </div>
  )
}
