import { Dexie } from 'dexie'
import { afterEach, expect, it, vi } from 'vitest'
import { forgetAll } from '../../src/client/db/forget.ts'
import { claimDevice } from '../../src/client/db/meta.ts'
import { opName } from '../../src/client/db/opName.ts'
import { createDatabase } from '../../src/client/db/schema.ts'
import { newSpaceRow } from '../../src/client/db/spaces.ts'
import { makeDevice } from '../../src/client/sync/deviceKey.ts'
import type { Link } from '../../src/client/sync/link.ts'
import { ok } from '../../src/core/result.ts'
import { bootApp, createTestLink } from '../support/app.tsx'
import { endCopies, keep, newDatabase, openPlaces, recoverAnew, row, tear, until } from '../support/copies.ts'
import { openEvent } from '../support/event.tsx'

afterEach(async () => {
  vi.restoreAllMocks()
  await endCopies()
})

it('what is not sent lies a second time in files of its own, until it is sent', async () => {
  const { db, places } = openPlaces()
  await db.spaces.add({ ...newSpaceRow('S', 'facilitator'), epoch: 'E', seq: 40 })
  await keep(db, places)
  await db.outbox.add(row(1))
  await until(async () => expect((await recoverAnew(places)).numbers).toEqual([1]))
  await db.outbox.add(row(2))
  await db.outbox.delete(['S', 'D', 1])
  await until(async () => expect((await recoverAnew(places)).numbers).toEqual([2]))
  const unread = { ...newSpaceRow('S', 'facilitator'), epoch: '', seq: 0 }
  expect((await recoverAnew(places)).spaces).toEqual([unread])
  await db.outbox.put({ ...row(2), state: 'released' })
  await until(async () => expect((await recoverAnew(places)).numbers).toEqual([]))
})

it('so does all else that the server has not got: what waits for a look, what is carried, anonymous answers', async () => {
  const { db, places } = openPlaces()
  await keep(db, places)
  await db.outbox.add({ ...row(1), state: 'parked', parkedFor: 'notAllowed' })
  const sealed = { space: 'S', v: 1, previous: '', signature: '', ops: '[[1,1,1,"body"]]', takenAt: 1 }
  const batch = (dev: string) => ({ ...sealed, dev, link: 'L', from: 'file' as const, waiting: [], refused: [] })
  const [waiting, delivered] = [{ ...batch('A'), waiting: ['S A 1'] }, batch('B')]
  await db.carried.bulkAdd([waiting, delivered])
  const ticket = { space: 'S', form: 'F', held: { version: 'V', answers: {}, writtenAt: 1 } }
  for (const state of ['waiting', 'given'] as const) await db.tickets.add({ ...ticket, person: state, state })
  const ballot = { space: 'S', form: 'F', version: 'V', token: 'T', answers: {}, sendAt: 1 }
  for (const state of ['waiting', 'sent'] as const) await db.ballots.add({ ...ballot, nonce: state, state })
  const held = { numbers: [1], spaces: [], persons: ['waiting'], nonces: ['waiting'] }
  await until(async () => expect(await recoverAnew(places)).toEqual({ ...held, carried: [waiting] }))
  const refused = { ...waiting, waiting: [], refused: ['S A 1'], outcomes: [{ reason: 'badRequest' }] }
  await db.carried.put(refused)
  await until(async () => expect(await recoverAnew(places)).toEqual({ ...held, carried: [refused] }))
})

/** A copy that was written, and room for another one. */
async function keepOne() {
  const { db, places } = openPlaces()
  await keep(db, places)
  await db.outbox.add(row(1))
  await until(async () => expect((await recoverAnew(places)).numbers).toEqual([1]))
  await until(async () => expect(await places.names()).toHaveLength(2))
  const copy = (await places.names()).find((name) => name.includes('-isi-')) ?? ''
  return { db, places, copy }
}

it('a copy that can no longer be written is left as it is until there is another one', async () => {
  const { db, places, copy } = await keepOne()
  const full = vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(tear)
  await db.outbox.add(row(2))
  await until(async () => expect(await places.names()).toEqual([copy]))
  full.mockRestore()
  await db.outbox.add(row(3))
  await until(async () => expect(await places.names()).not.toContain(copy))
  await until(async () => expect((await recoverAnew(places)).numbers).toEqual([1, 2, 3]))
})

