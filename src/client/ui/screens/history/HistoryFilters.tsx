import { useLocation } from 'preact-iso'
import { SearchField } from '../../parts/SearchField.tsx'
import { useWords } from '../../words.ts'
import { historyKinds, type Shown } from './shownEntries.ts'

/** A thousand phones make no list to choose from: those that wrote last, and the one that is chosen. */
const maxDevices = 200

/** Which entries are listed; the address remembers it, but for what is typed. */
export function HistoryFilters(props: { entries: Shown[]; typed: string; setTyped: (typed: string) => void }) {
  const t = useWords('history')
  const { path, query, route } = useLocation()
  const names = new Map(props.entries.map(({ entry, who }) => [entry.dev, who]))
  const chosen = query.perangkat
  if (chosen && !names.has(chosen)) names.set(chosen, t('unknownDevice'))
  const devices = [...names]
    .filter(([dev], i) => i < maxDevices || dev === chosen)
    .sort(([, a], [, b]) => a.localeCompare(b))
  function change(part: Record<string, string>) {
    const entries = Object.entries({ ...query, ...part }).filter(([, value]) => value !== '')
    route(`${path}?${new URLSearchParams(entries)}`, true)
  }
  return (
    <search class="stack">
      <SearchField label={t('search')} typed={props.typed} setTyped={props.setTyped} />
      <div class="filters">
        <select
          aria-label={t('kindFilter')}
          value={query.jenis ?? ''}
          onChange={({ currentTarget }) => change({ jenis: currentTarget.value })}
        >
          <option value="">{t('allKinds')}</option>
          {historyKinds.map((kind) => (
            <option key={kind} value={kind}>
              {t(`kindOf.${kind}`)}
            </option>
          ))}
        </select>
        <select
          aria-label={t('whoFilter')}
          value={chosen ?? ''}
          onChange={({ currentTarget }) => change({ perangkat: currentTarget.value })}
        >
          <option value="">{t('everybody')}</option>
          {devices.map(([dev, who]) => (
            <option key={dev} value={dev}>
              {who}
            </option>
          ))}
        </select>
      </div>
      {query.orang && (
        <button type="button" onClick={() => change({ orang: '' })}>
          {t('allPersons')}
        </button>
      )}
    </search>
  )
}
