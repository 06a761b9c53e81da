import { signal } from '@preact/signals'
import { cleanup, fireEvent, screen, waitFor } from '@testing-library/preact'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { addCarried } from '../../src/client/db/carried.ts'
import { opName } from '../../src/client/db/opName.ts'
import type { Database } from '../../src/client/db/schema.ts'
import type { Link } from '../../src/client/sync/link.ts'
import type { AppParts } from '../../src/client/ui/app.ts'
import { Readiness } from '../../src/client/ui/screens/readiness/Readiness.tsx'
import { ForgetEvent } from '../../src/client/ui/screens/safe/ForgetEvent.tsx'
import { Safe } from '../../src/client/ui/screens/safe/Safe.tsx'
import { StatusScreen } from '../../src/client/ui/screens/status/StatusScreen.tsx'
import { setPerson } from '../../src/core/person.ts'
import { fail } from '../../src/core/result.ts'
import { bootApp, createTestLink, organizerDatabase, organizerSession, showScreen } from '../support/app.tsx'
import { openEvent } from '../support/event.tsx'
import { parksAll, takesAll } from '../support/pushes.ts'

afterEach(cleanup)

/**
 * Not `notFound`: a server that has taken ops and does not know their space was restored, and is offered them again.
 */
const noPull: Link['pull'] = async () => fail({ kind: 'serverError' })

async function bootWith(push: Link['push'] | undefined): Promise<{ app: AppParts; db: Database }> {
  const db = await organizerDatabase()
  const link = push ? createTestLink({ session: organizerSession(db), push, pull: noPull }) : createTestLink()
  return { db, app: await bootApp(db, link) }
}

const unsentOf = (app: AppParts) => [...app.status.unsent.value.values()].reduce((sum, { count }) => sum + count, 0)

