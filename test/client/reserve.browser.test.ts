import { afterEach, expect, it, vi } from 'vitest'
import { createReserve } from '../../src/client/db/reserve.ts'
import { createDatabase } from '../../src/client/db/schema.ts'
import { newSpaceRow } from '../../src/client/db/spaces.ts'
import { setPerson } from '../../src/core/person.ts'
import { bootApp, createTestLink } from '../support/app.tsx'
import { endCopies, keep, numbersIn, openPlaces, recoverAnew, row, tear, until } from '../support/copies.ts'
import { openEvent } from '../support/event.tsx'

afterEach(async () => {
  vi.restoreAllMocks()
  await endCopies()
})

it('room is kept once there is anything here, and outlives its tab', async () => {
  const { db, places } = openPlaces()
  await db.spaces.add(newSpaceRow('S', 'facilitator'))
  const room = `${db.name}-salinan-ruang-x`
  const make = async () => ({ name: room, indexedDB: await places.open(room) })
  await createReserve({ ...places, make }).keep()
  await keep(db, places)
  await db.outbox.add(row(1))
  await until(async () => expect(await places.names()).toHaveLength(2))
  await until(async () => expect((await recoverAnew(places)).numbers).toEqual([1]))
  expect(await places.names()).toContain(room)
})

it('room that cannot be had is known to be missing, and is not asked for again', async () => {
  const { places } = openPlaces()
  const make = vi.fn(() => Promise.reject(new DOMException('', 'QuotaExceededError')))
  const reserve = createReserve({ ...places, make })
  await reserve.keep()
  await reserve.keep()
  expect(reserve.isKept()).toBe(false)
  expect(make).toHaveBeenCalledOnce()
  const other = createReserve(places)
  expect(other.isKept()).toBe(false)
  await other.keep()
  expect(other.isKept()).toBe(true)
})

it('room that another tab gave up is counted on no more', async () => {
  const { places } = openPlaces()
  const [here, there] = [createReserve(places), createReserve(places)]
  await here.keep()
  await there.keep()
  expect(here.isKept()).toBe(true)
  expect(await there.spend()).toBe(true)
  await until(() => expect(here.isKept()).toBe(false))
  await here.keep()
  expect(await places.names()).toEqual([])
})

it('room that a browser never makes holds up no copy', async () => {
  const { db, places } = openPlaces()
  const makeNone = (kind: string) => (kind === 'ruang' ? new Promise<never>(() => undefined) : places.make(kind))
  const silent = { ...places, make: makeNone }
  await keep(db, silent, createReserve(silent, 50))
  await db.outbox.add(row(1))
  await until(async () => expect((await recoverAnew(places)).numbers).toEqual([1]))
  await db.outbox.add(row(2))
  await until(async () => expect((await recoverAnew(places)).numbers).toEqual([1, 2]))
})

it('room is taken before there is anything to copy', async () => {
  const { db, places } = openPlaces()
  await keep(db, places)
  await db.spaces.add(newSpaceRow('S', 'facilitator'))
  await until(async () => expect(await places.names()).toMatchObject([expect.stringContaining('-ruang-')]))
})

/** An app for which room is kept, and whose next record is refused as on a full disk. */
async function openTorn() {
  const { db, places } = openPlaces()
  const app = await bootApp(db, createTestLink())
  const { space } = await openEvent(app, [{ name: 'Budi Contoh' }])
  const isKept = async () => (await places.names()).some((name) => name.includes('-ruang-'))
  await until(async () => expect(await isKept()).toBe(true))
  vi.spyOn(IDBObjectStore.prototype, 'add').mockImplementationOnce(tear).mockImplementationOnce(tear)
  return { db, places, space, isKept }
}

it('room is given up for a record that finds none, which lies in both places before it is called saved', async () => {
  const { db, places, space, isKept } = await openTorn()
  const full = new DOMException('', 'QuotaExceededError')
  vi.spyOn(FileSystemWritableFileStream.prototype, 'write').mockRejectedValue(full)
  await space.commit([setPerson(space.newId(), { name: 'Ani Contoh' })])
  expect([...space.people.value.values()].map(({ name }) => name)).toContain('Ani Contoh')
  expect(await isKept()).toBe(false)
  expect((await recoverAnew(places)).numbers).toEqual(await numbersIn(db))
  await space.commit([setPerson(space.newId(), { name: 'Citra Contoh' })])
  expect((await recoverAnew(places)).numbers).toEqual(await numbersIn(db))
})

it('room is not given up where the disk has some', async () => {
  const { space, isKept } = await openTorn()
  await expect(space.commit([setPerson(space.newId(), { name: 'Ani Contoh' })])).rejects.toThrow()
  expect(await isKept()).toBe(true)
})

it('a page that does not know yet of any room calls an op saved once it lies in both places', async () => {
  const { db, places } = openPlaces()
  const { space } = await openEvent(await bootApp(db, createTestLink()), [])
  await until(async () => expect(await places.names()).toHaveLength(2))
  const again = await bootApp(createDatabase(db.name), createTestLink())
  const opened = await again.spaces.open(space.id)
  await opened?.commit([setPerson(opened.newId(), { name: 'Ani Contoh' })])
  expect((await recoverAnew(places)).numbers).toEqual(await numbersIn(db))
})
