import type { TFunction } from 'i18next'
import { ownForms } from '../../../state/answering.ts'
import { ownAttendance } from '../../../state/attendee.ts'
import type { OpenSpace } from '../../../state/openSpace.ts'
import type { HeldSpace } from '../../../state/spaces.ts'
import { useApp } from '../../app.ts'
import { dayWords } from '../../dates.ts'
import { useSpaceBeside } from '../../useSpace.ts'
import { useLanguage, useWords } from '../../words.ts'

/** The events of an attendee's phone: each leads to its receipts, also without a network. */
export function OwnEvents({ rows }: { rows: HeldSpace[] }) {
  return (
    <ul class="event-rows">
      {rows.map(({ space, attendee }) => (
        <li key={space}>
          <OwnEvent id={space} half={attendee?.code.slice(0, 4) ?? ''} />
        </li>
      ))}
    </ul>
  )
}

function OwnEvent({ id, half }: { id: string; half: string }) {
  const t = useWords('attendee')
  const language = useLanguage()
  const space = useSpaceBeside(id)
  const { ballots } = useApp()
  const forms = space ? ownForms(space, ballots).length : 0
  const day = space?.sessions.value[0]?.day
  return (
    <a class="event-row" href={`/m/${half}`}>
      <span class="event-row-main">
        <strong>{space?.event.value?.title || t('event')}</strong>
        {day && <span>{dayWords(day, language)}</span>}
        {space && <span class="soft">{stateWords(t, space)}</span>}
        {forms > 0 && <span>{t('forms', { count: forms })}</span>}
      </span>
    </a>
  )
}

function stateWords(t: TFunction, space: OpenSpace): string {
  const own = ownAttendance(space)
  if (own.length === 0) return t('notYet')
  const waiting = own.filter(({ where }) => where !== 'server').length
  return waiting > 0 ? t('waiting', { count: waiting }) : t('allSent', { count: own.length })
}