it('the room that is kept for it lets another copy be written as soon as one is torn', async () => {
  const { db, places, copy } = await keepOne()
  const full = vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementationOnce(tear)
  await db.outbox.add(row(2))
  await until(async () => expect(await places.names()).not.toContain(copy))
  full.mockRestore()
  expect((await recoverAnew(places)).numbers).toEqual([1, 2])
  expect(await places.names()).toHaveLength(1)
})

it('so does the room that a tab has left which is gone', async () => {
  const { db, places } = openPlaces()
  await claimDevice(db, await makeDevice('Peramban', ''))
  await db.outbox.add(row(1))
  await places.open(`${db.name}-salinan-ruang-x`)
  const make = vi.fn(places.make).mockRejectedValueOnce(new DOMException('', 'QuotaExceededError'))
  await keep(db, { ...places, make })
  await until(async () => expect((await recoverAnew(places)).numbers).toEqual([1]))
  expect(await places.names()).toHaveLength(1)
})

it('one that could not be made is made as soon as there is room, though nothing more is recorded', async () => {
  const { db, places, copy } = await keepOne()
  const full = vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(tear)
  await db.outbox.add(row(2))
  await until(() => expect(full.mock.calls.length).toBeGreaterThan(1))
  await until(async () => expect(await places.names()).toEqual([copy]))
  full.mockRestore()
  await until(async () => expect(await places.names()).not.toContain(copy))
  expect((await recoverAnew(places)).numbers).toEqual([1, 2])
})

it('a copy that the browser begins anew under an open tab is no copy: another one holds all', async () => {
  const { db, places, copy } = await keepOne()
  ;(await places.open(copy)).deleteDatabase('salinan')
  await until(async () => expect(await places.names()).not.toContain(copy))
  expect((await recoverAnew(places)).numbers).toEqual([1])
  await db.outbox.add(row(2))
  await until(async () => expect((await recoverAnew(places)).numbers).toEqual([1, 2]))
})

it('answers that the server refused are copied until a person has decided', async () => {
  const { db, places } = openPlaces()
  await keep(db, places)
  const ballot = { nonce: 'N', space: 'S', form: 'F', version: 'V', token: 'T', answers: {}, sendAt: 0 }
  await db.ballots.add({ ...ballot, state: 'waiting' })
  await db.ballots.update('N', { state: 'refused' })
  await until(async () => expect(await places.names()).toHaveLength(2))
  const indexedDB = await places.open((await places.names()).find((name) => name.includes('-isi-')) ?? '')
  const copy = createDatabase('salinan', { indexedDB, IDBKeyRange })
  await until(async () => expect(await copy.ballots.toArray()).toMatchObject([{ state: 'refused' }]))
  await db.ballots.update('N', { state: 'released' })
  await until(async () => expect(await copy.ballots.count()).toBe(0))
  copy.close()
})

it('an app whose database is begun anew gives back what was not sent, and asks for its log from the beginning', async () => {
  const { db, places } = openPlaces()
  localStorage.setItem(`${db.name}.held`, '1')
  const app = await bootApp(db, createTestLink())
  const { space } = await openEvent(app, [{ name: 'Budi Contoh' }])
  await until(async () => expect((await recoverAnew(places)).numbers).toHaveLength(2))
  db.close()
  await Dexie.delete(db.name)

  const again = await bootApp(createDatabase(db.name), createTestLink())
  expect(again.identity.value).toMatchObject({ recovered: 2 })
  const opened = await again.spaces.open(space.id)
  expect([...(opened?.people.value.values() ?? [])].map(({ name }) => name)).toEqual(['Budi Contoh'])
  await until(() => expect(again.status.unsent.value.get(space.id)?.count).toBe(2))
})

it('stays as it is where the database is begun anew under an open tab', async () => {
  const { db, places } = await keepOne()
  db.close()
  await Dexie.delete(db.name)
  await db.open()
  await db.spaces.add(newSpaceRow('S', 'facilitator'))
  await until(async () => expect(await db.spaces.count()).toBe(1))
  const settled = vi.waitUntil(async () => (await recoverAnew(places)).numbers.length === 0, { timeout: 1_000 })
  await expect(settled).rejects.toThrow('Timed out')
})

