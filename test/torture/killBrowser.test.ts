import { expect, test } from 'vitest'
import { printCounts } from './counts.ts'
import { killBrowser } from './killBrowser.ts'

test('[S1] a browser that is killed during check-ins has kept each that it confirmed, and sends it once', async () => {
  const counts = await killBrowser(4, 2)
  printCounts('browser', counts)
  expect(counts.acknowledged).toBeGreaterThanOrEqual(4)
  expect([counts.lost, counts.doubled]).toEqual([0, 0])
})
