import { beforeAll, describe, expect, it } from 'vitest'
import { simulate } from '../support/simulate.ts'

const names = (await simulate('--list-breaks')).text.trim().split('\n')
const caught = new Map<string, string>()

/** A simulator that cannot fail proves nothing: each bug that other engines had must turn it red. */
describe('a known bug that is put back', () => {
  /** Two processes share the bugs: each makes its world and loads the code once. */
  beforeAll(async () => {
    const halves = [0, 1].map((half) => names.filter((_, place) => place % 2 === half))
    const runs = halves.map((some) => simulate('--seeds', '60', '--break', some.join(), '--no-shrink'))
    for (const { text } of await Promise.all(runs))
      for (const [, name = '', said = ''] of text.matchAll(/^With (.*):\n(.*)$/gm)) caught.set(name, said)
  }, 600_000)

  it('there are at least ten', () => {
    expect(names.length).toBeGreaterThanOrEqual(10)
  })

  it.each(names)('%s is caught within 60 seeds', (name) => {
    expect(caught.get(name)).toMatch(/^Seed \d+ fails:/)
  })

  it('is told by the exit status: 1 when it is caught, 0 when not, 2 when there is none such', async () => {
    const met = ['raw-clock', 'none-such'].map((name) => simulate('--seeds', '60', '--break', name, '--no-shrink'))
    expect((await Promise.all(met)).map(({ status }) => status)).toEqual([1, 2])
    expect((await simulate('--seeds', '0', '--break', 'raw-clock')).status).toBe(0)
  }, 300_000)
})
