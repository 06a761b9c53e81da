import { afterAll, expect, onTestFinished, test } from 'vitest'
import { createPuzzles } from '../../src/server/auth/puzzles.ts'
import { solvePuzzle } from '../support/puzzle.ts'
import { openTestStore } from '../support/server.ts'
import { eachStore } from '../support/stores.ts'

const [account, now] = ['wati@contoh.example', 1_000_000]
const minuteMs = 60_000
const stores = eachStore()

const aStore = await openTestStore()
const puzzles = createPuzzles('secret', aStore)
const puzzle = puzzles.make(account, false, now)
const solution = await solvePuzzle(puzzle)
afterAll(() => aStore.close())

test.each(stores)('a solution serves once, whichever server of the database it is given to: %s', async (_, open) => {
  const store = await open()
  onTestFinished(() => store.close())
  const [here, there] = [createPuzzles('secret', store), createPuzzles('secret', store)]
  expect(there.mayFit(solution, account, now)).toBe(true)
  const used = await Promise.all([here.use(solution, now), there.use(solution, now)])
  expect(used.toSorted()).toEqual([false, true])
  expect(await here.use(solution, now + 9 * minuteMs)).toBe(false)
})

test('a puzzle is good for ten minutes, for its own account, under the secret of its database', () => {
  const at = (ms: number) => puzzles.mayFit(solution, account, now + ms)
  expect([at(0), at(10 * minuteMs - 1), at(10 * minuteMs)]).toEqual([true, true, false])
  expect(puzzles.mayFit(solution, 'budi@contoh.example', now)).toBe(false)
  expect(createPuzzles('other', aStore).mayFit(solution, account, now)).toBe(false)
})

test('what a puzzle says of itself cannot be changed: not its odds, not its time', () => {
  const [odds, expires, ...rest] = puzzle.token.split('.')
  const forged = [
    ['1', expires, ...rest],
    [odds, String(Number(expires) + 1), ...rest],
    [odds, expires, 'x', rest[1]],
    [odds, expires, rest[0]],
    [''],
  ].map((parts) => ({ ...solution, token: parts.join('.') }))
  expect(forged.map((each) => puzzles.mayFit(each, account, now))).toEqual(forged.map(() => false))
  const fewer = { ...solution, guesses: solution.guesses.slice(1) }
  expect(puzzles.mayFit(fewer, account, now)).toBe(false)
})

test('each part must be solved, and a wrong guess uses nothing up', async () => {
  const misses = (await solvePuzzle(puzzle, false)).guesses
  for (const wrong of [0, 7]) {
    const guesses = solution.guesses.with(wrong, misses[wrong] ?? 0)
    expect(puzzles.mayFit({ ...solution, guesses }, account, now)).toBe(true)
    expect(await puzzles.use({ ...solution, guesses }, now)).toBe(false)
  }
  expect(await puzzles.use(solution, now)).toBe(true)
})

test('many wrong tries make puzzles four times as hard and no harder: a cheap phone is done within half a minute', () => {
  const [few, many] = [puzzles.make(account, false, now), puzzles.make(account, true, now)]
  expect([few, many].map(({ cost, parts, odds }) => [cost, parts, odds])).toEqual([
    [4096, 8, 4],
    [4096, 8, 16],
  ])
})
