import { wordsIn } from '../../../../core/form/question.ts'
import { useLanguage } from '../../words.ts'
import { QuestionGroup } from './QuestionGroup.tsx'
import type { QuestionProps } from './QuestionList.tsx'
import { RatingEnds, RatingScale } from './RatingField.tsx'

/** The same rating for each row. A table of small buttons does not fit a phone, so rows stand below each other. */
export function MatrixField({ question, answer = {}, error, onAnswer }: QuestionProps<{ [row: string]: number }>) {
  const language = useLanguage()
  return (
    <QuestionGroup question={question} error={error}>
      <RatingEnds question={question} />
      {question.rows.map(({ name, label }) => (
        <fieldset key={name} class="matrix-row">
          <legend>{wordsIn(label, language)}</legend>
          <RatingScale
            question={question}
            rating={Object.hasOwn(answer, name) ? answer[name] : undefined}
            onRate={(rating) => onAnswer({ ...answer, [name]: rating })}
          />
        </fieldset>
      ))}
    </QuestionGroup>
  )
}
