import { useWords } from '../../words.ts'
import { Icon } from '../Icon.tsx'
import { toneIcons } from './Outcome.tsx'
import type { Shown } from './useScanner.ts'

/** The latest results, so that one that passed too fast can be read again. */
export function ScannedList({ latest }: { latest: Shown[] }) {
  const t = useWords('scanner')
  if (latest.length === 0) return null
  return (
    <section class="stack">
      <h2>{t('latest')}</h2>
      <ul class="rows">
        {latest.map(({ number, tone, title, lines }) => (
          <li key={number} class={`scanned scanned-${tone}`}>
            <Icon name={toneIcons[tone]} />
            <div>
              <p class="scanned-title">{title}</p>
              <p class="soft">{[t(`tone.${tone}`), ...(lines ?? [])].join(' · ')}</p>
            </div>
          </li>
        ))}
      </ul>
    </section>
  )
}