describe('"Aman ditutup?"', () => {
  it('is green only when all is sent, and says as of when', async () => {
    const { app } = await bootWith(takesAll)
    await openEvent(app, [{ name: 'Budi Contoh' }])
    app.syncNow()
    await waitFor(() => expect(app.sync.value.lastContactAt).toBeTruthy())
    await waitFor(() => expect(unsentOf(app)).toBe(0))
    await showScreen(app, 'safe', Safe)
    expect(await screen.findByText('Aman ditutup, dikosongkan, atau diserahkan.')).toBeTruthy()
    expect(screen.getByText(/^Diperiksa .+ Server terakhir menjawab/)).toBeTruthy()
  })

  it('names what is on this device only, and turns as it is written', async () => {
    const { app } = await bootWith(undefined)
    await showScreen(app, 'safe', Safe)
    expect(await screen.findByText('Aman ditutup, dikosongkan, atau diserahkan.')).toBeTruthy()
    await openEvent(app, [])
    expect(await screen.findByText(/^Boleh ditutup, tetapi jangan dikosongkan/)).toBeTruthy()
    expect(screen.getByText(/^1 perubahan hanya ada di perangkat ini/)).toBeTruthy()
    expect(screen.getByText(/belum terhubung sejak aplikasi dibuka/)).toBeTruthy()
  })

  it('says a number once, with the rescue file right below it, before all that is longer', async () => {
    const { app } = await bootWith(undefined)
    await openEvent(app, [])
    await showScreen(app, 'safe status', Safe)
    const rescue = await screen.findByRole('button', { name: 'Simpan berkas penyelamat' })
    const isBefore = (other: Element) => rescue.compareDocumentPosition(other) === Node.DOCUMENT_POSITION_FOLLOWING
    expect(isBefore(await screen.findByText('Server tidak terhubung. Periksa jaringan, lalu coba lagi.'))).toBe(true)
    expect(isBefore(screen.getByRole('heading', { name: 'Keluar dan kosongkan perangkat ini' }))).toBe(true)
    fireEvent.click(screen.getByRole('button', { name: 'Keluar dan kosongkan' }))
    expect(await screen.findByText(/^Belum dapat keluar/)).toBeTruthy()
    expect(screen.getAllByText(/1 perubahan hanya ada di perangkat ini/)).toHaveLength(1)
  })

  it('says why nothing was sent when asked to send without a network', async () => {
    const { app } = await bootWith(undefined)
    await showScreen(app, 'safe status', Safe)
    fireEvent.click(await screen.findByRole('button', { name: 'Kirim sekarang' }))
    expect(await screen.findByText('Server tidak terhubung. Periksa jaringan, lalu coba lagi.')).toBeTruthy()
    expect(screen.getByText(/mencoba lagi sendiri/)).toBeTruthy()
  })

  it('tells work that gets stuck on its way from a missing network', async () => {
    const { app } = await bootWith(async () => fail({ kind: 'notHadir' }))
    await openEvent(app, [])
    await showScreen(app, 'safe status', Safe)
    expect(await screen.findByText(/^Server menjawab, tetapi kiriman tertahan/)).toBeTruthy()
    expect(screen.queryByText(/belum tersambung ke server Hadir/)).toBeNull()
  })

  it('takes the refusal to clear the device back once all is sent', async () => {
    let push: Link['push'] = async () => fail({ kind: 'offline' })
    const { app } = await bootWith((...asked) => push(...asked))
    await openEvent(app, [])
    await showScreen(app, 'safe status', Safe)
    fireEvent.click(await screen.findByRole('button', { name: 'Keluar dan kosongkan' }))
    expect(await screen.findByText(/^Belum dapat keluar/)).toBeTruthy()
    push = takesAll
    app.syncNow()
    await waitFor(() => expect(screen.queryByText(/^Belum dapat keluar/)).toBeNull())
  })

  it('leads to the form that holds unsaved work', async () => {
    const { app } = await bootWith(takesAll)
    await app.drafts.write('walkIn:SPACE:SESI', { name: 'Budi' })
    await showScreen(app, 'safe', Safe)
    const form = await screen.findByRole('link', { name: 'peserta baru' })
    expect(form.getAttribute('href')).toBe('/kegiatan/SPACE/baru?sesi=SESI')
    expect(screen.queryByText(/^Aman ditutup, dikosongkan/)).toBeNull()
  })

  it('[S4] reads what was not accepted and what is unsent in one moment, whatever the status line still says', async () => {
    const { app, db } = await bootWith(undefined)
    const { space } = await openEvent(app, [])
    await db.outbox.toCollection().modify({ state: 'parked', parkedFor: 'notAllowed' })
    const status = { ...app.status, unsent: signal(new Map()) }
    await showScreen({ ...app, status }, 'safe', Safe)
    expect(await screen.findByText(/^1 perubahan tidak diterima server dan belum Anda putuskan/)).toBeTruthy()
    expect(screen.queryByText(/^Aman ditutup, dikosongkan/)).toBeNull()
    const decide = screen.getByRole('link', { name: 'Lihat dan putuskan' })
    expect(decide.getAttribute('href')).toBe(`/status#perlu-dilihat-${space.id}`)
  })

  it('[S4] counts what was not accepted until a person lets go of it, which can be taken back', async () => {
    const { app } = await bootWith(parksAll)
    await openEvent(app, [])
    app.syncNow()
    const { unmount } = await showScreen(app, 'status safe person', StatusScreen)
    expect(await screen.findByText(/^1 perubahan tidak diterima server dan belum Anda putuskan/)).toBeTruthy()
    fireEvent.click(await screen.findByRole('button', { name: 'Lepaskan' }))
    expect(await screen.findByText(/^1 perubahan Anda lepaskan/)).toBeTruthy()
    expect(await screen.findByText('Aman ditutup, dikosongkan, atau diserahkan.')).toBeTruthy()
    expect(screen.queryByText(/^Perlu dilihat/)).toBeNull()
    fireEvent.click(screen.getByRole('button', { name: 'Kembalikan untuk dilihat' }))
    expect(await screen.findByText(/^Perlu dilihat: 1 perubahan/)).toBeTruthy()
    unmount()
  })
})

