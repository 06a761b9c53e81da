import { cleanup, fireEvent, screen, waitFor, within } from '@testing-library/preact'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { readForgotten } from '../../src/client/db/forget.ts'
import { acknowledge, outboxRows } from '../../src/client/db/outbox.ts'
import type { Database } from '../../src/client/db/schema.ts'
import { applyGrants } from '../../src/client/db/spaces.ts'
import type { OpenSpace } from '../../src/client/state/openSpace.ts'
import { savePerson } from '../../src/client/state/people.ts'
import type { AppParts } from '../../src/client/ui/app.ts'
import { EventList } from '../../src/client/ui/screens/events/EventList.tsx'
import { ForgetEvent } from '../../src/client/ui/screens/safe/ForgetEvent.tsx'
import { bootApp, createTestLink, organizerDatabase, organizerSession, showScreen } from '../support/app.tsx'
import { openEvent } from '../support/event.tsx'
import { useHandedOver } from '../support/handedOver.ts'

const { saved } = useHandedOver()
afterEach(cleanup)

async function bootWithEvent(): Promise<{ app: AppParts; db: Database; space: OpenSpace }> {
  const db = await organizerDatabase()
  const app = await bootApp(db, createTestLink({ session: organizerSession(db) }))
  const { space } = await openEvent(app, [{ name: 'Budi Contoh' }])
  return { app, db, space }
}

/** As if the server had taken everything of the event and told of its log. */
async function markSent(db: Database, space: string): Promise<void> {
  const rows = await outboxRows(db, space, 'local')
  await acknowledge(
    db,
    rows.map((row, i) => ({ ...row, state: 'sent', seq: i + 1, finalAt: row.at })),
  )
  await db.spaces.update(space, { head: rows.length })
}

const forget = () => fireEvent.click(screen.getByRole('button', { name: 'Lupakan di perangkat ini' }))

describe('forgetting an event on this device', () => {
  it('[S10] is refused while work is on this device only, and takes nothing', async () => {
    const { app, db, space } = await bootWithEvent()
    await showScreen(app, 'safe', ForgetEvent, { space: space.id })
    expect(await screen.findByText(/hanya ada di perangkat ini/)).toBeTruthy()
    const tries = vi.spyOn(app.spaces, 'forget')
    forget()
    /** The reasons stand there before it is tried: what was tried says that it was refused. */
    expect(await tries.mock.results[0]?.value).toMatchObject({ unsent: 2 })
    expect((await screen.findByRole('alert')).textContent).toMatch(/^Belum dapat dilupakan\. Sebabnya/)
    expect(await db.spaces.get(space.id)).toBeTruthy()
    expect(await db.outbox.count()).toBeGreaterThan(0)
  })

  it('[S10] goes on with a rescue file that is put away, but not when it lacks the last change', async () => {
    const { app, db, space } = await bootWithEvent()
    await showScreen(app, 'safe', ForgetEvent, { space: space.id })
    const saveFile = async () =>
      fireEvent.click(await screen.findByRole('button', { name: 'Simpan berkas penyelamat' }))
    await saveFile()
    fireEvent.click(await screen.findByRole('checkbox', { name: /tempat yang aman/ }))
    await savePerson(space, space.newId(), { name: 'Citra Contoh' })
    forget()
    await waitFor(() => expect(screen.getByText(/^4 perubahan hanya ada di perangkat ini/)).toBeTruthy())
    expect(await db.outbox.count()).toBe(4)
    expect((await screen.findByRole('alert')).textContent).toMatch(/^1 perubahan belum ada di dalam berkas itu/)
    await saveFile()
    await waitFor(() => expect(saved).toHaveLength(2))
    /** It was about the file before. */
    await waitFor(() => expect(screen.queryByRole('alert')).toBeNull())
    expect(await saved[1]?.text()).toContain('Citra Contoh')
    await screen.findByText(/^3 perubahan ada di berkas/)
    /** The person's word was about the file before: that this download was not cancelled no page knows. */
    const tries = vi.spyOn(app.spaces, 'forget')
    forget()
    expect(await tries.mock.results[0]?.value).toMatchObject({ unsent: 5 })
    fireEvent.click(screen.getByRole('checkbox', { name: /tempat yang aman/ }))
    await waitFor(async () => {
      forget()
      expect(await db.spaces.get(space.id)).toBeUndefined()
    })
    expect(await db.outbox.count()).toBe(0)
    cleanup()
    await showScreen(app, 'events', () => <EventList rows={app.spaces.rows.value ?? []} />)
    const reminder = () => screen.queryByText('3 catatan masih harus diserahkan.')
    await waitFor(() => expect(reminder()).toBeTruthy())
    /** Fetched again it lacks what is in the file. */
    fireEvent.click(screen.getByRole('button', { name: 'Ambil lagi' }))
    await waitFor(() => expect(screen.queryByRole('button', { name: 'Ambil lagi' })).toBeNull())
    expect(reminder()).toBeTruthy()
    fireEvent.click(screen.getByRole('button', { name: 'Sudah diserahkan' }))
    await waitFor(() => expect(reminder()).toBeNull())
    expect(await db.meta.get('inHand')).toBeUndefined()
  })

  it('[S10] is refused while a form holds what was not saved', async () => {
    const { app, db, space } = await bootWithEvent()
    await markSent(db, space.id)
    await app.drafts.write(`walkIn:${space.id}:S`, { name: 'Ani' })
    expect(await app.spaces.forget({ space: space.id, title: 'Contoh' })).toMatchObject({
      unsent: 0,
      drafts: [`walkIn:${space.id}:S`],
    })
    expect(await db.spaces.get(space.id)).toBeTruthy()
  })

  it('takes all of it away, and it does not come back by itself but by a person’s word', async () => {
    const { app, db, space } = await bootWithEvent()
    const { space: other } = await openEvent(app, [])
    await markSent(db, space.id)
    await db.pages.add({ space: space.id, after: 0, count: 0, before: '', chain: 'c', witness: 'w', ops: '[]' })
    await showScreen(app, 'safe', ForgetEvent, { space: space.id })
    await screen.findByText(/dari perangkat ini saja/)
    forget()
    await waitFor(async () => expect(await db.spaces.get(space.id)).toBeUndefined())
    const left = [...(await db.outbox.toArray()), ...(await db.sent.toArray()), ...(await db.pages.toArray())].map(
      (row) => row.space,
    )
    expect([...new Set(left)]).toEqual([other.id])
    const granted = { space: space.id, role: 'organizer' as const, owner: null, certificate: null }
    await applyGrants(db, [granted], true)
    expect(await db.spaces.get(space.id)).toBeUndefined()
    await expect(space.commit([])).rejects.toThrow('does not hold')

    cleanup()
    await showScreen(app, 'events', () => <EventList rows={app.spaces.rows.value ?? []} />)
    fireEvent.click(await screen.findByRole('button', { name: 'Ambil lagi' }))
    await waitFor(async () => expect(await readForgotten(db)).toEqual([]))
    expect(screen.queryByText(/masih harus diserahkan/)).toBeNull()
    await applyGrants(db, [granted], true)
    expect(await db.spaces.get(space.id)).toBeTruthy()
  })

  it('reaches a tab that has the event open', async () => {
    const { app, db, space } = await bootWithEvent()
    const tab = await bootApp(db)
    expect(await tab.spaces.open(space.id)).toBeTruthy()
    await markSent(db, space.id)
    expect(await app.spaces.forget({ space: space.id, title: 'Contoh' })).toBeUndefined()
    await waitFor(() => expect(tab.spaces.rows.value).toEqual([]))
    expect(await tab.spaces.open(space.id)).toBeUndefined()
  })
})

