import { useId } from 'preact/hooks'
import { suggest } from '../../../state/suggestions.ts'
import { TextField } from '../Field.tsx'

/** A line of text with suggestions from the event; anything else may be typed as well. */
export function SuggestField(props: {
  label: string
  value: string
  onInput: (value: string) => void
  from: readonly string[]
  hint?: string
  error?: string | undefined
  optional?: boolean
}) {
  const { from, ...field } = props
  const id = useId()
  return (
    <>
      <TextField {...field} list={id} autoComplete="off" maxLength={200} />
      <datalist id={id}>
        {suggest(from, props.value).map((text) => (
          <option key={text} value={text} />
        ))}
      </datalist>
    </>
  )
}
