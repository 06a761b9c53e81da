import { join } from 'node:path'
import { beforeEach, describe, expect, test } from 'vitest'
import { newId } from '../../src/server/auth/keys.ts'
import { openDisk } from '../../src/server/files/disk.ts'
import type { FileStore } from '../../src/server/files/fileStore.ts'
import { sweepFiles } from '../../src/server/files/sweep.ts'
import { createUploads, type Uploads } from '../../src/server/files/uploads.ts'
import type { Store } from '../../src/server/store/store.ts'
import { hashOf, makePdf } from '../support/files.ts'
import { openTestStore, temporaryFolder } from '../support/server.ts'
import { openPostgresStore, usePostgres } from '../support/stores.ts'

const dayMs = 86_400_000
const postgres = usePostgres()

async function openTwoServers(): Promise<Store[]> {
  const url = await postgres.newDatabase()
  return Promise.all([openPostgresStore(url), openPostgresStore(url)])
}

/** Holds somebody up at a point, and tells that he has come there. */
function createGate() {
  const reached = Promise.withResolvers<void>()
  const opened = Promise.withResolvers<void>()
  const pass = async () => {
    reached.resolve()
    await opened.promise
  }
  return { reached: reached.promise, open: opened.resolve, pass }
}

describe.each([
  ['a server on SQLite', async () => [await openTestStore()]],
  ['two servers on PostgreSQL', openTwoServers],
])('uploads to %s', (_, open) => {
  let stores: Store[]
  let files: FileStore
  beforeEach(async () => {
    stores = await open()
    files = await openDisk(join(temporaryFolder(), 'blobs'))
    return () => Promise.all(stores.map((store) => store.close()))
  })
  const storeOf = (index: number): Store => {
    const found = stores[index % stores.length]
    if (!found) throw new Error('no store')
    return found
  }
  const limits = { fileBytes: 1000, spaceBytes: 1000, deviceBytes: 1500 }
  const uploadsOf = (index: number): Uploads => createUploads(storeOf(index), files, limits)
  const never = async () => false

  test('that begin at one moment take no more room than there is, in an event or of a device', async () => {
    const begin = async (index: number, place: { space: string; dev: string }) => {
      const request = {
        ...place,
        hash: newId() + newId().slice(0, 21),
        type: 'application/pdf',
        sizeBytes: 600,
        now: 1,
      }
      const begun = await uploadsOf(index).begin(request, never)
      return begun.ok ? 'begun' : begun.failure.kind
    }
    const [space, dev] = [newId(), newId()]
    const inSpace = await Promise.all([0, 1, 0].map((index) => begin(index, { space, dev: newId() })))
    expect(inSpace.toSorted()).toEqual(['begun', 'overQuota', 'overQuota'])
    const ofDevice = await Promise.all([0, 1, 0].map((index) => begin(index, { space: newId(), dev })))
    expect(ofDevice.toSorted()).toEqual(['begun', 'begun', 'overQuota'])
    expect(await storeOf(0).sizeOfFiles({ space })).toBe(600)
  })

  test('that end while the last holder of the same content is swept leave a space that has it', async () => {
    const bytes = makePdf()
    const [hash, space, dev, now] = [hashOf(bytes), newId(), newId(), 40 * dayMs]
    const what = { hash, type: 'application/pdf', sizeBytes: bytes.length }
    const begin = (into: string) => uploadsOf(0).begin({ ...what, space: into, dev, now }, never)
    const end = (into: string) => uploadsOf(1).takeChunk({ space: into, hash }, { offset: 0, bytes, now })
    const old = newId()
    await begin(old)
    await end(old)
    await storeOf(0).noteUnnamed(old, hash, 1)
    await begin(space)
    const gate = createGate()
    const held: FileStore = {
      ...files,
      remove: async (which) => {
        await gate.pass()
        return files.remove(which)
      },
    }
    const namedIn = async () => new Set<string>()
    const sweeping = sweepFiles({ store: storeOf(0), files: held, namedIn, now })
    await gate.reached
    const ending = end(space)
    const isWhole = async () => (await storeOf(1).findUpload(space, hash))?.verified ?? storeOf(1).findFile(space, hash)
    await expect.poll(isWhole).toBeTruthy()
    gate.open()
    await Promise.all([sweeping, ending])
    expect(await storeOf(0).findFile(space, hash)).toBeDefined()
    expect(await files.sizeOf(hash)).toBe(bytes.length)
  })
})
