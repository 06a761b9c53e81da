import { useState } from 'preact/hooks'
import { type Question, wordsIn } from '../../../../core/form/question.ts'
import { useLanguage } from '../../words.ts'
import { Field, TextField } from '../Field.tsx'
import type { QuestionProps } from './QuestionList.tsx'

function useLabels(question: Question) {
  const language = useLanguage()
  return {
    label: wordsIn(question.label, language),
    hint: wordsIn(question.hint, language) || undefined,
    optional: !question.required,
  }
}

/** What was typed that is no number stays in sight until it is mended; a decimal comma is one of ours. */
export function NumberAnswer({ question, answer, error, onAnswer }: QuestionProps<string | number>) {
  const labels = useLabels(question)
  const [typed, setTyped] = useState(answer === undefined ? '' : String(answer).replace('.', ','))
  function read(text: string): void {
    setTyped(text)
    const plain = text.trim().replace(',', '.')
    const isNumber = /^-?\d+(\.\d+)?$/.test(plain)
    onAnswer(plain === '' ? undefined : isNumber ? Number(plain) : text)
  }
  return <TextField {...labels} error={error} inputMode="numeric" value={typed} onInput={read} />
}

/** A day, one line, or several. */
export function TextAnswer({ question, answer = '', error, onAnswer }: QuestionProps<string>) {
  const labels = useLabels(question)
  const change = (text: string) => onAnswer(text || undefined)
  if (question.type !== 'long')
    return (
      <TextField
        {...labels}
        error={error}
        type={question.type === 'date' ? 'date' : 'text'}
        value={answer}
        onInput={change}
      />
    )
  return (
    <Field {...labels} error={error}>
      {(ids) => <textarea {...ids} rows={4} value={answer} onInput={(event) => change(event.currentTarget.value)} />}
    </Field>
  )
}
