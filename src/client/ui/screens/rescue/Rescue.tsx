import { useLocation } from 'preact-iso'
import { useApp } from '../../app.ts'
import { SaveFiles } from '../../parts/SaveFiles.tsx'
import { SaveRescue } from '../../parts/SaveRescue.tsx'
import { Screen } from '../../parts/Screen.tsx'
import { StorageSilent } from '../../parts/StorageSilent.tsx'
import { useNow } from '../../status/StatusLine.tsx'
import { type Read, useRead } from '../../useRead.ts'
import { useSpaceBeside } from '../../useSpace.ts'
import { useWords } from '../../words.ts'
import { useSafety } from '../safe/useSafety.ts'
import { DeliverRescue } from './DeliverRescue.tsx'

/** How many changes the file is to hold, read from the disk now and on each change. */
function useRescuable(only: string | undefined): Read<number> {
  const { status } = useApp()
  const unsent = status.unsent.value
  const now = useNow()
  return useRead(() => status.countRescuable(only), [status, only, unsent, now])
}

/** The rescue file: written on the phone that cannot send, delivered by any other device of the event. */
export function Rescue() {
  const t = useWords('rescue')
  const only = useLocation().query.kegiatan
  const { found, failed, retry } = useRescuable(only)
  const waiting = failed ? undefined : found
  const { isUnsure } = useSafety().found ?? {}
  const title = useSpaceBeside(only)?.event.value?.title
  return (
    <Screen title={t('title')} back="/status" wide>
      <p>{t('what')}</p>
      <div class="rescue-columns">
        <section class="card">
          <h2>{t('saveTitle')}</h2>
          {title && <p>{t('onlyEvent', { title })}</p>}
          {failed && <StorageSilent onRetry={retry} />}
          {waiting === 0 && isUnsure !== undefined && <p>{t(isUnsure ? 'saveUnsure' : 'saveNothing')}</p>}
          {waiting !== undefined && waiting > 0 && <p>{t('saveHint', { count: waiting })}</p>}
          <p class="soft">{t('saveNote')}</p>
          <SaveRescue {...(only && { only })} isDone={waiting === 0} />
          <SaveFiles {...(only && { only })} />
        </section>
        <DeliverRescue />
      </div>
    </Screen>
  )
}
