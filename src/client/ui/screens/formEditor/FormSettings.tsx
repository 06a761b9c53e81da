import type { EventRecord } from '../../../../core/event.ts'
import { formPurposes } from '../../../../core/form/form.ts'
import { wordsIn } from '../../../../core/form/question.ts'
import { dayAt, instantOf, isDay, wallTimeAt } from '../../../../core/time.ts'
import { listForms } from '../../../state/forms.ts'
import type { OpenSpace } from '../../../state/openSpace.ts'
import { Field, TextField } from '../../parts/Field.tsx'
import { useSessionWords } from '../../parts/sessionWords.ts'
import { useLanguage, useWords } from '../../words.ts'
import type { Draft } from './draft.ts'

type Props = {
  space: OpenSpace
  event: EventRecord
  draft: Draft
  /** How many have answered: from the first on nobody may make named answers anonymous, or the other way round. */
  answers: number
  onChange: (draft: Draft) => void
}

/** What a form is for, whom it is about and when it is asked. */
export function FormSettings({ space, event, draft, answers, onChange }: Props) {
  const t = useWords('feedback')
  const language = useLanguage()
  const { brief } = useSessionWords(space)
  const { form } = draft
  const set = (change: Partial<Draft['form']>) => onChange({ ...draft, form: { ...form, ...change } })
  const speakers = [...space.people.value.values()].filter(({ roles }) => roles.includes('narasumber'))

  const preTests = listForms(space)
    .filter(({ purpose }) => purpose === 'preTest')
    .map(({ id, title, session }): Option => {
      const about = space.sessions.value.find((one) => one.id === session)
      return [id, [wordsIn(title, language), about?.title].filter(Boolean).join(' · ')]
    })

  function moment(field: 'opensAt' | 'closesAt', day: string, time: string): void {
    set({
      [field]: isDay(day) ? instantOf(day, time || (field === 'opensAt' ? '00:00' : '23:59'), event.zone) : undefined,
    })
  }
  const dayOf = (at: number | undefined) => (at === undefined ? '' : dayAt(at, event.zone))
  const timeOf = (at: number | undefined) => (at === undefined ? '' : wallTimeAt(at, event.zone))

  return (
    <section class="stack" aria-label={t('editor.title')}>
      <TextField
        label={t('editor.formTitle')}
        value={form.title.id || form.title.en}
        onInput={(id) => set({ title: { ...form.title, id } })}
      />
      <Field label={t('editor.intro')} optional>
        {(ids) => (
          <textarea
            {...ids}
            rows={2}
            value={form.intro.id || form.intro.en}
            onInput={({ currentTarget }) => set({ intro: { ...form.intro, id: currentTarget.value } })}
          />
        )}
      </Field>
      <Choose
        label={t('editor.purpose')}
        value={form.purpose}
        options={formPurposes.map((purpose) => [purpose, t(`purposes.${purpose}`)])}
        onChoose={(value) => set({ purpose: formPurposes.find((one) => one === value) ?? form.purpose })}
      />
      <Choose
        label={t('editor.session')}
        value={form.session}
        options={[
          ['', t('editor.wholeEvent')],
          ...space.sessions.value.map((session): Option => [session.id, brief(session)]),
        ]}
        onChoose={(session) => set({ session })}
      />
      {form.purpose === 'speaker' && (
        <Choose
          label={t('editor.speaker')}
          value={form.speaker}
          options={[['', t('editor.noSpeaker')], ...speakers.map(({ id, name }): Option => [id, name])]}
          onChoose={(speaker) => set({ speaker })}
        />
      )}
      {form.purpose === 'postTest' && (
        <Choose
          label={t('editor.pairedWith')}
          hint={t('editor.pairedWithHint')}
          value={form.pairedWith}
          options={[['', t('editor.onlyPreTest')], ...preTests]}
          onChoose={(pairedWith) => set({ pairedWith })}
        />
      )}
      <Check
        label={t('editor.anonymous')}
        hint={answers > 0 ? t('editor.anonymousFixed') : undefined}
        checked={form.anonymous}
        disabled={answers > 0}
        onChange={(anonymous) => set({ anonymous })}
      />
      <div class="two-columns">
        <TextField
          type="date"
          optional
          label={t('editor.opensDay')}
          value={dayOf(form.opensAt)}
          onInput={(day) => moment('opensAt', day, timeOf(form.opensAt))}
        />
        <TextField
          type="time"
          optional
          label={t('editor.opensTime')}
          value={timeOf(form.opensAt)}
          onInput={(time) => moment('opensAt', dayOf(form.opensAt), time)}
        />
        <TextField
          type="date"
          optional
          label={t('editor.closesDay')}
          value={dayOf(form.closesAt)}
          onInput={(day) => moment('closesAt', day, timeOf(form.closesAt))}
        />
        <TextField
          type="time"
          optional
          label={t('editor.closesTime')}
          value={timeOf(form.closesAt)}
          onInput={(time) => moment('closesAt', dayOf(form.closesAt), time)}
        />
      </div>
      {!form.anonymous && (
        <TextField
          label={t('editor.attempts')}
          hint={t('editor.attemptsHint')}
          inputMode="numeric"
          value={String(form.attempts)}
          onInput={(typed) => set({ attempts: Math.min(99, Number(typed.replace(/\D/g, '')) || 0) })}
        />
      )}
      <Check
        label={t('editor.shuffleQuestions')}
        checked={form.shuffleQuestions}
        onChange={(on) => set({ shuffleQuestions: on })}
      />
      <Check
        label={t('editor.shuffleChoices')}
        checked={form.shuffleChoices}
        onChange={(on) => set({ shuffleChoices: on })}
      />
    </section>
  )
}

type Option = [value: string, label: string]

/** One of a closed list. */
export function Choose(props: {
  label: string
  hint?: string | undefined
  value: string
  options: readonly Option[]
  onChoose: (value: string) => void
}) {
  return (
    <Field label={props.label} hint={props.hint}>
      {(ids) => (
        <select {...ids} value={props.value} onChange={({ currentTarget }) => props.onChoose(currentTarget.value)}>
          {props.options.map(([value, label]) => (
            <option key={value} value={value}>
              {label}
            </option>
          ))}
        </select>
      )}
    </Field>
  )
}

export function Check(props: {
  label: string
  hint?: string | undefined
  checked: boolean
  disabled?: boolean
  onChange: (checked: boolean) => void
}) {
  return (
    <label class="choice">
      <input
        type="checkbox"
        checked={props.checked}
        disabled={props.disabled ?? false}
        onChange={({ currentTarget }) => props.onChange(currentTarget.checked)}
      />
      <span>
        {props.label}
        {props.hint && <span class="hint"> {props.hint}</span>}
      </span>
    </label>
  )
}
