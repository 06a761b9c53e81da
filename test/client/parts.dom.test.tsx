import { signal } from '@preact/signals'
import { cleanup, fireEvent, render, screen } from '@testing-library/preact'
import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import { loadWords, setLanguage, startI18n } from '../../src/client/i18n/i18n.ts'
import { failureWords } from '../../src/client/ui/parts/failureWords.ts'
import { QrCode } from '../../src/client/ui/parts/QrCode.tsx'
import type { SessionForm } from '../../src/client/ui/screens/eventForm/form.ts'
import { LetterDate } from '../../src/client/ui/screens/eventForm/LetterDate.tsx'
import { SessionList } from '../../src/client/ui/screens/eventForm/SessionList.tsx'
import { useWords } from '../../src/client/ui/words.ts'

beforeAll(async () => {
  await startI18n()
  await loadWords('eventForm')
})
afterEach(async () => {
  cleanup()
  await setLanguage('id')
})

const one: SessionForm = { key: 'a', title: 'Pembukaan', day: '2023-08-09', start: '09:00', end: '', removed: false }

describe('the list of sessions', () => {
  const noErrors = () => undefined
  function show(first: SessionForm[], attended = 0) {
    const sessions = signal(first)
    function Shown() {
      return (
        <SessionList
          sessions={sessions.value}
          attendees={(session) => (session === 'a' ? attended : 0)}
          errorOf={noErrors}
          onChange={(next) => {
            sessions.value = next
          }}
        />
      )
    }
    render(<Shown />)
    return sessions
  }
  const press = (name: string) => fireEvent.click(screen.getByRole('button', { name }))

  it('shows the weekday that the calendar gives', () => {
    show([one])
    expect(screen.getByText('Rabu, 9 Agustus 2023')).toBeTruthy()
  })

  it('says the weekday in the language of the screen', async () => {
    await setLanguage('en')
    show([one])
    expect(screen.getByText(/^Wednesday,? 9 August 2023$/)).toBeTruthy()
  })

  it('adds a session on the day after the last', () => {
    const sessions = show([one])
    press('Tambah sesi')
    expect(sessions.value[1]).toMatchObject({ day: '2023-08-10', start: '09:00' })
  })

  it('removes a session and takes it back as it was', () => {
    const sessions = show([one])
    press('Hapus sesi 1')
    expect(sessions.value).toEqual([{ ...one, removed: true }])
    press('Kembalikan')
    expect(sessions.value).toEqual([one])
  })

  it('says how many were seen at a session that is removed, and that it stays', () => {
    show([one, { ...one, key: 'b', title: 'Penutupan' }], 8)
    press('Hapus sesi 2')
    expect(screen.queryByText(/sudah tercatat hadir/)).toBeNull()
    press('Hapus sesi 1')
    expect(screen.getByText(/^Pembukaan dihapus\. 8 orang sudah tercatat hadir pada sesi ini/)).toBeTruthy()
  })
})

describe('the date of the letter', () => {
  const show = (value: string) => render(<LetterDate value={value} sessions={[one]} onInput={() => undefined} />)

  it('is held against the calendar', () => {
    show('Rabu, 8 Juni 2017')
    expect(screen.getByText(/Tertulis hari Rabu, tetapi 8 Juni 2017 adalah hari Kamis/)).toBeTruthy()
  })

  it('is held against the sessions', () => {
    show('Kamis, 10 Agustus 2023')
    expect(screen.getByText('Belum ada sesi pada Kamis, 10 Agustus 2023.')).toBeTruthy()
  })

  it('is silent when all is well', () => {
    show('Rabu, 9 Agustus 2023')
    expect(screen.queryByRole('status')).toBeNull()
  })
})

describe('words of a failure', () => {
  function Words({ retryAfterMs }: { retryAfterMs?: number }) {
    return <p>{failureWords(useWords('eventForm'), { kind: 'tooMany', retryAfterMs })}</p>
  }
  it.each([
    [20_000, 'Coba lagi dalam 20 detik.'],
    [121_000, 'Coba lagi dalam 3 menit.'],
  ])('tell to wait for %i ms', (retryAfterMs, words) => {
    render(<Words retryAfterMs={retryAfterMs} />)
    expect(screen.getByText(new RegExp(words))).toBeTruthy()
  })
})

describe('a QR code', () => {
  it('is named for who cannot see it and keeps its quiet border', () => {
    const { container } = render(<QrCode text="https://hadir.contoh/gabung#K7QF-2MXA" label="Kode QR" />)
    expect(screen.getByRole('img', { name: 'Kode QR' })).toBeTruthy()
    const cells = [...(container.querySelector('path')?.getAttribute('d') ?? '').matchAll(/M(\d+) (\d+)/g)]
    expect(Math.min(...cells.flatMap(([, x, y]) => [Number(x), Number(y)]))).toBe(4)
  })
})