describe('what the server did not accept', () => {
  it('is named by its person, and shown to whoever was sent to decide, also from this screen itself', async () => {
    const { app } = await bootWith(parksAll)
    const { space } = await openEvent(app, [{ name: 'Budi Contoh' }])
    app.syncNow()
    history.replaceState(null, '', '/status')
    await showScreen(app, 'status safe person', StatusScreen)
    expect(await screen.findByText(/^Data orang, Budi Contoh, /)).toBeTruthy()
    const shown = vi.spyOn(HTMLElement.prototype, 'scrollIntoView')
    fireEvent.click(await screen.findByRole('link', { name: 'Lihat dan putuskan' }))
    await waitFor(() => expect(shown).toHaveBeenCalled())
    expect(shown.mock.contexts[0]).toHaveProperty('id', `perlu-dilihat-${space.id}`)
    shown.mockRestore()
    history.replaceState(null, '', '/')
  })

  it('is shown in its own event, also where it is another device’s that was carried', async () => {
    const { app, db } = await bootWith(takesAll)
    const ids = [(await openEvent(app, [])).space.id, (await openEvent(app, [])).space.id]
    for (const space of ids) {
      const seal = { dev: 'D'.repeat(22), link: 'L'.repeat(43), v: 1, previous: '', signature: '' }
      await addCarried(db, [{ space, ...seal, from: 'file', takenAt: 1000, ops: [] }])
    }
    await db.carried.toCollection().modify((row) => {
      row.refused = [opName({ ...row, n: 1 })]
    })
    const shown = vi.spyOn(HTMLElement.prototype, 'scrollIntoView')
    for (const space of ids) {
      const { unmount } = await showScreen(app, 'safe', ForgetEvent, { space })
      const decide = await screen.findByRole('link', { name: 'Lihat dan putuskan' })
      unmount()
      history.replaceState(null, '', decide.getAttribute('href'))
      const status = await showScreen(app, 'status safe person', StatusScreen)
      await waitFor(() => expect(shown.mock.contexts.at(-1)).toHaveProperty('id', `perlu-dilihat-${space}`))
      status.unmount()
    }
    shown.mockRestore()
    history.replaceState(null, '', '/')
  })
})

describe('where data is', () => {
  it('says per event what is on the device, on the server and in its backup', async () => {
    const { app, db } = await bootWith(undefined)
    const { space } = await openEvent(app, [])
    await db.spaces.update(space.id, { epoch: 'EPOCHEPOCHEPOCHEPOCHEP', seq: 40, head: 40, backedUpThrough: 25 })
    await showScreen(app, 'status safe person', StatusScreen)
    const place = async (name: string) => (await screen.findByText(name)).parentElement?.lastElementChild?.textContent
    await waitFor(async () => expect(await place('Di server')).toBe('40 perubahan'))
    await waitFor(async () => expect(await place('Hanya di perangkat ini')).toBe('1 perubahan'))
    expect(await place('Di cadangan server')).toBe('25 dari 40')
  })
})

describe('what was saved just now', () => {
  it('is counted before anything says that it is saved', async () => {
    const { app } = await bootWith(undefined)
    const { space } = await openEvent(app, [])
    await waitFor(() => expect(unsentOf(app)).toBe(1))
    await space.commit([setPerson(space.newId(), { name: 'Budi Contoh' })])
    expect(unsentOf(app)).toBe(2)
  })
})

describe('how old unsent work is', () => {
  const [hourMs, dayMs] = [3_600_000, 86_400_000]
  it.each([
    ['hours', -3 * hourMs, '3 jam'],
    ['days', -4 * dayMs, '4 hari'],
    ['a clock that was set back', dayMs, 'kurang dari semenit'],
  ])('is on the status line and with the event: %s', async (_, sinceMs, age) => {
    const { app, db } = await bootWith(undefined)
    await openEvent(app, [{ name: 'Budi Contoh' }])
    const oldest = await db.outbox.toCollection().first()
    await db.outbox.toCollection().modify((row) => {
      row.wall = Date.now() + (row.n === oldest?.n ? sinceMs : Math.max(sinceMs, 0))
    })
    await showScreen(app, 'status safe person', StatusScreen)
    expect(await screen.findByText(`Tersimpan di perangkat: 2 menunggu dikirim, tertua ${age}`)).toBeTruthy()
    expect(await screen.findByText(`2 hanya di perangkat ini, tertua ${age}`)).toBeTruthy()
  })
})

