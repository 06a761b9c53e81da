import { cleanup, render, screen } from '@testing-library/preact'
import { afterEach, beforeEach, expect, it, onTestFinished, vi } from 'vitest'
import { readFleeting } from '../../src/client/device/storage.ts'
import { loadWords, startI18n } from '../../src/client/i18n/i18n.ts'
import { OutsideHint } from '../../src/client/ui/screens/attendee/OutsideHint.tsx'

beforeEach(async () => {
  await startI18n()
  await loadWords('attendee')
  vi.stubGlobal('matchMedia', () => ({ matches: false }))
  vi.stubGlobal('isSecureContext', true)
})
afterEach(() => {
  vi.unstubAllGlobals()
  cleanup()
})

const gib = 2 ** 30
const megabyte = 1_000_000

const refused = (name: string) => async () => {
  throw Object.assign(new Error(), { name })
}

/** Room as Chrome gives it: a file that is larger than what is `left` is refused when it is asked for. */
const roomFor = (left: number) => async () => ({
  removeEntry: async () => undefined,
  getDirectoryHandle: async () => ({
    getFileHandle: async () => ({
      createWritable: async () => ({
        truncate: async (bytes: number) => (bytes > left ? refused('QuotaExceededError')() : undefined),
        write: async () => undefined,
        abort: async () => undefined,
      }),
    }),
  }),
})

/** A browser by what its storage says; `heap`: what Chrome may use of the memory. */
function give(storage: { quota?: number; usage?: number; getDirectory?: () => Promise<unknown>; heap?: number }): void {
  const { quota, usage, getDirectory = roomFor(gib), heap } = storage
  const estimate = async () => ({ ...(quota !== undefined && { quota, usage }) })
  vi.stubGlobal('navigator', { userAgent: '', maxTouchPoints: 0, storage: { estimate, getDirectory } })
  vi.stubGlobal('performance', { ...(heap !== undefined && { memory: { jsHeapSizeLimit: heap } }) })
}

const small = { quota: gib, usage: 0, heap: 2 * gib }

it.each([
  ['a disk with room', { quota: 10 * gib, usage: 0, heap: 2 * gib }, undefined, undefined],
  ['a full disk of which Chrome tells', { quota: 90 * megabyte, usage: 60 * megabyte }, 'little', 'little'],
  ['a full disk of which it does not', { quota: 10 * gib, getDirectory: roomFor(megabyte) }, undefined, 'little'],
  ['a small disk, or a private window of Chrome', small, 'either', 'either'],
  ['a small disk that is full', { ...small, getDirectory: roomFor(megabyte) }, 'either', 'little'],
  ['a full disk in other browsers', { getDirectory: refused('QuotaExceededError') }, 'little', 'little'],
  ['a private window of Firefox', { getDirectory: refused('SecurityError') }, 'private', 'private'],
  ['a private window of Safari, or its disk fails', { getDirectory: refused('UnknownError') }, 'either', 'either'],
] as const)('%s is told by itself, and more surely where a person asks', async (_, storage, told, asked) => {
  give(storage)
  expect(await readFleeting()).toBe(told)
  expect(await readFleeting({ mayTry: true })).toBe(asked)
})

it.each([false, true])(
  'a browser that says nothing of its storage keeps nobody waiting (%s: who asks)',
  async (mayTry) => {
    vi.useFakeTimers()
    onTestFinished(() => void vi.useRealTimers())
    give({ getDirectory: () => new Promise(() => undefined) })
    const told = vi.fn()
    void readFleeting({ mayTry }).then(told)
    await vi.advanceTimersByTimeAsync(10_000)
    expect(told.mock.calls).toEqual([[undefined]])
  },
)

it.each([
  [{ getDirectory: refused('SecurityError') }, /^Ini jendela privat/, 1],
  [{ getDirectory: refused('QuotaExceededError') }, /^Ruang penyimpanan ponsel ini hampir habis/, 0],
  [small, /^Peramban ini hanya memberi sedikit ruang, seperti pada jendela privat atau/, 1],
])('a guest reads of it in words, and is offered another window where that helps: %#', async (storage, words, ways) => {
  give(storage)
  render(<OutsideHint code="K7QF2MXA" />)
  expect(await screen.findByText(words)).toBeTruthy()
  expect(screen.queryAllByRole('button', { name: 'Salin tautan' })).toHaveLength(ways)
})
