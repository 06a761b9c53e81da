import { cleanup, fireEvent, screen, waitFor } from '@testing-library/preact'
import { afterEach, describe, expect, it } from 'vitest'
import type { BallotHold } from '../../src/client/db/ballotRow.ts'
import { countUnsent } from '../../src/client/db/outbox.ts'
import { Rescue } from '../../src/client/ui/screens/rescue/Rescue.tsx'
import { ForgetEvent } from '../../src/client/ui/screens/safe/ForgetEvent.tsx'
import { Safe } from '../../src/client/ui/screens/safe/Safe.tsx'
import { StatusScreen } from '../../src/client/ui/screens/status/StatusScreen.tsx'
import { bootApp, createTestLink, organizerDatabase, organizerSession, showScreen } from '../support/app.tsx'
import { openEvent } from '../support/event.tsx'

afterEach(cleanup)

/** An event of which all is sent but an anonymous answer, which the server could not take. */
async function bootHeld(heldFor: BallotHold) {
  const db = await organizerDatabase()
  const app = await bootApp(db, createTestLink({ session: organizerSession(db) }))
  const { space } = await openEvent(app, [])
  await db.outbox.clear()
  const form = { id: space.newId(), version: space.newId() }
  await app.ballots.keep({ space: space.id, form, person: space.newId(), answers: { saran: 'tertahan' } })
  await db.tickets.toCollection().modify({ heldFor })
  await waitFor(() => expect(app.status.unsent.value.get(space.id)?.parked).toBe(1))
  return { db, app, space: space.id }
}

describe('an anonymous answer that the server cannot take yet', () => {
  it.each([
    ['notFound' as const, /^1 jawaban anonim belum diterima: server belum mengenal formulirnya\. Minta penyelenggara/],
    [
      'badRequest' as const,
      /^1 jawaban anonim belum diterima: server belum mengenal pertanyaan yang dijawab, .* Perbarui Hadir/,
    ],
    ['forbidden' as const, /^1 jawaban anonim belum diterima: server belum mencatat kehadiran orang yang menjawab\./],
  ])('has its reason (%s) and what to do, and is let go of on a person’s word', async (heldFor, words) => {
    const { app, db } = await bootHeld(heldFor)
    await showScreen(app, 'status safe person', StatusScreen)
    expect(await screen.findByText(words)).toBeTruthy()
    expect(screen.getByText(/^Hadir mencoba lagi sendiri\. Jawaban yang Anda lepaskan tidak dikirim lagi/)).toBeTruthy()
    expect(screen.queryByText(/menunggu dikirim/)).toBeNull()
    fireEvent.click(screen.getByRole('button', { name: 'Lepaskan' }))
    expect(await screen.findByText('Aman ditutup, dikosongkan, atau diserahkan.')).toBeTruthy()
    expect(screen.queryByText(words)).toBeNull()
    expect(await countUnsent(db)).toBe(0)
  })

  it('leads whoever signs out or forgets the event to that decision', async () => {
    const { app, space } = await bootHeld('notFound')
    const toDecide = `/status#perlu-dilihat-${space}`
    const { unmount } = await showScreen(app, 'safe status shell', Safe)
    expect((await screen.findByRole('link', { name: 'Lihat dan putuskan' })).getAttribute('href')).toBe(toDecide)
    expect(screen.queryByText(/hanya ada di perangkat ini/)).toBeNull()
    fireEvent.click(screen.getByRole('button', { name: 'Keluar dan kosongkan' }))
    expect(await screen.findByText(/^Belum dapat keluar: 1 jawaban anonim belum diterima server\./)).toBeTruthy()
    /** No tick lets go of it: there is none. */
    expect(screen.queryByRole('checkbox', { name: /^Hapus juga isian/ })).toBeNull()
    unmount()
    await showScreen(app, 'safe status shell', ForgetEvent, { space })
    expect((await screen.findByRole('link', { name: 'Lihat dan putuskan' })).getAttribute('href')).toBe(toDecide)
    expect(screen.queryByRole('button', { name: 'Simpan berkas penyelamat' })).toBeNull()
  })

  it('is in no rescue file, and none is offered for it', async () => {
    const { app, space } = await bootHeld('notFound')
    for (const address of ['/cadangan-darurat', `/cadangan-darurat?kegiatan=${space}`]) {
      history.replaceState(null, '', address)
      const { unmount } = await showScreen(app, 'rescue', Rescue)
      expect(await screen.findByText('Tidak ada perubahan yang perlu diselamatkan.')).toBeTruthy()
      expect(screen.queryByRole('button', { name: 'Simpan berkas penyelamat' })).toBeNull()
      unmount()
    }
    history.replaceState(null, '', '/')
  })
})
