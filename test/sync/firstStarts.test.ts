import { expect, it } from 'vitest'
import { simulate } from '../support/simulate.ts'

it('a phone that dies at any step of making its key and enrolling comes in at its next start', async () => {
  const { status, text } = await simulate('--first-starts')
  expect(text).toMatch(/^\d{2,} first starts died: the next ones came in\.$/m)
  expect(status).toBe(0)
}, 120_000)
