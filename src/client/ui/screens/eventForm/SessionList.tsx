import { addDays, isDay } from '../../../../core/time.ts'
import { Icon } from '../../parts/Icon.tsx'
import { useWords } from '../../words.ts'
import { isNewSession, newSessionKey, type SessionForm } from './form.ts'
import { SessionFields } from './SessionFields.tsx'

/** A new session is of the day after the last one: days are added more often than sessions within a day. */
function nextSession(sessions: SessionForm[]): SessionForm {
  const last = sessions.filter(({ removed }) => !removed).at(-1) ?? sessions.at(-1)
  return {
    key: newSessionKey(sessions.filter(isNewSession).length),
    title: last?.title ?? '',
    day: last && isDay(last.day) ? addDays(last.day, 1) : '',
    start: last?.start ?? '',
    end: last?.end ?? '',
    removed: false,
  }
}

/**
 * Days and sessions; one that is removed can be taken back until the form is saved, and ever after while somebody was
 * seen at it.
 */
export function SessionList(props: {
  sessions: SessionForm[]
  /** How many people were seen at a session. */
  attendees: (session: string) => number
  onChange: (sessions: SessionForm[]) => void
  errorOf: (field: string) => string | undefined
}) {
  const t = useWords('eventForm')
  const { sessions, attendees, onChange, errorOf } = props
  const replace = (changed: SessionForm) =>
    onChange(sessions.map((session) => (session.key === changed.key ? changed : session)))
  const noSession = errorOf('sessions')
  return (
    <>
      <ul class="session-list">
        {sessions.map((session, i) => (
          <li key={session.key}>
            {session.removed ? (
              <div class="removed" role="status">
                <p>
                  {t('removed', { title: session.title || t('sessionNumber', { number: i + 1 }) })}{' '}
                  {attendees(session.key) > 0 && t('attendanceKept', { count: attendees(session.key) })}
                </p>
                <button type="button" onClick={() => replace({ ...session, removed: false })}>
                  <Icon name="undo" />
                  {t('takeBack')}
                </button>
              </div>
            ) : (
              <SessionFields
                session={session}
                number={i + 1}
                onChange={replace}
                onRemove={() => replace({ ...session, removed: true })}
                errorOf={errorOf}
              />
            )}
          </li>
        ))}
      </ul>
      {noSession && (
        <p class="error" role="alert">
          {noSession}
        </p>
      )}
      <button type="button" onClick={() => onChange([...sessions, nextSession(sessions)])}>
        <Icon name="plus" />
        {t('addSession')}
      </button>
    </>
  )
}
