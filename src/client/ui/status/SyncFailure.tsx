import { useApp } from '../app.ts'
import { failureWords } from '../parts/failureWords.ts'
import { Notice } from '../parts/Notice.tsx'
import { useWords } from '../words.ts'

/** Why the last round did not go through, and that Hadir tries again; nothing when it did. Needs the words of `status`. */
export function SyncFailure() {
  const t = useWords('status')
  const { failure } = useApp().sync.value
  if (!failure) return null
  return (
    <Notice kind="warn">
      <p>{failureWords(t, failure)}</p>
      <p>{t('triesByItself')}</p>
    </Notice>
  )
}
