import type { FormRecord } from '../../../../core/form/form.ts'
import { askedForms } from '../../../state/answering.ts'
import { formTitle } from '../../../state/forms.ts'
import type { OpenSpace } from '../../../state/openSpace.ts'
import { useApp } from '../../app.ts'
import { useLanguage, useWords } from '../../words.ts'

/** The open forms that a person has not answered from here. */
export function useAsked(space: OpenSpace, person: string): FormRecord[] {
  return askedForms(space, useApp().ballots, [person], []).map(({ form }) => form)
}

/** What is still asked of whoever stands here: a button for each form. */
export function AskedButtons(props: { space: OpenSpace; asked: FormRecord[]; onAnswer: (form: FormRecord) => void }) {
  const t = useWords('kiosk')
  const language = useLanguage()
  return (
    <>
      {props.asked.map((form) => (
        <button key={form.id} type="button" onClick={() => props.onAnswer(form)}>
          {t('askForm', { title: formTitle(props.space, form, language) })}
        </button>
      ))}
    </>
  )
}
