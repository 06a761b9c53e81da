import { backoffMs } from '../../core/backoff.ts'
import { listenForTriggers } from './triggers.ts'

/** Waits; shorter when there may be a network again, somebody looks at the page, or `signal` ends it. */
function pause(ms: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve) => {
    const over = new AbortController()
    const end = () => {
      clearTimeout(timer)
      over.abort()
      resolve()
    }
    const timer = setTimeout(end, ms)
    listenForTriggers(end, over.signal)
    signal?.addEventListener('abort', end, { signal: over.signal })
  })
}

/**
 * Does the work again and again until it succeeds, with longer and longer waits in between. `onFailure` hears of each
 * failure. Once `signal` has ended it, nothing more is done or told, and what is returned never resolves.
 */
export async function untilDone<T>(
  work: () => Promise<T>,
  onFailure: (error: unknown) => void,
  signal?: AbortSignal,
): Promise<T> {
  for (let attempt = 0; !signal?.aborted; attempt++) {
    try {
      const done = await work()
      if (!signal?.aborted) return done
    } catch (error) {
      if (signal?.aborted) break
      onFailure(error)
      await pause(backoffMs(attempt, Math.random()), signal)
    }
  }
  return new Promise(() => undefined)
}
