import { useEffect, useState } from 'preact/hooks'
import { completeApp } from '../../../device/appCache.ts'
import { useExtras } from '../../useExtras.ts'

/** A line that broke while the app came is tried again this often. */
const retryMs = 5_000

/** Whether the whole app is on this device, which is tried until it is. `incomplete`: not yet, and it takes long. */
export function useCompleteApp(): 'busy' | 'incomplete' | 'complete' {
  const extras = useExtras()
  const [state, setState] = useState<'busy' | 'incomplete' | 'complete'>('busy')
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined
    let isOver = false
    async function look(): Promise<void> {
      const isComplete = await completeApp(extras)
      if (isOver) return
      setState(isComplete ? 'complete' : 'incomplete')
      if (!isComplete) timer = setTimeout(() => void look(), retryMs)
    }
    void look()
    return () => {
      isOver = true
      clearTimeout(timer)
    }
  }, [extras])
  return state
}
