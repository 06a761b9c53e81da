import { fail, ok, type Result } from '../../core/result.ts'
import type { Steps } from '../../core/steps.ts'

/** Short enough for a cheap phone to answer a finger in between. */
const sliceMs = 8

/** Goes on with the work for one slice; what it comes to once it is done. */
function doSlice<T>(steps: Steps<T>): { result: T } | undefined {
  for (const until = performance.now() + sliceMs; performance.now() < until; ) {
    const step = steps.next()
    if (step.done) return { result: step.value }
  }
}

/** Does work step by step, and lets the page answer in between. Returns what stops it early. */
export function runInSlices<T>(steps: Steps<T>, onDone: (result: T) => void): () => void {
  let timer = setTimeout(goOn)
  function goOn(): void {
    const done = doSlice(steps)
    if (done) onDone(done.result)
    else timer = setTimeout(goOn)
  }
  return () => clearTimeout(timer)
}

/** The same until it is done or given up; rejects when a step throws. */
export async function finishInSlices<T>(
  steps: Steps<T>,
  signal: AbortSignal,
): Promise<Result<T, { kind: 'cancelled' }>> {
  while (!signal.aborted) {
    await new Promise((resolve) => setTimeout(resolve))
    const done = doSlice(steps)
    if (done) return ok(done.result)
  }
  return fail({ kind: 'cancelled' })
}
