import { useEffect } from 'preact/hooks'
import { useApp } from '../app.ts'
import { Notice } from '../parts/Notice.tsx'
import { StorageSilent } from '../parts/StorageSilent.tsx'
import { useWords } from '../words.ts'
import { useUncopied } from './StatusLine.tsx'

/**
 * Above every screen, when nothing can be saved here, or not safely; and the way out when this device was given up in
 * another tab.
 */
export function StorageNotice() {
  const t = useWords('shell')
  const { silent, givenUp } = useApp().health.value
  const uncopied = useUncopied()
  useEffect(() => {
    if (givenUp) location.replace('/')
  }, [givenUp])
  if (silent) return <StorageSilent word="reload" onRetry={() => location.reload()} />
  if (!uncopied) return null
  return (
    <div class="storage-notice">
      <Notice kind="danger">
        <p>{t('storage.uncopied')}</p>
      </Notice>
    </div>
  )
}
