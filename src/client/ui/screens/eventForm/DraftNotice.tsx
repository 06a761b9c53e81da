import { useLayoutEffect, useRef } from 'preact/hooks'
import { Icon } from '../../parts/Icon.tsx'
import { Notice } from '../../parts/Notice.tsx'
import { useWords } from '../../words.ts'
import type { EventDraftState } from './useEventDraft.ts'

/** Says that the form shows what was typed before; what was thrown away a moment ago comes back with one tap. */
export function DraftNotice({ state }: { state: EventDraftState }) {
  const t = useWords('eventForm')
  const { thrown, restored, change, goOn, throwAway } = state
  const takeBack = useRef<HTMLButtonElement>(null)
  /** The button that threw it away is gone, and this may lie out of sight. */
  useLayoutEffect(() => takeBack.current?.focus(), [thrown])
  if (thrown)
    return (
      <Notice kind="info">
        <p>{t('thrown')}</p>
        <button ref={takeBack} type="button" onClick={() => change(thrown)}>
          <Icon name="undo" />
          {t('takeBack')}
        </button>
      </Notice>
    )
  if (!restored) return null
  return (
    <Notice kind="info">
      <p>{t('restored')}</p>
      <div class="buttons">
        <button type="button" onClick={goOn}>
          {t('goOn')}
        </button>
        <button type="button" onClick={throwAway}>
          {t('discard')}
        </button>
      </div>
    </Notice>
  )
}
