import { cleanup, fireEvent, screen, waitFor } from '@testing-library/preact'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { readDevice, readIdentity, writeMeta } from '../../src/client/db/meta.ts'
import { newSpaceRow } from '../../src/client/db/spaces.ts'
import { SignIn } from '../../src/client/ui/screens/account/SignIn.tsx'
import { EventList } from '../../src/client/ui/screens/events/EventList.tsx'
import { Join } from '../../src/client/ui/screens/join/Join.tsx'
import { StatusScreen } from '../../src/client/ui/screens/status/StatusScreen.tsx'
import { bootApp, organizerDatabase, showScreen } from '../support/app.tsx'

const start = location.pathname + location.search
beforeEach(() => history.replaceState(null, '', start))
afterEach(cleanup)

/** A device with an event on it that the server no longer knows; what its identity says. */
async function bootLeftOut(said: { lastAccount?: string; lastMark?: string }, holder: string) {
  const db = await organizerDatabase()
  await (await bootApp(db)).drafts.settled()
  const [device, identity] = [await readDevice(db), await readIdentity(db)]
  if (!device || !identity) throw new Error('nothing was kept')
  await writeMeta(db, { ...device, holder })
  await writeMeta(db, { ...identity, account: null, enrolled: false, organizer: false, ...said })
  await db.spaces.add(newSpaceRow('S'.repeat(22), 'facilitator'))
  const app = await bootApp(db)
  await waitFor(() => expect(app.spaces.rows.value).toHaveLength(1))
  return app
}

describe('a device that the server no longer knows', () => {
  const screens = [
    ['the list of events', 'events', EventList],
    ['the status', 'status safe person', StatusScreen],
  ] as const

  it.each(screens)('is asked by %s to join again by a code where it never had an account', async (_, words, Shown) => {
    const app = await bootLeftOut({}, 'Siti Contoh')
    await showScreen(app, words, () => <Shown rows={app.spaces.rows.value ?? []} />)
    expect(await screen.findByText(/minta kode undangan baru kepada penyelenggara, lalu gabung lagi/i)).toBeTruthy()
    const way = screen.getByRole('link', { name: 'Gabung lagi dengan kode' })
    expect(way.getAttribute('href')).toBe('/gabung')
    expect(screen.queryByText(/Masuk kembali/)).toBeNull()
  })

  it.each([{ lastAccount: 'wati@contoh.go.id' }, { lastMark: 'M'.repeat(12) }])(
    'is asked to sign in again where it had one (%o)',
    async (said) => {
      const app = await bootLeftOut(said, 'Siti Contoh')
      await showScreen(app, 'events', () => <EventList rows={app.spaces.rows.value ?? []} />)
      expect((await screen.findByRole('link', { name: 'Masuk kembali' })).getAttribute('href')).toBe('/masuk')
      expect(screen.queryByText(/gabung lagi/i)).toBeNull()
    },
  )
})

describe('somebody else on a device that holds another account’s events', () => {
  const words = /^Kegiatan akun lain masih ada di perangkat ini\..* minta pemilik akun tersebut masuk di sini dahulu/
  const fill = (label: RegExp, value: string) => fireEvent.input(screen.getByLabelText(label), { target: { value } })

  it('learns who has to sign in there first', async () => {
    const app = await bootLeftOut({ lastAccount: 'wati@contoh.go.id' }, '')
    await showScreen(app, 'account', SignIn)
    fill(/^Surel/, 'lain@contoh.go.id')
    fill(/^Kata sandi/, 'kalimat contoh')
    fireEvent.click(screen.getByRole('button', { name: 'Masuk' }))
    expect(await screen.findByText(words)).toBeTruthy()
  })

  it('learns so too when he comes with a code', async () => {
    const app = await bootLeftOut({ lastMark: 'M'.repeat(12) }, '')
    await showScreen(app, 'join', Join)
    fill(/^Kode/, 'ABCD-EFGH')
    fill(/^Nama/, 'Orang Lain')
    fireEvent.click(screen.getByRole('button', { name: 'Gabung' }))
    expect(await screen.findByText(words)).toBeTruthy()
  })
})
