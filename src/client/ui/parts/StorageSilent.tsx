import { useWords } from '../words.ts'
import { Notice } from './Notice.tsx'

/** In the place of what the disk should have told: that it does not answer, and a way to ask it again. */
export function StorageSilent({ onRetry }: { onRetry: () => void }) {
  const t = useWords('shell')
  return (
    <Notice kind="danger">
      <p>{t('storage.silent')}</p>
      <button type="button" onClick={onRetry}>
        {t('tryAgain')}
      </button>
    </Notice>
  )
}
