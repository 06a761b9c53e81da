import { useLocation } from 'preact-iso'
import { useApp } from '../../app.ts'
import { SaveFiles } from '../../parts/SaveFiles.tsx'
import { SaveRescue } from '../../parts/SaveRescue.tsx'
import { Screen } from '../../parts/Screen.tsx'
import { useUnsentTotal } from '../../status/StatusLine.tsx'
import { useSpaceBeside } from '../../useSpace.ts'
import { useWords } from '../../words.ts'
import { useSafety } from '../safe/useSafety.ts'
import { DeliverRescue } from './DeliverRescue.tsx'

const nothing = { count: 0, parked: 0 }

/** The rescue file: written on the phone that cannot send, delivered by any other device of the event. */
export function Rescue() {
  const t = useWords('rescue')
  const only = useLocation().query.kegiatan
  const total = useUnsentTotal()
  const { unsent } = useApp().status
  const { count, parked } = only ? (unsent.value.get(only) ?? nothing) : total
  /** Also what the server has lost of others, which this device is to bring back. */
  const { localOnly, isUnsure } = useSafety() ?? {}
  const waiting = parked + (only ? count : Math.max(count, localOnly ?? 0))
  const title = useSpaceBeside(only)?.event.value?.title
  return (
    <Screen title={t('title')} back="/status" wide>
      <p>{t('what')}</p>
      <div class="rescue-columns">
        <section class="card">
          <h2>{t('saveTitle')}</h2>
          {title && <p>{t('onlyEvent', { title })}</p>}
          <p>{waiting > 0 ? t('saveHint', { count: waiting }) : t(isUnsure ? 'saveUnsure' : 'saveNothing')}</p>
          <p class="soft">{t('saveNote')}</p>
          <SaveRescue {...(only && { only })} isDone={waiting === 0 && localOnly === 0} />
          <SaveFiles {...(only && { only })} />
        </section>
        <DeliverRescue />
      </div>
    </Screen>
  )
}
