import { cleanup, fireEvent, screen, waitFor } from '@testing-library/preact'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { recordAttendance } from '../../src/client/state/attendance.ts'
import type { AppParts } from '../../src/client/ui/app.ts'
import { setSession } from '../../src/core/event.ts'
import { bootApp, organizerDatabase } from '../support/app.tsx'
import { openEvent, showAt } from '../support/event.tsx'

const start = location.pathname + location.search
let app: AppParts
let db: Awaited<ReturnType<typeof organizerDatabase>>
beforeEach(async () => {
  db = await organizerDatabase()
  app = await bootApp(db)
})
afterEach(() => {
  cleanup()
  history.replaceState(null, '', start)
})

const link = (name: string | RegExp) => screen.findByRole('link', { name })

describe('the home of an event', () => {
  it('counts who came, and every number leads to its list', async () => {
    const { space, ids, session } = await openEvent(app, [
      { name: 'Budi Contoh', institution: 'Dinas Teladan' },
      { name: 'Siti Umpama', institution: 'Dinas Teladan' },
      { name: 'Rahmat Misal', invited: false },
    ])
    await recordAttendance(space, { person: ids[0] ?? '', session, method: 'facilitator', represents: 'Kepala Dinas' })
    await recordAttendance(space, { person: ids[2] ?? '', session, method: 'facilitator' })
    await showAt(app, `/kegiatan/${space.id}`)
    expect((await link(/hadir · 2 diundang/)).textContent).toMatch(/^2/)
    expect((await link('1 mewakili')).getAttribute('href')).toContain('hadir=mewakili')
    expect((await link('1 belum hadir')).getAttribute('href')).toContain('hadir=belum')
    expect((await link('1 di luar undangan')).getAttribute('href')).toContain('hadir=tambahan')
    expect((await link(/Dinas Teladan\s*1 dari 2/)).getAttribute('href')).toContain('instansi=Dinas+Teladan')
    expect((await link(/perubahan belum terkirim/)).getAttribute('href')).toBe('/status')
    expect((await link('Isi Daftar Hadir')).getAttribute('href')).toContain(`sesi=${session}`)
  })

  it('says what to do while there is nobody', async () => {
    const { space } = await openEvent(app, [])
    await showAt(app, `/kegiatan/${space.id}`)
    await screen.findByText('Belum ada peserta')
    await link('Tim')
  })

  it('offers a viewer nothing that changes', async () => {
    const { space } = await openEvent(app, [{ name: 'Budi Contoh' }])
    await db.spaces.update(space.id, { role: 'viewer' })
    await waitFor(() => expect(space.role.value).toBe('viewer'))
    await showAt(app, `/kegiatan/${space.id}`)
    await link(/^Peserta/)
    for (const name of ['Isi Daftar Hadir', 'Impor peserta', 'Ubah kegiatan'])
      expect(screen.queryByRole('link', { name })).toBeNull()
  })

  it('shows a deleted session that has attendance, and takes no more of it', async () => {
    const { space, ids, session } = await openEvent(app, [{ name: 'Budi Contoh' }], ['Pembukaan', 'Penutupan'])
    await recordAttendance(space, { person: ids[0] ?? '', session, method: 'facilitator' })
    await space.commit([setSession(session, { deleted: true })])
    await showAt(app, `/kegiatan/${space.id}`)
    const choice = await screen.findByLabelText('Sesi')
    expect(choice).toHaveProperty('value', space.sessions.value[1]?.id)
    expect(choice.textContent).toMatch(/^\S+ \d+ \S+ 00\.00 · Pembukaan \(dihapus\)/)
    fireEvent.change(choice, { target: { value: session } })
    await screen.findByText(/Sesi ini dihapus/)
    await screen.findByText(/^Pembukaan \(dihapus\) · \S+, \d+ \S+ \d{4} · 00\.00 WITA$/)
    expect((await link(/hadir · 1 diundang/)).textContent).toMatch(/^1/)
    expect(screen.queryByRole('link', { name: 'Isi Daftar Hadir' })).toBeNull()
    for (const page of ['baru', `hadir/${space.newId()}`]) {
      cleanup()
      await showAt(app, `/kegiatan/${space.id}/${page}?sesi=${session}`)
      await waitFor(() => expect(document.querySelector('h1')).toBeTruthy())
      expect(screen.queryByRole('button', { name: 'Simpan' })).toBeNull()
    }
  })

  it('shows how far it is loaded', async () => {
    const { space } = await openEvent(app, [])
    await db.spaces.update(space.id, { head: 1200 })
    await showAt(app, `/kegiatan/${space.id}`)
    await screen.findByText('Memuat data kegiatan … 0 dari 1.200')
  })

  it.each(['/kegiatan/%ff', '/kegiatan/%', '/%E0%A4%A'])('is not where %s leads', async (address) => {
    await showAt(app, address)
    await screen.findByText('Halaman tidak ditemukan')
  })

  it('of another device says how to get it', async () => {
    await showAt(app, '/kegiatan/AAAAAAAAAAAAAAAAAAAAAA')
    await screen.findByText('Kegiatan ini tidak ada di perangkat ini')
  })
})
