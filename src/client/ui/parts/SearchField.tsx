import type { Ref } from 'preact'
import { Icon } from './Icon.tsx'

/** Seeks in a list while one types; `label` says in what, `hint` by what. */
export function SearchField(props: {
  label: string
  hint?: string
  typed: string
  setTyped: (typed: string) => void
  input?: Ref<HTMLInputElement>
}) {
  return (
    <div class="search-field">
      <Icon name="search" />
      <input
        ref={props.input}
        type="search"
        aria-label={props.label}
        placeholder={props.hint ?? props.label}
        autocomplete="off"
        spellcheck={false}
        value={props.typed}
        onInput={({ currentTarget }) => props.setTyped(currentTarget.value)}
      />
    </div>
  )
}
