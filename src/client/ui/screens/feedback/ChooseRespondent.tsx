import { useState } from 'preact/hooks'
import type { FormRecord } from '../../../../core/form/form.ts'
import { attemptsLeft } from '../../../state/forms.ts'
import type { OpenSpace } from '../../../state/openSpace.ts'
import { searchPeople } from '../../../state/people.ts'
import { TextField } from '../../parts/Field.tsx'
import { Icon } from '../../parts/Icon.tsx'
import { useWords } from '../../words.ts'

/** Whose answers these are: found by typing, like at check-in; who has answered says so. */
export function ChooseRespondent(props: { space: OpenSpace; form: FormRecord; onChoose: (person: string) => void }) {
  const t = useWords('feedback')
  const { space, form } = props
  const [typed, setTyped] = useState('')
  const found = searchPeople(space, typed, 20)
  return (
    <div class="stack">
      <TextField type="search" label={t('whose')} hint={t('whoseHint')} value={typed} onInput={setTyped} />
      {typed.trim() !== '' && found.length === 0 && <p role="status">{t('nobodyFound')}</p>}
      <ul class="rows">
        {found.map(({ id, name, institution }) => (
          <li key={id}>
            <button type="button" class="person-row" onClick={() => props.onChoose(id)}>
              <span class="person-name">{name}</span>
              <span class="person-office">{institution}</span>
              {!attemptsLeft(space, form, id) && (
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
