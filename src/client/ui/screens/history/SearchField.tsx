import { Icon } from '../../parts/Icon.tsx'
import { useWords } from '../../words.ts'

/** Seeks in the listed history while one types. */
export function SearchField(props: { typed: string; setTyped: (typed: string) => void }) {
  const t = useWords('history')
  return (
    <div class="search-field">
      <Icon name="search" />
      <input
        type="search"
        aria-label={t('search')}
        placeholder={t('search')}
        autocomplete="off"
        spellcheck={false}
        value={props.typed}
        onInput={({ currentTarget }) => props.setTyped(currentTarget.value)}
      />
    </div>
  )
}
