import { expect, test } from 'vitest'
import { printCounts } from './counts.ts'
import { uploadVideo } from './uploadVideo.ts'

test('a video that was captured offline arrives whole, whatever is killed on the way', async () => {
  const counts = await uploadVideo(12_000_000, 3)
  printCounts('upload', counts)
  expect(counts.lost).toBe(0)
})
