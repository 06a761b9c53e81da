import { useId } from 'preact/hooks'
import { wordsIn } from '../../../../core/form/question.ts'
import { useLanguage } from '../../words.ts'
import { QuestionGroup } from './QuestionGroup.tsx'
import type { QuestionProps } from './QuestionList.tsx'

/** One choice (a second tap on it takes it back, where it is optional) or several; kept in the form's order. */
export function ChoiceField({
  question,
  answer = [],
  error,
  onAnswer,
}: Omit<QuestionProps<string[]>, 'onAnswer'> & { onAnswer: (answer: string | string[] | undefined) => void }) {
  const language = useLanguage()
  const id = useId()
  const isSingle = question.type === 'single'
  function toggle(name: string): void {
    if (isSingle) onAnswer(answer.includes(name) && !question.required ? undefined : name)
    else {
      const chosen = new Set(answer)
      if (!chosen.delete(name)) chosen.add(name)
      const kept = question.choices.map((choice) => choice.name).filter((one) => chosen.has(one))
      onAnswer(kept.length > 0 ? kept : undefined)
    }
  }
  return (
    <QuestionGroup question={question} error={error}>
      {question.choices.map(({ name, label }) => (
        <label key={name} class="choice">
          <input
            type={isSingle ? 'radio' : 'checkbox'}
            name={id}
            checked={answer.includes(name)}
            onClick={() => isSingle && answer.includes(name) && toggle(name)}
            onChange={() => !(isSingle && answer.includes(name)) && toggle(name)}
          />
          <span>{wordsIn(label, language)}</span>
        </label>
      ))}
    </QuestionGroup>
  )
}
