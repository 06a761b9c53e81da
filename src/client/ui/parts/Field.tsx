import { type ComponentChildren, h } from 'preact'
import { useId } from 'preact/hooks'
import { useWords } from '../words.ts'

/** What ties an input to its label, its hint and its error. */
export type FieldIds = { id: string; 'aria-describedby': string | undefined; 'aria-invalid': boolean | undefined }

/** A labelled input with a hint before and an error beside it, which is announced. */
export function Field(props: {
  label: string
  hint?: string | undefined
  error?: string | undefined
  /** Says "opsional" after the label: everything else is asked for. */
  optional?: boolean
  children: (ids: FieldIds) => ComponentChildren
}) {
  const t = useWords('shell')
  const id = useId()
  const describedBy = [props.hint && `${id}-hint`, props.error && `${id}-error`].filter(Boolean).join(' ')
  return (
    <div class="field">
      <label for={id}>
        {props.label} {props.optional && <span class="optional">{t('optional')}</span>}
      </label>
      {props.hint && (
        <p id={`${id}-hint`} class="hint">
          {props.hint}
        </p>
      )}
      {props.children({
        id,
        'aria-describedby': describedBy || undefined,
        'aria-invalid': props.error ? true : undefined,
      })}
      <p id={`${id}-error`} class="error" role="alert">
        {props.error}
      </p>
    </div>
  )
}

/** The usual field: one line of text. */
export function TextField(props: {
  label: string
  value: string
  onInput: (value: string) => void
  hint?: string | undefined
  error?: string | undefined
  optional?: boolean
  type?: 'text' | 'email' | 'password' | 'tel' | 'date' | 'time' | 'search'
  inputMode?: 'numeric' | 'tel' | 'email' | 'text'
  autoComplete?: string
  /** Ids of a <datalist>: suggestions, never a closed list. */
  list?: string
  required?: boolean
  maxLength?: number
}) {
  const { label, hint, error, optional, onInput, ...input } = props
  return (
    <Field label={label} hint={hint} error={error} optional={optional ?? false}>
      {(ids) =>
        h('input', {
          type: 'text',
          ...input,
          ...ids,
          onInput: (event: InputEvent) => event.target instanceof HTMLInputElement && onInput(event.target.value),
        })
      }
    </Field>
  )
}
