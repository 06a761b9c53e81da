import '../../src/client/ui/styles/index.css'
import { cleanup, fireEvent, screen, waitFor } from '@testing-library/preact'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { page } from 'vitest/browser'
import type { AppParts } from '../../src/client/ui/app.ts'
import { EditEvent } from '../../src/client/ui/screens/eventForm/EditEvent.tsx'
import { NewEvent } from '../../src/client/ui/screens/eventForm/NewEvent.tsx'
import { hasUnsaved } from '../../src/client/ui/unsaved.ts'
import { checkIn } from '../../src/core/attendance.ts'
import { setEvent } from '../../src/core/event.ts'
import { bootApp, organizerDatabase, showScreen } from '../support/app.tsx'

let app: AppParts
beforeEach(async () => {
  app = await bootApp(await organizerDatabase())
})
afterEach(cleanup)

const field = (label: string | RegExp) => screen.findByLabelText(label)
async function type(label: string | RegExp, value: string): Promise<void> {
  fireEvent.input(await field(label), { target: { value } })
}
async function press(name: string | RegExp): Promise<void> {
  fireEvent.click(await screen.findByRole('button', { name }))
}

async function startNew(): Promise<void> {
  await showScreen(app, 'eventForm', NewEvent)
  await field('Nama kegiatan')
}

async function fillNeeded(): Promise<void> {
  await type('Nama kegiatan', 'Sosialisasi Antikorupsi')
  await type(/^Instansi penyelenggara/, 'Inspektorat Contoh')
  await type(/^Tempat/, 'Aula Contoh')
  await type(/^Kota pada baris tanggal/, 'Serang')
}

async function createdSpace() {
  await waitFor(() => expect(app.spaces.rows.value).toHaveLength(1))
  const space = await app.spaces.open(app.spaces.rows.value?.[0]?.space ?? '')
  if (!space) throw new Error('The event was not created')
  return space
}

describe('a new event', () => {
  it('is created without a network, with its sessions', async () => {
    await startNew()
    await fillNeeded()
    await type('Tanggal', '2023-08-09')
    await press('Tambah sesi')
    await press('Buat Kegiatan')
    const space = await createdSpace()
    expect(space.event.value).toMatchObject({ title: 'Sosialisasi Antikorupsi', city: 'Serang', zone: 'WIB' })
    expect(space.sessions.value.map(({ day }) => day)).toEqual(['2023-08-09', '2023-08-10'])
    expect(await app.drafts.keys()).toEqual([])
  })

  it.each([false, true])('names the readers of its materials only where that was ticked: %s', async (namesReaders) => {
    await startNew()
    await fillNeeded()
    await type('Tanggal', '2023-08-09')
    if (namesReaders) fireEvent.click(await field('Catat nama peserta yang membuka materi'))
    await press('Buat Kegiatan')
    expect((await createdSpace()).event.value?.namesReaders).toBe(namesReaders)
  })

  it('points out what is missing beside the fields and goes to the first', async () => {
    await page.viewport(360, 740)
    await startNew()
    await press('Buat Kegiatan')
    const institution = await field(/^Instansi penyelenggara/)
    await waitFor(() => expect(document.activeElement).toBe(institution))
    expect(institution.getAttribute('aria-invalid')).toBe('true')
    await screen.findByText('3 isian perlu diperbaiki sebelum disimpan.')
    const bar = document.querySelector('.screen-actions')?.getBoundingClientRect()
    const said = institution.closest('.field')?.getBoundingClientRect()
    expect(bar?.bottom).toBeLessThanOrEqual(innerHeight)
    expect(said?.bottom).toBeLessThanOrEqual(bar?.top ?? 0)
    expect(said?.top).toBeGreaterThanOrEqual(0)
    expect(app.spaces.rows.value).toEqual([])
  })

  it('keeps what was typed when the screen is left and opened again', async () => {
    await startNew()
    await type('Nama kegiatan', 'Sosialisasi yang belum selesai')
    cleanup()
    await showScreen(app, 'eventForm', NewEvent)
    expect(await screen.findByDisplayValue('Sosialisasi yang belum selesai')).toBeTruthy()
  })

  it('says that it goes on with what was typed before, which can be thrown away at once', async () => {
    await startNew()
    await type('Nama kegiatan', 'Sosialisasi kemarin')
    expect(screen.queryByText('Ada perubahan yang belum disimpan')).toBeNull()
    cleanup()
    await showScreen(app, 'eventForm', NewEvent)
    await screen.findByText('Ada perubahan yang belum disimpan')
    await press('Buang')
    await waitFor(() => expect(document.activeElement?.textContent).toBe('Kembalikan'))
    expect(screen.queryByDisplayValue('Sosialisasi kemarin')).toBeNull()
    await press('Kembalikan')
    await screen.findByDisplayValue('Sosialisasi kemarin')
    cleanup()
    await showScreen(app, 'eventForm', NewEvent)
    await press('Lanjutkan')
    await waitFor(() => expect(screen.queryByText('Ada perubahan yang belum disimpan')).toBeNull())
    expect(screen.getByDisplayValue('Sosialisasi kemarin')).toBeTruthy()
  })

  it('points out a signatory`s NIP that lacks a digit', async () => {
    await startNew()
    const nip = screen.getAllByLabelText(/^NIP/)[0]
    if (!nip) throw new Error('There is no NIP')
    fireEvent.input(nip, { target: { value: '19680411199303100' } })
    const said = await screen.findByText('NIP harus 18 angka.')
    expect(said.closest('.notice-warn')).toBeTruthy()
  })

  it('keeps the tab from loading a new version while it is open and unsaved', async () => {
    await showScreen(app, 'eventForm', NewEvent)
    await field('Nama kegiatan')
    expect(hasUnsaved.value).toBe(false)
    await type('Nama kegiatan', 'S')
    expect(hasUnsaved.value).toBe(true)
    cleanup()
    await waitFor(() => expect(hasUnsaved.value).toBe(false))
    await waitFor(async () => expect(await app.drafts.keys()).not.toEqual([]))
  })

  it('gives back what was thrown away', async () => {
    await startNew()
    await type('Nama kegiatan', 'Sosialisasi yang berharga')
    await press('Buang isian ini')
    await screen.findByText('Isian dibuang.')
    await press('Kembalikan')
    expect(await screen.findByDisplayValue('Sosialisasi yang berharga')).toBeTruthy()
  })

  it('points out a weekday that contradicts its date and changes nothing', async () => {
    await startNew()
    await type(/^Tanggal pada surat undangan/, 'Rabu, 8 Juni 2017')
    expect(await screen.findByText(/8 Juni 2017 adalah hari Kamis/)).toBeTruthy()
    expect(screen.getByDisplayValue('Rabu, 8 Juni 2017')).toBeTruthy()
    await type(/^Tanggal pada surat undangan/, 'Kamis, 8 Juni 2017')
    await waitFor(() => expect(screen.queryByText(/adalah hari/)).toBeNull())
  })

  it('takes a removed session back, and saves without one that stays removed', async () => {
    await startNew()
    await fillNeeded()
    await press('Tambah sesi')
    await press('Hapus sesi 2')
    await press('Kembalikan')
    expect(screen.getByRole('group', { name: 'Sesi 2' })).toBeTruthy()
    await press('Hapus sesi 1')
    await press('Buat Kegiatan')
    expect((await createdSpace()).sessions.value).toHaveLength(1)
  })
})

