import type { EventRecord, SessionRecord } from '../../../core/event.ts'
import type { OpenSpace } from '../../state/openSpace.ts'
import { dayWords, shortDayWords } from '../dates.ts'
import { useLanguage, useWords } from '../words.ts'

type SessionWords = {
  /** In a line: title, day and start with its zone. */
  full: (session: SessionRecord) => string
  /** For a choice on a phone, where a long title is cut off: the day and the start come first. */
  brief: (session: SessionRecord) => string
}

/** How a session is called; one that was deleted but has attendance says so. */
export function useSessionWords(space: Pick<OpenSpace, 'event'>): SessionWords {
  const t = useWords('shell')
  const language = useLanguage()
  const zone = space.event.value?.zone ?? 'WIB'
  const startOf = ({ start }: SessionRecord) => start.replace(':', '.')
  const titleOf = ({ title, deleted }: SessionRecord) => (deleted ? t('deletedSession', { title }) : title)
  const joined = (parts: string[]) => parts.filter(Boolean).join(' · ')
  return {
    full: (session) => {
      const start = startOf(session)
      return joined([titleOf(session), dayWords(session.day, language), start && `${start} ${zone}`])
    },
    brief: (session) => joined([`${shortDayWords(session.day, language)} ${startOf(session)}`, titleOf(session)]),
  }
}

/** What a screen about one session says above its title: the session where there are several, else the event. */
export function useAbove(space: OpenSpace, event: EventRecord, session: SessionRecord | undefined): string {
  const { full } = useSessionWords(space)
  return session && space.sessions.value.length > 1 ? full(session) : event.title
}
