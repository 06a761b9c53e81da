import type { Result } from '../../core/result.ts'
import type { Failure } from '../../protocol/failure.ts'

/** Somebody who waits for his turn: `signal` ends it, `onWait` hears each time that it is not yet his. */
export type Patience = { signal: AbortSignal; onWait: () => void }

/** At most so much later than asked for, so that many who wait do not knock together. In ms. */
const spreadMs = 1_000

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms)
    signal.addEventListener('abort', () => {
      clearTimeout(timer)
      resolve()
    })
  })
}

/** Asks, and asks again when the server says that it is somebody's turn, until it answers or the person has enough. */
export async function askInTurn<T>(
  ask: () => Promise<Result<T, Failure>>,
  { signal, onWait }: Patience,
  random: () => number,
): Promise<Result<T, Failure>> {
  for (;;) {
    const answer = await ask()
    const waitMs = answer.ok || answer.failure.kind !== 'tooMany' ? undefined : answer.failure.retryAfterMs
    if (waitMs === undefined || signal.aborted) return answer
    onWait()
    await pause(waitMs + random() * spreadMs, signal)
    if (signal.aborted) return answer
  }
}
