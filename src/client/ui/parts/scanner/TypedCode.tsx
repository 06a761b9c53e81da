import { useState } from 'preact/hooks'
import { useWords } from '../../words.ts'
import { Field } from '../Field.tsx'

/** A code typed by hand, or by a hardware scanner while the field has the focus. */
export function TypedCode({ hint, onCode }: { hint: string; onCode: (text: string) => void }) {
  const t = useWords('scanner')
  const [typed, setTyped] = useState('')

  function submit(event: SubmitEvent): void {
    event.preventDefault()
    if (!typed.trim()) return
    onCode(typed)
    setTyped('')
  }

  return (
    <form onSubmit={submit}>
      <Field label={t('code')} hint={hint}>
        {(ids) => (
          <input
            {...ids}
            type="text"
            autocomplete="off"
            autocapitalize="characters"
            spellcheck={false}
            enterkeyhint="go"
            value={typed}
            onInput={({ currentTarget }) => setTyped(currentTarget.value)}
          />
        )}
      </Field>
      <button type="submit">{t('check')}</button>
    </form>
  )
}
