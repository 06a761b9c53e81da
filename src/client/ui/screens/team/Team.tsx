import { may } from '../../../../core/access.ts'
import { InEvent } from '../../parts/InEvent.tsx'
import { Notice } from '../../parts/Notice.tsx'
import { Screen } from '../../parts/Screen.tsx'
import type { ScreenProps } from '../../routes.ts'
import { useWords } from '../../words.ts'
import { TeamOf } from './TeamOf.tsx'

/** Who works on this event, on which device, and codes for who is to join. */
export function Team({ space: id }: ScreenProps) {
  const t = useWords('team')
  return (
    <InEvent id={id}>
      {(space, event) => (
        <Screen title={t('title')} above={event.title} back={`/kegiatan/${space.id}`} wide>
          {may(space.role.value, 'invite') ? (
            <TeamOf space={space.id} title={event.title} zone={event.zone} />
          ) : (
            <Notice kind="info">{t('organizersOnly')}</Notice>
          )}
        </Screen>
      )}
    </InEvent>
  )
}
