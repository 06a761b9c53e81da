import type { EventRecord } from '../../../../core/event.ts'
import type { OpenSpace } from '../../../state/openSpace.ts'
import { mayCheckIn } from '../../../state/sessions.ts'
import { InEvent } from '../../parts/InEvent.tsx'
import { Notice } from '../../parts/Notice.tsx'
import { Screen } from '../../parts/Screen.tsx'
import { Scanner } from '../../parts/scanner/Scanner.tsx'
import { useAbove } from '../../parts/sessionWords.ts'
import type { ScreenProps } from '../../routes.ts'
import { eventPath, useSession } from '../../useSession.ts'
import { useWords } from '../../words.ts'
import { type ScanPlace, useScanHandler } from './useScanHandler.ts'

/** The facilitator's scanner: passes and receipts, one after the other, at the session of the address. */
export function Scan({ space: id }: ScreenProps) {
  return <InEvent id={id}>{(space, event) => <InSession space={space} event={event} />}</InEvent>
}

function InSession({ space, event }: { space: OpenSpace; event: EventRecord }) {
  const t = useWords('scan')
  const session = useSession(space)
  const above = useAbove(space, event, session)
  const may = session && mayCheckIn(space, session)
  return (
    <Screen title={t('title')} above={above} back={eventPath(space.id, 'hadir', { sesi: session?.id })} wide>
      {!session && <Notice kind="warn">{t('noSession')}</Notice>}
      {session && !may && <Notice kind="info">{t('viewOnly')}</Notice>}
      {may && <AtSession {...{ space, event, session }} />}
    </Screen>
  )
}

function AtSession(place: ScanPlace) {
  const t = useWords('scan')
  return <Scanner handle={useScanHandler(place)} codeHint={t('codeHint')} />
}
