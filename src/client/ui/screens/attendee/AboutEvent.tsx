import type { EventRecord, SessionRecord } from '../../../../core/event.ts'
import { dayAt } from '../../../../core/time.ts'
import type { FormSpace } from '../../../state/formSpace.ts'
import { heldSessions } from '../../../state/sessions.ts'
import { dayWords } from '../../dates.ts'
import { Field } from '../../parts/Field.tsx'
import { Notice } from '../../parts/Notice.tsx'
import { useSessionWords } from '../../parts/sessionWords.ts'
import { useLanguage, useWords } from '../../words.ts'

/** What this is, whose, where and when; the session, where there are several; and whether that is today. */
export function AboutEvent(props: {
  space: FormSpace
  event: EventRecord
  session: SessionRecord
  onSession: (id: string) => void
}) {
  const t = useWords('attendee')
  const { space, event, session } = props
  const language = useLanguage()
  const { full, brief } = useSessionWords(space)
  const sessions = heldSessions(space)
  const today = dayAt(space.now(), event.zone)
  const start = session.start && `${session.start.replace(':', '.')} ${event.zone}`
  const place = [event.venue, event.city].filter(Boolean).join(', ')
  return (
    <section class="attendee-event">
      {event.institution && <p>{event.institution}</p>}
      {sessions.length < 2 && <p>{full(session)}</p>}
      {place && <p>{place}</p>}
      {sessions.length > 1 && (
        <Field label={t('session')}>
          {(ids) => (
            <select {...ids} value={session.id} onChange={({ currentTarget }) => props.onSession(currentTarget.value)}>
              {sessions.map((one) => (
                <option key={one.id} value={one.id}>
                  {brief(one)}
                </option>
              ))}
            </select>
          )}
        </Field>
      )}
      {session.day !== today && (
        <Notice kind={session.day > today ? 'info' : 'warn'}>
          {session.day > today
            ? t('notYetToday', { when: [dayWords(session.day, language), start].filter(Boolean).join(', ') })
            : t('wasBefore', { day: dayWords(session.day, language) })}
        </Notice>
      )}
    </section>
  )
}
