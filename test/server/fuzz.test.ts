import { expect, test } from 'vitest'
import { fuzz } from './fuzz/fuzz.ts'

/** A seed that found a defect is added here. */
test.each([[20_000, 1]])(
  '%i requests made of the schemas and of bytes: no 5xx, nothing that a schema refuses, no growth, and a whole log (seed %i)',
  async (runs, seed) => {
    const { answers, taken, committed } = await fuzz({ runs, seed })
    expect(committed).toBeGreaterThan(runs / 50)
    for (const status of [200, 400, 401, 403, 404])
      expect([status, answers[status]]).toEqual([status, expect.any(Number)])
    for (const name of [
      'POST /sign-out',
      'POST /spaces/:space/rights',
      'POST /spaces/:space/devices/:dev',
      'GET /events',
    ])
      expect(taken).toContain(name)
  },
  600_000,
)
