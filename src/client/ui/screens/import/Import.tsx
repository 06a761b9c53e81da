import { may } from '../../../../core/access.ts'
import type { EventRecord } from '../../../../core/event.ts'
import type { OpenSpace } from '../../../state/openSpace.ts'
import { InEvent } from '../../parts/InEvent.tsx'
import { Notice } from '../../parts/Notice.tsx'
import { Screen } from '../../parts/Screen.tsx'
import type { ScreenProps } from '../../routes.ts'
import { useWords } from '../../words.ts'
import { ColumnsStep } from './ColumnsStep.tsx'
import { ImportProgress } from './ImportProgress.tsx'
import { PreviewStep } from './PreviewStep.tsx'
import { ResultStep } from './ResultStep.tsx'
import { SourceStep } from './SourceStep.tsx'
import { useImport } from './useImport.ts'

/** People from a list that someone made in a spreadsheet or a web form. */
export function Import({ space: id }: ScreenProps) {
  const t = useWords('import')
  return (
    <InEvent id={id}>
      {(space, event) =>
        may(space.role.value, 'importPeople') ? (
          <ImportSteps key={space.id} space={space} event={event} />
        ) : (
          <Screen title={t('title')} above={event.title} back={`/kegiatan/${space.id}`}>
            <Notice kind="info">{t('organizersOnly')}</Notice>
          </Screen>
        )
      }
    </InEvent>
  )
}

function ImportSteps({ space, event }: { space: OpenSpace; event: EventRecord }) {
  const steps = useImport(space)
  const { step, work } = steps
  if (work) return <ImportProgress space={space.id} event={event.title} work={work} onCancel={steps.cancel} />
  const frame = { space, event, steps }
  if (step.name === 'columns') return <ColumnsStep {...frame} step={step} />
  if (step.name === 'preview') return <PreviewStep {...frame} step={step} />
  if (step.name === 'result') return <ResultStep {...frame} step={step} />
  return <SourceStep {...frame} step={step} />
}
