import { useApp } from '../../app.ts'
import { Notice } from '../../parts/Notice.tsx'
import { Screen } from '../../parts/Screen.tsx'
import { useWords } from '../../words.ts'
import { InHand } from './InHand.tsx'
import { Wiped } from './Wiped.tsx'

/** Most who are new come with a code; whoever has an account goes on to sign in. */
export function Welcome() {
  const t = useWords('events')
  const { needsSetup } = useApp().identity.value
  const className = needsSetup ? 'button' : 'button primary'
  return (
    <Screen
      title={t('appName')}
      first
      actions={
        <a class={className} href="/gabung">
          {t('haveCode')}
        </a>
      }
    >
      <Wiped />
      <InHand />
      <p class="lead">{t('welcome')}</p>
      {needsSetup && (
        <Notice kind="info">
          <h2>{t('needsSetup')}</h2>
          <p>{t('needsSetupHint')}</p>
        </Notice>
      )}
      <section class="stack">
        <h2>{t('invited')}</h2>
        <p>{t('invitedHint')}</p>
      </section>
      <section class="stack">
        <h2>{t('haveAccount')}</h2>
        <p>{t('haveAccountHint')}</p>
        <a class="button" href="/masuk">
          {t('signIn')}
        </a>
      </section>
    </Screen>
  )
}
