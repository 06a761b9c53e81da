import { useId } from 'preact/hooks'
import { useLocation } from 'preact-iso'
import type { SessionRecord } from '../../../core/event.ts'
import type { OpenSpace } from '../../state/openSpace.ts'
import { dayWords } from '../dates.ts'
import { useLanguage, useWords } from '../words.ts'

/** Which session a screen is about; an event with one session needs no choice. */
export function SessionSwitch({ space, session }: { space: OpenSpace; session: SessionRecord }) {
  const t = useWords('person')
  const language = useLanguage()
  const { path, query, route } = useLocation()
  const id = useId()
  const sessions = space.sessions.value
  const label = ({ title, day, start }: SessionRecord) =>
    [title, dayWords(day, language), start.replace(':', '.')].filter(Boolean).join(' · ')
  if (sessions.length < 2) return null
  return (
    <div class="field">
      <label for={id}>{t('session')}</label>
      <select
        id={id}
        value={session.id}
        onChange={({ currentTarget }) =>
          route(`${path}?${new URLSearchParams({ ...query, sesi: currentTarget.value })}`, true)
        }
      >
        {sessions.map((one) => (
          <option key={one.id} value={one.id}>
            {label(one)}
          </option>
        ))}
      </select>
    </div>
  )
}
