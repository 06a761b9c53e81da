import { useWords } from '../../words.ts'
import { Icon } from '../Icon.tsx'
import { toneIcons } from './Outcome.tsx'
import type { Shown } from './useScanner.ts'

/** The latest results, so that one that passed too fast can be read again, and what it offered still be done. */
export function ScannedList({ latest, onAct }: { latest: Shown[]; onAct: (shown: Shown) => void }) {
  const t = useWords('scanner')
  if (latest.length === 0) return null
  return (
    <section class="stack">
      <h2>{t('latest')}</h2>
      <ul class="rows">
        {latest.map((row) => (
          <li key={row.number} class={`scanned scanned-${row.tone}`}>
            <Icon name={toneIcons[row.tone]} />
            <div class="stack">
              <p class="scanned-title">{row.title}</p>
              <p class="soft">{[t(`tone.${row.tone}`), ...(row.lines ?? [])].join(' · ')}</p>
              {row.action && (
                <button type="button" onClick={() => onAct(row)}>
                  {row.action.label}
                </button>
              )}
            </div>
          </li>
        ))}
      </ul>
    </section>
  )
}
