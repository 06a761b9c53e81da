import { useEffect, useState } from 'preact/hooks'
import { useLocation } from 'preact-iso'
import { useApp } from '../../app.ts'
import { SaveFiles } from '../../parts/SaveFiles.tsx'
import { SaveRescue } from '../../parts/SaveRescue.tsx'
import { Screen } from '../../parts/Screen.tsx'
import { useNow } from '../../status/StatusLine.tsx'
import { useSpaceBeside } from '../../useSpace.ts'
import { useWords } from '../../words.ts'
import { useSafety } from '../safe/useSafety.ts'
import { DeliverRescue } from './DeliverRescue.tsx'

/** How many changes the file is to hold, read from the disk now and on each change; `undefined` until it has answered. */
function useRescuable(only: string | undefined): number | undefined {
  const { status } = useApp()
  const unsent = status.unsent.value
  const now = useNow()
  const [count, setCount] = useState<number | undefined>(undefined)
  useEffect(() => {
    let isGone = false
    status.countRescuable(only).then((found) => !isGone && setCount(found))
    return () => {
      isGone = true
    }
  }, [status, only, unsent, now])
  return count
}

/** The rescue file: written on the phone that cannot send, delivered by any other device of the event. */
export function Rescue() {
  const t = useWords('rescue')
  const only = useLocation().query.kegiatan
  const waiting = useRescuable(only)
  const { isUnsure } = useSafety() ?? {}
  const title = useSpaceBeside(only)?.event.value?.title
  return (
    <Screen title={t('title')} back="/status" wide>
      <p>{t('what')}</p>
      <div class="rescue-columns">
        <section class="card">
          <h2>{t('saveTitle')}</h2>
          {title && <p>{t('onlyEvent', { title })}</p>}
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
