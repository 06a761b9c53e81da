import { createHash } from 'node:crypto'
import { signal } from '@preact/signals'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { dropSettledContent, settledBlobs } from '../../src/client/db/blobs.ts'
import { forgetAll, readBlockers } from '../../src/client/db/forget.ts'
import { countUnsent } from '../../src/client/db/outbox.ts'
import { followUploads } from '../../src/client/state/uploadList.ts'
import { createUploads, type FileUpload, noteUploaded, type UploadsParts } from '../../src/client/state/uploads.ts'
import { createUploader } from '../../src/client/sync/upload.ts'
import { readMaterials } from '../../src/core/material.ts'
import { dayMs } from '../../src/core/time.ts'
import { hashOf, makeVideo } from '../support/files.ts'
import { createFacilitator, createOrganizer, createServer, type Device, type Server } from './world.ts'

let server: Server
let organizer: Device
let space: string
let facilitator: Device

beforeEach(async () => {
  server = await createServer()
  const made = await createOrganizer(server)
  organizer = made.device
  space = made.space
  facilitator = await createFacilitator(server, organizer, space, 'Fasilitator')
  await facilitator.sync()
})
afterEach(() => server.stop())

/** What boot.ts wires, with this machine's hash in the place of a worker's. `clock`: what is added to the device's. */
function createFiles(device: Device, clock = { addMs: 0 }, more: Partial<UploadsParts> = {}) {
  const { db, link } = device
  const wall = () => Date.now() + clock.addMs
  const files = signal<ReadonlyMap<string, FileUpload>>(new Map())
  const report = followUploads(db, files)
  const uploader = createUploader({
    ...{ db, link, wall, random: () => 0, onSending: report },
    exclusively: async (work) => {
      await work()
      return true
    },
    onWhole: async (id, hash) => noteUploaded(await device.open(id), hash),
  })
  const uploads = createUploads({
    ...{ db, wall, freeBytes: async () => undefined, onReady: () => undefined },
    readFile: async (file) => {
      const hash = createHash('sha256').update(new Uint8Array(await file.arrayBuffer()))
      return { hash: hash.digest('base64url'), types: ['video/mp4'] }
    },
    ...more,
  })
  return { files, uploader, uploads }
}

async function capture(device: Device, content: Uint8Array, files = createFiles(device)): Promise<string> {
  const file = new File([new Uint8Array(content)], 'Rekaman Bu Contoh.mp4')
  const added = await files.uploads.add(
    await device.open(space),
    undefined,
    { title: 'Rekaman', audience: 'everyone' },
    file,
  )
  if (!added.ok) throw new Error(added.failure.kind)
  return added.value
}

const stateOf = async (device: Device, content: Uint8Array) =>
  (await device.db.blobs.get([space, hashOf(content)]))?.state
const isThere = async (content: Uint8Array) => Boolean(await server.store().findFile(space, hashOf(content)))
const materialsOn = async (device: Device) => (await device.open(space)).view(readMaterials).value

