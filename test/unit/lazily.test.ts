import { expect, test } from 'vitest'
import { lazily } from '../../src/core/lazily.ts'

test('is made once for all who ask, and again after a failure', async () => {
  let asked = 0
  const made = lazily(async () => {
    asked++
    if (asked === 1) throw new Error('no network')
    return asked
  })
  expect(await Promise.allSettled([made(), made()])).toMatchObject([{ status: 'rejected' }, { status: 'rejected' }])
  expect(await Promise.all([made(), made()])).toEqual([2, 2])
  expect(asked).toBe(2)
})
