import { cleanup, fireEvent, screen, waitFor, within } from '@testing-library/preact'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { page } from 'vitest/browser'
import { recordAttendance } from '../../src/client/state/attendance.ts'
import type { AppParts } from '../../src/client/ui/app.ts'
import { signDraftKey } from '../../src/client/ui/screens/checkIn/drafts.ts'
import { setSession } from '../../src/core/event.ts'
import { isSigned, unpackInk } from '../../src/core/ink.ts'
import { bootApp } from '../support/app.tsx'
import { openEvent, showAt, sign } from '../support/event.tsx'
import { press, type } from '../support/hands.ts'

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
  {
    name: 'Dr. H. Budi Contoh, S.E.',
    institution: 'Dinas Teladan',
    position: 'Kepala Bidang',
    phone: '+6281234567890',
  },
  { name: 'Siti Umpama', institution: 'Badan Misal', position: 'Analis' },
]
const pad = (name: string) => screen.findByRole('img', { name: `Bidang tanda tangan ${name}` })

describe('an invited person', () => {
  it('is found, signs, is confirmed, and is undone with a reason, all without a network', async () => {
    const { space, ids, session } = await openEvent(app, people)
    await showAt(app, `/kegiatan/${space.id}/hadir`)
    const search = await screen.findByLabelText('Cari peserta')
    await waitFor(() => expect(document.activeElement).toBe(search))
    fireEvent.input(search, { target: { value: 'bud' } })
    fireEvent.click(await screen.findByRole('link', { name: /Budi Contoh/ }))
    sign(await pad('Dr. H. Budi Contoh, S.E.'))
    await press('Simpan')

    await screen.findByText(/^Tersimpan di perangkat\. Hadir \d\d\.\d\d WITA$/)
    const attendance = space.attendance.value.get(session)?.get(ids[0] ?? '')
    const ink = unpackInk(attendance?.ink ?? '')
    expect(ink && isSigned(ink)).toBe(true)
    expect(screen.getByLabelText<HTMLInputElement>('Cari peserta').value).toBe('')
    expect(await app.drafts.keys()).toEqual([])

    await press('Urungkan')
    const dialog = within(await screen.findByRole('dialog'))
    expect(dialog.getByLabelText<HTMLInputElement>('Alasan').value).toBe('Salah catat')
    fireEvent.click(dialog.getByRole('button', { name: 'Batalkan kehadiran' }))
    await screen.findByText('Kehadiran dibatalkan')
    expect(space.attendance.value.get(session)?.has(ids[0] ?? '') ?? false).toBe(false)
  })

  it.each(['misal', '0812 3456', 'siti umpama'])('is found by %s', async (typed) => {
    const { space } = await openEvent(app, people)
    await showAt(app, `/kegiatan/${space.id}/hadir`)
    await type('Cari peserta', typed)
    await waitFor(() => expect(screen.getAllByRole('link', { name: /Budi|Siti/ })).toHaveLength(1))
  })

  it('is not saved without ink, and is told so beside the pad', async () => {
    const { space, ids, session } = await openEvent(app, people)
    await showAt(app, `/kegiatan/${space.id}/hadir/${ids[1]}`)
    await pad('Siti Umpama')
    await press('Simpan')
    await screen.findByText('Tanda tangan belum ada. Tanda tangani di dalam kotak.')
    expect(space.attendance.value.get(session)).toBeUndefined()
  })

  it('who cannot sign is recorded with the reason, for the office that was invited, with a new role', async () => {
    const { space, ids, session } = await openEvent(app, people)
    await showAt(app, `/kegiatan/${space.id}/hadir/${ids[1]}`)
    await press('Tidak dapat tanda tangan?')
    await press('Simpan')
    await screen.findByText('Pilih atau tuliskan alasannya.')
    fireEvent.click(screen.getByLabelText('Kendala fisik'))
    fireEvent.click(screen.getByLabelText('Mewakili pejabat lain'))
    await waitFor(() => expect(document.activeElement).toBe(screen.getByLabelText('Mewakili')))
    await type('Mewakili', 'Kepala Bidang, Dinas Teladan')
    fireEvent.click(screen.getByLabelText('Narasumber'))
    await press('Simpan')
    await screen.findByText('Mewakili Kepala Bidang, Dinas Teladan')
    expect(space.attendance.value.get(session)?.get(ids[1] ?? '')).toMatchObject({
      unsignedReason: 'Kendala fisik',
      represents: 'Kepala Bidang, Dinas Teladan',
      ink: '',
    })
    expect(space.people.value.get(ids[1] ?? '')?.roles).toEqual(['narasumber', 'peserta'])
  })

  it('keeps what was drawn when the screen is left and opened again', async () => {
    const { space, ids } = await openEvent(app, people)
    const path = `/kegiatan/${space.id}/hadir/${ids[1]}`
    const { unmount } = await showAt(app, path)
    sign(await pad('Siti Umpama'))
    await waitFor(() => expect(screen.getByRole<HTMLButtonElement>('button', { name: 'Ulangi' }).disabled).toBe(false))
    unmount()
    await waitFor(async () => expect(await app.drafts.keys()).not.toEqual([]))
    await showAt(app, path)
    await pad('Siti Umpama')
    expect(screen.getByRole<HTMLButtonElement>('button', { name: 'Ulangi' }).disabled).toBe(false)
    await press('Simpan')
    await screen.findByText(/^Tersimpan di perangkat\. Hadir/)
  })

  it('gets a pad without the strokes of another tab that has the same form open', async () => {
    const { space, ids, session } = await openEvent(app, people)
    const path = `/kegiatan/${space.id}/hadir/${ids[1]}`
    const { unmount } = await showAt(app, path)
    sign(await pad('Siti Umpama'))
    unmount()
    await waitFor(async () => expect(await app.drafts.keys()).not.toEqual([]))
    const form = `hadir.form.${signDraftKey(space.id, session, ids[1] ?? '')}#another tab`
    const { unmount: leave } = await navigator.locks.request(form, async () => {
      const shown = await showAt(app, path)
      await pad('Siti Umpama')
      return shown
    })
    expect(screen.getByRole<HTMLButtonElement>('button', { name: 'Ulangi' }).disabled).toBe(true)
    leave()
    await showAt(app, path)
    await pad('Siti Umpama')
    expect(screen.getByRole<HTMLButtonElement>('button', { name: 'Ulangi' }).disabled).toBe(false)
  })

  it('is listed as not saved when the form was left, until the ink is taken back', async () => {
    const { space } = await openEvent(app, people)
    await showAt(app, `/kegiatan/${space.id}/hadir`)
    const back = async () => fireEvent.click(await screen.findByRole('link', { name: 'Kembali' }))
    for (const name of ['Dr. H. Budi Contoh, S.E.', 'Siti Umpama']) {
      await type('Cari peserta', name)
      fireEvent.click(await screen.findByRole('link', { name: new RegExp(name) }))
      sign(await pad(name))
      await back()
      await within(await screen.findByRole('region', { name: 'Belum disimpan' })).findByText(name)
    }
    fireEvent.click(screen.getByRole('link', { name: /Siti Umpama/ }))
    await press('Ulangi')
    await back()
    const unsaved = within(await screen.findByRole('region', { name: 'Belum disimpan' }))
    await waitFor(() => expect(unsaved.getAllByRole('link')).toHaveLength(1))
    unsaved.getByText('Dr. H. Budi Contoh, S.E.')
  })

  it('who is present already is shown with the time and the device, not asked to sign again', async () => {
    const { space, ids } = await openEvent(app, people)
    const path = `/kegiatan/${space.id}/hadir/${ids[1]}`
    const { unmount } = await showAt(app, path)
    sign(await pad('Siti Umpama'))
    await press('Simpan')
    await screen.findByText(/^Tersimpan di perangkat\. Hadir/)
    unmount()
    await showAt(app, path)
    await screen.findByText('Sudah tercatat hadir pada sesi ini.')
    screen.getByText('Perangkat ini')
    screen.getByRole('img', { name: 'Tanda tangan Siti Umpama' })
    expect(screen.queryByRole('button', { name: 'Simpan' })).toBeNull()
  })

  it('keeps everything when the device refuses the write, and says so beside the button', async () => {
    const { space, ids, session } = await openEvent(app, people)
    const refusing = { ...space, commit: () => Promise.reject(new DOMException('', 'QuotaExceededError')) }
    const full: AppParts = { ...app, spaces: { ...app.spaces, open: async () => refusing } }
    await showAt(full, `/kegiatan/${space.id}/hadir/${ids[1]}`)
    sign(await pad('Siti Umpama'))
    await press('Simpan')
    expect((await screen.findByText(/penyimpanan perangkat penuh/)).closest('footer')).not.toBeNull()
    expect(screen.getByRole<HTMLButtonElement>('button', { name: 'Ulangi' }).disabled).toBe(false)
    expect(space.attendance.value.get(session)).toBeUndefined()
  })
})

