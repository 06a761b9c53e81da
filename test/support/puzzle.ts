import { scrypt } from 'node:crypto'
import { promisify } from 'node:util'
import { blockSize, guessBytes, hashBytes, isHit, type Puzzle, type Solution } from '../../src/core/puzzle.ts'

const derive = promisify<Uint8Array, string, number, { N: number; r: number }, Buffer>(scrypt)

/** Solves a puzzle as a browser does; `isWanted: false` finds guesses of which none fits. */
export async function solvePuzzle({ token, cost, parts, odds }: Puzzle, isWanted = true): Promise<Solution> {
  const guesses: number[] = []
  for (let part = 0; part < parts; part++) {
    let guess = -1
    let hash: Buffer
    do {
      guess++
      hash = await derive(guessBytes({ token, part, guess }), '', hashBytes, { N: cost, r: blockSize })
    } while (isHit(hash, odds) !== isWanted)
    guesses.push(guess)
  }
  return { token, guesses }
}
