import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { newId } from '../../src/server/auth/keys.ts'
import { type HeldFile, noSpace, type Store, type Upload } from '../../src/server/store/store.ts'
import { eachStore } from '../support/stores.ts'

describe.each(eachStore())('what a store on %s knows of files', (_, open) => {
  let store: Store
  beforeAll(async () => {
    store = await open()
  })
  afterAll(() => store.close())

  let upload: Upload
  let file: HeldFile
  beforeEach(() => {
    const [space, hash, dev] = [newId(), newId() + newId().slice(0, 21), newId()]
    /** More than 32 bits, also in sum. */
    const what = { space, hash, dev, type: 'video/mp4', sizeBytes: 3_000_000_000 }
    upload = { ...what, received: 0, verified: false, touchedAt: 5 }
    file = { ...what, createdAt: 6, unnamedSince: null }
  })

  test('an upload begins once, moves on only from where it stands, and ends as a file', async () => {
    const { space, hash } = upload
    await store.beginUpload(upload)
    await store.beginUpload({ ...upload, sizeBytes: 1, dev: newId() })
    expect(await store.findUpload(space, hash)).toEqual(upload)
    const step = { from: 0, to: 2_500_000_000, now: 7 }
    const moved = await Promise.all([store.advanceUpload(space, hash, step), store.advanceUpload(space, hash, step)])
    expect(moved.sort()).toEqual([false, true])
    await store.noteVerified(space, hash)
    expect(await store.listUploads()).toContainEqual({
      ...upload,
      received: 2_500_000_000,
      touchedAt: 7,
      verified: true,
    })
    await store.putFile(file)
    expect(await store.findUpload(space, hash)).toBeUndefined()
    expect(await store.findFile(space, hash)).toEqual(file)
    expect(await store.findFile(newId(), hash)).toBeUndefined()
  })

  test('each event holds for itself; who holds a content, and for how long nobody names it', async () => {
    const { space, hash } = file
    const other = { ...file, space: newId() }
    for (const held of [file, other, { ...file, space: noSpace }]) await store.putFile(held)
    expect((await store.listHolders(hash)).sort()).toEqual([noSpace, space, other.space].sort())
    await store.noteUnnamed(space, hash, 9)
    expect(await store.findFile(space, hash)).toEqual({ ...file, unnamedSince: 9 })
    expect((await store.findFile(other.space, hash))?.unnamedSince).toBeNull()
    await store.putFile({ ...file, createdAt: 99 })
    expect(await store.findFile(space, hash)).toEqual(file)
    await store.dropFile(space, hash)
    expect((await store.listHolders(hash)).sort()).toEqual([noSpace, other.space].sort())
  })

  test('bytes are added up by event and by device, with what is on its way', async () => {
    const { space, dev } = upload
    expect(await store.sizeOfFiles({ space })).toBe(0)
    await store.beginUpload(upload)
    await store.putFile({ ...file, hash: newId() + newId().slice(0, 21) })
    await store.putFile({ ...file, space: newId(), sizeBytes: 1 })
    expect(await store.sizeOfFiles({ space })).toBe(6_000_000_000)
    expect(await store.sizeOfFiles({ dev })).toBe(6_000_000_001)
    await store.dropUpload(space, upload.hash)
    expect(await store.sizeOfFiles({ space })).toBe(3_000_000_000)
  })
})