describe('an edit', () => {
  async function openEdit() {
    await startNew()
    await fillNeeded()
    await press('Buat Kegiatan')
    const space = await createdSpace()
    cleanup()
    await showScreen(app, 'eventForm', EditEvent, { space: space.id })
    return space
  }

  it('writes only what was changed since the form was opened', async () => {
    const space = await openEdit()
    await type('Nama kegiatan', 'Sosialisasi Dua')
    await space.commit([setEvent(space.id, { venue: 'Aula Lain' })])
    await press('Simpan')
    await waitFor(() => expect(space.event.value?.title).toBe('Sosialisasi Dua'))
    expect(space.event.value?.venue).toBe('Aula Lain')
  })

  it('deletes a removed session and adds a new one in one op', async () => {
    const space = await openEdit()
    const [before] = space.sessions.value
    const unsent = () => app.status.unsent.value.get(space.id)?.count
    /** The event itself. */
    await waitFor(() => expect(unsent()).toBe(1))
    await press('Tambah sesi')
    await press('Hapus sesi 1')
    await press('Simpan')
    await waitFor(() => expect(space.sessions.value.map(({ id }) => id)).not.toContain(before?.id))
    expect(space.sessions.value).toHaveLength(1)
    await waitFor(() => expect(unsent()).toBe(2))
  })

  it('keeps a session that people attended in sight when it is removed, and takes it back later', async () => {
    const space = await openEdit()
    const session = space.sessions.value[0]?.id ?? ''
    await space.commit([checkIn({ person: space.newId(), session, method: 'facilitator' })])
    await press('Tambah sesi')
    await press('Hapus sesi 1')
    await screen.findByText(/1 orang sudah tercatat hadir pada sesi ini/)
    await press('Simpan')
    await waitFor(() => expect(space.sessions.value.find(({ id }) => id === session)?.deleted).toBe(true))
    await waitFor(async () => expect(await app.drafts.keys()).toEqual([]))
    cleanup()
    await showScreen(app, 'eventForm', EditEvent, { space: space.id })
    await screen.findByText(/1 orang sudah tercatat hadir pada sesi ini/)
    await press('Kembalikan')
    await press('Simpan')
    await waitFor(() => expect(space.sessions.value.map(({ deleted }) => deleted)).toEqual([false, false]))
  })
})
