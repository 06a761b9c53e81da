import { useId } from 'preact/hooks'
import { type Question, wordsIn } from '../../../../core/form/question.ts'
import { useLanguage } from '../../words.ts'
import { QuestionGroup } from './QuestionGroup.tsx'
import type { QuestionProps } from './QuestionList.tsx'

/** A rating from 1 on, with what its ends mean. */
export function RatingField({ question, answer, error, onAnswer }: QuestionProps<number>) {
  return (
    <QuestionGroup question={question} error={error}>
      <RatingEnds question={question} />
      <RatingScale question={question} rating={answer} onRate={onAnswer} />
    </QuestionGroup>
  )
}

/** What the lowest and the highest rating mean, above the buttons. */
export function RatingEnds({ question: { low, high, scale } }: { question: Question }) {
  const language = useLanguage()
  const [least, most] = [wordsIn(low, language), wordsIn(high, language)]
  if (!least && !most) return null
  return (
    <p class="rating-ends">
      <span>{`1 = ${least}`}</span>
      <span>{`${scale} = ${most}`}</span>
    </p>
  )
}

/** The ratings as one row of large radio buttons. */
export function RatingScale(props: {
  question: Question
  rating: number | undefined
  onRate: (rating: number) => void
}) {
  const id = useId()
  return (
    <div class="rating">
      {Array.from({ length: props.question.scale }, (_, at) => at + 1).map((rating) => (
        <label key={rating}>
          <input
            type="radio"
            class="visually-hidden"
            name={id}
            checked={props.rating === rating}
            onChange={() => props.onRate(rating)}
          />
          <span>{rating}</span>
        </label>
      ))}
    </div>
  )
}
