import { useEffect } from 'preact/hooks'
import type { FormRecord } from '../../../../core/form/form.ts'
import type { OpenSpace } from '../../../state/openSpace.ts'
import { Icon } from '../../parts/Icon.tsx'
import { useUncopied } from '../../status/StatusLine.tsx'
import { useWords } from '../../words.ts'
import { AskedButtons, useAsked } from './AskedButtons.tsx'
import { KioskFrame } from './KioskFrame.tsx'

/** What was recorded, in large type, and what is still asked of this person, until the next one's turn. */
export function Thanks(props: {
  space: OpenSpace
  name: string
  person: string
  forMs: number
  onAnswer: (form: FormRecord) => void
  onEnd: () => void
}) {
  const t = useWords('kiosk')
  const { onEnd, forMs } = props
  const uncopied = useUncopied()
  const asked = useAsked(props.space, props.person)
  useEffect(() => {
    /** Who is asked for more reads longer. */
    const timer = setTimeout(onEnd, asked.length > 0 ? forMs * 3 : forMs)
    return () => clearTimeout(timer)
  }, [])
  return (
    <KioskFrame
      space={props.space}
      title={t('thanks')}
      actions={
        <>
          <AskedButtons space={props.space} asked={asked} onAnswer={props.onAnswer} />
          <button type="button" class="primary" onClick={onEnd}>
            {t('nextPerson')}
          </button>
        </>
      }
    >
      <div class={`confirmation confirmation-${uncopied ? 'unsafe' : 'saved'}`} role="status">
        <Icon name={uncopied ? 'warning' : 'check'} />
        <div class="confirmation-words">
          <p class="confirmation-name">{props.name}</p>
          <p>{t(uncopied ? 'status.uncopied' : 'recorded')}</p>
        </div>
      </div>
    </KioskFrame>
  )
}
