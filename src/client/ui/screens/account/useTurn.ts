import { useEffect, useRef, useState } from 'preact/hooks'
import type { Patience } from '../../../sync/turn.ts'

/** The waiting for one's turn on a screen, which ends when somebody leaves it. */
export function useTurn(): { isWaiting: boolean; begin: () => Patience; stop: () => void } {
  const [isWaiting, setIsWaiting] = useState(false)
  const current = useRef<AbortController | undefined>(undefined)
  const stop = () => current.current?.abort()
  useEffect(() => stop, [])

  function begin(): Patience {
    stop()
    setIsWaiting(false)
    const controller = new AbortController()
    current.current = controller
    return { signal: controller.signal, onWait: () => setIsWaiting(true) }
  }
  return { isWaiting, begin, stop }
}
