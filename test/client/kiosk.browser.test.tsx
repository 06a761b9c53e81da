import { cleanup, fireEvent, screen, waitFor } from '@testing-library/preact'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { boot } from '../../src/client/boot.ts'
import { createDatabase, type Database } from '../../src/client/db/schema.ts'
import { loadWords } from '../../src/client/i18n/i18n.ts'
import { listForms, responsesOf, saveForm } from '../../src/client/state/forms.ts'
import { updateSignIn } from '../../src/client/state/gate.ts'
import { closeSession } from '../../src/client/state/sessions.ts'
import type { AppParts } from '../../src/client/ui/app.ts'
import { Kiosk } from '../../src/client/ui/screens/kiosk/Kiosk.tsx'
import { newQuestion } from '../../src/core/form/question.ts'
import { releaseCode } from '../../src/core/kiosk.ts'
import { bootApp, createTestLink, showScreen } from '../support/app.tsx'
import { openEvent, showAt, sign } from '../support/event.tsx'
import { field, pad, press, type } from '../support/hands.ts'

const start = location.pathname + location.search
const pin = '2468'
let db: Database
let app: AppParts
beforeEach(async () => {
  db = createDatabase(`test-${crypto.randomUUID()}`)
  app = await bootApp(db)
})
afterEach(async () => {
  cleanup()
  await app.kiosk.leave(pin, undefined)
  history.replaceState(null, '', start)
})

const people = [
  { name: 'Siti Umpama', institution: 'Dinas Contoh', nip: '198609262015052001', phone: '+6281234567890' },
  { name: 'Rahmat Umpama', institution: 'Bappeda Contoh', phone: '+6281311112222' },
]

async function startKiosk() {
  const opened = await openEvent(app, people)
  await Promise.all(['kiosk', 'person', 'questions'].map(loadWords))
  await showAt(app, `/kegiatan/${opened.space.id}/kios`)
  await type('PIN petugas', pin)
  await press('Mulai mode kios')
  await screen.findByRole('button', { name: 'Saya diundang' })
  return opened
}

async function tryToLeave(typed: string) {
  if (!screen.queryByLabelText('PIN petugas atau kode pembuka')) await press('Petugas')
  await type('PIN petugas atau kode pembuka', typed)
  await press('Keluar')
}

