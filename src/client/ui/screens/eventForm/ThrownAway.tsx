import { Icon } from '../../parts/Icon.tsx'
import { Notice } from '../../parts/Notice.tsx'
import { useWords } from '../../words.ts'
import type { EventDraftState } from './useEventDraft.ts'

/** What was thrown away a moment ago comes back with one tap. */
export function ThrownAway({ state }: { state: EventDraftState }) {
  const t = useWords('eventForm')
  const { thrown, change } = state
  if (!thrown) return null
  return (
    <Notice kind="info">
      <p>{t('thrown')}</p>
      <button type="button" onClick={() => change(thrown)}>
        <Icon name="undo" />
        {t('takeBack')}
      </button>
    </Notice>
  )
}
