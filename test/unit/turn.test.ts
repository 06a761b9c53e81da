import { expect, test } from 'vitest'
import { askInTurn } from '../../src/client/sync/turn.ts'
import type { Puzzle, Solution } from '../../src/core/puzzle.ts'
import { fail, ok } from '../../src/core/result.ts'
import type { Refusal } from '../../src/protocol/failure.ts'

const puzzleOf = (token: string): Puzzle => ({ token, cost: 1024, parts: 8, odds: 4 })
const solutionOf = (token: string): Solution => ({ token, guesses: [1] })
const wait = (retryAfterMs: number, token?: string): Refusal => ({
  kind: 'tooMany',
  retryAfterMs,
  ...(token && { puzzle: puzzleOf(token) }),
})

/**
 * What is asked of a server that refuses so, one after the other, until it says yes; and the puzzles that were solved.
 */
async function askThrough(refusals: Refusal[], canSolve = true) {
  const [asked, solved, heard]: [(string | undefined)[], string[], number[]] = [[], [], []]
  const answer = await askInTurn(
    async (solution) => {
      asked.push(solution?.token)
      const refusal = refusals[asked.length - 1]
      return refusal ? fail(refusal) : ok(undefined)
    },
    {
      signal: new AbortController().signal,
      onWait: () => undefined,
      onSolving: (done, total) => heard.push(done, total),
    },
    {
      random: () => 0,
      solve: async ({ token }, { onProgress }) => {
        solved.push(token)
        onProgress(5)
        return canSolve ? solutionOf(token) : undefined
      },
    },
  )
  return { ok: answer.ok, asked, solved, heard }
}

test('a short wait is waited; whoever was overtaken in it solves the puzzle and asks at once', async () => {
  expect(await askThrough([wait(1, 'a'), wait(600_000, 'b')])).toEqual({
    ok: true,
    asked: [undefined, undefined, 'b'],
    solved: ['b'],
    heard: [0, 8, 5, 8, 0, 0],
  })
})

test('a long wait is worth a puzzle at once', async () => {
  expect(await askThrough([wait(60_000, 'a')])).toMatchObject({ asked: [undefined, 'a'], solved: ['a'] })
})

test('a solution is kept until another puzzle comes', async () => {
  const through = await askThrough([wait(60_000, 'a'), wait(1), wait(1), wait(60_000, 'b')])
  expect(through).toMatchObject({ ok: true, asked: [undefined, 'a', 'a', 'a', 'b'], solved: ['a', 'b'] })
})

test('where no puzzle comes or none can be solved, it is waited as ever', async () => {
  expect(await askThrough([wait(1), wait(1)])).toMatchObject({ ok: true, asked: [undefined, undefined, undefined] })
  const unable = await askThrough([wait(1, 'a'), wait(1, 'b')], false)
  expect(unable).toMatchObject({ ok: true, asked: [undefined, undefined, undefined], solved: ['b'] })
})
