import { expect, test } from 'vitest'
import { printCounts } from './counts.ts'
import { scanAllDay } from './scan.ts'

test('a hundred people in a row are each recorded once, and leave the page of the scanner as large as it was', async () => {
  const counts = await scanAllDay(100)
  printCounts('scan', counts)
  expect([counts.acknowledged, counts.lost, counts.doubled]).toEqual([50, 0, 0])
})
