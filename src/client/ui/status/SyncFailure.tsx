import { useApp } from '../app.ts'
import { failureWords } from '../parts/failureWords.ts'
import { Notice } from '../parts/Notice.tsx'
import { useWords } from '../words.ts'
import { useUnsentTotal } from './StatusLine.tsx'

/**
 * Why the last round did not go through, and that Hadir tries again; nothing when it did. A warning only where something
 * waits to be sent. What got stuck while the server answers is no missing network. Needs the words of `status`.
 */
export function SyncFailure() {
  const t = useWords('status')
  const { failure, heldUp } = useApp().sync.value
  const { count } = useUnsentTotal()
  if (!failure) return null
  return (
    <Notice kind={count > 0 ? 'warn' : 'info'}>
      <p>{heldUp ? t('stopped') : failureWords(t, failure)}</p>
      <p>{t('triesByItself')}</p>
    </Notice>
  )
}
