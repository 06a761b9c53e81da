import { useEffect, useState } from 'preact/hooks'
import { completeApp } from '../../../device/appCache.ts'
import { readHost } from '../../../device/hosting.ts'
import { useExtras } from '../../useExtras.ts'

/** A line that broke while the app came is tried again this often. */
const retryMs = 5_000

/** `incomplete`: not all of it yet, and it takes long. `onlineOnly`: it never opens here without a network. */
export type AppStorage = 'busy' | 'incomplete' | 'complete' | 'onlineOnly'

/** Whether the whole app is on this device, which is tried until it is. */
export function useCompleteApp(): AppStorage {
  const extras = useExtras()
  const [{ worksOffline, inApp }] = useState(readHost)
  const isWanted = worksOffline && !inApp
  const [state, setState] = useState<AppStorage>(isWanted ? 'busy' : 'onlineOnly')
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined
    let isOver = false
    async function look(): Promise<void> {
      const isComplete = await completeApp(extras)
      if (isOver) return
      setState(isComplete ? 'complete' : 'incomplete')
      if (!isComplete) timer = setTimeout(() => void look(), retryMs)
    }
    if (isWanted) void look()
    return () => {
      isOver = true
      clearTimeout(timer)
    }
  }, [extras, isWanted])
  return state
}