describe('the alarm', () => {
  it.each([
    ['rings while the server answers', async () => fail({ kind: 'serverError' as const }), true],
    ['is silent without a network', async () => fail({ kind: 'offline' as const }), false],
  ])('%s', async (_, push, rings) => {
    const db = await organizerDatabase()
    const session = rings ? organizerSession(db) : undefined
    const app = await bootApp(db, createTestLink({ push, ...(session && { session }) }))
    await openEvent(app, [])
    await db.outbox.toCollection().modify({ wall: Date.now() - 16 * 60_000 })
    app.syncNow()
    await showScreen(app, 'status safe person', StatusScreen)
    expect(await screen.findByText(rings ? /^Server mengalami gangguan/ : /^Server tidak terhubung/)).toBeTruthy()
    const alarm = () => screen.queryByText(/^Belum terkirim 16 menit, padahal server terhubung: 1 perubahan/)
    if (rings) await waitFor(() => expect(alarm()).toBeTruthy())
    else {
      await screen.findAllByText(/tertua 16 menit/)
      expect(alarm()).toBeNull()
    }
  })
})

describe('the alarm while one push after the other gets stuck', () => {
  it('rings on, though no round has ended for minutes', async () => {
    const { app, db } = await bootWith(undefined)
    await openEvent(app, [])
    await db.outbox.toCollection().modify({ wall: Date.now() - 16 * 60_000 })
    const failure = { kind: 'timeout' as const }
    const sync = signal({
      running: true,
      lastContactAt: Date.now() - 200_000,
      failure,
      heldUp: true,
      refusals: new Map(),
    })
    await showScreen({ ...app, sync }, 'status safe person', StatusScreen)
    expect(await screen.findByText(/^Belum terkirim 16 menit, padahal server terhubung: 1 perubahan/)).toBeTruthy()
  })
})

describe('"Siap tanpa internet?"', () => {
  it('lists what to do, each with its button, and what is ready', async () => {
    const { app } = await bootWith(undefined)
    const { space } = await openEvent(app, [{ name: 'Budi Contoh' }])
    await showScreen(app, 'readiness status', Readiness, { space: space.id })
    expect(await screen.findByText(/^Belum siap: \d hal/)).toBeTruthy()
    expect(await screen.findByText('Server tidak terhubung. Periksa jaringan, lalu coba lagi.')).toBeTruthy()
    expect(screen.getByText('Kegiatan dan 1 peserta ada di perangkat ini')).toBeTruthy()
    expect(screen.getByRole('heading', { name: 'Aplikasi belum siap dibuka tanpa internet' })).toBeTruthy()
    expect(screen.getByRole('button', { name: 'Muat ulang' })).toBeTruthy()
    expect(screen.getByRole('heading', { name: 'Jam perangkat belum dicocokkan' })).toBeTruthy()
    expect(screen.getByRole('heading', { name: 'Ada perubahan yang belum terkirim' })).toBeTruthy()
    expect(screen.queryByText(/^Siap\. Kegiatan/)).toBeNull()
  })

  it('asks whom it can ask for a guest list', async () => {
    const { app, db } = await bootWith(undefined)
    const { space } = await openEvent(app, [])
    await showScreen(app, 'readiness status', Readiness, { space: space.id })
    expect(await screen.findByRole('link', { name: 'Impor peserta' })).toBeTruthy()
    await db.spaces.update(space.id, { role: 'facilitator' })
    expect(await screen.findByText(/^Minta penyelenggara mengimpor daftar undangan/)).toBeTruthy()
  })
})
