import { type Question, wordsIn } from '../../../../core/form/question.ts'
import { TextField } from '../../parts/Field.tsx'
import { useLanguage, useWords } from '../../words.ts'

/** Points and right answers of a test's question; 0 points is no test. */
export function RightChoices({ question, onChange }: { question: Question; onChange: (question: Question) => void }) {
  const t = useWords('feedback')
  const language = useLanguage()
  const { points, right, choices, type } = question
  function toggle(name: string): void {
    const others = right.filter((one) => one !== name)
    const added = type === 'single' ? [name] : [...others, name]
    onChange({ ...question, right: right.includes(name) ? others : added })
  }
  return (
    <>
      <TextField
        optional
        inputMode="numeric"
        label={t('editor.points')}
        value={points === 0 ? '' : String(points)}
        onInput={(typed) => onChange({ ...question, points: Math.min(100, Number(typed.replace(/\D/g, '')) || 0) })}
      />
      {points > 0 && (
        <fieldset class="question">
          <legend>{t('editor.right')}</legend>
          {choices.map(({ name, label }) => (
            <label key={name} class="choice">
              <input type="checkbox" checked={right.includes(name)} onChange={() => toggle(name)} />
              <span>{wordsIn(label, language)}</span>
            </label>
          ))}
        </fieldset>
      )}
    </>
  )
}
