import { useEffect, useRef, useState } from 'preact/hooks'
import { useApp } from '../../app.ts'

/** After how long without a touch a form is taken for left, and how long that is announced. */
const idleMs = 60_000
const countdownMs = 15_000
const tickMs = 500
const signsOfLife = ['pointerdown', 'pointermove', 'keydown', 'input'] as const

/**
 * Calls `onIdle` when nobody has touched the device for so long; the seconds that are left while it is announced. By the
 * device's clock: a tablet that slept in between is cleared when it wakes.
 */
export function useIdle(isActive: boolean, onIdle: () => void): number | undefined {
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
    const timer = setInterval(look, tickMs)
    document.addEventListener('visibilitychange', look)
    for (const sign of signsOfLife) addEventListener(sign, touch, { passive: true })
    return () => {
      clearInterval(timer)
      document.removeEventListener('visibilitychange', look)
      for (const sign of signsOfLife) removeEventListener(sign, touch)
      setLeft(undefined)
    }
  }, [isActive, wall])
  return left
}
