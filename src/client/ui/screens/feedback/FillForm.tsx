import { useState } from 'preact/hooks'
import { may } from '../../../../core/access.ts'
import type { FormRecord } from '../../../../core/form/form.ts'
import { findForm, formTitle } from '../../../state/forms.ts'
import type { OpenSpace } from '../../../state/openSpace.ts'
import { AnswerNotices } from '../../parts/feedback/AnswerNotices.tsx'
import { FillSheet } from '../../parts/feedback/FillSheet.tsx'
import { Thanked } from '../../parts/feedback/Thanked.tsx'
import { InEvent } from '../../parts/InEvent.tsx'
import { Screen } from '../../parts/Screen.tsx'
import type { ScreenProps } from '../../routes.ts'
import { useLanguage, useWords } from '../../words.ts'
import { ChooseRespondent } from './ChooseRespondent.tsx'

/** A form read aloud and filled in for a person who has no phone. */
export function FillForm({ space: id, form: formId }: ScreenProps) {
  const t = useWords('feedback')
  return (
    <InEvent id={id}>
      {(space, event) => {
        const form = findForm(space, formId)
        const back = `/kegiatan/${space.id}/umpan-balik`
        const door = space.attendee.value
        if (form && door && space.role.value === 'attendee')
          return (
            <Screen title={t('title')} above={event.title} back="/">
              <p>{t('own')}</p>
              <a class="button primary" href={`/m/${door.code.slice(0, 4)}`}>
                {t('toOwn')}
              </a>
            </Screen>
          )
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
  const language = useLanguage()
  const { space, form } = props
  const [person, setPerson] = useState<string | undefined>(undefined)
  const [thanked, setThanked] = useState(false)
  const chosen = person === undefined ? undefined : space.people.value.get(person)
  function end(isSaved: boolean): void {
    setPerson(undefined)
    setThanked(isSaved)
  }
  return (
    <Screen title={formTitle(space, form, language)} above={props.above} back={props.back}>
      {thanked && <Thanked />}
      <AnswerNotices space={space} form={form} aloud />
      {!chosen && <ChooseRespondent space={space} form={form} onChoose={setPerson} />}
      {chosen && (
        <FillSheet
          key={chosen.id}
          space={space}
          form={form}
          person={chosen.id}
          name={chosen.name}
          onDone={() => end(true)}
          onOther={() => end(false)}
        />
      )}
    </Screen>
  )
}
