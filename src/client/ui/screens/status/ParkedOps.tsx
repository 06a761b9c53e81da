import { decodeBody } from '../../../../core/op.ts'
import type { OpenSpace } from '../../../state/openSpace.ts'
import { useApp } from '../../app.ts'
import { localMoment } from '../../dates.ts'
import { Notice } from '../../parts/Notice.tsx'
import { useLanguage, useWords } from '../../words.ts'

type Parked = OpenSpace['unsent']['value']['parked']

const namedKinds = new Set(['attendance', 'person', 'event', 'session', 'same'])

/** The word for what an action is about: an undo, or the kind of its first record. */
function subjectOf(body: string): string {
  const first = decodeBody(body)?.changes[0]
  if (first?.type === 'void') return 'undo'
  return first && first.type !== 'unknown' && namedKinds.has(first.kind) ? first.kind : 'other'
}

/** What the server did not accept, with its reason; nothing is dropped, and a person decides when to try again. */
export function ParkedOps({ parked, onRetry }: { parked: Parked; onRetry: () => Promise<void> }) {
  const t = useWords('status')
  const { syncNow } = useApp()
  const language = useLanguage()
  return (
    <Notice kind="danger">
      <p>{t('parked', { count: parked.length })}</p>
      <ul class="parked">
        {parked.map(({ dev, n, wall, body, parkedFor = 'unreadable' }) => (
          <li key={`${dev}.${n}`}>
            <strong>{t(`subject.${subjectOf(body)}`)}</strong>, {localMoment(wall, language)}:{' '}
            {t(`parkedFor.${parkedFor}`)}
          </li>
        ))}
      </ul>
      <button type="button" onClick={() => onRetry().then(syncNow)}>
        {t('retry')}
      </button>
    </Notice>
  )
}
