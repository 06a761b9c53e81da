import { roleGroups } from '../../../../core/role.ts'
import type { OpenSpace } from '../../../state/openSpace.ts'
import { Field } from '../../parts/Field.tsx'
import { useSessionWords } from '../../parts/sessionWords.ts'
import { useWide } from '../../useWide.ts'
import { useWords } from '../../words.ts'
import { type ChoiceName, maxBlankRows, papers, type SheetChoice, sorts } from './sheetChoice.ts'

type Choice = { value: string; words: string }

/** One choice of a few; the first is the usual one, which the address does not name. */
function ChoiceField(props: { label: string; value: string; choices: Choice[]; onChange: (value: string) => void }) {
  const { label, value, choices, onChange } = props
  return (
    <Field label={label}>
      {(ids) => (
        <select {...ids} value={value} onChange={({ currentTarget }) => onChange(currentTarget.value)}>
          {choices.map((choice) => (
            <option key={choice.value} value={choice.value}>
              {choice.words}
            </option>
          ))}
        </select>
      )}
    </Field>
  )
}

/** What is printed and how, for all documents together. */
export function SheetFields(props: {
  space: OpenSpace
  choice: SheetChoice
  onChange: (name: ChoiceName, value: string) => void
}) {
  const t = useWords('documents')
  const wide = useWide()
  const { space, choice, onChange } = props
  const { brief } = useSessionWords(space)
  const sessions = space.sessions.value.map((session) => ({ value: session.id, words: brief(session) }))
  return (
    <section class="sheet-fields" aria-label={t('options')}>
      {sessions.length > 1 && (
        <ChoiceField
          label={t('session')}
          value={choice.session?.id ?? ''}
          choices={[{ value: '', words: t('allSessions', { count: sessions.length }) }, ...sessions]}
          onChange={(value) => onChange('sesi', value)}
        />
      )}
      <ChoiceField
        label={t('group')}
        value={choice.group ?? ''}
        choices={[
          { value: '', words: t('allGroups') },
          ...roleGroups.map((group) => ({ value: group, words: t(`groups.${group}`) })),
        ]}
        onChange={(value) => onChange('kelompok', value)}
      />
      <details class="fold" open={wide}>
        <summary>{t('form')}</summary>
        <div class="stack">
          <ChoiceField
            label={t('people')}
            value={choice.people}
            choices={(['present', 'everyone'] as const).map((value) => ({ value, words: t(`peopleOf.${value}`) }))}
            onChange={(value) => onChange('isi', value)}
          />
          <ChoiceField
            label={t('sort')}
            value={choice.sort}
            choices={sorts.map((value) => ({ value, words: t(`sorts.${value}`) }))}
            onChange={(value) => onChange('urutan', value)}
          />
          <ChoiceField
            label={t('paper')}
            value={choice.paper}
            choices={papers.map((value) => ({ value, words: t(`papers.${value}`) }))}
            onChange={(value) => onChange('kertas', value)}
          />
          <Field label={t('blankRows')} hint={t('blankRowsHint', { most: maxBlankRows })}>
            {(ids) => (
              <input
                {...ids}
                type="number"
                inputMode="numeric"
                min={0}
                max={maxBlankRows}
                value={choice.blankRows}
                onChange={({ currentTarget }) => onChange('kosong', currentTarget.value)}
              />
            )}
          </Field>
          <label class="choice">
            <input
              type="checkbox"
              checked={choice.phone}
              onChange={({ currentTarget }) => onChange('hp', currentTarget.checked ? '1' : '')}
            />
            {t('phone')}
          </label>
        </div>
      </details>
    </section>
  )
}
