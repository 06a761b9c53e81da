import { wordsIn } from '../../../../core/form/question.ts'
import { useLanguage, useWords } from '../../words.ts'
import { QuestionGroup } from './QuestionGroup.tsx'
import type { QuestionProps } from './QuestionList.tsx'

/** Choices get their place by being tapped in order: dragging is hard with one thumb and for a screen reader. */
export function RankingField({ question, answer = [], error, onAnswer }: QuestionProps<string[]>) {
  const t = useWords('questions')
  const language = useLanguage()
  function tap(name: string): void {
    const next = answer.includes(name) ? answer.filter((one) => one !== name) : [...answer, name]
    onAnswer(next.length > 0 ? next : undefined)
  }
  return (
    <QuestionGroup question={question} error={error}>
      <p class="hint">{t('rankingHint')}</p>
      <ul class="ranking">
        {question.choices.map(({ name, label }) => {
          const place = answer.indexOf(name) + 1
          return (
            <li key={name}>
              <button type="button" aria-pressed={place > 0} onClick={() => tap(name)}>
                <span class="place">
                  {place > 0 ? place : '–'}
                  <span class="visually-hidden"> {place > 0 ? t('place', { place }) : t('noPlace')}</span>
                </span>
                <span>{wordsIn(label, language)}</span>
              </button>
            </li>
          )
        })}
      </ul>
    </QuestionGroup>
  )
}
