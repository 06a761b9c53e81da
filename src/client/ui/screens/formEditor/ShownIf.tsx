import type { Clause } from '../../../../core/form/condition.ts'
import { type Question, wordsIn } from '../../../../core/form/question.ts'
import { writeRelevant } from '../../../../core/xlsform/expression.ts'
import { useLanguage, useWords } from '../../words.ts'
import { Choose } from './FormSettings.tsx'

/** The conditions on one question that can be chosen here. */
function clausesOf(question: Question): Clause[] {
  const { name, type, choices, scale } = question
  const answered: Clause = { question: name, comparison: 'answered', value: '' }
  if (type === 'section' || type === 'matrix' || type === 'ranking') return []
  if (type === 'likert')
    return [
      answered,
      ...Array.from(
        { length: scale },
        (_, at): Clause => ({ question: name, comparison: 'is', value: String(at + 1) }),
      ),
    ]
  const comparison = type === 'multiple' ? 'has' : 'is'
  return [answered, ...choices.map((choice): Clause => ({ question: name, comparison, value: choice.name }))]
}

/** When a question is shown: always, or by one answer before it. A longer condition from a file is kept and named. */
export function ShownIf(props: { question: Question; before: Question[]; onChange: (question: Question) => void }) {
  const t = useWords('feedback')
  const language = useLanguage()
  const { question, before, onChange } = props
  const { shownIf } = question
  const said = ({ question: name, comparison, value }: Clause) => {
    const asked = before.find((one) => one.name === name)
    const choice = asked?.choices.find((one) => one.name === value)
    const label = asked ? wordsIn(asked.label, language) : name
    return comparison === 'answered'
      ? `${label}: ${t('editor.isAnswer')}`
      : `${label} = ${choice ? wordsIn(choice.label, language) : value}`
  }
  const options = before.flatMap(clausesOf).map((clause): [string, string] => [JSON.stringify(clause), said(clause)])
  const value =
    shownIf?.clauses.length === 1 ? JSON.stringify(shownIf.clauses[0]) : shownIf ? writeRelevant(shownIf) : ''
  const isOwn = value !== '' && !options.some(([known]) => known === value)
  if (options.length === 0 && !shownIf) return null
  function choose(chosen: string): void {
    const clause = before.flatMap(clausesOf).find((one) => JSON.stringify(one) === chosen)
    onChange({
      ...question,
      shownIf: clause ? { match: 'all', clauses: [clause] } : chosen === '' ? undefined : shownIf,
    })
  }
  return (
    <Choose
      label={t('editor.shownIf')}
      value={value}
      options={[
        ['', t('editor.always')],
        ...(isOwn && shownIf ? [[value, writeRelevant(shownIf)] as [string, string]] : []),
        ...options,
      ]}
      onChoose={choose}
    />
  )
}
