import { useEffect, useState } from 'preact/hooks'
import { registerUpdates, type Updates } from '../../device/update.ts'
import { useApp } from '../app.ts'
import { useWords } from '../words.ts'

/** A new version is offered, never forced: a half-drawn signature is worth more. */
export function UpdateNotice() {
  const t = useWords('shell')
  const { drafts } = useApp()
  const [updates, setUpdates] = useState<Updates | undefined>(undefined)
  useEffect(() => {
    registerUpdates(setUpdates, async () => !(await drafts.any()))
  }, [drafts])
  if (!updates) return null
  return (
    <div class="update-notice" role="status">
      <p>{t('updateReady')}</p>
      <button type="button" onClick={updates.apply}>
        {t('update')}
      </button>
    </div>
  )
}