describe('signing out', () => {
  it('is noticed by another tab, and leaves no draft in the browser’s other storage', async () => {
    const { app, db, space } = await bootWithEvent()
    const tab = await bootApp(db)
    await markSent(db, space.id)
    app.drafts.rescue('walkIn:a:b', { name: 'Ani Contoh' })
    await db.meta.delete('device')
    await waitFor(() => expect(tab.health.value.givenUp).toBe(true))
    app.drafts.end()
    app.drafts.rescue('walkIn:a:b', { name: 'Ani Contoh' })
    expect(Object.keys(localStorage).filter((key) => key.startsWith('hadir.draft.'))).toEqual([])
  })
})

describe('[S11] the copy of an event that was taken from this device', () => {
  it('says what keeps it here, until that is handed over', async () => {
    const { app, db, space } = await bootWithEvent()
    await markSent(db, space.id)
    const file = { space: space.id, hash: 'A'.repeat(43), type: 'application/pdf', sizeBytes: 9, addedAt: 1 }
    await db.blobs.put({ ...file, state: 'waiting', settledAt: 0, checkedAt: 0 })
    await db.spaces.update(space.id, { revoked: true, ended: true })
    await waitFor(() => expect(app.spaces.rows.value?.[0]?.ended).toBe(true))
    const rows = app.spaces.rows.value ?? []
    await showScreen(app, 'events', () => <EventList rows={rows} />)
    const list = within(await screen.findByRole('list', { name: 'Yang masih ada di perangkat ini saja' }))
    await waitFor(() =>
      expect(list.getAllByRole('listitem').map((item) => item.textContent)).toEqual([
        '1 berkas materi yang belum diunggah',
      ]),
    )
    await db.outbox.add({ space: space.id, dev: 'D', n: 1, v: 1, wall: 1, at: 1, body: '[]', state: 'local' })
    await list.findByText('1 catatan yang belum terkirim')
    await db.outbox.clear()
    await db.blobs.clear()
    await waitFor(() => expect(list.queryAllByRole('listitem')).toEqual([]))
  })
})
