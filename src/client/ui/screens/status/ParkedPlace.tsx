import type { ComponentChildren } from 'preact'
import { useEffect, useRef } from 'preact/hooks'
import { parkedPlace } from '../safe/parkedPlace.ts'

/** All that the server did not accept of an event. Whoever was sent here to decide need not look for it. */
export function ParkedPlace({ space, children }: { space: string; children: ComponentChildren }) {
  const place = parkedPlace(space)
  const list = useRef<HTMLDivElement>(null)
  useEffect(() => {
    const goThere = () => location.hash === place && list.current?.scrollIntoView({ block: 'start' })
    goThere()
    addEventListener('hashchange', goThere)
    return () => removeEventListener('hashchange', goThere)
  }, [place])
  return (
    <div ref={list} id={place.slice(1)} class="stack parked-place">
      {children}
    </div>
  )
}
