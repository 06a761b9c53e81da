import { type Question, questionTypes } from '../../../../core/form/question.ts'
import { Field, TextField } from '../../parts/Field.tsx'
import { useWords } from '../../words.ts'
import { choicesOfLines, linesOfChoices } from './draft.ts'
import { Check, Choose } from './FormSettings.tsx'
import { RightChoices } from './RightChoices.tsx'
import { ShownIf } from './ShownIf.tsx'

/** One question as it is edited: only what its type has. */
export function QuestionFields(props: {
  question: Question
  /** The questions before it, whose answers may show it. */
  before: Question[]
  onChange: (question: Question) => void
}) {
  const t = useWords('feedback')
  const { question, onChange } = props
  const { type } = question
  const set = (change: Partial<Question>) => onChange({ ...question, ...change })
  const hasChoices = type === 'single' || type === 'multiple' || type === 'ranking'
  const hasScale = type === 'likert' || type === 'matrix'
  const numberOf = (typed: string) => (/^-?\d+$/.test(typed.trim()) ? Number(typed) : undefined)

  function lines(field: 'choices' | 'rows') {
    return (
      <Field label={t(`editor.${field}`)}>
        {(ids) => (
          <textarea
            {...ids}
            rows={5}
            defaultValue={linesOfChoices(question[field])}
            onInput={({ currentTarget }) => {
              const typed = currentTarget.value.split('\n').map((line) => line.trim())
              set({ [field]: choicesOfLines(typed.filter(Boolean), question[field]) })
            }}
          />
        )}
      </Field>
    )
  }

  return (
    <div class="stack">
      <TextField
        label={t('editor.label')}
        value={question.label.id}
        onInput={(id) => set({ label: { ...question.label, id } })}
      />
      <TextField
        optional
        label={t('editor.labelEn')}
        value={question.label.en}
        onInput={(en) => set({ label: { ...question.label, en } })}
      />
      <TextField
        optional
        label={t('editor.hint')}
        value={question.hint.id || question.hint.en}
        onInput={(id) => set({ hint: { ...question.hint, id } })}
      />
      <Choose
        label={t('editor.type')}
        value={type}
        options={questionTypes.map((one) => [one, t(`editor.types.${one}`)])}
        onChoose={(chosen) => set({ type: questionTypes.find((one) => one === chosen) ?? type })}
      />
      {hasChoices && lines('choices')}
      {type === 'matrix' && lines('rows')}
      {hasScale && (
        <>
          <Choose
            label={t('editor.scale')}
            value={String(question.scale)}
            options={[4, 5].map((scale) => [String(scale), t('editor.scaleTo', { scale })])}
            onChoose={(scale) => set({ scale: scale === '4' ? 4 : 5 })}
          />
          <TextField
            optional
            label={t('editor.low')}
            value={question.low.id || question.low.en}
            onInput={(id) => set({ low: { ...question.low, id } })}
          />
          <TextField
            optional
            label={t('editor.high')}
            value={question.high.id || question.high.en}
            onInput={(id) => set({ high: { ...question.high, id } })}
          />
        </>
      )}
      {type === 'number' && (
        <>
          <TextField
            optional
            inputMode="numeric"
            label={t('editor.min')}
            value={question.min === undefined ? '' : String(question.min)}
            onInput={(typed) => set({ min: numberOf(typed) })}
          />
          <TextField
            optional
            inputMode="numeric"
            label={t('editor.max')}
            value={question.max === undefined ? '' : String(question.max)}
            onInput={(typed) => set({ max: numberOf(typed) })}
          />
        </>
      )}
      {hasChoices && <RightChoices question={question} onChange={onChange} />}
      <ShownIf question={question} before={props.before} onChange={onChange} />
      {type !== 'section' && (
        <Check label={t('editor.required')} checked={question.required} onChange={(required) => set({ required })} />
      )}
    </div>
  )
}
