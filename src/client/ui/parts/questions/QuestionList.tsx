import { type Answer, type Answers, isAnswered } from '../../../../core/form/answer.ts'
import { type AnswerProblem, maxTextLength, shownQuestions } from '../../../../core/form/fill.ts'
import { type Question, wordsIn } from '../../../../core/form/question.ts'
import { useLanguage, useWords } from '../../words.ts'
import { ChoiceField } from './ChoiceField.tsx'
import { MatrixField } from './MatrixField.tsx'
import { RankingField } from './RankingField.tsx'
import { RatingField } from './RatingField.tsx'
import { NumberAnswer, TextAnswer } from './TypedAnswer.tsx'

/** What every kind of question is given. */
export type QuestionProps<A extends Answer> = {
  question: Question
  answer: A | undefined
  error: string | undefined
  onAnswer: (answer: A | undefined) => void
}

/**
 * A form as it is filled in: the questions that are shown with these answers, in the given order. `problems` are said
 * beside their questions; the first one takes the focus by useFocusFirstError.
 */
export function QuestionList(props: {
  questions: Question[]
  answers: Answers
  problems: ReadonlyMap<string, AnswerProblem>
  onChange: (answers: Answers) => void
}) {
  const t = useWords('questions')
  const { questions, answers, problems, onChange } = props

  function change(name: string, answer: Answer | undefined): void {
    const { [name]: _, ...others } = answers
    onChange(answer !== undefined && isAnswered(answer) ? { ...others, [name]: answer } : others)
  }
  function errorOf({ name, type, min, max }: Question): string | undefined {
    const problem = problems.get(name)
    const most = type === 'short' ? maxTextLength.short : maxTextLength.long
    return problem && t(`problems.${problem}`, { min, max, most })
  }

  return (
    <ol class="questions">
      {shownQuestions(questions, answers).map((question) => (
        <li key={question.name} class={question.type === 'section' ? 'question-section' : undefined}>
          <OneQuestion
            question={question}
            answer={answers[question.name]}
            error={errorOf(question)}
            onAnswer={(answer) => change(question.name, answer)}
          />
        </li>
      ))}
    </ol>
  )
}

function OneQuestion({ question, answer, error, onAnswer }: QuestionProps<Answer>) {
  const language = useLanguage()
  const rest = { question, error, onAnswer }
  switch (question.type) {
    case 'section':
      return (
        <>
          <h2>{wordsIn(question.label, language)}</h2>
          <p class="hint">{wordsIn(question.hint, language)}</p>
        </>
      )
    case 'single':
      return <ChoiceField {...rest} answer={typeof answer === 'string' ? [answer] : undefined} />
    case 'multiple':
      return <ChoiceField {...rest} answer={Array.isArray(answer) ? answer : undefined} />
    case 'ranking':
      return <RankingField {...rest} answer={Array.isArray(answer) ? answer : undefined} />
    case 'likert':
      return <RatingField {...rest} answer={typeof answer === 'number' ? answer : undefined} />
    case 'matrix':
      return (
        <MatrixField {...rest} answer={typeof answer === 'object' && !Array.isArray(answer) ? answer : undefined} />
      )
    case 'number':
      return <NumberAnswer {...rest} answer={typeof answer === 'number' ? answer : undefined} />
    case 'date':
    case 'short':
    case 'long':
      return <TextAnswer {...rest} answer={typeof answer === 'string' ? answer : undefined} />
  }
}
