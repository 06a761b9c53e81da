import { useState } from 'preact/hooks'
import type { FormRecord } from '../../../../core/form/form.ts'
import { mayAnswer } from '../../../state/answering.ts'
import type { OpenSpace } from '../../../state/openSpace.ts'
import { searchPeople } from '../../../state/people.ts'
import { useApp } from '../../app.ts'
import { TextField } from '../../parts/Field.tsx'
import { Icon } from '../../parts/Icon.tsx'
import { useWords } from '../../words.ts'

/** Whose answers these are: found by typing, like at check-in; who has answered says so. */
export function ChooseRespondent(props: { space: OpenSpace; form: FormRecord; onChoose: (person: string) => void }) {
  const t = useWords('feedback')
  const { space, form } = props
  const [typed, setTyped] = useState('')
  const { ballots } = useApp()
  /** The right to answer anonymously is given to who was seen at the event. */
  const isAsked = (id: string) =>
    !form.anonymous || [...space.attendance.value.values()].some((present) => present.has(id))
  const found = searchPeople(space, typed, 20).filter(({ id }) => isAsked(id))
  return (
    <div class="stack">
      <TextField type="search" label={t('whose')} hint={t('whoseHint')} value={typed} onInput={setTyped} />
      {typed.trim() !== '' && found.length === 0 && (
        <p role="status">{t(form.anonymous ? 'nobodyPresentFound' : 'nobodyFound')}</p>
      )}
      <ul class="rows">
        {found.map(({ id, name, institution }) => (
          <li key={id}>
            <button type="button" class="person-row" onClick={() => props.onChoose(id)}>
              <span class="person-name">{name}</span>
              <span class="person-office">{institution}</span>
              {!mayAnswer(space, ballots, form, id) && (
                <span class="soft">
                  <Icon name="check" /> {t('hasAnswered')}
                </span>
              )}
            </button>
          </li>
        ))}
      </ul>
    </div>
  )
}
