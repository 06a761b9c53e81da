import { expect, test } from 'vitest'
import { printCounts } from './counts.ts'
import { whyNoDisk } from './disk.ts'
import { cutPower } from './powerCut.ts'

test('[S5] a power cut of the server’s disk loses nothing that was acknowledged', async () => {
  const reason = await whyNoDisk()
  if (reason) {
    console.warn(`power cut: LEFT OUT, this machine mounts no disk (${reason}); by hand: test/README.md`)
    return
  }
  const counts = await cutPower(3)
  printCounts('power cut', counts)
  expect(counts.lost).toBe(0)
  expect(counts.acknowledged).toBeGreaterThan(20)
})
