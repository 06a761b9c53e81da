import { useLocation } from 'preact-iso'
import { SaveRescue } from '../../parts/SaveRescue.tsx'
import { Screen } from '../../parts/Screen.tsx'
import { useUnsentTotal } from '../../status/StatusLine.tsx'
import { useWords } from '../../words.ts'
import { DeliverRescue } from './DeliverRescue.tsx'

/** The rescue file: written on the phone that cannot send, delivered by any other device of the event. */
export function Rescue() {
  const t = useWords('rescue')
  const only = useLocation().query.kegiatan
  const { count, parked } = useUnsentTotal()
  return (
    <Screen title={t('title')} back="/status" wide>
      <p>{t('what')}</p>
      <div class="rescue-columns">
        <section class="card">
          <h2>{t('saveTitle')}</h2>
          <p>{count + parked > 0 ? t('saveHint', { count: count + parked }) : t('saveNothing')}</p>
          <p class="soft">{t('saveNote')}</p>
          <SaveRescue {...(only && { only })} />
        </section>
        <DeliverRescue />
      </div>
    </Screen>
  )
}
