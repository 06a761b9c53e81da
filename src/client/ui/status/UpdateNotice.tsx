import { useEffect, useState } from 'preact/hooks'
import { keepExtras } from '../../device/appCache.ts'
import { reloadWhenChunksAreGone } from '../../device/preloadError.ts'
import { registerUpdates, type Updates } from '../../device/update.ts'
import { useApp } from '../app.ts'
import { hasUnsaved } from '../unsaved.ts'
import { useExtras } from '../useExtras.ts'
import { useWords } from '../words.ts'
import { OfferUpdate } from './OfferUpdate.tsx'

/**
 * A new version is offered, never forced: a half-drawn signature is worth more. Once it has taken over, this tab loads
 * it as soon as none of its forms holds unsaved work.
 */
export function UpdateNotice() {
  const t = useWords('shell')
  const [updates, setUpdates] = useState<Updates | undefined>(undefined)
  const [replaced, setReplaced] = useState(false)
  const unsaved = hasUnsaved.value
  const isKiosk = useApp().kiosk.run.value !== undefined
  const extras = useExtras()
  useEffect(() => keepExtras(extras), [extras])
  useEffect(() => registerUpdates(setUpdates, () => setReplaced(true)), [])
  useEffect(() => reloadWhenChunksAreGone(() => !hasUnsaved.value), [])
  useEffect(() => {
    if (replaced && !unsaved) location.reload()
  }, [replaced, unsaved])
  if (isKiosk || (!updates && !replaced)) return null
  return (
    <div class="update-notice" role="status">
      {replaced || !updates ? <p>{t('updateWaiting')}</p> : <OfferUpdate {...updates} />}
    </div>
  )
}
