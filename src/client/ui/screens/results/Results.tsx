import { useState } from 'preact/hooks'
import { may } from '../../../../core/access.ts'
import type { EventRecord } from '../../../../core/event.ts'
import type { FormRecord } from '../../../../core/form/form.ts'
import { leastShown } from '../../../../core/form/groups.ts'
import type { SkmWeight } from '../../../../core/form/skm.ts'
import { findForm, formTitle } from '../../../state/forms.ts'
import type { OpenSpace } from '../../../state/openSpace.ts'
import { EmptyState } from '../../parts/EmptyState.tsx'
import { InEvent } from '../../parts/InEvent.tsx'
import { InTurn } from '../../parts/InTurn.tsx'
import { Notice } from '../../parts/Notice.tsx'
import { Screen } from '../../parts/Screen.tsx'
import type { ScreenProps } from '../../routes.ts'
import { useLanguage, useWords } from '../../words.ts'
import { ExportResults } from './ExportResults.tsx'
import { GainResults } from './GainResults.tsx'
import { GroupResults } from './GroupResults.tsx'
import { ItemResults } from './ItemResults.tsx'
import { RateCard } from './RateCard.tsx'
import { SkmCard } from './SkmCard.tsx'
import { SpeakerTable } from './SpeakerTable.tsx'
import { useResults } from './useResults.ts'
import { useSections } from './useSections.tsx'
import type { WorkedOut } from './workOut.ts'

/** What the responses to a form say, on this device, with or without a network. */
export function Results({ space: id, form: formId }: ScreenProps) {
  const t = useWords('results')
  return (
    <InEvent id={id}>
      {(space, event) => {
        const form = findForm(space, formId)
        const back = `/kegiatan/${space.id}/umpan-balik`
        if (form && may(space.role.value, 'pull'))
          return <FormResults key={form.id} space={space} event={event} form={form} back={back} />
        return (
          <Screen title={t('notFound')} above={event.title} back={back}>
            <p>{t('notFoundHint')}</p>
          </Screen>
        )
      }}
    </InEvent>
  )
}

type Props = { space: OpenSpace; event: EventRecord; form: FormRecord; back: string }

function FormResults({ space, event, form, back }: Props) {
  const t = useWords('results')
  const language = useLanguage()
  const results = useResults(space, form.id)
  return (
    <Screen title={formTitle(space, form, language)} above={event.title} back={back}>
      {results ? <Shown {...{ space, event, form, results }} /> : <p role="status">{t('working')}</p>}
    </Screen>
  )
}

function Shown({ space, event, form, results }: Omit<Props, 'back'> & { results: WorkedOut }) {
  const t = useWords('results')
  const [weight, setWeight] = useState<SkmWeight>('exact')
  const { report, responses, present, findings } = results
  const sections = useSections(report)
  const isTest = form.purpose === 'preTest' || form.purpose === 'postTest'
  const isShown = report.counted > 0 && !report.hidden
  return (
    <>
      <p class="lead">{t('answered', { count: report.counted, present })}</p>
      {findings ? (
        <InTurn>
          <RateCard space={space} form={form} rates={findings.rates} />
        </InTurn>
      ) : (
        <p role="status">{t('working')}</p>
      )}
      {report.late > 0 && <Notice kind="info">{t('late', { count: report.late })}</Notice>}
      {report.hidden && <Notice kind="info">{t('hidden', { least: leastShown })}</Notice>}
      {report.counted === 0 && (
        <EmptyState title={t('none')}>
          <p>{t('noneHint')}</p>
        </EmptyState>
      )}
      {isShown && findings && isTest && (
        <InTurn>
          <GainResults space={space} gains={findings.gains} />
        </InTurn>
      )}
      {isShown && findings?.skm && (
        <InTurn>
          <SkmCard skm={findings.skm} weight={weight} onWeight={setWeight} />
        </InTurn>
      )}
      {isShown && sections}
      {isShown && findings && (
        <InTurn>
          <ItemResults items={findings.items} />
          <SpeakerTable measures={findings.measures} speakers={findings.speakers} />
        </InTurn>
      )}
      {isShown && findings && (
        <InTurn>
          <GroupResults event={event} measures={findings.measures} groups={findings.groups} />
          {may(space.role.value, 'exportFull') && (
            <ExportResults {...{ space, event, form, report, responses, weight }} />
          )}
        </InTurn>
      )}
    </>
  )
}
