import { describe, expect, it } from 'vitest'
import { simulate } from '../support/simulate.ts'

const names = (await simulate('--list-breaks')).text.trim().split('\n')

/** A simulator that cannot fail proves nothing: each bug that other engines had must turn it red. */
describe('a known bug that is put back', () => {
  it('there are at least ten', () => {
    expect(names.length).toBeGreaterThanOrEqual(10)
  })

  it.each(names)(
    '%s is caught within 60 seeds',
    async (name) => {
      const { status, text } = await simulate('--seeds', '60', '--break', name, '--no-shrink')
      expect(text).toMatch(/^Seed \d+ fails:/)
      expect(status).toBe(1)
    },
    300_000,
  )

  it('a name that is no break is refused', async () => {
    expect((await simulate('--break', 'none-such')).status).toBe(2)
  })
})
