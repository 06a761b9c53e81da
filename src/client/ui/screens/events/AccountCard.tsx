import { useState } from 'preact/hooks'
import { useApp } from '../../app.ts'
import { failureWords } from '../../parts/failureWords.ts'
import { Notice } from '../../parts/Notice.tsx'
import { useWords } from '../../words.ts'

/**
 * Who is signed in here, and the way out, which is closed while work would be stranded. A device that the server no longer
 * knows may have had an account: nothing is said of it.
 */
export function AccountCard() {
  const t = useWords('events')
  const { account, identity, device } = useApp()
  const [error, setError] = useState<{ words: string; isUnsent: boolean } | undefined>(undefined)
  const [busy, setBusy] = useState(false)
  const { account: signedIn, enrolled } = identity.value
  const { holder } = device()

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

  if (!signedIn)
    return (
      <section class="card">
        {enrolled && <p>{holder ? t('heldBy', { holder }) : t('noAccount')}</p>}
        <a href="/masuk">{t('signIn')}</a>
        {enrolled && holder && <a href="/akun">{t('createAccount')}</a>}
        <a href="/aman">{t('toSafe')}</a>
      </section>
    )
  return (
    <section class="card">
      <p class="soft">{t('signedInAs')}</p>
      <p>
        <strong>{signedIn.name}</strong>
        <br />
        {signedIn.email}
      </p>
      <p class="soft">{t('signOutHint')}</p>
      <button type="button" onClick={signOut} aria-disabled={busy}>
        {busy ? t('signingOut') : t('signOut')}
      </button>
      {error && (
        <Notice kind="danger">
          <p>{error.words}</p>
          {error.isUnsent && <a href="/aman">{t('toRescue')}</a>}
        </Notice>
      )}
      {identity.value.organizer && <a href="/tim">{t('toTeam')}</a>}
      <a href="/akun">{t('toAccount')}</a>
      <a href="/aman">{t('toSafe')}</a>
    </section>
  )
}
