import { Dexie } from 'dexie'
import { afterEach, expect, it, vi } from 'vitest'
import { claimDevice } from '../../src/client/db/meta.ts'
import { createDatabase, type Database } from '../../src/client/db/schema.ts'
import { type CopyPlaces, keepSecondCopy, recoverUnsent, type SecondCopy } from '../../src/client/db/secondCopy.ts'
import { newSpaceRow } from '../../src/client/db/spaces.ts'
import { findBuckets } from '../../src/client/device/buckets.ts'
import { makeDevice } from '../../src/client/sync/deviceKey.ts'
import type { Link } from '../../src/client/sync/link.ts'
import { ok } from '../../src/core/result.ts'
import { bootApp, createTestLink } from '../support/app.tsx'
import { openEvent } from '../support/event.tsx'

const kept: SecondCopy[] = []
afterEach(async () => {
  for (const copy of kept.splice(0)) {
    await copy.drop()
    copy.stop()
  }
})

function open(name = `test-${crypto.randomUUID().slice(0, 8)}`) {
  const places = findBuckets(`${name}-salinan-`)
  if (!places) throw new Error('This browser has no buckets')
  return { db: createDatabase(name), places }
}

async function keep(db: Database, places: CopyPlaces): Promise<void> {
  await claimDevice(db, await makeDevice('Peramban', ''))
  kept.push(keepSecondCopy(db, places))
}

const row = (n: number) => ({
  space: 'S',
  dev: 'D',
  n,
  v: 1,
  wall: n,
  at: n,
  body: `body ${n}`,
  state: 'local' as const,
})

/** What the copies hold, as a database that was begun anew gets it. */
async function recoverAnew(places: CopyPlaces) {
  const anew = createDatabase(`test-${crypto.randomUUID()}`)
  await recoverUnsent(anew, places)
  const [rows, spaces] = [await anew.outbox.toArray(), await anew.spaces.toArray()]
  await anew.delete()
  return { numbers: rows.map(({ n }) => n), spaces }
}

it('what is not sent lies a second time in files of its own, until it is sent', async () => {
  const { db, places } = open()
  await db.spaces.add({ ...newSpaceRow('S', 'facilitator'), epoch: 'E', seq: 40 })
  await keep(db, places)
  await db.outbox.add(row(1))
  await vi.waitFor(async () => expect((await recoverAnew(places)).numbers).toEqual([1]))
  await db.outbox.add(row(2))
  await db.outbox.delete(['S', 'D', 1])
  await vi.waitFor(async () => expect((await recoverAnew(places)).numbers).toEqual([2]))
  const unread = { ...newSpaceRow('S', 'facilitator'), epoch: '', seq: 0 }
  expect((await recoverAnew(places)).spaces).toEqual([unread])
  await db.outbox.put({ ...row(2), state: 'released' })
  await vi.waitFor(async () => expect((await recoverAnew(places)).numbers).toEqual([]))
})

const tear = () => {
  throw new DOMException('', 'UnknownError')
}

/** A copy that was written, and room for another one. */
async function keepOne() {
  const { db, places } = open()
  await keep(db, places)
  await db.outbox.add(row(1))
  await vi.waitFor(async () => expect((await recoverAnew(places)).numbers).toEqual([1]))
  await vi.waitFor(async () => expect(await places.names()).toHaveLength(2))
  const copy = (await places.names()).find((name) => name.includes('-isi-'))
  return { db, places, copy }
}

it('a copy that can no longer be written is left as it is until there is another one', async () => {
  const { db, places, copy } = await keepOne()
  const full = vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(tear)
  await db.outbox.add(row(2))
  await vi.waitFor(async () => expect(await places.names()).toEqual([copy]))
  full.mockRestore()
  await db.outbox.add(row(3))
  await vi.waitFor(async () => expect(await places.names()).not.toContain(copy))
  await vi.waitFor(async () => expect((await recoverAnew(places)).numbers).toEqual([1, 2, 3]))
})