describe('a file that was captured', () => {
  const content = makeVideo(1_500_000)

  it('[S1] is on the disk with its op, waits offline, and goes by itself later; others see when it is there', async () => {
    facilitator.net.state = 'down'
    await capture(facilitator, content)
    const { uploader } = createFiles(facilitator)
    await uploader.run()
    expect(await stateOf(facilitator, content)).toBe('waiting')
    facilitator.net.state = 'up'
    await facilitator.sync()
    await organizer.sync()
    const [awaited] = await materialsOn(organizer)
    expect([awaited?.title, awaited?.file, awaited?.uploaded]).toEqual(['Rekaman', hashOf(content), ''])
    await uploader.run()
    await facilitator.sync()
    await organizer.sync()
    const [there] = await materialsOn(organizer)
    expect(there?.uploaded).toBe(hashOf(content))
    expect(await stateOf(facilitator, content)).toBe('sent')
    uploader.stop()
  })

  it('arrives whole and hash-equal, whatever is lost on the way, from whichever tab', async () => {
    await capture(facilitator, content)
    await facilitator.sync()
    const states = ['answerLost', 'down', 'answerLost', 'portal', 'answerLost', 'answerLost', 'down'] as const
    for (const state of states) {
      const { uploader } = createFiles(facilitator)
      const calls = facilitator.net.calls
      let left = 3
      Object.defineProperty(facilitator.net, 'state', {
        configurable: true,
        get: () => (left-- > 0 ? 'up' : state),
        set: () => undefined,
      })
      await uploader.run()
      uploader.stop()
      expect(facilitator.net.calls).toBeGreaterThan(calls)
    }
    Object.defineProperty(facilitator.net, 'state', { configurable: true, writable: true, value: 'up' })
    expect(await isThere(content)).toBe(false)
    const { files, uploader } = createFiles(facilitator)
    await expect.poll(() => files.value.get(hashOf(content))?.sentBytes).toBeGreaterThan(0)
    await uploader.run()
    expect(await isThere(content)).toBe(true)
    await facilitator.sync()
    const got = await server.deps().files.read(hashOf(content), 0, content.length)
    expect(hashOf(new Uint8Array(await new Response(got).arrayBuffer()))).toBe(hashOf(content))
  })

  it('gives way to ops that were written meanwhile, and goes on after them', async () => {
    await capture(facilitator, content)
    await facilitator.sync()
    const files = createFiles(facilitator)
    const opened = await facilitator.open(space)
    const { link } = facilitator
    let chunks = 0
    const uploader = createUploader({
      ...{ db: facilitator.db, wall: Date.now, random: () => 0, onSending: () => undefined },
      exclusively: async (work) => {
        await work()
        return true
      },
      onWhole: async () => undefined,
      link: {
        ...link,
        sendChunk: async (...chunk) => {
          if (++chunks === 2) await opened.commit([{ type: 'add', kind: 'attendance', fields: { p: 'a', s: 'b' } }])
          return link.sendChunk(...chunk)
        },
      },
    })
    await uploader.run()
    expect([chunks, await isThere(content)]).toEqual([2, false])
    await facilitator.sync()
    await uploader.run()
    expect(await isThere(content)).toBe(true)
    files.uploader.stop()
  })

  it('is unsent work until the server has it: the phone is not signed out and the event not forgotten', async () => {
    await capture(facilitator, content)
    await facilitator.sync()
    expect(await countUnsent(facilitator.db)).toBe(1)
    expect((await readBlockers(facilitator.db, space)).unsent).toBe(1)
    expect(await forgetAll(facilitator.db)).toBe(false)
    await createFiles(facilitator).uploader.run()
    await facilitator.sync()
    expect(await countUnsent(facilitator.db)).toBe(0)
    expect(await forgetAll(facilitator.db)).toBe(true)
    expect([await facilitator.db.blobs.count(), await facilitator.db.contents.count()]).toEqual([0, 0])
  })

  it('[S7] goes again to a server that was put back and lacks it', async () => {
    const backup = await server.backup()
    await capture(facilitator, content)
    await facilitator.sync()
    const { uploader } = createFiles(facilitator)
    await uploader.run()
    await facilitator.sync()
    await server.restore(backup)
    expect(await isThere(content)).toBe(false)
    const clock = { addMs: 2 * 86_400_000 }
    await facilitator.sync()
    await createFiles(facilitator, clock).uploader.run()
    expect(await isThere(content)).toBe(true)
    await server.store().dropFile(space, hashOf(content))
    await facilitator.db.spaces.update(space, { epoch: 'after a restore' })
    await createFiles(facilitator, clock).uploader.run()
    expect(await isThere(content)).toBe(true)
  })

  it('waits while a person wants it to, and is let go of with its material', async () => {
    const files = createFiles(facilitator)
    await capture(facilitator, content, files)
    await facilitator.sync()
    await files.uploads.pause(hashOf(content))
    await files.uploader.run()
    expect(await stateOf(facilitator, content)).toBe('paused')
    expect(await countUnsent(facilitator.db)).toBe(1)
    await files.uploads.resume(hashOf(content))
    expect(await stateOf(facilitator, content)).toBe('waiting')
    const [material] = await materialsOn(facilitator)
    if (!material) throw new Error('no material')
    await files.uploads.cancel(await facilitator.open(space), material)
    await facilitator.sync()
    await files.uploader.run()
    expect([await stateOf(facilitator, content), await countUnsent(facilitator.db)]).toEqual(['released', 0])
    expect(await isThere(content)).toBe(false)
  })

  it('makes room for records once it was let go of, and not while it waits', async () => {
    const files = createFiles(facilitator)
    await capture(facilitator, content, files)
    const { db } = facilitator
    expect([await settledBlobs(db), await dropSettledContent(db, hashOf(content))]).toEqual([[], false])
    const [material] = await materialsOn(facilitator)
    if (!material) throw new Error('no material')
    await files.uploads.cancel(await facilitator.open(space), material)
    expect(await settledBlobs(db)).toMatchObject([{ hash: hashOf(content), state: 'released' }])
    expect([await dropSettledContent(db, hashOf(content)), await db.contents.count()]).toEqual([true, 0])
  })

  it('two phones send at once arrives once, for both', async () => {
    await capture(facilitator, content)
    await capture(organizer, content)
    await Promise.all([facilitator.sync(), organizer.sync()])
    await Promise.all([createFiles(facilitator).uploader.run(), createFiles(organizer).uploader.run()])
    expect([await stateOf(facilitator, content), await stateOf(organizer, content)]).toEqual(['sent', 'sent'])
    expect(await server.deps().files.list()).toEqual([hashOf(content)])
  })

  it('leaves the phone 30 days after it was sent by the server’s clock, whatever the one here says', async () => {
    const clock = { addMs: 0, clockErrorMs: 0 }
    const phone = await createFacilitator(server, organizer, space, 'Jam', clock)
    const files = createFiles(phone, clock)
    await phone.sync()
    await capture(phone, content, files)
    const { now } = server.deps()
    const heldAfter = async (days: number, years: number) => {
      server.deps().now = () => now() + days * dayMs
      clock.addMs = clock.clockErrorMs = years * 365 * dayMs
      await phone.sync()
      await files.uploader.run()
      return phone.db.contents.count()
    }
    for (const days of [0, 1, 2, 20, 29]) expect(await heldAfter(days, days % 2 ? 50 : -50)).toBe(1)
    expect(await heldAfter(33, -50)).toBe(0)
    expect(await isThere(content)).toBe(true)
  })

  it('[S7] is asked for again, though it was last asked for under a clock that was put back since', async () => {
    const clock = { addMs: 50 * 365 * dayMs }
    const files = createFiles(facilitator, clock)
    await capture(facilitator, content, files)
    await facilitator.sync()
    await files.uploader.run()
    await server.store().dropFile(space, hashOf(content))
    clock.addMs = 0
    await files.uploader.run()
    expect(await isThere(content)).toBe(true)
  })
})

