import { useEffect, useState } from 'preact/hooks'
import { completeApp, type Extras, readAppCache } from '../../../device/appCache.ts'
import { type Host, readHost } from '../../../device/hosting.ts'
import { type Fleeting, keepStorage, readFleeting, readStorageHealth } from '../../../device/storage.ts'
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

/** What a device is in that was kept before, was installed, or has no network; `undefined`: to be asked for yet. */
async function find(extras: Extras, { installed }: Host): Promise<Outcome | undefined> {
  const { persisted } = await readStorageHealth()
  if (!persisted && !installed && navigator.onLine) return undefined
  const cache = await readAppCache(extras)
  if (cache.state !== 'controlled' || cache.missing > 0) return undefined
  return persisted ? 'kept' : 'ready'
}

/**
 * Makes an event of this device open without a network, and says truly whether it will. Why not at all says
 * OutsideHint.
 */
export function KeepOffline() {
  const t = useWords('attendee')
  const extras = useExtras()
  const [host] = useState(readHost)
  const [found, setFound] = useState<Outcome | undefined>(undefined)
  const [pressed, setPressed] = useState<Outcome | Fleeting | 'busy' | undefined>(undefined)
  const outcome = pressed ?? found
  useEffect(() => void find(extras, host).then(setFound), [extras, host])

  async function press() {
    setPressed('busy')
    const fleeting = await readFleeting({ mayTry: true })
    const kept = fleeting === 'private' ? undefined : await keep(extras)
    const isKept = kept !== undefined && kept !== 'incomplete'
    setPressed(fleeting === 'little' && isKept ? kept : (fleeting ?? kept))
  }
  if (!host.worksOffline || host.inApp) return null
  return (
    <section class="stack">
      {(pressed || !found) && (
        <button type="button" disabled={outcome === 'busy'} onClick={() => void press()}>
          {t(outcome === 'busy' ? 'offline.busy' : 'offline.keep')}
        </button>
      )}
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
