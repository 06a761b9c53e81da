import { Notice } from '../../parts/Notice.tsx'
import { Screen } from '../../parts/Screen.tsx'
import { useSpaceBeside } from '../../useSpace.ts'
import { useWords } from '../../words.ts'
import { useCompleteApp } from './useCompleteApp.ts'

const kinds = { busy: 'info', incomplete: 'warn', complete: 'ok', onlineOnly: 'warn' } as const

/**
 * The event is on this device: say so, where it is, and whether the app is here too, without which it does not open; and
 * lead to the check of all the rest, before the phone leaves coverage.
 */
export function Joined({ space, kept }: { space: string; kept: boolean }) {
  const t = useWords('join')
  const title = useSpaceBeside(space)?.event.value?.title
  const app = useCompleteApp()
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
      <Notice kind={kinds[app]}>
        <p>{`${title ? t('stored', { title }) : t('storedUntitled')} ${t(`app.${app}`)}`}</p>
      </Notice>
      <p>
        <a href="/akun">{t('toAccount')}</a>
      </p>
      {!kept && <Notice kind="info">{t('notKept')}</Notice>}
      <a class="button" href={`/kegiatan/${space}/siap`}>
        {t('toReadiness')}
      </a>
    </Screen>
  )
}
