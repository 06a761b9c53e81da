import { cleanup, fireEvent, screen, waitFor } from '@testing-library/preact'
import { afterEach, describe, expect, it, vi } from 'vitest'
import type { Link } from '../../src/client/sync/link.ts'
import { SignOut } from '../../src/client/ui/parts/SignOut.tsx'
import { EventList } from '../../src/client/ui/screens/events/EventList.tsx'
import { Safe } from '../../src/client/ui/screens/safe/Safe.tsx'
import { fail } from '../../src/core/result.ts'
import { bootApp, createTestLink, organizerDatabase, organizerSession, showScreen } from '../support/app.tsx'

afterEach(() => {
  vi.restoreAllMocks()
  cleanup()
})

const file = { space: 'S'.repeat(22), title: 'Sosialisasi Contoh', count: 3 }

/** A device on which nothing waits but the word that a rescue file was delivered; the server never lets it sign out. */
async function bootInHand() {
  const db = await organizerDatabase()
  await db.meta.put({ key: 'inHand', files: [file] })
  let signOuts = 0
  const signOut: Link['signOut'] = async () => {
    signOuts++
    return fail({ kind: 'serverError' })
  }
  const app = await bootApp(db, createTestLink({ session: organizerSession(db), signOut }))
  await waitFor(() => expect(app.spaces.inHand.value).toEqual([file]))
  return { app, db, signOuts: () => signOuts }
}

const press = async (name: string) => fireEvent.click(await screen.findByRole('button', { name }))

describe('[S10] a rescue file that is still to be delivered', () => {
  it('is said before the device is cleared, and does not stop who has it', async () => {
    const { app, signOuts } = await bootInHand()
    await showScreen(app, 'safe status', Safe)
    expect(
      await screen.findByText(
        /^3 catatan dari Sosialisasi Contoh hanya ada di berkas penyelamat yang belum diserahkan/,
      ),
    ).toBeTruthy()
    expect(screen.getByText(/^Boleh ditutup, tetapi jangan dikosongkan/)).toBeTruthy()
    expect(screen.queryByText(/^Semua perubahan ada di server/)).toBeNull()
    expect(screen.getByText(/^Pengingat berkas penyelamat ikut terhapus.+tetap harus diserahkan/)).toBeTruthy()
    await press('Keluar dan kosongkan')
    await waitFor(() => expect(signOuts()).toBe(1))
    await app.spaces.setDelivered(file.space)
    expect(await screen.findByText('Aman ditutup, dikosongkan, atau diserahkan.')).toBeTruthy()
    expect(screen.queryByText(/^Pengingat berkas penyelamat/)).toBeNull()
  })

  it('leads from signing out to where that is said first', async () => {
    const { app, signOuts } = await bootInHand()
    await showScreen(app, 'signOut', SignOut)
    await press('Keluar')
    expect(await screen.findByText(/^Belum dapat keluar: .+ berkas penyelamat yang belum diserahkan/)).toBeTruthy()
    expect(screen.getByRole('link', { name: 'Lihat apa yang perlu dilakukan' }).getAttribute('href')).toBe('/aman')
    expect(signOuts()).toBe(0)
  })

  it('comes back after a mistaken press', async () => {
    const { app, db } = await bootInHand()
    await showScreen(app, 'events rescue', () => <EventList rows={[]} />)
    await press('Sudah diserahkan')
    await screen.findByText('Ditandai sudah diserahkan: Sosialisasi Contoh.')
    await waitFor(() => expect(screen.queryByText('3 catatan masih harus diserahkan.')).toBeNull())
    expect(await db.meta.get('inHand')).toBeUndefined()
    await press('Urungkan')
    await screen.findByText('3 catatan masih harus diserahkan.')
    expect(await db.meta.get('inHand')).toEqual({ key: 'inHand', files: [file] })
    await waitFor(() => expect(screen.queryByRole('button', { name: 'Urungkan' })).toBeNull())
  })

  it('stays when its delivery cannot be noted, and says so', async () => {
    const { app } = await bootInHand()
    await showScreen(app, 'events rescue', () => <EventList rows={[]} />)
    const away = vi.spyOn(IDBObjectStore.prototype, 'delete').mockImplementation(() => {
      throw new DOMException('', 'UnknownError')
    })
    await press('Sudah diserahkan')
    expect((await screen.findByRole('alert')).textContent).toMatch(/^Belum tercatat di perangkat ini/)
    expect(screen.getByText('3 catatan masih harus diserahkan.')).toBeTruthy()
    away.mockRestore()
    await press('Sudah diserahkan')
    await screen.findByText('Ditandai sudah diserahkan: Sosialisasi Contoh.')
    expect(screen.queryByRole('alert')).toBeNull()
  })
})
