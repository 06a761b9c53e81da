import { Notice } from '../../parts/Notice.tsx'
import { Screen } from '../../parts/Screen.tsx'
import { useSpace } from '../../useSpace.ts'
import { useWords } from '../../words.ts'

/** The event is on this device: say so, and where it is. */
export function Joined({ space, kept }: { space: string; kept: boolean }) {
  const t = useWords('join')
  const title = useSpace(space)?.event.value?.title
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
      <Notice kind="ok">{title ? t('joined', { title }) : t('joinedUntitled')}</Notice>
      <p>
        <a href="/akun">{t('toAccount')}</a>
      </p>
      {!kept && <Notice kind="info">{t('notKept')}</Notice>}
    </Screen>
  )
}
