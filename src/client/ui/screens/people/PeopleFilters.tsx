import type { ComponentChildren } from 'preact'
import { useLocation } from 'preact-iso'
import { roleGroups } from '../../../../core/role.ts'
import { Icon } from '../../parts/Icon.tsx'
import { SearchField } from '../../parts/SearchField.tsx'
import { useWords } from '../../words.ts'
import { presenceWords } from './peopleQuery.ts'

/** Which people are listed; the address remembers it, but for what is typed. `children` stand beside the other choices. */
export function PeopleFilters(props: {
  typed: string
  setTyped: (typed: string) => void
  children: ComponentChildren
}) {
  const t = useWords('people')
  const { path, query, route } = useLocation()
  function change(part: Record<string, string>) {
    const entries = Object.entries({ ...query, ...part }).filter(([, value]) => value !== '')
    route(`${path}?${new URLSearchParams(entries)}`, true)
  }
  return (
    <search class="stack">
      <SearchField label={t('search')} hint={t('searchHint')} typed={props.typed} setTyped={props.setTyped} />
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
        {props.children}
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
