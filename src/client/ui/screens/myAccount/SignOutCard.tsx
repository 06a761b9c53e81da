import { useState } from 'preact/hooks'
import { useApp } from '../../app.ts'
import { failureWords } from '../../parts/failureWords.ts'
import { Notice } from '../../parts/Notice.tsx'
import { useWords } from '../../words.ts'

/** The way out, which is closed while work would be stranded ([S10]). */
export function SignOutCard() {
  const t = useWords('myAccount')
  const { account } = useApp()
  const [error, setError] = useState<{ words: string; isUnsent: boolean } | undefined>(undefined)
  const [busy, setBusy] = useState(false)

  async function signOut(): Promise<void> {
    if (busy) return
    setError(undefined)
    setBusy(true)
    const answer = await account.signOut()
    setBusy(false)
    if (answer.ok) return location.replace('/')
    const { failure } = answer
    const isUnsent = failure.kind === 'unsent'
    setError({ isUnsent, words: isUnsent ? t('signOutUnsent', { count: failure.count }) : failureWords(t, failure) })
  }

  return (
    <section class="card">
      <h2>{t('signOutTitle')}</h2>
      <p>{t('signOutHint')}</p>
      <button type="button" onClick={signOut} aria-disabled={busy}>
        {busy ? t('signingOut') : t('signOut')}
      </button>
      {error && (
        <Notice kind="danger">
          <p>{error.words}</p>
          {error.isUnsent && <a href="/aman">{t('toRescue')}</a>}
        </Notice>
      )}
    </section>
  )
}
