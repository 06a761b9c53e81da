import type { Puzzle, Solution } from '../../core/puzzle.ts'

/** Solves a puzzle in a worker of its own; `undefined` when it was stopped, or the worker could not be loaded. */
export function solvePuzzle(
  puzzle: Puzzle,
  { signal, onProgress }: { signal: AbortSignal; onProgress: (done: number) => void },
): Promise<Solution | undefined> {
  if (signal.aborted) return Promise.resolve(undefined)
  const worker = new Worker(new URL('./puzzle.ts', import.meta.url), { type: 'module', name: 'puzzle' })
  const guesses: number[] = []
  return new Promise((resolve) => {
    const stop = () => end()
    const end = (solution?: Solution) => {
      signal.removeEventListener('abort', stop)
      worker.terminate()
      resolve(solution)
    }
    worker.addEventListener('message', ({ data: guess }: MessageEvent<number>) => {
      guesses.push(guess)
      onProgress(guesses.length)
      if (guesses.length === puzzle.parts) end({ token: puzzle.token, guesses })
    })
    worker.addEventListener('error', stop)
    signal.addEventListener('abort', stop)
    worker.postMessage(puzzle)
  })
}
