import { Dexie } from 'dexie'
import { afterEach, expect, it, vi } from 'vitest'
import type { CopyPlaces } from '../../src/client/db/copies.ts'
import { readIdentity, writeMeta } from '../../src/client/db/meta.ts'
import { recoverUnsent } from '../../src/client/db/recoverUnsent.ts'
import { createDatabase, type Database } from '../../src/client/db/schema.ts'
import { newSpaceRow } from '../../src/client/db/spaces.ts'
import { isFirstVisit } from '../../src/client/device/hosting.ts'
import { bootApp, createTestLink } from '../support/app.tsx'
import { endCopies, keep, newDatabase, numbersIn, openPlaces, recoverAnew, row, until } from '../support/copies.ts'
import { openEvent } from '../support/event.tsx'

afterEach(async () => {
  vi.restoreAllMocks()
  await endCopies()
})

const open = (indexedDB: IDBFactory) => createDatabase('salinan', { indexedDB, IDBKeyRange })

/** What a tab that is gone has left. */
async function leaveCopy(places: CopyPlaces, name: string, write: (copy: Database) => Promise<unknown>) {
  const copy = open(await places.open(name))
  await write(copy)
  copy.close()
}

/** A copy with one op; the name says which. */
function openLeft(name = 'isi-a') {
  const { db, places } = openPlaces()
  const left = `${db.name}-salinan-${name}`
  return { db, places, left, leave: () => leaveCopy(places, left, (copy) => copy.outbox.add(row(1))) }
}

const noDisk = () => Promise.reject(new DOMException('', 'UnknownError'))

/** The copy survives what this start does, and the next start has its op. */
async function expectNextStartHas(db: Database, places: CopyPlaces, left: string) {
  await keep(db, places)
  await db.outbox.add(row(7, 'E'))
  await until(async () => expect((await places.names()).length).toBeGreaterThan(1))
  await until(async () => expect((await recoverAnew(places)).numbers).toContain(7))
  expect(await places.names()).toContain(left)
  await recoverUnsent(db, places)
  expect(await numbersIn(db)).toEqual([1, 7])
  expect((await readIdentity(db))?.recovered).toBe(1)
  expect((await readIdentity(db))?.unread).toBeUndefined()
}

it('a copy that cannot be read holds up no start: it stays, and the next start reads it', async () => {
  const { db, places, left, leave } = openLeft()
  await leave()
  const openNone = (name: string) => (name === left ? noDisk() : places.open(name))
  await recoverUnsent(db, { ...places, open: openNone })
  expect(await readIdentity(db)).toMatchObject({ unread: true })
  await expectNextStartHas(db, places, left)
})

it('nor does one whose storage does not answer', async () => {
  const { db, places, left, leave } = openLeft()
  await leave()
  await recoverUnsent(db, { ...places, open: () => new Promise(() => undefined) }, Date.now, 50)
  await expectNextStartHas(db, places, left)
})

it('copies that cannot be listed are not taken for none', async () => {
  const { db, places, left, leave } = openLeft()
  await leave()
  await recoverUnsent(db, { ...places, names: noDisk })
  expect(await readIdentity(db)).toBeUndefined()
  await expectNextStartHas(db, places, left)
})

it('a start that cannot put back what a copy holds makes no key, and leaves the copy', async () => {
  const { db, places, leave } = openLeft()
  await leave()
  await db.open()
  const full = vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(() => {
    throw new DOMException('', 'UnknownError')
  })
  await expect(recoverUnsent(db, places)).rejects.toThrow()
  full.mockRestore()
  await recoverUnsent(db, places)
  expect(await numbersIn(db)).toEqual([1])
  for (const name of await places.names()) await places.drop(name)
})

it('a copy of a newer version is left as it is until that version reads it', async () => {
  const { db, places, left } = openLeft()
  const newer = new Dexie('salinan', { indexedDB: await places.open(left), IDBKeyRange })
  newer.version(9).stores({ outbox: '[space+dev+n]', spaces: 'space', news: 'id' })
  await newer.table('outbox').add(row(1))
  newer.close()
  await recoverUnsent(db, places)
  expect(await numbersIn(db)).toEqual([])
  expect(await readIdentity(db)).toMatchObject({ unread: true })
  expect(await (await places.open(left)).databases()).toEqual([{ name: 'salinan', version: 90 }])
  await keep(db, places)
  await db.outbox.add(row(7))
  await until(async () => expect(await places.names()).toHaveLength(3))
  expect(await places.names()).toContain(left)
})

it('so is one whose rows mean something else', async () => {
  const { db, places, left } = openLeft()
  await leaveCopy(places, left, async (copy) => {
    await copy.outbox.add(row(1))
    await copy.meta.put({ key: 'schema', epoch: 99 })
  })
  await recoverUnsent(db, places)
  expect(await numbersIn(db)).toEqual([])
  expect(await db.meta.get('unreadCopies')).toEqual({ key: 'unreadCopies', names: [left] })
  await places.drop(left)
})

