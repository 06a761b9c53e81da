import { cleanup, fireEvent, screen, waitFor } from '@testing-library/preact'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { issuePasses, reissuePass, usablePasses } from '../../src/client/state/passes.ts'
import { closeSession } from '../../src/client/state/sessions.ts'
import type { AppParts } from '../../src/client/ui/app.ts'
import { Passes } from '../../src/client/ui/screens/passes/Passes.tsx'
import { PersonScreen } from '../../src/client/ui/screens/people/PersonScreen.tsx'
import { fromBase45, toBase45 } from '../../src/core/base45.ts'
import { setGate } from '../../src/core/gate.ts'
import { setPass } from '../../src/core/pass.ts'
import { bootApp, organizerDatabase, showScreen } from '../support/app.tsx'
import { openEvent } from '../support/event.tsx'
import { useHandedOver } from '../support/handedOver.ts'
import { scanTyped } from '../support/scanTyped.ts'

const { saved } = useHandedOver()
const dayMs = 86_400_000
let app: AppParts
let event: Awaited<ReturnType<typeof openEvent>>

beforeEach(async () => {
  app = await bootApp(await organizerDatabase())
  event = await openEvent(app, [
    { name: 'Budi Contoh', institution: 'Bappeda Contoh' },
    { name: 'Siti Contoh', institution: 'Dinas Contoh' },
  ])
})

afterEach(() => {
  cleanup()
})

const budi = () => event.ids[0] ?? ''
/** What of the event the newest line of its history says was taken out as a file. */
const newestExport = async () => {
  const [line] = (await app.spaces.history(event.space.id))[0]?.lines ?? []
  return line?.type === 'fact' && line.kind === 'exported' ? line.fields : undefined
}
const heldBy = (person: string) => usablePasses(event.space, app.wall()).get(person)

async function issue(person = budi(), expiresAt = app.wall() + dayMs) {
  await issuePasses(event.space, [person], app.passes.issuer(), expiresAt)
}

async function sign(id: string, { space = event.space.id, expiresAt = app.wall() + dayMs } = {}): Promise<string> {
  const [text = ''] = await app.passes.sign([{ id, space, expiresAt }])
  return text
}

const scan = (text: string) => scanTyped(app, event.space.id, text)
const attendanceOf = (person: string) => event.space.attendance.value.get(event.session)?.get(person)

describe('a pass at the door, without a network', () => {
  it('is recorded in one op, and its second use is shown with time, way and place', async () => {
    await issue()
    const text = await sign(heldBy(budi())?.id ?? '')
    await expect.poll(() => event.space.unsent.value.count).toBe(4)
    const said = await scan(text)
    expect(said).toContain('Budi Contoh')
    expect(said).toContain('Bappeda Contoh')
    expect(said).toMatch(/Hadir tercatat \d\d\.\d\d WITA, tersimpan di perangkat ini/)
    expect(attendanceOf(budi())).toMatchObject({ method: 'scan', facts: [{}] })
    await expect.poll(() => event.space.unsent.value.count).toBe(5)

    const again = await scan(text)
    expect(again).toMatch(/Sudah hadir sejak \d\d\.\d\d WITA, Pembukaan/)
    expect(again).toContain('Lewat pindai kode QR')
    expect(again).toContain('Pada perangkat ini')
    expect(attendanceOf(budi())?.facts).toHaveLength(1)
  })

  it('asks for a reason first once the list was closed, which holds for those who are scanned after it', async () => {
    await issue()
    const text = await sign(heldBy(budi())?.id ?? '')
    await closeSession(event.space, event.session)
    expect(await scan(text)).toContain('Tulis alasan terlambat di atas, lalu pindai lagi.')
    expect(attendanceOf(budi())).toBeUndefined()
    fireEvent.input(screen.getByLabelText('Alasan terlambat'), { target: { value: ' Macet  di jalan ' } })
    fireEvent.input(screen.getByLabelText('Kode'), { target: { value: text } })
    fireEvent.click(screen.getByRole('button', { name: 'Periksa kode' }))
    await waitFor(() =>
      expect(document.querySelector('.outcome')?.textContent).toMatch(/Terlambat, tercatat \d\d\.\d\d WITA/),
    )
    expect(attendanceOf(budi())).toMatchObject({ method: 'scan', lateReason: 'Macet di jalan' })
  })

  it('is recorded a second time when the facilitator says so, once, and both uses are in the person’s history', async () => {
    await issue()
    const text = await sign(heldBy(budi())?.id ?? '')
    await scan(text)
    expect(await scan(text)).toContain('Budi Contoh')
    const [onScreen, inList] = screen.getAllByRole('button', { name: 'Tetap catat' })
    if (!onScreen || !inList) throw new Error('not offered in both places')
    fireEvent.click(onScreen)
    fireEvent.click(inList)
    await waitFor(() =>
      expect(document.querySelector('.outcome')?.textContent).toMatch(/Pemakaian kedua tercatat \d\d\.\d\d/),
    )
    expect(screen.queryByRole('button', { name: 'Tetap catat' })).toBeNull()
    await expect.poll(() => attendanceOf(budi())?.facts.length).toBe(2)
    cleanup()
    await showScreen(app, 'people person attendance passes', PersonScreen, { space: event.space.id, person: budi() })
    expect((await screen.findByText('Juga tercatat')).nextSibling?.textContent).toMatch(/WITA · Pindai kode QR · /)
    expect(attendanceOf(budi())?.facts).toHaveLength(2)
  })

  it('that was replaced opens nothing, its successor does', async () => {
    await issue()
    const lost = heldBy(budi())
    if (!lost) throw new Error('no pass')
    await reissuePass(event.space, lost, app.passes.issuer())
    const said = await scan(await sign(lost.id))
    expect(said).toContain('Tanda pengenal sudah dicabut')
    expect(said).toContain('Budi Contoh')
    expect(attendanceOf(budi())).toBeUndefined()
    expect(await scan(await sign(heldBy(budi())?.id ?? ''))).toContain('Hadir tercatat')
  })

  it('says why it is refused', async () => {
    await issue()
    const { id } = heldBy(budi()) ?? { id: '' }
    const text = await sign(id)
    const bytes = fromBase45(text.slice(4, -1)) ?? new Uint8Array()
    bytes[bytes.length - 1] = (bytes.at(-1) ?? 0) ^ 1
    expect(await scan(`HP1:${toBase45(bytes)}.`)).toContain('Tanda pengenal tidak sah')
    expect(await scan(text.slice(0, -20))).toContain('Tanda pengenal tidak terbaca')
    expect(await scan(await sign(id, { space: event.space.newId() }))).toContain('Tanda pengenal kegiatan lain')
    expect(await scan(await sign(id, { expiresAt: app.wall() - 1000 }))).toContain('Tanda pengenal kedaluwarsa')
    expect(await scan(await sign(event.space.newId()))).toContain('Tanda pengenal belum dikenal di sini')
    const stranger = await bootApp(await organizerDatabase())
    const [forged = ''] = await stranger.passes.sign([{ id, space: event.space.id, expiresAt: app.wall() + dayMs }])
    expect(await scan(forged)).toContain('Tanda pengenal belum dikenal di sini')
    await event.space.commit([setPass(id, { person: event.space.newId() })])
    expect(await scan(text)).toContain('Orangnya tidak ada dalam daftar')
    expect(attendanceOf(budi())).toBeUndefined()
  })
})

