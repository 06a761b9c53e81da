import { afterEach, expect, it, vi } from 'vitest'
import type { CopyPlaces } from '../../src/client/db/copies.ts'
import { claimDevice } from '../../src/client/db/meta.ts'
import { makeDevice } from '../../src/client/sync/deviceKey.ts'
import { endCopies, keep, openPlaces, recoverAnew, row, until } from '../support/copies.ts'

afterEach(endCopies)

/** Places of which the browser forgets those in `lost`, as Chromium may on a full disk. */
function forgetting(places: CopyPlaces) {
  const lost = new Set<string>()
  return { lost, ...places, names: async () => (await places.names()).filter((name) => !lost.has(name)) }
}

it('a copy whose place the browser knows no more is no copy: another one holds all', async () => {
  const { db, places } = openPlaces()
  const found = forgetting(places)
  await keep(db, found)
  await db.outbox.add(row(1))
  await until(async () => expect((await recoverAnew(found)).numbers).toEqual([1]))
  for (const name of await places.names()) if (name.includes('-isi-')) found.lost.add(name)
  await db.outbox.add(row(2))
  await until(async () => expect((await recoverAnew(found)).numbers).toEqual([1, 2]))
})

it('the one before stays until the browser knows the next', async () => {
  const { db, places } = openPlaces()
  const left = `${db.name}-salinan-isi-a`
  await places.open(left)
  const found = forgetting(places)
  const dropped: string[] = []
  const make = vi.fn(async (kind: string) => {
    const made = await places.make(kind)
    if (make.mock.calls.length < 3) found.lost.add(made.name)
    return made
  })
  const drop = async (name: string) => {
    dropped.push(found.lost.has(name) ? 'lost' : name)
    await places.drop(name)
  }
  await claimDevice(db, await makeDevice('Peramban', ''))
  await db.outbox.add(row(1))
  await keep(db, { ...found, make, drop })
  await until(() => expect(dropped).toContain(left))
  expect(dropped).toEqual(['lost', 'lost', left])
  expect((await recoverAnew(found)).numbers).toEqual([1])
})

it('an old one that could not be dropped goes as soon as it can', async () => {
  const { db, places } = openPlaces()
  const left = `${db.name}-salinan-isi-a`
  await places.open(left)
  const drop = vi.fn(places.drop).mockRejectedValueOnce(new Error('in use'))
  await claimDevice(db, await makeDevice('Peramban', ''))
  await db.outbox.add(row(1))
  await keep(db, { ...places, drop })
  await until(() => expect(drop).toHaveBeenCalled())
  await until(async () => expect(await places.names()).not.toContain(left))
})
