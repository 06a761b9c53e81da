import { cleanup, fireEvent, screen, waitFor } from '@testing-library/preact'
import { afterEach, expect, it, vi } from 'vitest'
import { newSpaceRow } from '../../src/client/db/spaces.ts'
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
