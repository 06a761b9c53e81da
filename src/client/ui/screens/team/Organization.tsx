import { useApp } from '../../app.ts'
import { Notice } from '../../parts/Notice.tsx'
import { Screen } from '../../parts/Screen.tsx'
import { useWords } from '../../words.ts'
import { TeamOf } from './TeamOf.tsx'

/** Who may do something in every event: organizers of everything, and whoever audits all of it. */
export function Organization() {
  const t = useWords('team')
  const { identity } = useApp()
  const { organizer } = identity.value
  return (
    <Screen title={t('organization')} back="/" wide>
      {organizer ? (
        <>
          <p>{t('organizationHint')}</p>
          <a href="/riwayat">{t('toHistory')}</a>
          <TeamOf space="*" title={t('allEvents')} zone="WIB" />
        </>
      ) : (
        <Notice kind="info">{t('organizationOnly')}</Notice>
      )}
    </Screen>
  )
}
