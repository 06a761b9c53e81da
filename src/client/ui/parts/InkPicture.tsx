import { unpackInk } from '../../../core/ink.ts'

/** A signature as it was drawn; nothing when its text is damaged. */
export function InkPicture({ packed, label }: { packed: string; label: string }) {
  const ink = unpackInk(packed)
  if (!ink) return null
  const path = ink.strokes
    .map((stroke) => stroke.map(({ x, y }, i) => `${i === 0 ? 'M' : 'L'}${x} ${y}`).join(''))
    .join('')
  return (
    <svg class="ink" viewBox={`0 0 ${ink.width} ${ink.height}`} role="img" aria-label={label}>
      <path d={path} />
    </svg>
  )
}
