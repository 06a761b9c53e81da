import { signal } from '@preact/signals'
import { cleanup, fireEvent, screen, waitFor } from '@testing-library/preact'
import { afterEach, expect, it, vi } from 'vitest'
import { newSpaceRow } from '../../src/client/db/spaces.ts'
import type { Link } from '../../src/client/sync/link.ts'
import { InEvent } from '../../src/client/ui/parts/InEvent.tsx'
import { fail } from '../../src/core/result.ts'
import { bootApp, createTestLink, organizerDatabase, organizerSession, showScreen } from '../support/app.tsx'

afterEach(cleanup)

/** The screen of an event that this device has just joined, of which the server gives it nothing. */
async function showUnread(kind: 'serverError' | 'offline') {
  const db = await organizerDatabase()
  const pull = vi.fn(async () => fail({ kind }))
  const app = await bootApp(db, createTestLink({ session: organizerSession(db), pull }))
  await db.spaces.add(newSpaceRow('S'.repeat(22), 'facilitator'))
  app.syncNow()
  await showScreen(app, 'shell', () => <InEvent id={'S'.repeat(22)}>{() => <p>isi</p>}</InEvent>)
  return pull
}

it.each([
  ['serverError' as const, 'Kegiatan belum dapat dibuka', /^Server mengalami gangguan\. Data di perangkat tetap aman/],
  ['offline' as const, 'Kegiatan menunggu internet', /^Isi kegiatan ini dibuka begitu perangkat ini terhubung/],
])('an event that cannot be loaded (%s) says why, and is tried again on a press', async (kind, title, why) => {
  const pull = await showUnread(kind)
  expect(await screen.findByRole('heading', { name: title })).toBeTruthy()
  expect(screen.getByText(why)).toBeTruthy()
  const before = pull.mock.calls.length
  fireEvent.click(screen.getByRole('button', { name: 'Coba lagi' }))
  await waitFor(() => expect(pull.mock.calls.length).toBeGreaterThan(before))
})

const inEvent = (id: string) => () => <InEvent id={id}>{() => <p>isi</p>}</InEvent>
const [first, second] = ['A'.repeat(22), 'B'.repeat(22)]

it('an event does not say what another one was refused', async () => {
  const db = await organizerDatabase()
  const pull: Link['pull'] = async (space) => fail({ kind: space === first ? 'forbidden' : 'notFound' })
  const app = await bootApp(db, createTestLink({ session: organizerSession(db), pull }))
  await db.spaces.add(newSpaceRow(first, 'facilitator'))
  app.syncNow()
  await waitFor(() => expect(app.sync.value.failure?.kind).toBe('forbidden'))
  await db.spaces.add(newSpaceRow(second, 'facilitator'))
  await waitFor(() => expect(app.spaces.rows.value).toHaveLength(2))
  await showScreen(app, 'shell', inEvent(second))
  expect(await screen.findByRole('heading', { name: 'Membuka kegiatan …' })).toBeTruthy()
  expect(screen.queryByText(/tidak memiliki hak/)).toBeNull()
  app.syncNow()
  expect(await screen.findByText(/^Tidak ditemukan/)).toBeTruthy()
  cleanup()
  await showScreen(app, 'shell', inEvent(first))
  expect(await screen.findByText(/tidak memiliki hak/)).toBeTruthy()
})

it('an event that is opened after one that is not here is not called so', async () => {
  const app = await bootApp(await organizerDatabase())
  const id = signal(first)
  await showScreen(app, 'shell', () => inEvent(id.value)())
  const title = 'Kegiatan ini tidak ada di perangkat ini'
  expect(await screen.findByRole('heading', { name: title })).toBeTruthy()
  vi.spyOn(app.spaces, 'open').mockReturnValue(new Promise(() => undefined))
  id.value = second
  expect(await screen.findByRole('heading', { name: 'Membuka kegiatan …' })).toBeTruthy()
  expect(screen.queryByRole('heading', { name: title })).toBeNull()
})
