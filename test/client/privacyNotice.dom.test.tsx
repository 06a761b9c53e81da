import { cleanup, render, screen } from '@testing-library/preact'
import { afterEach, expect, it } from 'vitest'
import { loadWords, setLanguage, startI18n } from '../../src/client/i18n/i18n.ts'
import { PrivacyNotice } from '../../src/client/ui/screens/attendee/PrivacyNotice.tsx'

afterEach(async () => {
  cleanup()
  await setLanguage('id')
})

it.each([
  ['id', /Materi yang Anda buka atau simpan dicatat atas nama Anda/, /bukan siapa/],
  ['en', /materials you open or save is recorded under your name/, /not who/],
] as const)(
  'says in %s that readers are named where they are, and else that they are counted',
  async (language, named, counted) => {
    await startI18n()
    await setLanguage(language)
    await loadWords('attendee')
    render(<PrivacyNotice institution="Inspektorat Contoh" namesReaders />)
    expect(screen.getByText(named)).toBeTruthy()
    expect(screen.queryByText(counted)).toBeNull()
    cleanup()
    render(<PrivacyNotice institution="Inspektorat Contoh" namesReaders={false} />)
    expect(screen.getByText(counted)).toBeTruthy()
    expect(screen.queryByText(named)).toBeNull()
  },
)