it('keeps room that is really taken', async () => {
  const { places } = await keepOne()
  const room = (await places.names()).find((name) => name.includes('-ruang-'))
  const bucket = await Reflect.get(navigator, 'storageBuckets').open(room)
  await until(async () => expect((await bucket.estimate()).usage).toBeGreaterThan(1 << 20))
})

it('takes no copy for left over that another tab makes meanwhile', async () => {
  const { places } = openPlaces()
  const query = navigator.locks.query.bind(navigator.locks)
  let made = ''
  const asked = vi.spyOn(navigator.locks, 'query').mockImplementationOnce(async () => {
    const held = await query()
    made = (await places.make('isi')).name
    return held
  })
  expect(await places.leftOver()).toEqual([])
  asked.mockRestore()
  expect(await places.names()).toEqual([made])
  await places.drop(made)
})

it('is gone when a sign-out says that it is done, in every tab', async () => {
  const { db, places } = openPlaces()
  const { indexedDB } = await places.make('isi')
  indexedDB.open('of another tab')
  const signOut: Link['signOut'] = async () => ok(undefined)
  const app = await bootApp(db, createTestLink({ signOut }))
  await openEvent(app, [])
  await until(async () => expect(await places.names()).toHaveLength(3))
  await db.outbox.clear()
  expect(await app.account.signOut()).toMatchObject({ ok: true })
  expect(await places.names()).toEqual([])
})

it('a copy that cannot be dropped at a sign-out keeps no other', async () => {
  const { db, places } = openPlaces()
  for (let tab = 0; tab < 3; tab++) await places.make('isi')
  const [first = ''] = await places.names()
  const drop = (name: string) => (name === first ? Promise.reject(new Error('in use')) : places.drop(name))
  const copy = await keep(db, { ...places, drop })
  await copy.drop()
  expect(await places.names()).toEqual([first])
  await places.drop(first)
})

it('a tab that was writing a copy while another one signed out takes it away again', async () => {
  const { db, places } = openPlaces()
  await db.outbox.add(row(1))
  let goOn: (() => void) | undefined
  const isSlow = new Promise<void>((resolve) => {
    goOn = resolve
  })
  let isAsked = false
  const make = async (kind: string) => {
    isAsked = true
    await isSlow
    return places.make(kind)
  }
  await keep(db, { ...places, make })
  await until(() => expect(isAsked).toBe(true))
  expect(await forgetAll(db, new Set([opName({ space: 'S', dev: 'D', n: 1 })]))).toBe(true)
  goOn?.()
  await until(async () => expect(await places.names()).not.toEqual([]))
  await until(async () => expect(await places.names()).toEqual([]))
})

it('a browser that does not answer is waited for once, and again after it has', async () => {
  const { db, places } = openPlaces()
  let answer = () => {}
  const silence = new Promise<void>((resolve) => {
    answer = resolve
  })
  const names = () => silence.then(places.names)
  const copy = await keep(db, { ...places, names })
  const waited = async () => {
    const from = performance.now()
    await copy.catchUp()
    return performance.now() - from
  }
  await db.outbox.add(row(1))
  expect(await waited()).toBeGreaterThan(2_000)
  expect(await waited()).toBeLessThan(1_000)
  answer()
  await until(async () => expect((await recoverAnew(places)).numbers).toEqual([1]))
  await db.outbox.add(row(2))
  await copy.catchUp()
  expect((await recoverAnew(places)).numbers).toEqual([1, 2])
})

it('gives nothing to a device that signed out', async () => {
  const { db, places } = await keepOne()
  const other = newDatabase()
  await other.meta.put({ key: 'left' })
  expect((await recoverAnew(places)).numbers).toEqual([1])
  const { recoverUnsent } = await import('../../src/client/db/recoverUnsent.ts')
  await recoverUnsent(other, places)
  expect(await other.outbox.count()).toBe(0)
  expect(await db.outbox.count()).toBe(1)
})
