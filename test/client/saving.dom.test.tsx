import { readFileSync } from 'node:fs'
import { cleanup, fireEvent, render, screen } from '@testing-library/preact'
import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import { reloadWhenChunksAreGone } from '../../src/client/device/preloadError.ts'
import { loadWords, startI18n } from '../../src/client/i18n/i18n.ts'
import { SaveFailed } from '../../src/client/ui/parts/SaveFailed.tsx'
import { type SaveFailure, useSaving } from '../../src/client/ui/useSaving.ts'

beforeAll(async () => {
  await startI18n()
  await loadWords('person')
  reloadWhenChunksAreGone(() => false)
})
afterEach(cleanup)

function failWith(error: Error): void {
  function Form() {
    const { failure, save } = useSaving()
    return (
      <>
        <button type="button" onClick={() => void save(() => Promise.reject(error))}>
          Simpan
        </button>
        <SaveFailed failure={failure} />
      </>
    )
  }
  render(<Form />)
  fireEvent.click(screen.getByText('Simpan'))
}

describe('a change that could not be saved', () => {
  it('says that a part of the app is missing, and how it comes', async () => {
    const error = new TypeError('Failed to fetch dynamically imported module')
    /** As Vite says it before it throws the error on. */
    dispatchEvent(Object.assign(new Event('vite:preloadError', { cancelable: true }), { payload: error }))
    failWith(error)
    expect((await screen.findByText(/Belum tersimpan/)).textContent).toContain('Sambungkan ke internet sebentar')
  })

  it('says that the device is full, also when the database wraps the reason', async () => {
    const inner = Object.assign(new Error('full'), { name: 'QuotaExceededError' })
    failWith(Object.assign(new Error('aborted'), { inner }))
    expect((await screen.findByText(/Belum tersimpan/)).textContent).toContain('penyimpanan perangkat penuh')
  })

  it.each(['AbortError', 'DatabaseClosedError', 'UnknownError'])(
    'says that the device may be full where the browser says %s, as Chromium does on a full disk',
    async (name) => {
      failWith(Object.assign(new Error('the connection was closed'), { name }))
      expect((await screen.findByText(/Belum tersimpan/)).textContent).toContain('mungkin karena penuh')
    },
  )

  it('says that it can be tried again when the reason is not known', async () => {
    failWith(new TypeError('something else'))
    expect((await screen.findByText(/Belum tersimpan/)).textContent).toContain('coba sekali lagi')
  })

  it.each([
    ['person', 'saveFailed'],
    ['eventForm', 'saveFailed'],
    ['import', 'writeFailed'],
  ])('has words for every reason on the screens of %s', (file, group) => {
    const reasons = { newer: 1, gone: 1, full: 1, silent: 1, partMissing: 1, unknown: 1 } satisfies Record<
      SaveFailure,
      1
    >
    const words = JSON.parse(readFileSync(`locales/id/${file}.json`, 'utf8'))
    expect(Object.keys(words[group]).sort()).toEqual(Object.keys(reasons).sort())
  })
})
