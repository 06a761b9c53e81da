import { useEffect } from 'preact/hooks'
import type { OpenSpace } from '../../../state/openSpace.ts'
import { Icon } from '../../parts/Icon.tsx'
import { useWords } from '../../words.ts'
import { KioskFrame } from './KioskFrame.tsx'

/** What was recorded, in large type, until the next person's turn. */
export function Thanks(props: { space: OpenSpace; name: string; forMs: number; onEnd: () => void }) {
  const t = useWords('kiosk')
  const { onEnd, forMs } = props
  useEffect(() => {
    const timer = setTimeout(onEnd, forMs)
    return () => clearTimeout(timer)
  }, [])
  return (
    <KioskFrame
      space={props.space}
      title={t('thanks')}
      actions={
        <button type="button" class="primary" onClick={onEnd}>
          {t('nextPerson')}
        </button>
      }
    >
      <div class="confirmation" role="status">
        <Icon name="check" />
        <div class="confirmation-words">
          <p class="confirmation-name">{props.name}</p>
          <p>{t('recorded')}</p>
        </div>
      </div>
    </KioskFrame>
  )
}
