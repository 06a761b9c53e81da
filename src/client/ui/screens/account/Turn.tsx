import { Notice } from '../../parts/Notice.tsx'
import { Progress } from '../../parts/Progress.tsx'
import { useWords } from '../../words.ts'
import type { Solving } from './useTurn.ts'

/** How far the device is when it works for a turn of its own, why it takes longer, and how to stop. */
export function Turn({ solving, stop }: { solving: Solving | undefined; stop: () => void }) {
  const t = useWords('account')
  return (
    <Notice kind="info">
      <div class="stack">
        {solving && <Progress label={t('turn.progress', solving)} {...solving} />}
        <p>{t(solving ? 'turn.why' : 'turn.soon')}</p>
        <button type="button" onClick={stop}>
          {t('turn.stop')}
        </button>
      </div>
    </Notice>
  )
}
