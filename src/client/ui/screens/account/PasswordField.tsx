import { h } from 'preact'
import { useState } from 'preact/hooks'
import { maxPasswordLength } from '../../../../core/passwordLength.ts'
import { Field } from '../../parts/Field.tsx'
import { useWords } from '../../words.ts'

/** A password that can be shown, pasted and filled in by a password manager. */
export function PasswordField(props: {
  label: string
  value: string
  onInput: (value: string) => void
  autoComplete: 'new-password' | 'current-password'
  hint?: string | undefined
  error?: string | undefined
}) {
  const t = useWords('account')
  const [shown, setShown] = useState(false)
  return (
    <Field label={props.label} hint={props.hint} error={props.error}>
      {(ids) => (
        <div class="password">
          {h('input', {
            ...ids,
            type: shown ? 'text' : 'password',
            value: props.value,
            autoComplete: props.autoComplete,
            autoCapitalize: 'off',
            spellcheck: false,
            maxLength: maxPasswordLength,
            onInput: (event: InputEvent) =>
              event.target instanceof HTMLInputElement && props.onInput(event.target.value),
          })}
          <button type="button" aria-pressed={shown} aria-controls={ids.id} onClick={() => setShown(!shown)}>
            {shown ? t('hide') : t('show')}
          </button>
        </div>
      )}
    </Field>
  )
}
