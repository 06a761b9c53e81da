import type { Puzzle, Solution } from '../../core/puzzle.ts'
import type { Result } from '../../core/result.ts'
import type { Failure } from '../../protocol/failure.ts'

/**
 * Somebody who waits for his turn: `signal` ends it, `onWait` hears each time that it is not yet his, and `onSolving`
 * how many parts of a puzzle this device has solved meanwhile; of 0 it has none to solve.
 */
export type Patience = {
  signal: AbortSignal
  onWait: () => void
  onSolving: (done: number, total: number) => void
}

/** Solves a puzzle in a worker; `undefined` when it was stopped or this browser cannot. */
export type Solve = (
  puzzle: Puzzle,
  options: { signal: AbortSignal; onProgress: (done: number) => void },
) => Promise<Solution | undefined>

/** At most so much later than asked for, so that many who wait do not knock together. In ms. */
const spreadMs = 1_000
/** Such a wait is over sooner than a puzzle is solved, unless somebody else goes before. */
const soonMs = 10_000

function pause(ms: number, signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve()
  return new Promise((resolve) => {
    const end = () => {
      clearTimeout(timer)
      signal.removeEventListener('abort', end)
      resolve()
    }
    const timer = setTimeout(end, ms)
    signal.addEventListener('abort', end)
  })
}

/**
 * Asks, and asks again when the server says that it is somebody's turn, until it answers or the person has enough.
 * Whoever would wait for long, or has waited in vain, solves the puzzle that came with the refusal: that turn is his
 * own. A solution is good until another puzzle comes.
 */
export async function askInTurn<T>(
  ask: (solution: Solution | undefined) => Promise<Result<T, Failure>>,
  { signal, onWait, onSolving }: Patience,
  { random, solve }: { random: () => number; solve: Solve },
): Promise<Result<T, Failure>> {
  let solution: Solution | undefined
  for (let asked = 1; ; asked++) {
    const answer = await ask(solution)
    if (answer.ok || answer.failure.kind !== 'tooMany') return answer
    const { retryAfterMs: waitMs, puzzle } = answer.failure
    if (waitMs === undefined || signal.aborted) return answer
    onWait()
    if (puzzle) solution = undefined
    if (puzzle && (asked > 1 || waitMs > soonMs)) {
      const onProgress = (done: number) => onSolving(done, puzzle.parts)
      onProgress(0)
      solution = await solve(puzzle, { signal, onProgress })
      onSolving(0, 0)
    }
    if (!puzzle || !solution) await pause(waitMs + random() * spreadMs, signal)
    if (signal.aborted) return answer
  }
}
