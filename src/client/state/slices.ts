import type { Steps } from '../../core/steps.ts'

/** Short enough for a cheap phone to answer a finger in between. */
const sliceMs = 8

/** Does work step by step, and lets the page answer in between. Returns what stops it early. */
export function runInSlices<T>(steps: Steps<T>, onDone: (result: T) => void): () => void {
  let timer = setTimeout(goOn)
  function goOn(): void {
    for (const until = performance.now() + sliceMs; performance.now() < until; ) {
      const step = steps.next()
      if (!step.done) continue
      onDone(step.value)
      return
    }
    timer = setTimeout(goOn)
  }
  return () => clearTimeout(timer)
}