describe('a kiosk', () => {
  it('lets an invited person find only themselves, by the whole number, and sign', async () => {
    const { space, ids, session } = await startKiosk()
    await press('Saya diundang')
    for (const typed of ['Siti', '0812345678', '19860926']) {
      await type('NIP atau nomor HP', typed)
      await press('Cari')
      await screen.findByText(/^Tidak ditemukan di daftar undangan/)
      expect(screen.queryByText('Siti Umpama')).toBeNull()
    }
    await type('NIP atau nomor HP', '0812-3456-7890')
    await press('Cari')
    await press('Ya, tanda tangan')
    sign(await pad())
    await press('Simpan')
    await screen.findByText('Kehadiran Anda tersimpan di perangkat ini.')
    expect(space.attendance.value.get(session)?.get(ids[0] ?? '')).toMatchObject({ method: 'kiosk' })
    await press('Peserta berikutnya')
    await screen.findByRole('button', { name: 'Saya diundang' })
    expect(document.body.textContent).not.toContain('Umpama')
    expect(document.querySelectorAll('a')).toHaveLength(0)
  })

  it('asks for a reason once the list was closed, also of whoever has begun to sign', async () => {
    const { space, ids, session } = await startKiosk()
    await press('Saya diundang')
    await type('NIP atau nomor HP', '0812-3456-7890')
    await press('Cari')
    await press('Ya, tanda tangan')
    sign(await pad())
    await closeSession(space, session)
    await screen.findByText(/^Daftar hadir sesi ini sudah ditutup/)
    await press('Simpan')
    await screen.findByText('Tuliskan alasannya, lalu simpan lagi.')
    expect(space.attendance.value.get(session)).toBeUndefined()
    await type('Alasan terlambat', 'Rapat lain')
    await press('Simpan')
    await screen.findByText('Kehadiran Anda tersimpan di perangkat ini.')
    const attendance = space.attendance.value.get(session)?.get(ids[0] ?? '')
    expect(attendance).toMatchObject({ method: 'kiosk', lateReason: 'Rapat lain' })
    expect(attendance?.ink).not.toBe('')
  })

  it('takes somebody new with what the event asks for, and leaves no draft', async () => {
    const { space, session } = await startKiosk()
    await press('Isi formulir')
    await type(/^Nama lengkap/, 'Tamu Contoh')
    await type(/^OPD/, 'Dinas Teladan')
    await press('Simpan')
    await screen.findByText('Tanda tangan belum ada. Tanda tangani di dalam kotak.')
    sign(await pad())
    await press('Simpan')
    await screen.findByText('Kehadiran Anda tersimpan di perangkat ini.')
    const added = [...space.people.value.values()].find(({ name }) => name === 'Tamu Contoh')
    expect(space.attendance.value.get(session)?.get(added?.id ?? '')).toMatchObject({ method: 'kiosk' })
    expect(await app.drafts.keys()).toEqual([])
  })

  it('offers what the event asks to agree to, unticked, and records what was ticked with the attendance', async () => {
    const { space, ids } = await startKiosk()
    await updateSignIn(space, { consents: ['photo', 'group'] })
    await press('Saya diundang')
    await type('NIP atau nomor HP', '0812-3456-7890')
    await press('Cari')
    await press('Ya, tanda tangan')
    const photo = await field('Foto saya boleh dimuat dalam publikasi kegiatan')
    expect(photo.checked).toBe(false)
    fireEvent.click(photo)
    sign(await pad())
    await press('Simpan')
    await screen.findByText('Kehadiran Anda tersimpan di perangkat ini.')
    expect([...(space.consents.value.get(ids[0] ?? '') ?? [])]).toMatchObject([['photo', { given: true }]])
  })

  it('lets whoever came before answer what is asked since then', async () => {
    const { space } = await startKiosk()
    async function comeBack() {
      await press('Saya diundang')
      await type('NIP atau nomor HP', '0812-3456-7890')
      await press('Cari')
      await press('Ya, tanda tangan')
    }
    await comeBack()
    sign(await pad())
    await press('Simpan')
    await press('Peserta berikutnya')
    const question = { ...newQuestion('saran', 'long'), label: { id: 'Saran', en: '' } }
    await saveForm(space, undefined, {
      form: { title: { id: 'Evaluasi', en: '' }, open: true, anonymous: false },
      questions: [question],
    })
    await comeBack()
    await screen.findByText(/^Anda sudah tercatat hadir/)
    await press('Isi Evaluasi')
    await type(/^Saran/, 'lebih banyak contoh')
    await press('Simpan jawaban')
    await press('Peserta berikutnya')
    const responses = listForms(space).flatMap((form) => responsesOf(space, form))
    expect(responses).toMatchObject([{ answers: { saran: 'lebih banyak contoh' } }])
    await comeBack()
    await screen.findByText(/^Anda sudah tercatat hadir/)
    expect(screen.queryByRole('button', { name: 'Isi Evaluasi' })).toBeNull()
  })

  it('offers a certificate by mail to whoever says where to', async () => {
    const { space } = await startKiosk()
    await updateSignIn(space, { asks: ['email'], consents: ['mail'] })
    await press('Isi formulir')
    await type(/^Nama lengkap/, 'Tamu Contoh')
    expect(screen.queryByLabelText(/^Sertifikat/)).toBeNull()
    await type(/^Surel/, 'tamu@contoh.go.id')
    fireEvent.click(await field('Sertifikat boleh dikirim ke surel saya'))
    sign(await pad())
    await press('Simpan')
    await screen.findByText('Kehadiran Anda tersimpan di perangkat ini.')
    const added = [...space.people.value.values()].find(({ name }) => name === 'Tamu Contoh')
    expect(added?.email).toBe('tamu@contoh.go.id')
    expect([...(space.consents.value.get(added?.id ?? '') ?? [])]).toMatchObject([['mail', { given: true }]])
  })

  it('never overwrites the record of whoever has the number that was typed', async () => {
    const { space, ids } = await startKiosk()
    await press('Isi formulir')
    await type(/^Nama lengkap/, 'Orang Lain')
    await type(/^Nomor pegawai/, '198609262015052001')
    await screen.findByText('Nomor ini terdaftar atas nama Siti Umpama.')
    expect((await screen.findByRole('button', { name: 'Simpan' })).hasAttribute('disabled')).toBe(true)
    await press('Ya, itu saya')
    await screen.findByRole('heading', { name: 'Siti Umpama' })
    expect(space.people.value.get(ids[0] ?? '')?.name).toBe('Siti Umpama')
  })

  it('forgets a form that somebody walked away from, after saying so', async () => {
    await startKiosk()
    cleanup()
    let now = Date.now()
    await showScreen({ ...app, wall: () => now }, 'kiosk person', Kiosk)
    await press('Isi formulir')
    await type(/^Nama lengkap/, 'Pergi Contoh')
    now += 61_000
    await screen.findByText(/^Masih di sini\? .*14/)
    now += 15_000
    await screen.findByRole('button', { name: 'Saya diundang' })
    expect(document.body.textContent).not.toContain('Masih di sini')
    await press('Isi formulir')
    expect((await field(/^Nama lengkap/)).value).toBe('')
    expect(await app.drafts.keys()).toEqual([])
  })

  it('keeps the screen awake for as long as it runs', async () => {
    const asked = vi.spyOn(navigator.wakeLock, 'request')
    await startKiosk()
    await waitFor(() => expect(asked).toHaveBeenCalled())
    const lock = await asked.mock.results[0]?.value
    expect([asked.mock.calls[0], lock?.released]).toEqual([['screen'], false])
    await tryToLeave(pin)
    await waitFor(() => expect(lock?.released).toBe(true))
    asked.mockRestore()
  })

  it('is what every address shows, also when going back and after a reload', async () => {
    const { space } = await startKiosk()
    const wentBack = new Promise((resolve) => addEventListener('popstate', resolve, { once: true }))
    history.back()
    await wentBack
    await screen.findByRole('button', { name: 'Saya diundang' })
    cleanup()
    const again = await boot(db, createTestLink())
    for (const path of [`/kegiatan/${space.id}/peserta`, '/', '/status']) {
      await showAt(again, path)
      await screen.findByRole('button', { name: 'Saya diundang' })
      expect(document.body.textContent).not.toContain('Umpama')
      cleanup()
    }
  })
})

