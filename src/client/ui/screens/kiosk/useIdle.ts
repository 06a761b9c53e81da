import { useEffect, useRef, useState } from 'preact/hooks'
import { useApp } from '../../app.ts'

/** After how long without a touch a form is taken for left, how long that is announced, and how long thanks are said. */
export type Patience = { idleMs: number; countdownMs: number; thanksMs: number }
export const usualPatience: Patience = { idleMs: 60_000, countdownMs: 15_000, thanksMs: 6_000 }

const tickMs = 500
const signsOfLife = ['pointerdown', 'pointermove', 'keydown', 'input'] as const

/**
 * Calls `onIdle` when nobody has touched the device for so long; the seconds that are left while it is announced. By the
 * device's clock: a tablet that slept in between is cleared when it wakes.
 */
export function useIdle(isActive: boolean, { idleMs, countdownMs }: Patience, onIdle: () => void): number | undefined {
  const { wall } = useApp()
  const [left, setLeft] = useState<number | undefined>(undefined)
  const end = useRef(onIdle)
  end.current = onIdle
  useEffect(() => {
    if (!isActive) return
    let touchedAt = wall()
    const touch = () => {
      touchedAt = wall()
      setLeft(undefined)
    }
    function look(): void {
      const leftMs = touchedAt + idleMs + countdownMs - wall()
      if (leftMs <= 0) end.current()
      else if (leftMs <= countdownMs) setLeft(Math.ceil(leftMs / 1000))
      else if (leftMs > idleMs + countdownMs) touch()
    }
    const timer = setInterval(look, Math.min(tickMs, countdownMs / 4))
    document.addEventListener('visibilitychange', look)
    for (const sign of signsOfLife) addEventListener(sign, touch, { passive: true })
    return () => {
      clearInterval(timer)
      document.removeEventListener('visibilitychange', look)
      for (const sign of signsOfLife) removeEventListener(sign, touch)
      setLeft(undefined)
    }
  }, [isActive, idleMs, countdownMs, wall])
  return left
}
