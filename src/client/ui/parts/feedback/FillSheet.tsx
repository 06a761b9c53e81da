import { useMemo, useState } from 'preact/hooks'
import { isFields } from '../../../../core/fields.ts'
import { type Answers, readAnswers } from '../../../../core/form/answer.ts'
import { type AnswerProblem, finalAnswers, findProblems } from '../../../../core/form/fill.ts'
import type { FormRecord } from '../../../../core/form/form.ts'
import { wordsIn } from '../../../../core/form/question.ts'
import { arrangeQuestions } from '../../../../core/form/shuffle.ts'
import { answerDraft, mayAnswer, submitAnswers } from '../../../state/answering.ts'
import { questionsOf } from '../../../state/forms.ts'
import type { OpenSpace } from '../../../state/openSpace.ts'
import { useApp } from '../../app.ts'
import { type DraftKeeper, useDraft } from '../../useDraft.ts'
import { useFocusFirstError } from '../../useFocusFirstError.ts'
import { useSaving } from '../../useSaving.ts'
import { useLanguage, useWords } from '../../words.ts'
import { Notice } from '../Notice.tsx'
import { QuestionList } from '../questions/QuestionList.tsx'
import { SaveFailed } from '../SaveFailed.tsx'

const parseDraft = (stored: unknown): Answers | undefined => (isFields(stored) ? readAnswers(stored) : undefined)
const noProblems = new Map<string, AnswerProblem>()

/** The questions for one person: kept while they are answered, sent once. */
export function FillSheet(props: {
  space: OpenSpace
  form: FormRecord
  person: string
  name: string
  /** The answers were saved. */
  onDone: () => void
  /** Somebody else is wanted; without it there is nobody else. */
  onOther?: (() => void) | undefined
  /** Where a draft is kept; the device's own drafts where it is missing. */
  drafts?: DraftKeeper
}) {
  const t = useWords('questions')
  const language = useLanguage()
  const { ballots } = useApp()
  const { space, person, onOther } = props
  /** As it was when it was opened: what is asked does not change under the hand, and the answers say what they answer. */
  const [form] = useState(props.form)
  const key = answerDraft(space.id, form, person)
  const [answers, change] = useDraft<Answers>(key, {}, parseDraft, props.drafts)
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
    let isKept = false
    const isSaved = await save(async () => {
      isKept = await submitAnswers(space, ballots, given, key)
    })
    if (isSaved && isKept) props.onDone()
  }

  const other = onOther && (
    <button type="button" class="link-button" onClick={onOther}>
      {t('anotherPerson')}
    </button>
  )
  if (!busy && !mayAnswer(space, ballots, form, person))
    return (
      <Notice kind="info">
        <p>{t('answeredAlready', { name: props.name })}</p>
        {other}
      </Notice>
    )
  if (!answers) return <p aria-busy="true" />
  return (
    <form ref={focus} noValidate onSubmit={submit}>
      <p class="hint">{wordsIn(form.intro, language)}</p>
      <p>
        {t('answersOf', { name: props.name })} {other}
      </p>
      <QuestionList questions={questions} answers={answers} problems={problems} onChange={change} />
      <SaveFailed failure={failure} />
      <button type="submit" class="primary" disabled={busy}>
        {busy ? t('saving') : t('send')}
      </button>
    </form>
  )
}