describe('a file that cannot be taken', () => {
  it('is refused before it is captured when the phone would have no room for records', async () => {
    const opened = await facilitator.open(space)
    const before = await facilitator.db.outbox.count()
    const add = (sizeBytes: number, free: number) =>
      createFiles(facilitator, undefined, { freeBytes: async () => free }).uploads.add(
        ...([opened, undefined, { title: 'x' }, new File([new Uint8Array(sizeBytes)], 'x.mp4')] as const),
      )
    expect(await add(1000, 50_000_999)).toEqual({ ok: false, failure: { kind: 'noRoom' } })
    expect(await add(0, 90_000_000)).toEqual({ ok: false, failure: { kind: 'empty' } })
    expect(await facilitator.db.outbox.count()).toBe(before)
    expect((await add(1000, 50_001_000)).ok).toBe(true)
  })

  it('and leaves neither op nor content behind when the disk is full after all', async () => {
    const opened = await facilitator.open(space)
    const before = await facilitator.db.outbox.count()
    facilitator.db.contents.hook('creating', () => {
      throw new DOMException('full', 'QuotaExceededError')
    })
    const { uploads } = createFiles(facilitator)
    const added = await uploads.add(opened, undefined, { title: 'x' }, new File([makeVideo(1000).slice()], 'x.mp4'))
    expect(added).toEqual({ ok: false, failure: { kind: 'noRoom' } })
    expect([await facilitator.db.outbox.count(), await facilitator.db.blobs.count()]).toEqual([before, 0])
  })

  it('stays here, with the reason, until a person decides; others go on', async () => {
    const [wrong, right] = [new TextEncoder().encode('this is no video at all'), makeVideo(2000)]
    const { uploader, files, uploads } = createFiles(facilitator)
    await capture(facilitator, wrong)
    await capture(facilitator, right)
    await facilitator.sync()
    await uploader.run()
    expect([await stateOf(facilitator, wrong), await stateOf(facilitator, right)]).toEqual(['refused', 'sent'])
    const shown = (): FileUpload | undefined => files.value.get(hashOf(wrong))
    await expect.poll(shown).toMatchObject({ state: 'refused', refusedFor: 'badFile' })
    expect((await readBlockers(facilitator.db, space)).parked).toBe(1)
    await facilitator.sync()
    expect(await countUnsent(facilitator.db)).toBe(1)
    await uploads.resume(hashOf(wrong))
    expect(await stateOf(facilitator, wrong)).toBe('waiting')
  })
})
