import { useEffect } from 'preact/hooks'
import type { FormRecord } from '../../../../core/form/form.ts'
import { askedForms } from '../../../state/answering.ts'
import { formTitle } from '../../../state/forms.ts'
import type { OpenSpace } from '../../../state/openSpace.ts'
import { useApp } from '../../app.ts'
import { Icon } from '../../parts/Icon.tsx'
import { useLanguage, useWords } from '../../words.ts'
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
  const language = useLanguage()
  const { ballots } = useApp()
  const { onEnd, forMs } = props
  const asked = askedForms(props.space, ballots, [props.person], [])
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
          {asked.map(({ form }) => (
            <button key={form.id} type="button" onClick={() => props.onAnswer(form)}>
              {t('askForm', { title: formTitle(props.space, form, language) })}
            </button>
          ))}
          <button type="button" class="primary" onClick={onEnd}>
            {t('nextPerson')}
          </button>
        </>
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
