import { cleanup, fireEvent, screen, waitFor } from '@testing-library/preact'
import { afterEach, describe, expect, it } from 'vitest'
import type { Link } from '../../src/client/sync/link.ts'
import type { AppParts } from '../../src/client/ui/app.ts'
import { formOfTemplate, toVersion } from '../../src/client/ui/screens/eventForm/form.ts'
import { Events } from '../../src/client/ui/screens/events/Events.tsx'
import { StatusScreen } from '../../src/client/ui/screens/status/StatusScreen.tsx'
import { fail, ok } from '../../src/core/result.ts'
import { eventTemplate } from '../../src/core/templates.ts'
import { bootApp, createTestLink, organizerDatabase, organizerSession, showScreen } from '../support/app.tsx'

afterEach(cleanup)

const epoch = 'EPOCHEPOCHEPOCHEPOCHEP'
const refusesAll: Link['push'] = async (_space, { ops }) =>
  ok({
    now: Date.now(),
    epoch,
    backedUpThrough: 0,
    results: ops.map(([n]) => ({ state: 'parked' as const, n, reason: 'notAllowed' as const })),
  })

async function createEvent(app: AppParts): Promise<void> {
  const { event, sessions } = toVersion({
    ...formOfTemplate(eventTemplate, '2023-08-09', 'WIB'),
    title: 'Sosialisasi Contoh',
  })
  await app.spaces.createEvent(event, [...sessions.values()])
}

describe('the status', () => {
  it('without a network counts what is on this device only and never says that it was sent', async () => {
    const app = await bootApp(await organizerDatabase())
    await createEvent(app)
    await showScreen(app, 'status safe person', StatusScreen)
    expect(await screen.findByText(/^1 hanya di perangkat ini/)).toBeTruthy()
    expect(await screen.findByText(/Server tidak terhubung/)).toBeTruthy()
    expect(await screen.findAllByText(/belum terhubung sejak aplikasi dibuka/)).not.toHaveLength(0)
    expect(await screen.findByText(/^Boleh ditutup, tetapi jangan dikosongkan/)).toBeTruthy()
    expect(await screen.findByText(/^1 perubahan hanya ada di perangkat ini/)).toBeTruthy()
    expect(screen.queryByText(/Terkirim/)).toBeNull()
  })

  it('asks who is signed out to sign in again while work is unsent', async () => {
    const db = await organizerDatabase()
    const signedOut: Link['session'] = async () =>
      ok({
        now: Date.now(),
        account: null,
        device: null,
        organizer: false,
        spaces: [],
        issuer: 'A'.repeat(87),
        needsSetup: false,
      })
    const unknown: Link['enrol'] = async () => fail({ kind: 'unauthorized' })
    const app = await bootApp(db, createTestLink({ session: signedOut, enrol: unknown }))
    await createEvent(app)
    await showScreen(app, 'status safe person', StatusScreen)
    expect(await screen.findByText(/1 menunggu\. Masuk kembali untuk mengirim/)).toBeTruthy()
    expect(screen.queryByRole('button', { name: 'Coba sekarang' })).toBeNull()
    expect(screen.queryByText(/^Terkirim/)).toBeNull()
  })

  it('[S4] shows what the server did not accept with its reason, and sends it again on request', async () => {
    const db = await organizerDatabase()
    let pushes = 0
    const app = await bootApp(
      db,
      createTestLink({
        session: organizerSession(db),
        push: (space, request) => {
          pushes++
          return refusesAll(space, request)
        },
        pull: async () => fail({ kind: 'notFound' }),
      }),
    )
    await createEvent(app)
    await showScreen(app, 'status safe person', StatusScreen)
    expect(await screen.findByText(/tidak memiliki hak untuk perubahan ini/)).toBeTruthy()
    expect(await screen.findByText(/^Perlu dilihat: 1 perubahan/)).toBeTruthy()
    expect(screen.queryByText(/^Terkirim/)).toBeNull()
    expect(await screen.findByText(/^1 perubahan tidak diterima server dan belum Anda putuskan/)).toBeTruthy()
    expect(screen.getByRole('link', { name: 'Lihat dan putuskan' }).getAttribute('href')).toMatch(
      /#perlu-dilihat-[\w-]{22}$/,
    )
    const before = pushes
    fireEvent.click(screen.getByRole('button', { name: 'Coba kirim lagi' }))
    await waitFor(() => expect(pushes).toBeGreaterThan(before))
    expect(await screen.findByText(/tidak memiliki hak untuk perubahan ini/)).toBeTruthy()
  })
})

describe('the list of events', () => {
  it('welcomes who is new, and tells how the server is set up', async () => {
    const session: Link['session'] = async () =>
      ok({
        now: Date.now(),
        account: null,
        device: null,
        organizer: false,
        spaces: [],
        issuer: 'A'.repeat(87),
        needsSetup: true,
      })
    await showScreen(await bootApp(undefined, createTestLink({ session })), 'events', Events)
    /** The tabs of the tests before share the lock of a round with this one, which waits for its turn. */
    expect(await screen.findByText('Server ini belum disiapkan', {}, { timeout: 20_000 })).toBeTruthy()
    expect(screen.getByRole('link', { name: 'Punya kode undangan' }).getAttribute('href')).toBe('/gabung')
  })

  it('offers who is new a code first, and signing in beside it', async () => {
    await showScreen(await bootApp(), 'events', Events)
    expect((await screen.findByRole('link', { name: 'Punya kode undangan' })).className).toBe('button primary')
    expect(screen.getByRole('link', { name: 'Masuk' }).className).toBe('button')
  })

  it('[S10] refuses to sign out while work is unsent, and says how much', async () => {
    const app = await bootApp(await organizerDatabase())
    await createEvent(app)
    await showScreen(app, 'events signOut', Events)
    expect(await screen.findByText('Sosialisasi Contoh')).toBeTruthy()
    fireEvent.click(screen.getByRole('button', { name: 'Keluar' }))
    expect(await screen.findByText(/Belum dapat keluar: 1 perubahan/)).toBeTruthy()
  })
})
