import { expect, test } from 'vitest'
import { printCounts } from './counts.ts'
import { scanAllDay } from './scan.ts'

test('a hundred people in a row are each recorded once, and leave the scanner’s page and worker as large and as quick as they were', async () => {
  const counts = await scanAllDay(100)
  printCounts('scan', counts)
  expect([counts.acknowledged, counts.lost, counts.doubled]).toEqual([50, 0, 0])
})
