/** Bytes from `from` up to, and without, `to`. */
export type ByteRange = { from: number; to: number }

/**
 * The one range that a request asks for (RFC 9110, 14.1.2). `undefined`: the whole, also where several are asked for or
 * the header is none; `beyond`: nothing of it is there.
 */
export function readRange(header: string | undefined, sizeBytes: number): ByteRange | 'beyond' | undefined {
  const [, first = '', last = ''] = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(header ?? '') ?? []
  if (!first && !last) return undefined
  if (!first) return Number(last) > 0 ? { from: Math.max(0, sizeBytes - Number(last)), to: sizeBytes } : 'beyond'
  const from = Number(first)
  const to = last ? Math.min(Number(last) + 1, sizeBytes) : sizeBytes
  if (last && Number(last) < from) return undefined
  return from < sizeBytes ? { from, to } : 'beyond'
}
