import { useApp } from '../../app.ts'
import { Notice } from '../../parts/Notice.tsx'
import { Screen } from '../../parts/Screen.tsx'
import { useWords } from '../../words.ts'

export function Welcome() {
  const t = useWords('events')
  const { needsSetup } = useApp().identity.value
  return (
    <Screen
      title={t('appName')}
      first
      actions={
        <a class={needsSetup ? 'button' : 'button primary'} href="/masuk">
          {t('signIn')}
        </a>
      }
    >
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
        <a class="button" href="/gabung">
          {t('haveCode')}
        </a>
      </section>
    </Screen>
  )
}
