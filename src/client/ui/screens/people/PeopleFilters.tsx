import type { ComponentChildren } from 'preact'
import { useEffect, useRef, useState } from 'preact/hooks'
import { useLocation } from 'preact-iso'
import { roleGroups } from '../../../../core/role.ts'
import { Icon } from '../../parts/Icon.tsx'
import { useWords } from '../../words.ts'
import { presenceWords } from './peopleQuery.ts'

/** Safari refuses more than 100 changes of the address in 30 seconds. */
const addressDelayMs = 200

/** Which people are listed; the address remembers it. `children` stand beside the other choices. */
export function PeopleFilters({ children }: { children: ComponentChildren }) {
  const t = useWords('people')
  const { path, query, route } = useLocation()
  const [typed, setTyped] = useState(query.cari ?? '')
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined)
  useEffect(() => () => clearTimeout(timer.current), [])

  function change(part: Record<string, string>) {
    const entries = Object.entries({ ...query, ...part }).filter(([, value]) => value !== '')
    route(`${path}?${new URLSearchParams(entries)}`, true)
  }
  const latestChange = useRef(change)
  latestChange.current = change
  function type(cari: string) {
    setTyped(cari)
    clearTimeout(timer.current)
    timer.current = setTimeout(() => latestChange.current({ cari }), addressDelayMs)
  }
  return (
    <search class="stack">
      <div class="search-field">
        <Icon name="search" />
        <input
          type="search"
          aria-label={t('search')}
          placeholder={t('searchHint')}
          autocomplete="off"
          spellcheck={false}
          value={typed}
          onInput={({ currentTarget }) => type(currentTarget.value)}
        />
      </div>
      <div class="filters">
        <select
          aria-label={t('roleGroup')}
          value={query.peran ?? ''}
          onChange={({ currentTarget }) => change({ peran: currentTarget.value })}
        >
          {['', ...roleGroups].map((group) => (
            <option key={group} value={group}>
              {t(`roleGroups.${group || 'all'}`)}
            </option>
          ))}
        </select>
        <select
          aria-label={t('presence')}
          value={query.hadir ?? ''}
          onChange={({ currentTarget }) => change({ hadir: currentTarget.value })}
        >
          {['', ...Object.keys(presenceWords)].map((word) => (
            <option key={word} value={word}>
              {t(`presences.${word || 'all'}`)}
            </option>
          ))}
        </select>
        {children}
      </div>
      {query.instansi && (
        <button type="button" onClick={() => change({ instansi: '' })}>
          <Icon name="close" />
          <span>{t('onlyInstitution', { institution: query.instansi })}</span>
        </button>
      )}
    </search>
  )
}
