import { cleanup, fireEvent, screen, waitFor } from '@testing-library/preact'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { AppParts } from '../../src/client/ui/app.ts'
import { derivedId } from '../../src/core/ids.ts'
import { bootApp } from '../support/app.tsx'
import { openEvent, showAt, sign } from '../support/event.tsx'
import { field, pad, press, type } from '../support/hands.ts'

const start = location.pathname + location.search
let app: AppParts
beforeEach(async () => {
  app = await bootApp()
})
afterEach(() => {
  cleanup()
  history.replaceState(null, '', start)
})

describe('somebody who is not on the list', () => {
  it('carries what was typed from the search and is saved in one go', async () => {
    const { space, session } = await openEvent(app, [{ name: 'Siti Umpama' }])
    await showAt(app, `/kegiatan/${space.id}/hadir`)
    await type('Cari peserta', 'Rahmat Baru')
    fireEvent.click(await screen.findByRole('link', { name: 'Tambah peserta baru' }))
    await waitFor(async () => expect((await field(/^Nama lengkap/)).value).toBe('Rahmat Baru'))
    await type(/^OPD/, 'Dinas Teladan')
    await type(/^Nomor pegawai/, 'NIP. 19860926 201505 1 001')
    await type(/^Nomor HP/, '0812-3456-7890')
    sign(await pad())
    await press('Simpan')
    await screen.findByText(/^Tersimpan di perangkat\. Hadir/)

    const id = derivedId(space.event.value?.salt ?? '', 'nip', '198609262015051001')
    expect(space.people.value.get(id)).toMatchObject({
      name: 'Rahmat Baru',
      institution: 'Dinas Teladan',
      nip: '198609262015051001',
      numberKind: 'pns',
      sex: 'L',
      phone: '+6281234567890',
      invited: false,
    })
    expect(space.attendance.value.get(session)?.has(id)).toBe(true)
    expect(await app.drafts.keys()).toEqual([])
  })

  it('is warned of an impossible number and saved all the same', async () => {
    const { space } = await openEvent(app, [])
    await showAt(app, `/kegiatan/${space.id}/baru`)
    await type(/^Nama lengkap/, 'Rahmat Baru')
    await type(/^Nomor pegawai/, '19861326201505100')
    await screen.findByText(/^NIP harus 18 angka/)
    sign(await pad())
    await press('Simpan')
    await screen.findByText(/^Tersimpan di perangkat\. Hadir/)
    expect([...space.people.value.values()].map(({ nip }) => nip)).toEqual(['19861326201505100'])
  })

  it('is warned of the bare name of a region, which one tap makes whole', async () => {
    const { space } = await openEvent(app, [])
    await showAt(app, `/kegiatan/${space.id}/baru`)
    const office = await screen.findByLabelText<HTMLInputElement>(/^OPD/)
    fireEvent.input(office, { target: { value: 'Serang' } })
    await screen.findByText('Tulis Kabupaten Serang atau Kota Serang.')
    fireEvent.click(screen.getByRole('button', { name: 'Kabupaten Serang' }))
    await waitFor(() => expect(office.value).toBe('Kabupaten Serang'))
    expect(screen.queryByRole('button', { name: 'Kota Serang' })).toBeNull()
  })

  it('who is on the list after all is used with one tap, and what was signed goes along', async () => {
    const { space, ids, session } = await openEvent(app, [{ name: 'Dra. Siti Umpama, M.Si.' }])
    await showAt(app, `/kegiatan/${space.id}/baru`)
    await type(/^Nama lengkap/, 'siti umpama')
    sign(await pad())
    await screen.findByText(/^Sudah ada dalam daftar/)
    fireEvent.click(screen.getByRole('link', { name: /Dra. Siti Umpama/ }))
    await screen.findByRole('img', { name: 'Bidang tanda tangan Dra. Siti Umpama, M.Si.' })
    await press('Simpan')
    await screen.findByText(/^Tersimpan di perangkat\. Hadir/)
    expect([...(space.attendance.value.get(session)?.keys() ?? [])]).toEqual(ids)
    expect(space.people.value.size).toBe(1)
  })

  it('keeps the form through a reload, and offers a new one when somebody else was typed', async () => {
    const { space } = await openEvent(app, [])
    const { unmount } = await showAt(app, `/kegiatan/${space.id}/baru`)
    await type(/^Nama lengkap/, 'Rahmat Baru')
    await type('Jabatan', 'Analis')
    unmount()
    await waitFor(async () => expect(await app.drafts.keys()).not.toEqual([]))
    await showAt(app, `/kegiatan/${space.id}/baru?isi=Wulan`)
    await screen.findByText('Masih ada isian yang belum disimpan: Rahmat Baru.')
    expect((await field('Jabatan')).value).toBe('Analis')
    await press('Mulai isian baru')
    await waitFor(async () => expect((await field(/^Nama lengkap/)).value).toBe('Wulan'))
    expect((await field('Jabatan')).value).toBe('')
  })

  it('is listed as not saved after the way back, and opened again from there', async () => {
    const { space } = await openEvent(app, [])
    await showAt(app, `/kegiatan/${space.id}/baru`)
    await type(/^Nama lengkap/, 'Rahmat Baru')
    fireEvent.click(await screen.findByRole('link', { name: 'Kembali' }))
    await screen.findByRole('heading', { name: 'Belum disimpan' })
    fireEvent.click(screen.getByRole('link', { name: /Rahmat Baru/ }))
    await waitFor(async () => expect((await field(/^Nama lengkap/)).value).toBe('Rahmat Baru'))
  })

  it('keeps the details open while a number is corrected', async () => {
    const { space } = await openEvent(app, [])
    await showAt(app, `/kegiatan/${space.id}/baru?isi=19860926`)
    const number = await field(/^Nomor pegawai/)
    const details = number.closest('details')
    await waitFor(() => expect(details?.open).toBe(true))
    fireEvent.input(number, { target: { value: '' } })
    await waitFor(() => expect(screen.getByLabelText<HTMLSelectElement>('Jenis nomor pegawai').value).toBe('none'))
    expect(details?.open).toBe(true)
  })

  it('needs a name, said beside the field', async () => {
    const { space } = await openEvent(app, [])
    await showAt(app, `/kegiatan/${space.id}/baru`)
    const name = await field(/^Nama lengkap/)
    await press('Simpan')
    await waitFor(() => expect(name.getAttribute('aria-invalid')).toBe('true'))
    expect(space.people.value.size).toBe(0)
  })
})
