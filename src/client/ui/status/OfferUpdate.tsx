import { useEffect, useState } from 'preact/hooks'
import type { Updates } from '../../device/update.ts'
import { useApp } from '../app.ts'
import { lazyPart } from '../lazyPart.ts'
import { useWords } from '../words.ts'
import { useUnsentTotal } from './StatusLine.tsx'

/** Loaded when it is wanted: few updates come while work is unsent. */
const KeptRescue = lazyPart(() => import('../parts/KeptRescue.tsx').then((m) => m.KeptRescue), { optional: true })

/**
 * Says that a new version waits. While work is unsent a rescue file of it comes first ([S10]), the person's word
 * that it is there, then the press that updates. Whoever has a queue before him has it out of the way with `onLater`.
 */
export function OfferUpdate({ apply, onLater }: Updates & { onLater: () => void }) {
  const t = useWords('shell')
  const { ops } = useUnsentTotal()
  const [rescued, setRescued] = useState<ReadonlySet<string> | undefined>(undefined)
  const isSaved = useIsRescued(rescued)
  const isFree = ops === 0 || isSaved
  return (
    <>
      <p>{isFree ? t('updateReady') : t('updateFirst', { count: ops })}</p>
      <button type="button" class="link-button" onClick={onLater}>
        {t('updateLater')}
      </button>
      {ops > 0 && <KeptRescue opsOnly onKept={setRescued} isDone={isSaved} />}
      {isFree && (
        <button type="button" onClick={apply}>
          {t('update')}
        </button>
      )}
    </>
  )
}

/** Whether all that waits to be sent is in the file that is kept; not when something came after it. */
function useIsRescued(rescued: ReadonlySet<string> | undefined): boolean {
  const { status } = useApp()
  const unsent = status.unsent.value
  const [isRescued, setIsRescued] = useState(false)
  useEffect(() => {
    let isGone = false
    if (rescued) status.isRescued(rescued).then((found) => !isGone && setIsRescued(found))
    else setIsRescued(false)
    return () => {
      isGone = true
    }
  }, [status, rescued, unsent])
  return isRescued
}
