import { useState } from 'preact/hooks'
import { completeApp, type Extras } from '../../../device/appCache.ts'
import { isPrivateWindow, readHost } from '../../../device/hosting.ts'
import { keepStorage } from '../../../device/storage.ts'
import { Notice } from '../../parts/Notice.tsx'
import { useExtras } from '../../useExtras.ts'
import { useWords } from '../../words.ts'

/** `kept`: the browser promised not to clear it by itself. */
type Outcome = 'kept' | 'ready' | 'incomplete'

async function keep(extras: Extras): Promise<Outcome> {
  const [kept, isComplete] = await Promise.all([keepStorage(), completeApp(extras)])
  if (!isComplete) return 'incomplete'
  return kept ? 'kept' : 'ready'
}

/** Makes an event of this device open without a network, and says truly whether it will. Why not at all says OutsideHint. */
export function KeepOffline() {
  const t = useWords('attendee')
  const extras = useExtras()
  const [host] = useState(readHost)
  const [outcome, setOutcome] = useState<Outcome | 'private' | 'busy' | undefined>(undefined)

  async function press() {
    setOutcome('busy')
    setOutcome((await isPrivateWindow()) ? 'private' : await keep(extras))
  }
  if (!host.worksOffline || host.inApp) return null
  return (
    <section class="stack">
      <button type="button" disabled={outcome === 'busy'} onClick={() => void press()}>
        {t(outcome === 'busy' ? 'offline.busy' : 'offline.keep')}
      </button>
      {outcome && outcome !== 'busy' && (
        <Notice kind={outcome === 'kept' || outcome === 'ready' ? 'ok' : 'warn'}>
          <p>{t(`offline.${outcome}`)}</p>
          {outcome === 'ready' && !host.installed && (
            <p>{t(host.system === 'ios' ? 'offline.installIos' : 'offline.install')}</p>
          )}
        </Notice>
      )}
    </section>
  )
}
