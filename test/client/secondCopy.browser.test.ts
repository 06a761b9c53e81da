import { Dexie } from 'dexie'
import { afterEach, expect, it, vi } from 'vitest'
import { createDatabase, type Database } from '../../src/client/db/schema.ts'
import { keepSecondCopy, recoverUnsent, type SecondCopy } from '../../src/client/db/secondCopy.ts'
import { newSpaceRow } from '../../src/client/db/spaces.ts'
import { type Buckets, findBuckets } from '../../src/client/device/buckets.ts'
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

function keep(db: Database, places: Buckets): void {
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
async function recoverAnew(places: Buckets) {
  const anew = createDatabase(`test-${crypto.randomUUID()}`)
  await recoverUnsent(anew, places)
  const [rows, spaces] = [await anew.outbox.toArray(), await anew.spaces.toArray()]
  await anew.delete()
  return { numbers: rows.map(({ n }) => n), spaces }
}

it('what is not sent lies a second time in files of its own, until it is sent', async () => {
  const { db, places } = open()
  await db.spaces.add({ ...newSpaceRow('S', 'facilitator'), epoch: 'E', seq: 40 })
  keep(db, places)
  await db.outbox.add(row(1))
  await vi.waitFor(async () => expect((await recoverAnew(places)).numbers).toEqual([1]))
  await db.outbox.add(row(2))
  await db.outbox.delete(['S', 'D', 1])
  await vi.waitFor(async () => expect((await recoverAnew(places)).numbers).toEqual([2]))
  await db.outbox.put({ ...row(2), state: 'released' })
  await vi.waitFor(async () => expect((await recoverAnew(places)).numbers).toEqual([]))
  const unread = { ...newSpaceRow('S', 'facilitator'), epoch: '', seq: 0 }
  expect((await recoverAnew(places)).spaces).toEqual([unread])
})

const tear = () => {
  throw new DOMException('', 'UnknownError')
}

/** A copy that was written, and room for another one. */
async function keepOne() {
  const { db, places } = open()
  keep(db, places)
  await db.outbox.add(row(1))
  await vi.waitFor(async () => expect((await recoverAnew(places)).numbers).toEqual([1]))
  await vi.waitFor(async () => expect(await places.names()).toHaveLength(2))
  const [copy] = (await places.names()).sort()
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
  expect((await recoverAnew(places)).numbers).toEqual([1, 2, 3])
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

it('gives nothing to a database that holds something, nor to a device that signed out', async () => {
  const { db, places } = open()
  keep(db, places)
  await db.outbox.add(row(1))
  await vi.waitFor(async () => expect((await recoverAnew(places)).numbers).toEqual([1]))
  const other = createDatabase(`test-${crypto.randomUUID()}`)
  await other.spaces.add(newSpaceRow('S', 'facilitator'))
  expect(await recoverUnsent(other, places)).toBe(0)
  expect(await other.outbox.count()).toBe(0)
  await kept[0]?.drop()
  expect(await places.names()).toEqual([])
})

it('is gone when a sign-out says that it is done', async () => {
  const { db, places } = open()
  const signOut: Link['signOut'] = async () => ok(undefined)
  const app = await bootApp(db, createTestLink({ signOut }))
  await openEvent(app, [])
  await vi.waitFor(async () => expect(await places.names()).toHaveLength(2))
  await db.outbox.clear()
  expect(await app.account.signOut()).toMatchObject({ ok: true })
  expect(await places.names()).toEqual([])
})