describe('several sessions', () => {
  it('who was recorded at one is no news of the other, nor withdrawn there', async () => {
    const { space, ids, session } = await openEvent(app, people, ['Pembukaan', 'Diskusi'])
    const input = { method: 'paper' as const, unsignedReason: 'Kendala fisik', person: ids[1] ?? '' }
    await recordAttendance(space, { ...input, session })
    await showAt(app, `/kegiatan/${space.id}/hadir?sesi=${session}&tercatat=${ids[1]}`)
    await screen.findByText(/^Tersimpan di perangkat\. Hadir/)
    const [, other = ''] = space.sessions.value.map(({ id }) => id)
    fireEvent.change(screen.getByLabelText('Sesi'), { target: { value: other } })
    await waitFor(() => expect(location.search).toBe(`?sesi=${other}`))
    await waitFor(() => expect(screen.queryByText(/^Tersimpan di perangkat\. Hadir/)).toBeNull())
    expect(screen.queryByText('Kehadiran dibatalkan')).toBeNull()
  })

  it('says when today is not the day of the session, and records all the same', async () => {
    const { space, ids, session } = await openEvent(app, people)
    await space.commit([setSession(session, { day: '2020-11-25' })])
    await showAt(app, `/kegiatan/${space.id}/hadir/${ids[1]}`)
    await screen.findByText(/^Sesi ini berlangsung Rabu, 25 November 2020; hari ini /)
    sign(await pad('Siti Umpama'))
    await press('Simpan')
    await screen.findByText(/^Tersimpan di perangkat\. Hadir/)
    screen.getByText(/^Sesi ini berlangsung Rabu, 25 November 2020; hari ini /)
  })
})

