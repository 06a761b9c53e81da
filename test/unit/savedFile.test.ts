import { describe, expect, test } from 'vitest'
import { dataCostRupiah } from '../../src/core/dataCost.ts'
import { filesToDrop, partBytes, partCount, partRange, type SavedFile } from '../../src/core/savedFile.ts'

function file(hash: string, gotBytes: number, usedAt: number, isWhole = true): SavedFile {
  return { hash, spaces: ['s'], type: 'video/mp4', sizeBytes: 100, gotBytes, isWhole, isPaused: false, usedAt }
}

describe('what is dropped when room is wanted', () => {
  test('goes by when it was last used, no more of it than is needed, and what is half there first', () => {
    const files = [file('new', 50, 30), file('old', 50, 10), file('half', 20, 99, false), file('empty', 0, 1, false)]
    const dropped = (bytes: number) => filesToDrop(files, bytes).map(({ hash }) => hash)
    expect(dropped(0)).toEqual([])
    expect(dropped(20)).toEqual(['half'])
    expect(dropped(21)).toEqual(['half', 'old'])
    expect(dropped(1_000)).toEqual(['half', 'old', 'new'])
  })
})

describe('a file in parts', () => {
  test('is covered by them without a gap, the last one as long as what is left', () => {
    const size = 2 * partBytes + 7
    expect(partCount(size)).toBe(3)
    expect(partRange(size, 0)).toEqual({ start: 0, end: partBytes })
    expect(partRange(size, 2)).toEqual({ start: 2 * partBytes, end: size })
    expect(partCount(2 * partBytes)).toBe(2)
  })
})

test('the cost of a download is rounded up to tens of rupiah, by 1,000 million bytes', () => {
  expect(dataCostRupiah(1e9)).toBe(6_000)
  expect(dataCostRupiah(20e6)).toBe(120)
  expect(dataCostRupiah(1)).toBe(10)
})
