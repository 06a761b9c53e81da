import { useState } from 'preact/hooks'
import { may } from '../../../../core/access.ts'
import type { EventRecord } from '../../../../core/event.ts'
import type { FormRecord } from '../../../../core/form/form.ts'
import { leastShown } from '../../../../core/form/groups.ts'
import { reportOf } from '../../../../core/form/report.ts'
import { countedResponses } from '../../../../core/form/response.ts'
import type { SkmWeight } from '../../../../core/form/skm.ts'
import { findForm, formTitle, responseRate, responsesOf, versionsOf } from '../../../state/forms.ts'
import type { OpenSpace } from '../../../state/openSpace.ts'
import { EmptyState } from '../../parts/EmptyState.tsx'
import { InEvent } from '../../parts/InEvent.tsx'
import { Notice } from '../../parts/Notice.tsx'
import { Screen } from '../../parts/Screen.tsx'
import type { ScreenProps } from '../../routes.ts'
import { useLanguage, useWords } from '../../words.ts'
import { ExportResults } from './ExportResults.tsx'
import { GainResults } from './GainResults.tsx'
import { GroupResults } from './GroupResults.tsx'
import { ItemResults } from './ItemResults.tsx'
import { QuestionSection } from './QuestionSection.tsx'
import { RateCard } from './RateCard.tsx'
import { SkmCard } from './SkmCard.tsx'
import { SpeakerTable } from './SpeakerTable.tsx'

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
  const [typed, setTyped] = useState('')
  const [weight, setWeight] = useState<SkmWeight>('exact')
  const responses = countedResponses(responsesOf(space, form), form)
  const report = reportOf(form, versionsOf(space), responses)
  const { present } = responseRate(space, form)
  const isTest = form.purpose === 'preTest' || form.purpose === 'postTest'
  return (
    <Screen title={formTitle(space, form, language)} above={event.title} back={back}>
      <p class="lead">{t('answered', { count: report.counted, present })}</p>
      <RateCard space={space} form={form} />
      {report.late > 0 && <Notice kind="info">{t('late', { count: report.late })}</Notice>}
      {report.hidden && <Notice kind="info">{t('hidden', { least: leastShown })}</Notice>}
      {report.counted === 0 && (
        <EmptyState title={t('none')}>
          <p>{t('noneHint')}</p>
        </EmptyState>
      )}
      {report.counted > 0 && !report.hidden && (
        <>
          {isTest && <GainResults space={space} form={form} />}
          {form.purpose === 'evaluation' && <SkmCard {...{ space, form, responses, weight }} onWeight={setWeight} />}
          {report.questions.map((reported) => (
            <QuestionSection
              key={`${reported.number} ${reported.question.name}`}
              reported={reported}
              typed={typed}
              onTyped={setTyped}
            />
          ))}
          <ItemResults space={space} form={form} />
          {form.purpose === 'speaker' && <SpeakerTable space={space} form={form} />}
          {!form.anonymous && <GroupResults space={space} event={event} form={form} />}
          {may(space.role.value, 'exportFull') && (
            <ExportResults {...{ space, event, form, report, responses, weight }} />
          )}
        </>
      )}
    </Screen>
  )
}
