import type { ComponentChildren } from 'preact'
import { useId } from 'preact/hooks'
import { type Question, wordsIn } from '../../../../core/form/question.ts'
import { useLanguage, useWords } from '../../words.ts'

/** A question that is answered by several controls: they are named by it, with its hint and its error. */
export function QuestionGroup(props: { question: Question; error: string | undefined; children: ComponentChildren }) {
  const t = useWords('questions')
  const language = useLanguage()
  const id = useId()
  const { question, error } = props
  const hint = wordsIn(question.hint, language)
  const describedBy = [hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(' ')
  return (
    <fieldset class="question" aria-describedby={describedBy || undefined} aria-invalid={error ? true : undefined}>
      <legend>
        {wordsIn(question.label, language)} {!question.required && <span class="optional">{t('optional')}</span>}
      </legend>
      {hint && (
        <p id={`${id}-hint`} class="hint">
          {hint}
        </p>
      )}
      {props.children}
      <p id={`${id}-error`} class="error" role="alert">
        {error}
      </p>
    </fieldset>
  )
}
