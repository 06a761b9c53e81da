import { Notice } from '../../parts/Notice.tsx'
import { Progress } from '../../parts/Progress.tsx'
import { useWords } from '../../words.ts'
import type { Solving } from './useTurn.ts'

/** Why it takes longer, how far the device is when it works for a turn of its own, and how to stop. */
export function Turn({ solving, stop }: { solving: Solving | undefined; stop: () => void }) {
  const t = useWords('account')
  return (
    <Notice kind="info">
      <div class="stack">
        <p>{t(solving ? 'turn.why' : 'turn.soon')}</p>
        {solving && <Progress label={t('turn.progress', solving)} {...solving} />}
        <button type="button" onClick={stop}>
          {t('turn.stop')}
        </button>
      </div>
    </Notice>
  )
}
