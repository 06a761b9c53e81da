import { cleanup, screen } from '@testing-library/preact'
import { afterEach, expect, it, vi } from 'vitest'
import { Safe } from '../../src/client/ui/screens/safe/Safe.tsx'
import { StorageNotice } from '../../src/client/ui/status/StorageNotice.tsx'
import { setPerson } from '../../src/core/person.ts'
import { bootApp, createTestLink, showScreen } from '../support/app.tsx'
import { openPlaces, recoverAnew, until } from '../support/copies.ts'
import { openEvent, showAt, sign } from '../support/event.tsx'
import { press } from '../support/hands.ts'

const start = location.pathname + location.search
afterEach(() => {
  vi.restoreAllMocks()
  cleanup()
  history.replaceState(null, '', start)
})

const full = new DOMException('', 'QuotaExceededError')
const buckets = () => Reflect.get(navigator, 'storageBuckets')

/** An app on a disk without room for another file: its database still takes a record. */
async function openFull() {
  const noPlace = vi.spyOn(buckets(), 'open').mockRejectedValue(full)
  const { db, places } = openPlaces()
  const app = await bootApp(db, createTestLink())
  const { space, ids } = await openEvent(app, [{ name: 'Budi Contoh', institution: 'Dinas Teladan' }])
  return { db, app, space, person: ids[0] ?? '', places, noPlace }
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
  expect((await recoverAnew(places)).numbers).toHaveLength(3)
  await until(() => expect(screen.queryByRole('alert')).toBeNull())
  expect(await screen.findByText(/^Boleh ditutup/)).toBeTruthy()
  expect(screen.getByText(/^Tersimpan di perangkat:/)).toBeTruthy()
})

it('who was signed in is not called saved before that', async () => {
  const write = vi.spyOn(FileSystemWritableFileStream.prototype, 'write').mockRejectedValue(full)
  const { app, space, person, noPlace } = await openFull()
  await showAt(app, `/kegiatan/${space.id}/hadir/${person}`)
  sign(await screen.findByRole('img', { name: 'Bidang tanda tangan Budi Contoh' }))
  await press('Simpan')
  const confirmed = async () =>
    (await screen.findByText('Budi Contoh', { selector: '.confirmation-name' })).parentElement
  expect((await confirmed())?.textContent).toContain('belum aman')
  expect((await confirmed())?.textContent).not.toContain('Tersimpan')
  write.mockRestore()
  noPlace.mockRestore()
  await until(async () => expect((await confirmed())?.textContent).toContain('Tersimpan di perangkat. Hadir'))
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
