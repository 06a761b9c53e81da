import { useEffect, useRef } from 'preact/hooks'
import { Notice } from '../../parts/Notice.tsx'

/** What was just done, brought into sight: whoever it was done to may be gone from the list, and the button with it. */
export function Done({ done }: { done: { said: string } | undefined }) {
  const place = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (done) place.current?.scrollIntoView({ block: 'nearest' })
  }, [done])
  if (!done) return null
  return (
    <div ref={place}>
      <Notice kind="ok">{done.said}</Notice>
    </div>
  )
}
