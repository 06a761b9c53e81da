import type { ComponentChildren } from 'preact'
import { useLayoutEffect, useRef } from 'preact/hooks'
import type { EventRecord } from '../../../../core/event.ts'
import type { OpenSpace } from '../../../state/openSpace.ts'
import { Screen } from '../../parts/Screen.tsx'
import { useWords } from '../../words.ts'
import type { ImportSteps, Step } from './useImport.ts'

export type StepProps<Name extends Step['name']> = {
  space: OpenSpace
  event: EventRecord
  steps: ImportSteps
  step: Extract<Step, { name: Name }>
}

const names = ['source', 'columns', 'preview', 'result'] as const

/** The frame of each step: which it is of how many. Its heading takes the focus, since the button before it is gone. */
export function StepFrame(props: {
  name: Step['name']
  space: OpenSpace
  event: EventRecord
  actions?: ComponentChildren
  children: ComponentChildren
}) {
  const t = useWords('import')
  const { name, space, event } = props
  const heading = useRef<HTMLHeadingElement>(null)
  useLayoutEffect(() => {
    if (name === 'source') return
    scrollTo(0, 0)
    heading.current?.focus()
  }, [name])
  return (
    <Screen title={t('title')} above={event.title} back={`/kegiatan/${space.id}`} wide actions={props.actions}>
      <div class="import-step">
        <p class="soft">{t('stepOf', { step: names.indexOf(name) + 1, steps: names.length })}</p>
        <h2 ref={heading} tabIndex={-1}>
          {t(`step.${name}`)}
        </h2>
        {name !== 'result' && <p class="soft">{t('nothingYet')}</p>}
      </div>
      {props.children}
    </Screen>
  )
}
