import { TextField } from '../../parts/Field.tsx'

/** A code that somebody reads from paper or hears: large letters, far apart. */
export function CodeField(props: {
  label: string
  hint: string
  value: string
  onInput: (value: string) => void
  autoComplete: 'one-time-code' | 'off'
  error: string | undefined
}) {
  return (
    <div class="code-field">
      <TextField maxLength={40} {...props} />
    </div>
  )
}
