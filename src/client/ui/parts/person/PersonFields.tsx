import { type PersonNumberKind, personNumberKinds } from '../../../../core/person.ts'
import { formatPhone, normalisePhone } from '../../../../core/phone.ts'
import { ranksByGrade } from '../../../../core/rank.ts'
import type { Role } from '../../../../core/role.ts'
import { dayAt } from '../../../../core/time.ts'
import type { OpenSpace } from '../../../state/openSpace.ts'
import { positions } from '../../../state/suggestions.ts'
import { useWords } from '../../words.ts'
import { Field, TextField } from '../Field.tsx'
import { InstitutionField } from './InstitutionField.tsx'
import { NumberField } from './NumberField.tsx'
import { type PersonDraft, typeNumber } from './personDraft.ts'
import { RoleChoice } from './RoleChoice.tsx'
import { SuggestField } from './SuggestField.tsx'

const ranks = Object.entries(ranksByGrade).map(([grade, rank]) => `${rank}, ${grade}`)
const sexes = ['', 'L', 'P'] as const

type Props = { space: OpenSpace; draft: PersonDraft; onChange: (draft: PersonDraft) => void }

/** What is asked of everybody. */
export function FirstFields({ space, draft, onChange, nameError }: Props & { nameError?: string | undefined }) {
  const t = useWords('person')
  return (
    <>
      <TextField
        label={t('name')}
        hint={t('nameHint')}
        value={draft.name}
        error={nameError}
        onInput={(name) => onChange({ ...draft, name })}
        autoComplete="off"
        maxLength={200}
      />
      <InstitutionField space={space} draft={draft} onChange={onChange} />
      <SuggestField
        label={t('position')}
        value={draft.position}
        from={positions(space)}
        onInput={(position) => onChange({ ...draft, position })}
      />
    </>
  )
}

type FieldProps = Pick<Props, 'draft' | 'onChange'>

export function RankField({ draft, onChange }: FieldProps) {
  const t = useWords('person')
  return (
    <SuggestField
      label={t('rank')}
      optional
      value={draft.rank}
      from={ranks}
      onInput={(rank) => onChange({ ...draft, rank })}
    />
  )
}

export function PhoneField({ draft, onChange }: FieldProps) {
  const t = useWords('person')
  const mobile = normalisePhone(draft.phone)
  return (
    <TextField
      label={t('phone')}
      optional
      type="tel"
      inputMode="tel"
      hint={draft.phone.trim() === '' ? t('phoneHint') : mobile ? formatPhone(mobile) : t('phoneNotMobile')}
      value={draft.phone}
      onInput={(phone) => onChange({ ...draft, phone })}
      maxLength={40}
    />
  )
}

export function EmailField({ draft, onChange }: FieldProps) {
  const t = useWords('person')
  return (
    <TextField
      label={t('email')}
      optional
      type="email"
      inputMode="email"
      value={draft.email}
      onInput={(email) => onChange({ ...draft, email })}
      maxLength={200}
    />
  )
}

/** The rest, of which nothing is required. */
export function MoreFields({ space, draft, onChange }: Props) {
  const t = useWords('person')
  const zone = space.event.value?.zone ?? 'WIB'
  const today = dayAt(space.now(), zone)
  const offered: readonly Role[] = space.event.value?.roles ?? []
  return (
    <>
      <Field label={t('numberKind')}>
        {(ids) => (
          <select
            {...ids}
            value={draft.numberKind}
            onChange={({ currentTarget }) => onChange({ ...draft, numberKind: numberKindOf(currentTarget.value) })}
          >
            {personNumberKinds.map((kind) => (
              <option key={kind} value={kind}>
                {t(`numberKinds.${kind}`)}
              </option>
            ))}
          </select>
        )}
      </Field>
      <NumberField draft={draft} today={today} onInput={(nip) => onChange(typeNumber(draft, nip, today))} />
      <RankField draft={draft} onChange={onChange} />
      <PhoneField draft={draft} onChange={onChange} />
      <EmailField draft={draft} onChange={onChange} />
      <fieldset class="choices">
        <legend>{t('sex')}</legend>
        {sexes.map((sex) => (
          <label class="choice" key={sex}>
            <input
              type="radio"
              checked={draft.sex === sex}
              onChange={() => onChange({ ...draft, sex, sexChosen: true })}
            />
            {t(`sexes.${sex || 'none'}`)}
          </label>
        ))}
      </fieldset>
      <RoleChoice offered={offered} chosen={draft.roles} onChange={(roles) => onChange({ ...draft, roles })} />
      <TextField
        label={t('note')}
        optional
        value={draft.note}
        onInput={(note) => onChange({ ...draft, note })}
        maxLength={500}
      />
    </>
  )
}

function numberKindOf(value: string): PersonNumberKind {
  return personNumberKinds.find((kind) => kind === value) ?? 'none'
}
