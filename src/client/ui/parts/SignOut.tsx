import { useState } from 'preact/hooks'
import { useApp } from '../app.ts'
import { useWords } from '../words.ts'
import { failureWords } from './failureWords.ts'
import { Notice } from './Notice.tsx'

/** The way out, which is closed while work would be stranded ([S10]): then how much it is, and how to rescue it. */
export function SignOut() {
  const t = useWords('signOut')
  const { account, spaces } = useApp()
  const [error, setError] = useState<{ words: string; toSafe: boolean } | undefined>(undefined)
  const [busy, setBusy] = useState(false)

  async function signOut(): Promise<void> {
    if (busy) return
    if (spaces.inHand.value.length > 0) return setError({ toSafe: true, words: t('inHand') })
    setError(undefined)
    setBusy(true)
    const answer = await account.signOut()
    setBusy(false)
    if (answer.ok) return location.replace('/')
    const { failure } = answer
    if (failure.kind === 'unsent') setError({ toSafe: true, words: t('unsent', { count: failure.count }) })
    else if (failure.kind === 'undecided') setError({ toSafe: true, words: t('undecided') })
    else setError({ toSafe: false, words: failureWords(t, failure) })
  }

  return (
    <>
      <button type="button" onClick={signOut} aria-disabled={busy}>
        {busy ? t('signingOut') : t('signOut')}
      </button>
      {error && (
        <Notice kind="danger">
          <p>{error.words}</p>
          {error.toSafe && <a href="/aman">{t('toRescue')}</a>}
        </Notice>
      )}
    </>
  )
}
