import { TextField } from '../../parts/Field.tsx'

/** An e-mail address; unless said otherwise the one that a password manager knows this person by. */
export function EmailField(props: {
  label: string
  value: string
  onInput: (value: string) => void
  autoComplete?: 'username' | 'off'
  error: string | undefined
}) {
  return <TextField type="email" inputMode="email" autoComplete="username" {...props} />
}
