import { cleanup, fireEvent, screen, waitFor, within } from '@testing-library/preact'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { recordAttendance } from '../../src/client/state/attendance.ts'
import { changeConsents } from '../../src/client/state/consents.ts'
import { savePerson } from '../../src/client/state/people.ts'
import type { AppParts } from '../../src/client/ui/app.ts'
import { bootApp } from '../support/app.tsx'
import { openEvent, showAt } from '../support/event.tsx'
import { press } from '../support/hands.ts'

const start = location.pathname + location.search
let app: AppParts
beforeEach(async () => {
  app = await bootApp()
})
afterEach(() => {
  cleanup()
  history.replaceState(null, '', start)
})

const people = [
  { name: 'Budi Contoh', institution: 'Dinas Teladan' },
  { name: 'Siti Umpama', institution: 'Badan Misal', roles: ['narasumber' as const], nip: '198609262015052001' },
  { name: 'Dra. Siti Umpama, M.Si.', institution: 'Badan Misal', invited: false },
]
const names = async () =>
  within(await screen.findByRole('list', { name: 'Peserta' }))
    .queryAllByRole('link')
    .map((row) => row.querySelector('.person-name')?.textContent)

describe('the list of people', () => {
  it('filters by text, role and presence, and remembers it, names never in the address', async () => {
    const { space, ids, session } = await openEvent(app, people)
    await recordAttendance(space, { person: ids[2] ?? '', session, method: 'facilitator', represents: 'Kepala Badan' })
    await showAt(app, `/kegiatan/${space.id}/peserta`)
    await screen.findByText('3 orang')
    fireEvent.input(screen.getByLabelText('Cari peserta'), { target: { value: 'siti' } })
    await screen.findByText('2 dari 3 orang')
    fireEvent.change(screen.getByLabelText('Kehadiran'), { target: { value: 'mewakili' } })
    await waitFor(async () => expect(await names()).toEqual(['Dra. Siti Umpama, M.Si.']))
    fireEvent.click(screen.getByRole('link', { name: /Siti Umpama/ }))
    await screen.findByRole('heading', { level: 1, name: /Siti Umpama/ })
    history.back()
    await waitFor(async () => expect(await names()).toEqual(['Dra. Siti Umpama, M.Si.']))
    expect(screen.getByLabelText<HTMLInputElement>('Cari peserta').value).toBe('siti')
    expect(location.search).toBe('?hadir=mewakili')
  })

  it.each([
    ['peran=narasumber', ['Siti Umpama']],
    ['hadir=belum', ['Budi Contoh', 'Siti Umpama']],
    ['hadir=tambahan', ['Dra. Siti Umpama, M.Si.']],
    ['instansi=Dinas+Teladan', ['Budi Contoh']],
    ['hadir=tanpaNip', ['Budi Contoh', 'Dra. Siti Umpama, M.Si.']],
    ['hadir=hadir&peran=panitia', []],
  ])('shows whom ?%s asks for', async (query, expected) => {
    const { space, ids, session } = await openEvent(app, people)
    await recordAttendance(space, { person: ids[2] ?? '', session, method: 'facilitator' })
    await showAt(app, `/kegiatan/${space.id}/peserta?${query}`)
    await waitFor(async () => expect(await names()).toEqual(expected))
  })

  it('offers who signed in and is on the list already: all of equal NIPs at once, others one by one', async () => {
    const nip = '198609262015051001'
    const { space, ids } = await openEvent(app, [
      { name: 'Dr. Budi Contoh, M.Si.', institution: 'Dinas Teladan', nip },
      { name: 'Siti Umpama', institution: 'Badan Misal' },
      { name: 'budi', nip: '', invited: false },
      { name: 'siti umpama', institution: 'badan misal', invited: false },
    ])
    await savePerson(space, ids[2] ?? '', { nip })
    await showAt(app, `/kegiatan/${space.id}/peserta`)
    await screen.findByRole('region', { name: /^2 data mungkin/ })
    await press('Gabungkan 1 data dengan NIP sama')
    await screen.findByText('3 orang')
    await press('Gabungkan')
    await screen.findByText('2 orang')
    expect(await names()).toEqual(['Dr. Budi Contoh, M.Si.', 'Siti Umpama'])
    expect(screen.queryByRole('region', { name: /data mungkin/ })).toBeNull()
  })

  it('of 10,000 keeps only what is near the window in the page', async () => {
    const crowd = Array.from({ length: 10_000 }, (_, i) => ({ name: `Peserta ${i}` }))
    const { space } = await openEvent(app, crowd)
    await showAt(app, `/kegiatan/${space.id}/peserta`)
    await screen.findByText('10.000 orang')
    expect((await names()).length).toBeLessThan(100)
  })

  it('of an empty event says what to do', async () => {
    const { space } = await openEvent(app, [])
    await showAt(app, `/kegiatan/${space.id}/peserta`)
    expect((await screen.findByRole('link', { name: 'Impor peserta' })).getAttribute('href')).toContain('/impor')
  })
})

