import { useEffect, useState } from 'preact/hooks'
import { askPasskey, hasPasskeys } from '../../../device/passkey.ts'
import { useApp } from '../../app.ts'
import { failureWords } from '../../parts/failureWords.ts'
import { Notice } from '../../parts/Notice.tsx'
import { useWords } from '../../words.ts'
import { useWaysIn } from './useWaysIn.ts'

type Failure = { kind: string; retryAfterMs?: number | undefined }

/** A passkey, or the office's identity provider, which may just have led back here with `outcome`. */
export function OtherWays({ outcome, onIn }: { outcome: string | undefined; onIn: () => void }) {
  const t = useWords('account')
  const { ownAccount } = useApp()
  const ways = useWaysIn()
  const [error, setError] = useState<string | undefined>(undefined)
  const [busy, setBusy] = useState(false)

  useEffect(() => {
    if (outcome === 'ok') void settle(() => ownAccount((own) => own.finishSso()))
  }, [outcome])

  async function settle(enter: () => Promise<{ ok: true } | { ok: false; failure: Failure }>): Promise<void> {
    if (busy) return
    setBusy(true)
    setError(undefined)
    const answer = await enter()
    setBusy(false)
    if (answer.ok) return onIn()
    const { kind } = answer.failure
    setError(kind === 'cancelled' || kind === 'notHere' ? t(`passkey.${kind}`) : failureWords(t, answer.failure))
  }

  const usePasskey = () =>
    settle(() =>
      ownAccount(async (own) => {
        const asked = await own.passkeyChallenge()
        if (!asked.ok) return asked
        const signed = await askPasskey(asked.value)
        return signed.ok ? own.signInWithPasskey(signed.value) : signed
      }),
    )

  async function leave(): Promise<void> {
    const started = await ownAccount((own) => own.startSso('signIn'))
    if (started.ok) location.assign(started.value.url)
    else setError(failureWords(t, started.failure))
  }

  const mayPasskey = ways?.passkeys && hasPasskeys()
  return (
    <>
      {error && <Notice kind="danger">{error}</Notice>}
      {(mayPasskey || ways?.sso) && (
        <section class="stack">
          <h2>{t('otherWays')}</h2>
          {mayPasskey && (
            <button type="button" aria-disabled={busy} onClick={usePasskey}>
              {t('passkeySignIn')}
            </button>
          )}
          {ways?.sso && (
            <button type="button" aria-disabled={busy} onClick={leave}>
              {t('ssoSignIn', { name: ways.sso })}
            </button>
          )}
        </section>
      )}
    </>
  )
}