it('what lies in two copies is put back once, as the newer one and the one that knows more have it', async () => {
  const { db, places, left } = openLeft()
  const ticket = { space: 'S', form: 'F', person: 'P', state: 'waiting' as const }
  const blinding = { nonce: 'N', blind: 'B', blinded: 'C' }
  await leaveCopy(places, left, async (copy) => {
    await copy.outbox.bulkAdd([row(1), row(2)])
    await copy.tickets.add({ ...ticket, blinding })
  })
  await leaveCopy(places, `${db.name}-salinan-isi-b`, async (copy) => {
    await copy.outbox.bulkAdd([
      { ...row(1, 'E'), n: 4 },
      { ...row(2), state: 'parked' },
    ])
    await copy.tickets.add(ticket)
  })
  await recoverUnsent(db, places)
  const found = (await db.outbox.toArray()).map(({ dev, n, state }) => `${dev}${n} ${state}`)
  expect(found).toEqual(['D2 parked', 'E4 local'])
  expect(await db.tickets.toArray()).toMatchObject([{ blinding }])
  expect(await readIdentity(db)).toMatchObject({ recovered: 3 })
  for (const name of await places.names()) await places.drop(name)
})

it('a start that was cut off behind it still says what was put back, and to a second tab too', async () => {
  const { db, places, left, leave } = openLeft()
  await leave()
  await Promise.all([recoverUnsent(db, places), recoverUnsent(db, places)])
  await recoverUnsent(db, places)
  expect(await readIdentity(db)).toMatchObject({ recovered: 1 })
  expect(await numbersIn(db)).toEqual([1])
  await places.drop(left)
})

it('gives nothing to a database that has a key', async () => {
  const { db, places, leave } = openLeft()
  await leave()
  const other = newDatabase()
  await keep(other, openPlaces().places)
  await recoverUnsent(other, places)
  expect(await numbersIn(other)).toEqual([])
  for (const name of await places.names()) await places.drop(name)
  await db.delete()
})

const wati = { name: 'Wati Contoh', email: 'wati@contoh.go.id' }
const attempt = (email: string) => ({ email, password: 'kata-sandi-contoh' })

it('tells the account again whose work it was, without its name, and gives it to no other', async () => {
  const { db, places } = openPlaces()
  const known = { account: wati, lastAccount: wati.email, enrolled: true, organizer: true, needsSetup: false }
  await writeMeta(db, { key: 'identity', ...known })
  const app = await bootApp(db, createTestLink())
  await openEvent(app, [])
  await until(async () => expect((await recoverAnew(places)).numbers).toHaveLength(1))
  const [name = ''] = (await places.names()).filter((found) => found.includes('-isi-'))
  const copy = open(await places.open(name))
  expect(JSON.stringify(await copy.meta.toArray())).not.toMatch(/wati/i)
  copy.close()
  db.close()
  await Dexie.delete(db.name)

  const again = await bootApp(createDatabase(db.name), createTestLink())
  const other = await again.account.signIn(attempt('lain@contoh.go.id'))
  expect(other).toEqual({ ok: false, failure: { kind: 'otherAccount' } })
  const same = await again.account.signIn(attempt(wati.email))
  expect(same).toEqual({ ok: false, failure: { kind: 'offline' } })
})

it('a copy that could not be read is not put into what another account has begun since', async () => {
  const { db, places, left } = openLeft()
  const nobody = { key: 'identity' as const, account: null, enrolled: false, organizer: false, needsSetup: false }
  await leaveCopy(places, left, async (copy) => {
    await copy.outbox.add(row(1))
    await copy.meta.put({ ...nobody, lastMark: 'wati' })
  })
  await recoverUnsent(db, { ...places, open: noDisk })
  await db.spaces.add(newSpaceRow('T', 'organizer'))
  await writeMeta(db, { ...nobody, lastAccount: 'lain@contoh.go.id' })
  await keep(db, places)
  await recoverUnsent(db, places)
  expect(await numbersIn(db)).toEqual([])
  expect((await places.names()).filter((name) => name.includes('-isi-'))).toEqual([left])
})

it('where copies are left it is not the first visit, whose form would be filled in a second time', async () => {
  const { db, places, left, leave } = openLeft()
  expect(await isFirstVisit(`${db.name}-salinan-`)).toBe(true)
  await leave()
  expect(await isFirstVisit(`${db.name}-salinan-`)).toBe(false)
  await places.drop(left)
})

it('a first visit waits for no browser that does not say whether there are copies', async () => {
  const { storageBuckets } = navigator as never as { storageBuckets: { keys: () => Promise<string[]> } }
  vi.spyOn(storageBuckets, 'keys').mockReturnValue(new Promise(() => undefined))
  expect(await isFirstVisit(`test-${crypto.randomUUID().slice(0, 8)}-salinan-`, 10)).toBe(false)
})
