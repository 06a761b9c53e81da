import { useState } from 'preact/hooks'
import { readAppCache } from '../../../device/appCache.ts'
import { isPrivateWindow, readHost } from '../../../device/hosting.ts'
import { keepStorage } from '../../../device/storage.ts'
import { Notice } from '../../parts/Notice.tsx'
import { useWords } from '../../words.ts'
import { OutsideHint } from './OutsideHint.tsx'

/** `kept`: the browser promised not to clear it by itself. */
type Outcome = 'kept' | 'ready' | 'incomplete'

async function keep(): Promise<Outcome> {
  const kept = await keepStorage()
  await navigator.serviceWorker.ready
  const cache = await readAppCache()
  if (cache.state !== 'controlled' || cache.missing > 0) return 'incomplete'
  return kept ? 'kept' : 'ready'
}

/** Makes the event open without a network, and says truly whether it will; where it cannot, why, and where it can. */
export function KeepOffline({ code }: { code: string }) {
  const t = useWords('attendee')
  const [host] = useState(readHost)
  const [outcome, setOutcome] = useState<Outcome | 'private' | 'busy' | undefined>(undefined)

  async function press() {
    setOutcome('busy')
    setOutcome((await isPrivateWindow()) ? 'private' : await keep())
  }
  if (!host.worksOffline || host.inApp)
    return (
      <section class="stack">
        <OutsideHint code={code} />
      </section>
    )
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