it('an invited person whose office sent somebody else is shown with that deputy, and is not present', async () => {
  const { space, ids, session } = await openEvent(app, people)
  const deputy = { person: ids[1] ?? '', session, method: 'facilitator' as const, represents: 'Dinas Teladan' }
  await recordAttendance(space, deputy)
  await showAt(app, `/kegiatan/${space.id}/hadir`)
  await type('Cari peserta', 'budi')
  const row = await screen.findByRole('link', { name: /Budi Contoh/ })
  expect(row.textContent).toContain('Diwakili oleh Siti Umpama · Kepala Bidang · Dinas Teladan')
  expect(space.attendance.value.get(session)?.has(ids[0] ?? '')).toBe(false)
})

it('on a phone on its side shows the person and the whole pad beside each other', async () => {
  const { innerWidth, innerHeight } = window
  await page.viewport(740, 360)
  const { space, ids } = await openEvent(app, people)
  await showAt(app, `/kegiatan/${space.id}/hadir/${ids[1]}`)
  const paper = (await pad('Siti Umpama')).getBoundingClientRect()
  const beside = screen.getByText('Tidak dapat tanda tangan?').getBoundingClientRect().width
  const who = screen.getByText('Badan Misal').getBoundingClientRect()
  await page.viewport(innerWidth, innerHeight)
  expect(who.width).toBeCloseTo(beside, 0)
  expect(paper.left).toBeGreaterThan(who.right)
  expect(paper.bottom).toBeLessThanOrEqual(360)
})

/** How many lines the words of an action take. */
function linesOf(action: HTMLElement): number {
  const range = document.createRange()
  range.selectNode(action.lastChild ?? action)
  return range.getClientRects().length
}

it('keeps the words of its actions whole in the largest text of a phone', async () => {
  const { innerWidth, innerHeight } = window
  await page.viewport(360, 740)
  document.documentElement.style.fontSize = '212.5%'
  const { space } = await openEvent(app, people)
  await showAt(app, `/kegiatan/${space.id}/hadir`)
  const actions = [await screen.findByRole('link', { name: 'Peserta baru' }), screen.getByText('Pindai kode')]
  const lines = actions.map(linesOf)
  document.documentElement.style.fontSize = ''
  await page.viewport(innerWidth, innerHeight)
  expect(Math.max(...lines)).toBeLessThanOrEqual(2)
})
