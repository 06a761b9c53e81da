import type { AskedField } from '../../../../core/signIn.ts'
import { dayAt } from '../../../../core/time.ts'
import type { OpenSpace } from '../../../state/openSpace.ts'
import { positions } from '../../../state/suggestions.ts'
import { useWords } from '../../words.ts'
import { TextField } from '../Field.tsx'
import { InstitutionField } from './InstitutionField.tsx'
import { NumberField } from './NumberField.tsx'
import { EmailField, PhoneField, RankField } from './PersonFields.tsx'
import { type PersonDraft, typeNumber } from './personDraft.ts'
import { RoleChoice } from './RoleChoice.tsx'
import { SuggestField } from './SuggestField.tsx'

/** What a person who signs in alone is asked: the name, and what the event asks for beside it (core/signIn.ts). */
export function AskedFields(props: {
  space: Pick<OpenSpace, 'event' | 'people' | 'offices' | 'now'>
  asks: readonly AskedField[]
  draft: PersonDraft
  onChange: (draft: PersonDraft) => void
  nameError: string | undefined
  numberError?: string | undefined
}) {
  const t = useWords('person')
  const { space, asks, draft, onChange } = props
  const event = space.event.value
  const today = dayAt(space.now(), event?.zone ?? 'WIB')
  const asksFor = (field: AskedField) => asks.includes(field)
  return (
    <>
      <TextField
        label={t('name')}
        hint={t('nameHint')}
        value={draft.name}
        error={props.nameError}
        onInput={(name) => onChange({ ...draft, name })}
        autoComplete="off"
        maxLength={200}
      />
      {asksFor('institution') && <InstitutionField space={space} draft={draft} onChange={onChange} />}
      {asksFor('position') && (
        <SuggestField
          label={t('position')}
          value={draft.position}
          from={positions(space)}
          onInput={(position) => onChange({ ...draft, position })}
        />
      )}
      {asksFor('nip') && (
        <NumberField
          draft={draft}
          today={today}
          error={props.numberError}
          onInput={(nip) => onChange(typeNumber(draft, nip, today))}
        />
      )}
      {asksFor('rank') && <RankField draft={draft} onChange={onChange} />}
      {asksFor('phone') && <PhoneField draft={draft} onChange={onChange} />}
      {asksFor('email') && <EmailField draft={draft} onChange={onChange} />}
      {asksFor('role') && (
        <RoleChoice
          offered={event?.roles ?? []}
          chosen={draft.roles}
          onChange={(roles) => onChange({ ...draft, roles })}
        />
      )}
    </>
  )
}