describe('issuing passes', () => {
  it('gives one to everybody who is invited and has none, and prints them all', async () => {
    await issue()
    const first = heldBy(budi())?.id
    await showScreen(app, 'passes', Passes, { space: event.space.id })
    expect(await screen.findByText('1 dari 2 orang yang diundang sudah memiliki tanda pengenal.')).toBeTruthy()
    fireEvent.click(screen.getByRole('button', { name: 'Terbitkan untuk 1 orang' }))
    expect(await screen.findByText('2 dari 2 orang yang diundang sudah memiliki tanda pengenal.')).toBeTruthy()
    expect(heldBy(budi())?.id).toBe(first)
    fireEvent.click(screen.getByRole('button', { name: 'Unduh lembar tanda pengenal' }))
    expect(await screen.findByText('tanda-pengenal.pdf tersimpan.')).toBeTruthy()
    const [sheet] = saved
    expect(sheet?.name).toBe('tanda-pengenal.pdf')
    expect(await sheet?.text()).toMatch(/^%PDF-/)
    expect(await newestExport()).toEqual({ what: 'badges', format: 'pdf' })
  })

  it('to one person shows the code, as a picture too, and revokes it', async () => {
    await showScreen(app, 'people person attendance passes', PersonScreen, { space: event.space.id, person: budi() })
    fireEvent.click(await screen.findByRole('button', { name: 'Terbitkan' }))
    const show = await screen.findByRole('button', { name: 'Tampilkan kode' })
    await waitFor(() => expect(show.getAttribute('aria-disabled')).toBe('false'))
    fireEvent.click(show)
    expect(await screen.findByRole('img', { name: 'Kode tanda pengenal Budi Contoh' })).toBeTruthy()
    fireEvent.click(screen.getByRole('button', { name: 'Unduh gambar' }))
    await waitFor(() => expect(saved.map(({ name }) => name)).toEqual(['tanda-pengenal.png']))
    expect(await newestExport()).toEqual({ what: 'badges', format: 'png' })
    fireEvent.click(screen.getByRole('button', { name: 'Tutup' }))
    expect(screen.getByText('Tautan pribadi dapat dikirim setelah pintu peserta dibuka.')).toBeTruthy()
    await event.space.commit([setGate(event.space.newId(), { code: 'K7QF2MXA' })])
    const copied = vi.spyOn(navigator.clipboard, 'writeText').mockResolvedValue()
    fireEvent.click(await screen.findByRole('button', { name: 'Salin tautan' }))
    expect(await screen.findByText('Tautan tersalin.')).toBeTruthy()
    /** This browser runs on the server's own machine, whose address no other phone can open. */
    expect(screen.getByText(/Tautan ini baru terbuka di ponsel lain/)).toBeTruthy()
    expect(copied).toHaveBeenCalledWith(`${location.origin}/m/K7QF#2MXA.${heldBy(budi())?.id}`)
    fireEvent.click(screen.getByRole('button', { name: 'Cabut' }))
    expect(await screen.findByText('Sudah dicabut.')).toBeTruthy()
    expect(heldBy(budi())).toBeUndefined()
  })
})
