import { useEffect, useState } from 'preact/hooks'
import { keepExtras } from '../../device/appCache.ts'
import { reloadWhenChunksAreGone } from '../../device/preloadError.ts'
import { registerUpdates, type Updates } from '../../device/update.ts'
import { useApp } from '../app.ts'
import { hasUnsaved } from '../unsaved.ts'
import { useExtras } from '../useExtras.ts'
import { useWords } from '../words.ts'
import { OfferUpdate } from './OfferUpdate.tsx'
import { unsentTotal } from './StatusLine.tsx'

/**
 * A new version is offered, never forced: a half-drawn signature is worth more. Once it has taken over, this tab loads
 * it as soon as none of its forms holds unsaved work. One that was held back until now is taken at a start that finds
 * nothing unsent and no other tab, where something may be half-written; else it is offered, after the rescue file
 * ([S10]). Put off, the offer comes back at the next start.
 */
export function UpdateNotice() {
  const t = useWords('shell')
  const [updates, setUpdates] = useState<Updates | undefined>(undefined)
  const [replaced, setReplaced] = useState(false)
  const unsaved = hasUnsaved.value
  const extras = useExtras()
  const { status, kiosk } = useApp()
  const isKiosk = kiosk.run.value !== undefined
  useEffect(() => keepExtras(extras), [extras])
  useEffect(() => {
    registerUpdates({
      onWaiting: setUpdates,
      onHeld: (held, isAlone) =>
        isAlone && unsentTotal(status.unsent.value).ops === 0 && !hasUnsaved.value ? held.apply() : setUpdates(held),
      onReplaced: () => setReplaced(true),
    })
  }, [status])
  useEffect(() => reloadWhenChunksAreGone(() => !hasUnsaved.value), [])
  useEffect(() => {
    if (replaced && !unsaved) location.reload()
  }, [replaced, unsaved])
  if (isKiosk || (!updates && !replaced)) return null
  return (
    <div class="update-notice" role="status">
      {replaced || !updates ? (
        <p>{t('updateWaiting')}</p>
      ) : (
        <OfferUpdate {...updates} onLater={() => setUpdates(undefined)} />
      )}
    </div>
  )
}
