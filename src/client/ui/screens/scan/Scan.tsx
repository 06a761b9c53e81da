import { useState } from 'preact/hooks'
import type { EventRecord } from '../../../../core/event.ts'
import type { OpenSpace } from '../../../state/openSpace.ts'
import { mayCheckIn } from '../../../state/sessions.ts'
import { InEvent } from '../../parts/InEvent.tsx'
import { Notice } from '../../parts/Notice.tsx'
import { LateReason } from '../../parts/person/LateField.tsx'
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

function AtSession(place: Omit<ScanPlace, 'lateReason'>) {
  const t = useWords('scan')
  const [lateReason, setLateReason] = useState('')
  const handle = useScanHandler({ ...place, lateReason })
  return (
    <div class="stack">
      <LateReason session={place.session} zone={place.event.zone} reason={lateReason} onInput={setLateReason} />
      <Scanner handle={handle} codeHint={t('codeHint')} />
    </div>
  )
}
