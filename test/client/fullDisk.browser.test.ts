import { Dexie } from 'dexie'
import { afterEach, expect, it, vi } from 'vitest'
import { createSavedFiles } from '../../src/client/device/savedFiles.ts'
import { isDiskFull } from '../../src/client/device/storage.ts'
import { setPerson } from '../../src/core/person.ts'
import { bootApp, createTestLink } from '../support/app.tsx'
import { newDatabase } from '../support/copies.ts'
import { openEvent } from '../support/event.tsx'

afterEach(async () => {
  vi.restoreAllMocks()
  await caches.delete('materi')
})

const pdf = { type: 'application/pdf', sizeBytes: 3 }

/** An event with a saved material, beside a file that was sent from here, which a full database does not let go of. */
async function openOnFullDisk() {
  const db = newDatabase()
  const app = await bootApp(db, createTestLink())
  const { space } = await openEvent(app, [{ name: 'Budi Contoh' }])
  const shelf = createSavedFiles()
  await shelf.write({ ...pdf, hash: 'tersimpan', spaces: [space.id], isWhole: true, isPaused: false, usedAt: 1 })
  await shelf.addPart('tersimpan', 0, new Uint8Array(3))
  const sent = { state: 'sent', addedAt: 1, settledAt: 1, checkedAt: Date.now() } as const
  await db.blobs.add({ ...pdf, ...sent, space: space.id, hash: 'terkirim' })
  const { transaction } = db
  const refuse = async (...given: Parameters<typeof transaction>) => {
    const isFull = given[0] === 'rw' && (await shelf.list()).length > 0
    if (isFull) throw new DOMException('full', 'QuotaExceededError')
    return transaction.apply(db, given)
  }
  db.transaction = ((...given: Parameters<typeof transaction>) => Dexie.Promise.resolve(refuse(...given))) as never
  return { space, shelf }
}

it('a full disk takes saved materials also where files that were sent from here cannot be let go of', async () => {
  const { space, shelf } = await openOnFullDisk()
  await space.commit([setPerson(space.newId(), { name: 'Ani Contoh' })])
  expect([...space.people.value.values()].map(({ name }) => name)).toContain('Ani Contoh')
  expect(await shelf.list()).toEqual([])
})

it('a private window that has no private files is no full disk', async () => {
  vi.spyOn(navigator.storage, 'getDirectory').mockRejectedValue(new DOMException('private', 'SecurityError'))
  expect(await isDiskFull()).toBe(false)
})
