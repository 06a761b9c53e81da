import { useMemo, useState } from 'preact/hooks'
import { type Answers, readAnswers } from '../../../../core/form/answer.ts'
import { type AnswerProblem, finalAnswers, findProblems } from '../../../../core/form/fill.ts'
import type { FormRecord } from '../../../../core/form/form.ts'
import { wordsIn } from '../../../../core/form/question.ts'
import { arrangeQuestions } from '../../../../core/form/shuffle.ts'
import { attemptsLeft, questionsOf, submitResponse } from '../../../state/forms.ts'
import type { OpenSpace } from '../../../state/openSpace.ts'
import { Notice } from '../../parts/Notice.tsx'
import { isFields } from '../../parts/person/personDraft.ts'
import { QuestionList } from '../../parts/questions/QuestionList.tsx'
import { SaveFailed } from '../../parts/SaveFailed.tsx'
import { useDraft } from '../../useDraft.ts'
import { useFocusFirstError } from '../../useFocusFirstError.ts'
import { useSaving } from '../../useSaving.ts'
import { useLanguage, useWords } from '../../words.ts'

const parseDraft = (stored: unknown): Answers | undefined => (isFields(stored) ? readAnswers(stored) : undefined)
const noProblems = new Map<string, AnswerProblem>()

/** The questions for one person: kept while they are answered, sent once. */
export function FillSheet(props: {
  space: OpenSpace
  form: FormRecord
  person: string
  name: string
  /** `sent`: the answers were saved; otherwise another person is wanted. */
  onDone: (sent: boolean) => void
}) {
  const t = useWords('feedback')
  const language = useLanguage()
  const { space, person } = props
  /** As it was when it was opened: what is asked does not change under the hand, and the answers say what they answer. */
  const [form] = useState(props.form)
  const key = `response:${space.id}:${form.id}:${form.version}:${person}`
  const [answers, change] = useDraft<Answers>(key, {}, parseDraft)
  const [problems, setProblems] = useState(noProblems)
  const focus = useFocusFirstError(problems)
  const { busy, failure, save } = useSaving()
  const asked = questionsOf(space, form)
  const questions = useMemo(
    () => arrangeQuestions(asked, { questions: form.shuffleQuestions, choices: form.shuffleChoices }, key),
    [asked, form, key],
  )

  async function submit(event: Event): Promise<void> {
    event.preventDefault()
    if (!answers) return
    const found = findProblems(questions, answers)
    setProblems(found)
    if (found.size > 0) return
    const given = { form, person, answers: finalAnswers(asked, answers) }
    if (await save(() => submitResponse(space, given, key))) props.onDone(true)
  }

  if (!attemptsLeft(space, form, person))
    return (
      <Notice kind="info">
        <p>{t('answeredAlready', { name: props.name })}</p>
        <button type="button" onClick={() => props.onDone(false)}>
          {t('anotherPerson')}
        </button>
      </Notice>
    )
  if (!answers) return <p aria-busy="true" />
  return (
    <form ref={focus} noValidate onSubmit={submit}>
      <p class="hint">{wordsIn(form.intro, language)}</p>
      <p>
        {t('answersOf', { name: props.name })}{' '}
        <button type="button" class="link-button" onClick={() => props.onDone(false)}>
          {t('anotherPerson')}
        </button>
      </p>
      <QuestionList questions={questions} answers={answers} problems={problems} onChange={change} />
      <SaveFailed failure={failure} />
      <button type="submit" class="primary" disabled={busy}>
        {busy ? t('saving') : t('send')}
      </button>
    </form>
  )
}
