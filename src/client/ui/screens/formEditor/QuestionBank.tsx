import type { FormRecord } from '../../../../core/form/form.ts'
import { type Question, wordsIn } from '../../../../core/form/question.ts'
import { questionBank } from '../../../../core/form/questionBank.ts'
import { isScored } from '../../../../core/form/score.ts'
import { listForms, questionsOf } from '../../../state/forms.ts'
import type { OpenSpace } from '../../../state/openSpace.ts'
import { Icon } from '../../parts/Icon.tsx'
import { useLanguage, useWords } from '../../words.ts'
import { type Draft, nextQuestion } from './draft.ts'

const asks = ({ label, choices }: Question) => JSON.stringify([label, choices.map((choice) => choice.label)])

/**
 * Items that come with Hadir and those of the event's other tests, as they were edited there, without what is asked
 * already.
 */
function bankFor(space: OpenSpace, form: FormRecord, asked: readonly Question[]): Question[] {
  const others = listForms(space).filter(({ id }) => id !== form.id)
  const items = [...questionBank, ...others.flatMap((other) => questionsOf(space, other)).filter(isScored)]
  const bank = new Map(items.map((item) => [asks(item), item]))
  for (const question of asked) bank.delete(asks(question))
  return [...bank.values()]
}

/** Items to take into a test; there each can be changed, and the bank keeps its own. */
export function QuestionBank(props: {
  space: OpenSpace
  form: FormRecord
  draft: Draft
  onChange: (draft: Draft) => void
}) {
  const t = useWords('feedback')
  const language = useLanguage()
  const { space, form, draft } = props
  const { questions } = draft
  const bank = bankFor(space, form, questions)
  function take(item: Question): void {
    const isFree = questions.every(({ name }) => name !== item.name)
    const name = isFree ? item.name : nextQuestion(questions).name
    props.onChange({ ...draft, questions: [...questions, { ...item, name, shownIf: undefined }] })
  }
  return (
    <details class="card question-bank">
      <summary>{t('editor.bank')}</summary>
      <p class="hint">{t(bank.length > 0 ? 'editor.bankHint' : 'editor.bankEmpty')}</p>
      <ul class="rows">
        {bank.map((item) => (
          <li key={asks(item)}>
            <button type="button" onClick={() => take(item)}>
              <Icon name="plus" />
              {wordsIn(item.label, language)}
            </button>
          </li>
        ))}
      </ul>
    </details>
  )
}
