import { expect, test } from 'vitest'
import { createTogether } from '../../src/server/store/together.ts'

/** Jobs are weights; every round is noted, and answers double. */
function noteRounds(fails: (jobs: number[]) => boolean = () => false) {
  const rounds: number[][] = []
  const run = createTogether<number, number>(
    async (_, jobs) => {
      rounds.push(jobs)
      if (fails(jobs)) throw new Error('full')
      return jobs.map((job) => 2 * job)
    },
    { waitMs: 1, weigh: (job) => job, maxWeight: 10 },
  )
  return { rounds, run }
}

test('what comes at once is worked on together, in its order, in rounds that stay below the bound', async () => {
  const { rounds, run } = noteRounds()
  const answers = await Promise.all([4, 6, 1, 9, 2].map((job) => run('a', job)))
  expect(rounds).toEqual([[4, 6], [1, 9], [2]])
  expect(answers).toEqual([8, 12, 2, 18, 4])
})

test('a job that is heavier than a round has one of its own, and holds nobody up', async () => {
  const { rounds, run } = noteRounds()
  await Promise.all([3, 50, 3].map((job) => run('a', job)))
  expect(rounds).toEqual([[3], [50], [3]])
})

test('a round that fails is told to its own callers only', async () => {
  const { rounds, run } = noteRounds((jobs) => jobs.includes(6))
  const settled = await Promise.allSettled([4, 6, 5].map((job) => run('a', job)))
  expect(settled.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'fulfilled'])
  expect(rounds).toEqual([[4, 6], [5]])
  expect(await run('a', 1)).toBe(2)
})
