import { expect, it } from 'vitest'
import { simulate } from '../support/simulate.ts'

/** What the seeds must have met, or that they lost nothing says nothing. */
const met = ['committed', 'parked', 'forked', 'pull diverged', 'pull forbidden', 'recover', 'quarantine', 'sign-out']

it('200 seeds of faults lose nothing, double nothing and show nobody what is not theirs', async () => {
  const halves = await Promise.all([1, 101].map((from) => simulate('--seeds', '100', '--from', String(from))))
  for (const [half, { status, text }] of halves.entries()) {
    expect(text).toContain(`100 seeds from ${1 + 100 * half}: nothing was lost.`)
    expect(status).toBe(0)
  }
  const both = halves.map(({ text }) => text).join('\n')
  for (const answer of met) expect(both).toMatch(new RegExp(`\\b${answer} [1-9]`))
}, 600_000)
