import { cleanup, screen } from '@testing-library/preact'
import { afterEach, expect, it, vi } from 'vitest'
import { Safe } from '../../src/client/ui/screens/safe/Safe.tsx'
import { StorageNotice } from '../../src/client/ui/status/StorageNotice.tsx'
import { setPerson } from '../../src/core/person.ts'
import { bootApp, createTestLink, showScreen } from '../support/app.tsx'
import { openPlaces, recoverAnew, until } from '../support/copies.ts'
import { openEvent } from '../support/event.tsx'

afterEach(() => {
  vi.restoreAllMocks()
  cleanup()
})

const full = new DOMException('', 'QuotaExceededError')
const buckets = () => Reflect.get(navigator, 'storageBuckets')

/** An app on a disk without room for another file: its database still takes a record. */
async function openFull() {
  const noPlace = vi.spyOn(buckets(), 'open').mockRejectedValue(full)
  const { db, places } = openPlaces()
  const app = await bootApp(db, createTestLink())
  const { space } = await openEvent(app, [])
  return { db, app, space, places, noPlace }
}

function Both() {
  return (
    <>
      <StorageNotice />
      <Safe />
    </>
  )
}

it('on a full disk nobody is told of a record without that it is not safe, until it lies in both places', async () => {
  const write = vi.spyOn(FileSystemWritableFileStream.prototype, 'write').mockRejectedValue(full)
  const { app, space, places, noPlace } = await openFull()
  await space.commit([setPerson(space.newId(), { name: 'Ani Contoh' })])
  expect(app.health.value.uncopied).toBe(true)
  await showScreen(app, 'shell safe', Both)
  expect(screen.getByRole('alert').textContent).toContain('belum aman')
  expect(await screen.findByText(/^Jangan ditutup/)).toBeTruthy()
  expect(screen.queryByText(/^Tersimpan di perangkat:/)).toBeNull()
  write.mockRestore()
  noPlace.mockRestore()
  await until(() => expect(app.health.value.uncopied).toBe(false))
  expect((await recoverAnew(places)).numbers).toHaveLength(2)
  await until(() => expect(screen.queryByRole('alert')).toBeNull())
  expect(await screen.findByText(/^Boleh ditutup/)).toBeTruthy()
  expect(screen.getByText(/^Tersimpan di perangkat:/)).toBeTruthy()
})

it('a disk that has room alarms nobody while a copy fails', async () => {
  const { app, space, noPlace } = await openFull()
  await space.commit([setPerson(space.newId(), { name: 'Ani Contoh' })])
  expect(noPlace).toHaveBeenCalled()
  expect(app.health.value.uncopied).toBe(false)
})

it('what the server has is not at risk', async () => {
  vi.spyOn(FileSystemWritableFileStream.prototype, 'write').mockRejectedValue(full)
  const { db, app, space } = await openFull()
  await space.commit([setPerson(space.newId(), { name: 'Ani Contoh' })])
  await showScreen(app, 'shell', StorageNotice)
  expect(screen.getByRole('alert')).toBeTruthy()
  await db.outbox.clear()
  await until(() => expect(screen.queryByRole('alert')).toBeNull())
})
