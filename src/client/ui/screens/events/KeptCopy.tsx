import { useEffect, useState } from 'preact/hooks'
import type { HeldSpace, Spaces } from '../../../state/spaces.ts'
import { useApp } from '../../app.ts'
import { Notice } from '../../parts/Notice.tsx'
import { useWords } from '../../words.ts'

type Unhanded = Awaited<ReturnType<Spaces['unhanded']>>
const sorts = ['ops', 'lost', 'ballots', 'files', 'refused'] as const

/** Why the copy of an event that was taken from this device is still here, and what to do. */
export function KeptCopy({ row }: { row: HeldSpace }) {
  const t = useWords('events')
  const { spaces, status } = useApp()
  const [unhanded, setUnhanded] = useState<Unhanded | undefined>(undefined)
  const unsent = status.unsent.value
  useEffect(() => void spaces.unhanded(row.space).then(setUnhanded), [spaces, row, unsent])
  const left = sorts.filter((sort) => unhanded && unhanded[sort] > 0)
  return (
    <Notice kind="warn">
      <div class="stack">
        <p>{t('kept.why')}</p>
        <ul class="reasons" aria-label={t('kept.left')}>
          {left.map((sort) => (
            <li key={sort}>{t(`kept.${sort}`, { count: unhanded?.[sort] })}</li>
          ))}
        </ul>
        <p>{t('kept.todo')}</p>
        <a href="/status">{t('kept.toStatus')}</a>
      </div>
    </Notice>
  )
}