describe('leaving a kiosk', () => {
  it('needs the PIN, which is not stored as it is', async () => {
    const { space } = await startKiosk()
    const row = await db.meta.get('kiosk')
    expect(JSON.stringify(row)).not.toContain(pin)
    await tryToLeave('1357')
    await screen.findByText('PIN tidak cocok.')
    await tryToLeave(pin)
    await waitFor(() => expect(location.pathname).toBe(`/kegiatan/${space.id}`))
    expect(app.kiosk.run.value).toBeUndefined()
  })

  it('makes whoever guesses wait, and a reload gives no try back', async () => {
    await startKiosk()
    for (let tries = 0; tries < 5; tries++) expect(await app.kiosk.leave(`000${tries}`, undefined)).toBe('wrong')
    expect(await app.kiosk.leave(pin, undefined)).toBe('wait')
    const again = await boot(db, createTestLink())
    expect(await again.kiosk.leave(pin, undefined)).toBe('wait')
    await tryToLeave(pin)
    await screen.findByText('Terlalu banyak percobaan. Coba lagi dalam 1 menit, atau pakai kode pembuka.')
    expect(app.kiosk.run.value).toBeDefined()
  })

  it('works without the PIN by the code that a colleague makes of the number on the screen', async () => {
    const { space } = await startKiosk()
    await press('Petugas')
    const shown = await screen.findByText(/memasukkan angka \d{6}/)
    const challenge = /\d{6}/.exec(shown.textContent ?? '')?.[0] ?? ''
    const code = releaseCode(space.event.value?.salt ?? '', challenge) ?? ''
    expect(releaseCode('', challenge)).toBeUndefined()
    await tryToLeave(code)
    await waitFor(() => expect(app.kiosk.run.value).toBeUndefined())
  })

  it('does not make whoever has that code wait for wrong PINs, but whoever guesses at it', async () => {
    const { space } = await startKiosk()
    const code = releaseCode(space.event.value?.salt ?? '', app.kiosk.run.value?.challenge ?? '') ?? ''
    const other = code === '111111' ? '222222' : '111111'
    for (let tries = 0; tries < 5; tries++) await app.kiosk.leave(`000${tries}`, code)
    for (let tries = 0; tries < 9; tries++) expect(await app.kiosk.leave(pin, code)).toBe('wait')
    await tryToLeave(code)
    await waitFor(() => expect(app.kiosk.run.value).toBeUndefined())
    cleanup()

    await app.kiosk.start(space.id, space.sessions.value[0]?.id ?? '', pin)
    for (let tries = 0; tries < 5; tries++) await app.kiosk.leave(`000${tries}`, code)
    for (let tries = 0; tries < 5; tries++) expect(await app.kiosk.leave(other, code)).toBe('wait')
    expect(await app.kiosk.leave(code, code)).toBe('wait')
  })
})
