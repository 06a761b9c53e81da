import { cleanup, fireEvent, screen, waitFor } from '@testing-library/preact'
import { strToU8, zipSync } from 'fflate'
import { afterEach, describe, expect, it } from 'vitest'
import { createDatabase } from '../../src/client/db/schema.ts'
import { readFile } from '../../src/client/device/readFile.ts'
import type { Link } from '../../src/client/sync/link.ts'
import { Materials } from '../../src/client/ui/screens/materials/Materials.tsx'
import { ShowMaterial } from '../../src/client/ui/screens/materials/ShowMaterial.tsx'
import { toBase64Url } from '../../src/core/bytes.ts'
import { readMaterials } from '../../src/core/material.ts'
import { fail, ok } from '../../src/core/result.ts'
import { maxChunkBytes } from '../../src/protocol/limits.ts'
import { bootApp, createTestLink, organizerDatabase, organizerSession, showScreen } from '../support/app.tsx'
import { openEvent } from '../support/event.tsx'

const hashOf = async (content: Uint8Array<ArrayBuffer>) =>
  toBase64Url(new Uint8Array(await crypto.subtle.digest('SHA-256', content)))

function makeVideo(sizeBytes: number): Uint8Array<ArrayBuffer> {
  const content = new Uint8Array(sizeBytes)
  for (let at = 0; at < sizeBytes; at += 65_536) crypto.getRandomValues(content.subarray(at, at + 65_536))
  content.set(strToU8('\0\0\0\x18ftypisom'))
  return content
}

const epoch = 'EPOCHEPOCHEPOCHEPOCHEP'
const takesOps: Link['push'] = async (_space, { ops }) =>
  ok({
    ...{ now: Date.now(), epoch, backedUpThrough: 0 },
    results: ops.map(([n], i) => ({ state: 'committed' as const, n, seq: i + 1, at: Date.now() })),
  })

const noPull: Link['pull'] = async () => fail({ kind: 'serverError' })

/** A server that keeps what it is sent, and how. */
function createShelf(sizeBytes: number) {
  const taken = new Uint8Array(sizeBytes)
  const chunks: number[] = []
  let offset = 0
  const progress = () => ok({ offset, complete: offset === sizeBytes })
  const link: Partial<Link> = {
    beginFile: async () => progress(),
    sendChunk: async (_space, _hash, at, bytes) => {
      if (at === offset) {
        taken.set(bytes, at)
        chunks.push(bytes.length)
        offset += bytes.length
      }
      return progress()
    },
  }
  return { taken, chunks, link }
}

afterEach(cleanup)

describe('a file', () => {
  it('is read piece by piece beside the page: its hash, and what it is by its own bytes', async () => {
    const video = makeVideo(3_000_001)
    let read = 0
    const found = await readFile(new Blob([video]), (readBytes) => {
      read = readBytes
    })
    expect(found).toEqual({ hash: await hashOf(video), types: ['video/mp4', 'audio/mp4', 'video/quicktime'] })
    expect(read).toBe(video.length)
    const main = 'application/vnd.openxmlformats-officedocument.presentationml.presentation'
    const slides = zipSync({
      'a.xml': new Uint8Array(200_000),
      '[Content_Types].xml': strToU8(`<x "${main}.main+xml"/>`),
    })
    expect((await readFile(new Blob([slides.slice()]))).types).toEqual([main])
    expect(await readFile(new Blob(['<svg onload="alert(1)"/>']))).toEqual({ hash: '', types: [] })
  })

  it('is on the disk with its material, outlives the page, and is sent in small chunks when a server is there', async () => {
    const content = makeVideo(2_500_000)
    const shelf = createShelf(content.length)
    const db = await organizerDatabase()
    const offline = await bootApp(db)
    const { space } = await openEvent(offline, [])
    const file = new File([content], 'Rekaman.mp4', { type: 'video/mp4' })
    const fields = { title: 'Rekaman', audience: 'everyone' } as const
    const added = await offline.uploads.add(space, undefined, fields, file)
    expect(added.ok).toBe(true)
    const hash = await hashOf(content)
    const kept = createDatabase(db.name)
    expect(await kept.blobs.get([space.id, hash])).toMatchObject({ state: 'waiting', type: 'video/mp4' })
    const { content: onDisk } = (await kept.contents.get(hash)) ?? { content: new Blob() }
    expect(await hashOf(new Uint8Array(await onDisk.arrayBuffer()))).toBe(hash)
    kept.close()

    const online = await bootApp(
      db,
      createTestLink({ session: organizerSession(db), push: takesOps, pull: noPull, ...shelf.link }),
    )
    await db.spaces.update(space.id, { epoch })
    await expect.poll(() => online.uploads.files.value.get(hash)?.state).toBeDefined()
    online.syncNow()
    await expect.poll(() => online.uploads.files.value.get(hash)?.state).toBe('sent')
    expect(Math.max(...shelf.chunks)).toBeLessThanOrEqual(maxChunkBytes)
    expect(await hashOf(shelf.taken)).toBe(hash)
    const opened = await online.spaces.open(space.id)
    const uploaded = () => opened?.view(readMaterials).value.map((material) => material.uploaded)
    await expect.poll(uploaded).toEqual([hash])
    expect(await (await online.uploads.read(hash))?.size).toBe(content.length)

    await showScreen(online, 'shell materials materialForm', Materials, { space: space.id })
    expect(await screen.findByText('Ada di perangkat ini')).toBeTruthy()
    expect(screen.queryByRole('button', { name: /^Simpan di perangkat/ })).toBeNull()
    cleanup()
    await showScreen(online, 'shell materials', ShowMaterial, {
      space: space.id,
      material: added.ok ? added.value : '',
    })
    await waitFor(() => expect(document.querySelector('video')?.src).toMatch(/^blob:/))
  })

  it('on its way stops when its material is deleted, and goes on when that is taken back', async () => {
    const app = await bootApp(await organizerDatabase())
    const { space } = await openEvent(app, [])
    const content = makeVideo(200_000)
    await app.uploads.add(space, undefined, { title: 'Keliru' }, new File([content], 'a.mp4', { type: 'video/mp4' }))
    const hash = await hashOf(content)
    const state = () => app.uploads.files.value.get(hash)?.state
    await expect.poll(state).toBe('waiting')
    await showScreen(app, 'shell materials materialForm', Materials, { space: space.id })
    fireEvent.click(await screen.findByRole('button', { name: 'Hapus Keliru dari kegiatan' }))
    await expect.poll(state).toBeUndefined()
    fireEvent.click(await screen.findByRole('button', { name: 'Urungkan' }))
    await expect.poll(state).toBe('waiting')
    expect(await screen.findByText('Keliru')).toBeTruthy()
  })

  it('of no accepted kind is refused before anything is written', async () => {
    const app = await bootApp(await organizerDatabase())
    const { space } = await openEvent(app, [])
    const file = new File(['<html><script>alert(1)</script>'], 'Paparan.pdf', { type: 'application/pdf' })
    expect(await app.uploads.add(space, undefined, { title: 'x' }, file)).toEqual({
      ok: false,
      failure: { kind: 'badFile' },
    })
    expect(space.view(readMaterials).value).toEqual([])
  })
})