it('the room that is kept for it lets another copy be written as soon as one is torn', async () => {
  const { db, places, copy } = await keepOne()
  const full = vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementationOnce(tear)
  await db.outbox.add(row(2))
  await vi.waitFor(async () => expect(await places.names()).not.toContain(copy))
  full.mockRestore()
  expect((await recoverAnew(places)).numbers).toEqual([1, 2])
  expect(await places.names()).toHaveLength(1)
})

it('an app whose database is begun anew gives back what was not sent, and asks for its log from the beginning', async () => {
  const { db, places } = open()
  localStorage.setItem(`${db.name}.held`, '1')
  const app = await bootApp(db, createTestLink())
  const { space } = await openEvent(app, [{ name: 'Budi Contoh' }])
  await vi.waitFor(async () => expect((await recoverAnew(places)).numbers).toHaveLength(2))
  db.close()
  await Dexie.delete(db.name)

  const again = await bootApp(createDatabase(db.name), createTestLink())
  expect(again.identity.value).toMatchObject({ recovered: 2 })
  const opened = await again.spaces.open(space.id)
  expect([...(opened?.people.value.values() ?? [])].map(({ name }) => name)).toEqual(['Budi Contoh'])
  await vi.waitFor(() => expect(again.status.unsent.value.get(space.id)?.count).toBe(2))
})

it('stays as it is where the database is begun anew under an open tab', async () => {
  const { db, places } = await keepOne()
  db.close()
  await Dexie.delete(db.name)
  await db.open()
  await db.spaces.add(newSpaceRow('S', 'facilitator'))
  await vi.waitFor(async () => expect(await db.spaces.count()).toBe(1))
  const settled = vi.waitUntil(async () => (await recoverAnew(places)).numbers.length === 0, { timeout: 1_000 })
  await expect(settled).rejects.toThrow('Timed out')
})

it('a start that cannot put back what a copy holds makes no key, and leaves the copy', async () => {
  const { places } = await keepOne()
  const anew = createDatabase(`test-${crypto.randomUUID()}`)
  await anew.open()
  const full = vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(tear)
  await expect(recoverUnsent(anew, places)).rejects.toThrow()
  full.mockRestore()
  expect(await recoverUnsent(anew, places)).toBe(1)
})

it('keeps room that is really taken', async () => {
  const { places } = await keepOne()
  const room = (await places.names()).find((name) => name.includes('-ruang-'))
  const bucket = await Reflect.get(navigator, 'storageBuckets').open(room)
  await vi.waitFor(async () => expect((await bucket.estimate()).usage).toBeGreaterThan(1 << 20))
})

it('gives nothing to a database that holds something, nor to a device that signed out', async () => {
  const { db, places } = open()
  await keep(db, places)
  await db.outbox.add(row(1))
  await vi.waitFor(async () => expect((await recoverAnew(places)).numbers).toEqual([1]))
  const other = createDatabase(`test-${crypto.randomUUID()}`)
  await other.spaces.add(newSpaceRow('S', 'facilitator'))
  expect(await recoverUnsent(other, places)).toBe(0)
  expect(await other.outbox.count()).toBe(0)
  await kept[0]?.drop()
  expect(await places.names()).toEqual([])
})

it('is gone when a sign-out says that it is done, in every tab', async () => {
  const { db, places } = open()
  const { indexedDB } = await places.make('isi')
  indexedDB.open('of another tab')
  const signOut: Link['signOut'] = async () => ok(undefined)
  const app = await bootApp(db, createTestLink({ signOut }))
  await openEvent(app, [])
  await vi.waitFor(async () => expect(await places.names()).toHaveLength(3))
  await db.outbox.clear()
  expect(await app.account.signOut()).toMatchObject({ ok: true })
  expect(await places.names()).toEqual([])
})
