const firstMs = 1_000
const longestMs = 60_000

/**
 * How long to wait before attempt number `attempt` (0 is the first repetition), in ms: full jitter between 1 s and a
 * ceiling that doubles up to 60 s, so that 150 phones whose mast comes back do not knock together ([S12]). What the
 * server asked for is obeyed, and then up to as long again. `random` is in [0, 1).
 */
export function backoffMs(attempt: number, random: number, retryAfterMs?: number): number {
  if (retryAfterMs !== undefined) return retryAfterMs + random * retryAfterMs
  const ceiling = Math.min(longestMs, firstMs * 2 ** (attempt + 1))
  return firstMs + random * (ceiling - firstMs)
}
