import { expect, test } from 'vitest'
import { printCounts } from './counts.ts'
import { whyNoDisk } from './disk.ts'
import { fillPhones } from './fullDisk.ts'

test('what a phone told to be saved arrives once, though its disk ran full before there was a network', async () => {
  const reason = await whyNoDisk()
  if (reason) {
    console.warn(`full disk: LEFT OUT, this machine mounts no disk (${reason}); by hand: test/README.md`)
    return
  }
  const counts = await fillPhones(1)
  printCounts('full disk', counts)
  expect(counts.lost).toBe(0)
  expect(counts.doubled).toBe(0)
  expect(counts.acknowledged).toBeGreaterThan(0)
})
