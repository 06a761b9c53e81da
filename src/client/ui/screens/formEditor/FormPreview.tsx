import { useState } from 'preact/hooks'
import type { Answers } from '../../../../core/form/answer.ts'
import { findProblems } from '../../../../core/form/fill.ts'
import { wordsIn } from '../../../../core/form/question.ts'
import { QuestionList } from '../../parts/questions/QuestionList.tsx'
import { useLanguage, useWords } from '../../words.ts'
import type { Draft } from './draft.ts'

/** The form as people will see it, to be tried; nothing of it is kept. */
export function FormPreview({ draft: { form, questions } }: { draft: Draft }) {
  const t = useWords('feedback')
  const language = useLanguage()
  const [answers, setAnswers] = useState<Answers>({})
  const given = questions.filter(({ name }) => Object.hasOwn(answers, name))
  return (
    <section class="card preview" aria-labelledby="preview">
      <h2 id="preview">{t('editor.preview')}</h2>
      <p class="hint">{wordsIn(form.intro, language)}</p>
      <QuestionList
        questions={questions}
        answers={answers}
        problems={findProblems(given, answers)}
        onChange={setAnswers}
      />
    </section>
  )
}
