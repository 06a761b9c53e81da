import { expect, it } from 'vitest'
import { simulate } from '../support/simulate.ts'

/** What the seeds must have met, or that they lost nothing says nothing. */
const met = ['committed', 'parked', 'forked', 'pull diverged', 'pull forbidden', 'recover']

it('200 seeds of faults lose nothing, double nothing and show nobody what is not theirs', async () => {
  const { status, text } = await simulate('--seeds', '200')
  expect(text).toContain('200 seeds from 1: nothing was lost.')
  for (const answer of met) expect(text).toMatch(new RegExp(`\\b${answer} [1-9]`))
  expect(status).toBe(0)
}, 600_000)
