import { useState } from 'preact/hooks'
import { may } from '../../../../core/access.ts'
import { type FormRecord, windowOf } from '../../../../core/form/form.ts'
import { wordsIn } from '../../../../core/form/question.ts'
import { findForm } from '../../../state/forms.ts'
import type { OpenSpace } from '../../../state/openSpace.ts'
import { InEvent } from '../../parts/InEvent.tsx'
import { Notice } from '../../parts/Notice.tsx'
import { Screen } from '../../parts/Screen.tsx'
import type { ScreenProps } from '../../routes.ts'
import { useLanguage, useWords } from '../../words.ts'
import { ChooseRespondent } from './ChooseRespondent.tsx'
import { FillSheet } from './FillSheet.tsx'

/** A form read aloud and filled in for a person who has no phone. */
export function FillForm({ space: id, form: formId }: ScreenProps) {
  const t = useWords('feedback')
  return (
    <InEvent id={id}>
      {(space, event) => {
        const form = findForm(space, formId)
        const back = `/kegiatan/${space.id}/umpan-balik`
        if (!form || !may(space.role.value, 'checkIn'))
          return (
            <Screen title={t('notFound')} above={event.title} back={back}>
              <p>{t('notFoundHint')}</p>
            </Screen>
          )
        return <FillFor key={form.id} space={space} form={form} back={back} above={event.title} />
      }}
    </InEvent>
  )
}

function FillFor(props: { space: OpenSpace; form: FormRecord; back: string; above: string }) {
  const t = useWords('feedback')
  const language = useLanguage()
  const { space, form } = props
  const [person, setPerson] = useState<string | undefined>(undefined)
  const [thanked, setThanked] = useState(false)
  const chosen = person === undefined ? undefined : space.people.value.get(person)
  const state = windowOf(form, space.now())
  return (
    <Screen title={wordsIn(form.title, language)} above={props.above} back={props.back}>
      {thanked && <Notice kind="ok">{t('thanks')}</Notice>}
      {state !== 'open' && <Notice kind="warn">{t(`closedNow.${state}`)}</Notice>}
      {form.anonymous && <Notice kind="info">{t('anonymousByPhone')}</Notice>}
      {!form.anonymous && !chosen && <ChooseRespondent space={space} form={form} onChoose={setPerson} />}
      {!form.anonymous && chosen && (
        <FillSheet
          key={chosen.id}
          space={space}
          form={form}
          person={chosen.id}
          name={chosen.name}
          onDone={(sent) => {
            setPerson(undefined)
            setThanked(sent)
          }}
        />
      )}
    </Screen>
  )
}
