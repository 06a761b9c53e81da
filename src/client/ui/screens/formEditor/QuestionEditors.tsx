import { useState } from 'preact/hooks'
import type { DesignProblem } from '../../../../core/form/check.ts'
import { type Question, wordsIn } from '../../../../core/form/question.ts'
import { Icon } from '../../parts/Icon.tsx'
import { useLanguage, useWords } from '../../words.ts'
import { type Draft, nextQuestion } from './draft.ts'
import { QuestionFields } from './QuestionFields.tsx'

/** The questions one below the other; one that was removed can be taken back until the form is left. */
export function QuestionEditors(props: {
  draft: Draft
  problems: ReadonlyMap<string, DesignProblem>
  onChange: (draft: Draft) => void
}) {
  const t = useWords('feedback')
  const language = useLanguage()
  const { draft, problems, onChange } = props
  const { questions } = draft
  const [opened, setOpened] = useState<string | undefined>(undefined)
  const [removed, setRemoved] = useState<{ question: Question; at: number } | undefined>(undefined)
  const set = (next: Question[]) => onChange({ ...draft, questions: next })
  const replace = (at: number, question: Question) => set(questions.map((one, i) => (i === at ? question : one)))

  function move(at: number, by: -1 | 1): void {
    const others = questions.filter((_, i) => i !== at)
    const moved = questions[at]
    if (moved) set([...others.slice(0, at + by), moved, ...others.slice(at + by)])
  }
  function remove(at: number): void {
    const question = questions[at]
    if (!question) return
    setRemoved({ question, at })
    set(questions.filter((_, i) => i !== at))
  }
  function takeBack(): void {
    if (removed) set([...questions.slice(0, removed.at), removed.question, ...questions.slice(removed.at)])
    setRemoved(undefined)
  }
  function add(): void {
    const question = nextQuestion(questions)
    setOpened(question.name)
    set([...questions, question])
  }
  const whole = problems.get('')

  return (
    <section class="stack" aria-labelledby="questions">
      <h2 id="questions">{t('editor.questions')}</h2>
      {whole && (
        <p class="error" role="alert">
          {t(`editor.problems.${whole}`)}
        </p>
      )}
      <ol class="question-editors">
        {questions.map((question, at) => {
          const problem = problems.get(question.name)
          return (
            <li key={question.name}>
              <details
                class="card"
                open={opened === question.name || problem !== undefined}
                onToggle={({ currentTarget }) => currentTarget.open && setOpened(question.name)}
              >
                <summary>
                  {at + 1}. {wordsIn(question.label, language) || t(`editor.types.${question.type}`)}
                </summary>
                {problem && (
                  <p class="error" role="alert">
                    {t(`editor.problems.${problem}`)}
                  </p>
                )}
                <QuestionFields
                  question={question}
                  before={questions.slice(0, at)}
                  onChange={(next) => replace(at, next)}
                />
                <div class="buttons">
                  <button type="button" disabled={at === 0} onClick={() => move(at, -1)}>
                    {t('editor.moveUp')}
                  </button>
                  <button type="button" disabled={at === questions.length - 1} onClick={() => move(at, 1)}>
                    {t('editor.moveDown')}
                  </button>
                  <button type="button" class="danger" onClick={() => remove(at)}>
                    {t('editor.remove')}
                  </button>
                </div>
              </details>
            </li>
          )
        })}
      </ol>
      {removed && (
        <div class="removed" role="status">
          <p>{t('editor.removed')}</p>
          <button type="button" onClick={takeBack}>
            <Icon name="undo" />
            {t('editor.takeBack')}
          </button>
        </div>
      )}
      <button type="button" onClick={add}>
        <Icon name="plus" />
        {t('editor.addQuestion')}
      </button>
    </section>
  )
}
