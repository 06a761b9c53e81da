import { useLocation } from 'preact-iso'
import type { SessionRecord } from '../../../core/event.ts'
import type { OpenSpace } from '../../state/openSpace.ts'
import { useWords } from '../words.ts'
import { useSessionWords } from './sessionWords.ts'

/**
 * Which session a screen is about; an event with one session needs no choice. Who was recorded at another is no news
 * here.
 */
export function SessionSwitch({ space, session }: { space: OpenSpace; session: SessionRecord }) {
  const t = useWords('person')
  const { brief } = useSessionWords(space)
  const { path, query, route } = useLocation()
  const { tercatat: _, ...kept } = query
  const sessions = space.sessions.value
  if (sessions.length < 2) return null
  return (
    <select
      aria-label={t('session')}
      value={session.id}
      onChange={({ currentTarget }) =>
        route(`${path}?${new URLSearchParams({ ...kept, sesi: currentTarget.value })}`, true)
      }
    >
      {sessions.map((one) => (
        <option key={one.id} value={one.id}>
          {brief(one)}
        </option>
      ))}
    </select>
  )
}