describe('a person', () => {
  it('is edited: only what was changed is written', async () => {
    const { space, ids } = await openEvent(app, people)
    const id = ids[0] ?? ''
    await showAt(app, `/kegiatan/${space.id}/peserta/${id}`)
    await press('Ubah')
    fireEvent.input(await screen.findByLabelText('Jabatan'), { target: { value: 'Analis' } })
    await space.commit([{ type: 'set', kind: 'person', id, fields: { institution: 'Dinas Baru' } }])
    await press('Simpan')
    await screen.findByText('Analis')
    expect(space.people.value.get(id)).toMatchObject({ position: 'Analis', institution: 'Dinas Baru' })
    await waitFor(() => expect(document.activeElement?.textContent).toBe('Ubah'))
    await waitFor(async () => expect(await app.drafts.keys()).toEqual([]))
  })

  it('is deleted, and brought back', async () => {
    const { space, ids } = await openEvent(app, people)
    await showAt(app, `/kegiatan/${space.id}/peserta/${ids[0]}`)
    await press('Hapus')
    await screen.findByText('Data Budi Contoh dihapus dari kegiatan ini.')
    expect(space.people.value.has(ids[0] ?? '')).toBe(false)
    await press('Urungkan penghapusan')
    await waitFor(() => expect(space.people.value.has(ids[0] ?? '')).toBe(true))
  })

  it('is merged with a likely duplicate, deleted as one, and parted again', async () => {
    const { space, ids } = await openEvent(app, people)
    await showAt(app, `/kegiatan/${space.id}/peserta/${ids[2]}`)
    await press('Gabungkan dengan Siti Umpama')
    await screen.findByText('Gabungan dari 2 data')
    expect(space.people.value.size).toBe(2)
    await press('Hapus')
    await waitFor(() => expect(space.people.value.size).toBe(1))
    await press('Urungkan penghapusan')
    await press('Pisahkan kembali')
    await waitFor(() => expect(space.people.value.size).toBe(3))
  })

  it('shows what was freely agreed to, and withdraws it for who asks', async () => {
    const { space, ids } = await openEvent(app, people)
    const [id = ''] = ids
    await changeConsents(space, id, { photo: true })
    await showAt(app, `/kegiatan/${space.id}/peserta/${id}`)
    const card = await screen.findByRole('region', { name: 'Persetujuan sukarela' })
    expect(card.textContent).toMatch(/Foto dalam publikasiDisetujui/)
    await press('Tarik persetujuan')
    await within(card).findByText(/^Ditarik/)
    expect(space.consents.value.get(id)?.get('photo')?.given).toBe(false)
    await press('Urungkan penarikan')
    await within(card).findByText(/^Disetujui/)
  })

  it('shows each session, and withdraws one attendance with its reason', async () => {
    const { space, ids, session } = await openEvent(app, people, ['Pembukaan', 'Diskusi'])
    await recordAttendance(space, { person: ids[0] ?? '', session, method: 'paper', unsignedReason: 'Tangan cedera' })
    await showAt(app, `/kegiatan/${space.id}/peserta/${ids[0]}`)
    await screen.findByText('Tangan cedera')
    expect(screen.getAllByRole('link', { name: 'Isi Daftar Hadir' })).toHaveLength(1)
    await press('Urungkan')
    await press('Batalkan kehadiran')
    await waitFor(() => expect(screen.getAllByRole('link', { name: 'Isi Daftar Hadir' })).toHaveLength(2))
    expect(space.attendance.value.get(session)?.size ?? 0).toBe(0)
  })
})
