import { cleanup, fireEvent, screen, waitFor } from '@testing-library/preact'
import { afterEach, expect, it, vi } from 'vitest'
import { claimDevice, writeMeta } from '../../src/client/db/meta.ts'
import { createReserve } from '../../src/client/db/reserve.ts'
import { keepSecondCopy } from '../../src/client/db/secondCopy.ts'
import { loadWords } from '../../src/client/i18n/i18n.ts'
import { issuePasses, usablePasses } from '../../src/client/state/passes.ts'
import { makeDevice } from '../../src/client/sync/deviceKey.ts'
import { Safe } from '../../src/client/ui/screens/safe/Safe.tsx'
import { StorageNotice } from '../../src/client/ui/status/StorageNotice.tsx'
import { setPerson } from '../../src/core/person.ts'
import { bootApp, createTestLink, showScreen } from '../support/app.tsx'
import { openPlaces, recoverAnew, row, until } from '../support/copies.ts'
import { openEvent, showAt, sign } from '../support/event.tsx'
import { pad, press, type } from '../support/hands.ts'

const start = location.pathname + location.search
afterEach(() => {
  vi.restoreAllMocks()
  cleanup()
  history.replaceState(null, '', start)
})

const full = new DOMException('', 'QuotaExceededError')
const buckets = () => Reflect.get(navigator, 'storageBuckets')

/** An app on a disk without room for another file: its database still takes a record. */
async function openFull({ db, places } = openPlaces()) {
  const noPlace = vi.spyOn(buckets(), 'open').mockRejectedValue(full)
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

it('whose pass was scanned is not called saved before that, and the alarm is in sight', async () => {
  vi.spyOn(FileSystemWritableFileStream.prototype, 'write').mockRejectedValue(full)
  const places = openPlaces()
  const account = { name: 'Wati Contoh', email: 'wati@contoh.example' }
  await writeMeta(places.db, { key: 'identity', account, enrolled: true, organizer: true, needsSetup: false })
  const { app, space, person } = await openFull(places)
  const expiresAt = app.wall() + 86_400_000
  await issuePasses(space, [person], app.passes.issuer(), expiresAt)
  const id = usablePasses(space, app.wall()).get(person)?.id ?? ''
  const [pass = ''] = await app.passes.sign([{ id, space: space.id, expiresAt }])
  await Promise.all(['scan', 'scanner'].map(loadWords))
  await showAt(app, `/kegiatan/${space.id}/pindai`)
  fireEvent.input(await screen.findByLabelText('Kode'), { target: { value: pass } })
  await press('Periksa kode')
  const outcome = await waitFor(() => document.querySelector('.outcome') ?? expect.fail('nothing is said yet'))
  expect(outcome.textContent).toContain('belum aman')
  expect(outcome.textContent).not.toContain('tersimpan')
  const { left, top } = screen.getByRole('alert').getBoundingClientRect()
  expect(document.elementFromPoint(left + 5, top + 5)?.closest('.storage-notice')).toBeTruthy()
})

it('a kiosk whose alarm stands says nothing else, and leaves the room to sign in', async () => {
  vi.spyOn(FileSystemWritableFileStream.prototype, 'write').mockRejectedValue(full)
  const { app, space } = await openFull()
  await Promise.all(['kiosk', 'questions'].map(loadWords))
  await showAt(app, `/kegiatan/${space.id}/kios`)
  await type('PIN petugas', '2468')
  await press('Mulai mode kios')
  const begin = await screen.findByRole('button', { name: 'Isi formulir' })
  const alarm = () => document.querySelector('.storage-notice') ?? expect.fail('no alarm')
  expect(getComputedStyle(alarm()).position).toBe('sticky')
  expect(document.querySelector('.kiosk-footer')?.textContent).toContain('belum aman')
  fireEvent.click(begin)
  await pad()
  expect(getComputedStyle(alarm()).position).toBe('static')
  await app.kiosk.leave('2468', undefined)
})

it('an anonymous answer waits for its copy, too', async () => {
  const { app, space, person } = await openFull()
  expect(app.health.value.uncopied).toBe(false)
  vi.spyOn(FileSystemWritableFileStream.prototype, 'write').mockRejectedValue(full)
  const form = { id: space.newId(), version: space.newId() }
  await app.ballots.keep({ space: space.id, form, person, answers: { saran: 'Baik' } })
  expect(app.health.value.uncopied).toBe(true)
})

it('a copy that still fails is told of again without another change, since the disk may have run full', async () => {
  const { db, places } = openPlaces()
  const noPlaces = { ...places, make: () => Promise.reject(full) }
  await claimDevice(db, await makeDevice('Peramban', ''))
  await db.outbox.add(row(1))
  const told: boolean[] = []
  const copy = keepSecondCopy(db, noPlaces, createReserve(noPlaces), async (isMade) => void told.push(isMade))
  await until(() => expect(told.length).toBeGreaterThan(2))
  copy.stop()
  expect(told).not.toContain(true)
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
