import { useLocation } from 'preact-iso'
import type { EventRecord, SessionRecord } from '../../../core/event.ts'
import type { Language } from '../../i18n/i18n.ts'
import type { OpenSpace } from '../../state/openSpace.ts'
import { dayWords } from '../dates.ts'
import { useLanguage, useWords } from '../words.ts'

/** A session in a line: title, day and start. */
export function sessionWords({ title, day, start }: SessionRecord, language: Language): string {
  return [title, dayWords(day, language), start.replace(':', '.')].filter(Boolean).join(' · ')
}

/** What a screen about one session says above its title: the session where there are several, else the event. */
export function useAbove(space: OpenSpace, event: EventRecord, session: SessionRecord | undefined): string {
  const language = useLanguage()
  return session && space.sessions.value.length > 1 ? sessionWords(session, language) : event.title
}

/** Which session a screen is about; an event with one session needs no choice. */
export function SessionSwitch({ space, session }: { space: OpenSpace; session: SessionRecord }) {
  const t = useWords('person')
  const language = useLanguage()
  const { path, query, route } = useLocation()
  const sessions = space.sessions.value
  if (sessions.length < 2) return null
  return (
    <select
      aria-label={t('session')}
      value={session.id}
      onChange={({ currentTarget }) =>
        route(`${path}?${new URLSearchParams({ ...query, sesi: currentTarget.value })}`, true)
      }
    >
      {sessions.map((one) => (
        <option key={one.id} value={one.id}>
          {sessionWords(one, language)}
        </option>
      ))}
    </select>
  )
}
