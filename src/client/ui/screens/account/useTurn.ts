import { useEffect, useRef, useState } from 'preact/hooks'
import type { Patience } from '../../../sync/turn.ts'

/** How far this device is with the puzzle that buys it a turn. */
export type Solving = { done: number; total: number }

/** The waiting for one's turn on a screen, which ends when somebody leaves it. */
export function useTurn(): {
  isWaiting: boolean
  solving: Solving | undefined
  begin: () => Patience
  stop: () => void
} {
  const [isWaiting, setIsWaiting] = useState(false)
  const [solving, setSolving] = useState<Solving | undefined>(undefined)
  const current = useRef<AbortController | undefined>(undefined)
  const stop = () => current.current?.abort()
  useEffect(() => stop, [])

  function begin(): Patience {
    stop()
    setIsWaiting(false)
    setSolving(undefined)
    const controller = new AbortController()
    current.current = controller
    return {
      signal: controller.signal,
      onWait: () => setIsWaiting(true),
      onSolving: (done, total) => setSolving(total > 0 ? { done, total } : undefined),
    }
  }
  return { isWaiting, solving, begin, stop }
}
