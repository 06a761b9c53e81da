import { encode } from 'uqr'

/**
 * Black on white in every colour scheme, with the quiet border that cameras need. `ecc`: how much of it may be dirty; on a
 * clean screen a long text is better read in larger modules.
 */
export function QrCode({ text, label, ecc = 'M' }: { text: string; label: string; ecc?: 'L' | 'M' }) {
  const { data, size } = encode(text, { ecc, border: 4 })
  const path = data.flatMap((row, y) => row.flatMap((dark, x) => (dark ? [`M${x} ${y}h1v1h-1z`] : []))).join('')
  return (
    <svg class="qr" viewBox={`0 0 ${size} ${size}`} role="img" aria-label={label} shape-rendering="crispEdges">
      <rect width={size} height={size} fill="#fff" />
      <path d={path} fill="#000" />
    </svg>
  )
}
