import { addDays, isDay } from '../../../../core/time.ts'
import { Icon } from '../../parts/Icon.tsx'
import { useWords } from '../../words.ts'
import type { SessionForm } from './form.ts'
import { SessionFields } from './SessionFields.tsx'

/** A new session is of the day after the last one: days are added more often than sessions within a day. */
function nextSession(sessions: SessionForm[]): SessionForm {
  const last = sessions.filter(({ removed }) => !removed).at(-1) ?? sessions.at(-1)
  const number = sessions.filter(({ key }) => key.startsWith('new-')).length
  return {
    key: `new-${number}`,
    title: last?.title ?? '',
    day: last && isDay(last.day) ? addDays(last.day, 1) : '',
    start: last?.start ?? '',
    end: last?.end ?? '',
    removed: false,
  }
}

/** Days and sessions; one that is removed can be taken back until the form is saved. */
export function SessionList(props: {
  sessions: SessionForm[]
  onChange: (sessions: SessionForm[]) => void
  errorOf: (field: string) => string | undefined
}) {
  const t = useWords('eventForm')
  const { sessions, onChange, errorOf } = props
  const replace = (changed: SessionForm) =>
    onChange(sessions.map((session) => (session.key === changed.key ? changed : session)))
  const noSession = errorOf('sessions')
  return (
    <>
      <ul class="session-list">
        {sessions.map((session, i) => (
          <li key={session.key}>
            {session.removed ? (
              <p class="removed" role="status">
                {t('removed', { title: session.title || t('sessionNumber', { number: i + 1 }) })}
                <button type="button" onClick={() => replace({ ...session, removed: false })}>
                  <Icon name="undo" />
                  {t('takeBack')}
                </button>
              </p>
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
