import { useCallback, useEffect, useState } from 'preact/hooks'
import { type AppCache, readAppCache } from '../../../device/appCache.ts'
import { readStorageHealth, type StorageHealth } from '../../../device/storage.ts'
import type { OpenSpace } from '../../../state/openSpace.ts'
import { useApp } from '../../app.ts'
import { useNow } from '../../status/StatusLine.tsx'
import { useExtras } from '../../useExtras.ts'
import { judgeReadiness } from './needs.ts'

/** What the browser was found to hold; `undefined` while it is being asked. */
type Found = { appCache: AppCache; readsCodes: boolean; storage: StorageHealth; at: number }

/** After the app's files were fetched, since the decoder is one of them. */
async function tryScanner(): Promise<boolean> {
  try {
    return await (await import('../../../device/scanner/chooseEngine.ts')).readsCodes()
  } catch {
    return false
  }
}

/** Whether an event can be held on this device without a network; `look` asks the browser anew. */
export function useReadiness(space: OpenSpace) {
  const { identity, clockOffsetMs, clockMeasuredAt, status, sync, wall } = useApp()
  const [found, setFound] = useState<Found | undefined>(undefined)
  const now = useNow()
  const extras = useExtras()
  const look = useCallback(async () => {
    const [appCache, storage] = await Promise.all([readAppCache(extras), readStorageHealth()])
    setFound({ appCache, readsCodes: await tryScanner(), storage, at: wall() })
  }, [wall, extras])
  useEffect(() => void look(), [look])
  /** The clock is measured by rounds of sync: reading their state renders anew after each. */
  sync.value
  const facts = found && {
    people: space.people.value.size,
    progress: space.progress.value,
    clockOffsetMs: clockOffsetMs(),
    clockMeasuredAt: clockMeasuredAt(),
    enrolled: identity.value.enrolled,
    unsent: status.unsent.value.get(space.id) ?? { count: 0, parked: 0 },
    now,
    ...found,
  }
  return { readiness: facts && judgeReadiness(facts), checkedAt: found?.at, look }
}
