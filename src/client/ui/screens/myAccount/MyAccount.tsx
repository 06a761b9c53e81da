import { useEffect } from 'preact/hooks'
import { useLocation } from 'preact-iso'
import { useApp } from '../../app.ts'
import { failureWords } from '../../parts/failureWords.ts'
import { Notice } from '../../parts/Notice.tsx'
import { Screen } from '../../parts/Screen.tsx'
import { useWords } from '../../words.ts'
import { DevicesCard } from './DevicesCard.tsx'
import { NameCard } from './NameCard.tsx'
import { NewAccount } from './NewAccount.tsx'
import { PasskeysCard } from './PasskeysCard.tsx'
import { PasswordCard } from './PasswordCard.tsx'
import { SignOutCard } from './SignOutCard.tsx'
import { SsoCard } from './SsoCard.tsx'
import { SsoOutcome } from './SsoOutcome.tsx'
import { useAccount } from './useAccount.ts'

/** Who is signed in here: the ways into the account, and the devices on which it is used. */
export function MyAccount() {
  const t = useWords('myAccount')
  const { identity } = useApp()
  const { sso } = useLocation().query
  return (
    <Screen title={t('title')} back="/">
      {sso && <SsoOutcome outcome={sso} />}
      {identity.value.account ? <Signed /> : <NewAccount />}
    </Screen>
  )
}

function Signed() {
  const t = useWords('myAccount')
  const { identity } = useApp()
  const { facts, failure, load } = useAccount()
  const { account, organizer } = identity.value
  useEffect(() => void load(), [account?.email])
  return (
    <>
      {failure && (
        <Notice kind="warn">
          <p>{failureWords(t, failure)}</p>
          <p>{t('needsNetwork')}</p>
          {failure.kind === 'unauthorized' ? (
            <a href="/masuk?ke=akun">{t('signInAgain')}</a>
          ) : (
            <button type="button" onClick={load}>
              {t('tryAgain')}
            </button>
          )}
        </Notice>
      )}
      {!facts && !failure && <p role="status">{t('loading')}</p>}
      {facts && (
        <>
          <NameCard key={facts.name} facts={facts} onDone={load} />
          <PasswordCard facts={facts} onDone={load} />
          <PasskeysCard facts={facts} onDone={load} />
          {facts.sso && <SsoCard {...facts.sso} />}
          <DevicesCard devices={facts.devices} onDone={load} />
        </>
      )}
      {organizer && (
        <section class="card">
          <h2>{t('othersTitle')}</h2>
          <p>{t('othersHint')}</p>
          <a class="button" href="/kode-sandi">
            {t('toResetCode')}
          </a>
        </section>
      )}
      <SignOutCard />
    </>
  )
}
