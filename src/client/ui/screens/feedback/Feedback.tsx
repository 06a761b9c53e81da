import { may } from '../../../../core/access.ts'
import type { EventRecord } from '../../../../core/event.ts'
import { listForms } from '../../../state/forms.ts'
import type { OpenSpace } from '../../../state/openSpace.ts'
import { EmptyState } from '../../parts/EmptyState.tsx'
import { InEvent } from '../../parts/InEvent.tsx'
import { Screen } from '../../parts/Screen.tsx'
import type { ScreenProps } from '../../routes.ts'
import { useWords } from '../../words.ts'
import { ReportPages } from '../results/ReportPages.tsx'
import { AddForm } from './AddForm.tsx'
import { FormRow } from './FormRow.tsx'

/** The forms of an event: what is asked, until when, and how many have answered. */
export function Feedback({ space: id }: ScreenProps) {
  return <InEvent id={id}>{(space, event) => <FormList key={space.id} space={space} event={event} />}</InEvent>
}

function FormList({ space, event }: { space: OpenSpace; event: EventRecord }) {
  const t = useWords('feedback')
  const forms = listForms(space)
  const mayEdit = may(space.role.value, 'editEvent')
  return (
    <Screen title={t('title')} above={event.title} back={`/kegiatan/${space.id}`}>
      {forms.length === 0 && (
        <EmptyState title={t('none')}>
          <p>{t(mayEdit ? 'noneHint' : 'noneHintFacilitator')}</p>
        </EmptyState>
      )}
      <ul class="rows">
        {forms.map((form) => (
          <FormRow key={form.id} space={space} event={event} form={form} />
        ))}
      </ul>
      {mayEdit && <AddForm space={space} />}
      {may(space.role.value, 'exportFull') && <ReportPages space={space} event={event} />}
    </Screen>
  )
}
