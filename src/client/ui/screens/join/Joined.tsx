import { readHost } from '../../../device/hosting.ts'
import { Notice } from '../../parts/Notice.tsx'
import { Screen } from '../../parts/Screen.tsx'
import { useSpace } from '../../useSpace.ts'
import { useWords } from '../../words.ts'
import { useCompleteApp } from './useCompleteApp.ts'

/** The event is on this device: say so, where it is, and whether the app is here too, without which it does not open. */
export function Joined({ space, kept }: { space: string; kept: boolean }) {
  const t = useWords('join')
  const title = useSpace(space)?.event.value?.title
  const app = useCompleteApp()
  const isStored = title ? t('stored', { title }) : t('storedUntitled')
  return (
    <Screen
      title={t('joinedTitle')}
      back="/"
      actions={
        <a class="button primary" href={`/kegiatan/${space}`}>
          {t('open')}
        </a>
      }
    >
      {readHost().worksOffline ? (
        <Notice kind={app === 'complete' ? 'ok' : app === 'busy' ? 'info' : 'warn'}>
          <p role="status">{`${isStored} ${t(`app.${app}`)}`}</p>
        </Notice>
      ) : (
        <Notice kind="warn">{`${isStored} ${t('app.onlineOnly')}`}</Notice>
      )}
      <p>
        <a href="/akun">{t('toAccount')}</a>
      </p>
      {!kept && <Notice kind="info">{t('notKept')}</Notice>}
    </Screen>
  )
}
