import { describe, expect, test } from 'vitest'
import { createBurstReader, type Key } from '../../src/client/device/scanner/keyBursts.ts'
import { createRepeats } from '../../src/client/device/scanner/repeats.ts'
import { createScanQueue } from '../../src/client/ui/parts/scanner/queue.ts'
import type { ScanResult } from '../../src/client/ui/parts/scanner/scanResult.ts'

/** What is reported of pictures that follow each other by `everyMs`; `null` is a picture without a code. */
function reported(pictures: (string | string[] | null)[], everyMs: number, repeats = createRepeats()): string[] {
  return pictures.flatMap((picture, at) => repeats.seen([picture ?? []].flat(), at * everyMs))
}
const held = <T>(picture: T, count: number): T[] => Array.from({ length: count }, () => picture)

describe('the same code before the camera', () => {
  test('is reported once, however long it is held and even when the camera loses it for a moment', () => {
    expect(reported([...held('A', 50), ...held(null, 10), ...held('A', 50)], 100)).toEqual(['A'])
  })

  test('is reported again after it was away', () => {
    expect(reported([...held('A', 5), ...held(null, 16), ...held('A', 5)], 100)).toEqual(['A', 'A'])
  })

  test('is reported again after another code took its place', () => {
    expect(reported([...held('A', 20), ...held('B', 20), ...held('A', 20)], 100)).toEqual(['A', 'B', 'A'])
  })

  test('does not hide one that is held up beside it', () => {
    expect(reported([...held('A', 5), ...held(['A', 'B'], 50)], 100)).toEqual(['A', 'B'])
  })

  test('a hundred people in a row are a hundred codes', () => {
    const people = Array.from({ length: 100 }, (_, at) => `orang ${at}`)
    expect(
      reported(
        people.flatMap((person) => held(person, 3)),
        80,
      ),
    ).toEqual(people)
  })
})

describe('frames that take turns', () => {
  test('are each reported once, in whatever order and however often they come round', () => {
    expect(reported(['A', 'B', 'A', 'B', 'A', 'B'], 125)).toEqual(['A', 'B'])
  })

  test('a long sequence stays known until the view was empty', () => {
    const repeats = createRepeats()
    const frames = Array.from({ length: 40 }, (_, at) => `bagian ${at}`)
    expect(reported(frames.slice(0, 1), 125, repeats)).toEqual(frames.slice(0, 1))
    repeats.inSequence()
    expect(reported([...frames, ...frames, ...frames], 125, repeats)).toEqual(frames.slice(1))
    const later = 3 * frames.length * 125
    expect(repeats.seen([], later + 2000)).toEqual([])
    expect(repeats.seen(['bagian 0'], later + 2100)).toEqual(['bagian 0'])
  })
})

describe('a hardware scanner', () => {
  /** What a burst reader hears when keys come every `everyMs`. */
  function heard(keys: string[], everyMs: number, given: Partial<Key> = {}): string[] {
    const read = createBurstReader()
    return keys.flatMap((key, at) => {
      const step = read({ key, at: at * everyMs, isShortcut: false, ...given })
      return step.kind === 'text' ? [step.text] : []
    })
  }

  test('types a code and Enter, with capitals and spaces', () => {
    expect(heard([...'HP1:6B F', 'Enter'], 10)).toEqual(['HP1:6B F'])
    expect(heard(['Shift', 'H', 'P', 'Shift', '1', ':', 'X', '/', '2', 'Tab'], 40)).toEqual(['HP1:X/2'])
  })

  test('one code after the other, each on its own', () => {
    expect(heard([...'HADIR-1', 'Enter', ...'HADIR-2', 'Enter'], 5)).toEqual(['HADIR-1', 'HADIR-2'])
  })

  test('is not a person who types, a slip of the fingers or a shortcut', () => {
    expect(heard([...'HADIR-1', 'Enter'], 120)).toEqual([])
    expect(heard([...'ok', 'Enter'], 10)).toEqual([])
    expect(heard(['ArrowDown', 'ArrowDown', 'Enter'], 10)).toEqual([])
    expect(heard([...'HADIR-1', 'Enter'], 10, { isShortcut: true })).toEqual([])
  })

  test('its keys press nothing: all but the first two are held back', () => {
    const read = createBurstReader()
    const steps = [...'AB CDE', 'Enter'].map((key, at) => read({ key, at: at * 10, isShortcut: false }).kind)
    expect(steps).toEqual(['other', 'other', 'part', 'part', 'part', 'part', 'text'])
  })
})

describe('one code after the other', () => {
  const good = (title: string): ScanResult => ({ tone: 'good', title })

  test('a code that fails never jams the next', async () => {
    const shown: string[] = []
    const done = Promise.withResolvers<void>()
    const { take } = createScanQueue({
      handle: async (text) => {
        if (text === 'B') throw new Error('broken')
        return good(text)
      },
      show: ({ title }) => {
        shown.push(title)
        if (title === 'C') done.resolve()
      },
      pause: async () => undefined,
      failed: () => ({ tone: 'bad', title: 'failed' }),
    })
    for (const text of ['A', 'B', 'C']) take(text)
    await done.promise
    expect(shown).toEqual(['A', 'failed', 'C'])
  })

  test('a result stays before the next is taken, while frames go through', async () => {
    const shown: string[] = []
    const paused = Promise.withResolvers<void>()
    const resumed = Promise.withResolvers<void>()
    const { take } = createScanQueue({
      handle: async (text) => (text.startsWith('frame') ? { tone: 'progress', title: text } : good(text)),
      show: ({ title }) => shown.push(title),
      pause: () => {
        paused.resolve()
        return resumed.promise
      },
      failed: () => good(''),
    })
    for (const text of ['frame 1', 'frame 2', 'A', 'B']) take(text)
    await paused.promise
    expect(shown).toEqual(['frame 1', 'frame 2', 'A'])
    resumed.resolve()
    await expect.poll(() => shown).toEqual(['frame 1', 'frame 2', 'A', 'B'])
  })
})
