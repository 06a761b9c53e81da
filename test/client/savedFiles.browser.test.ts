import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createSavedFiles, savedAddress } from '../../src/client/device/savedFiles.ts'
import { answerSavedFile } from '../../src/client/sw/savedFiles.ts'
import { partBytes } from '../../src/core/savedFile.ts'

const hash = 'H'.repeat(43)
const sizeBytes = partBytes + 1_000
const content = Uint8Array.from({ length: sizeBytes }, (_, i) => i % 251)
const label = { hash, spaces: ['kegiatan'], type: 'video/mp4', sizeBytes, isPaused: false, usedAt: 7 }
const files = createSavedFiles()

beforeEach(async () => {
  await files.write({ ...label, isWhole: false })
  await files.addPart(hash, 0, content.slice(0, partBytes))
  await files.addPart(hash, 1, content.slice(partBytes))
})
afterEach(() => caches.delete('materi'))

const finish = () => files.write({ ...label, isWhole: true })

async function ask(range?: string): Promise<Response> {
  const url = new URL(savedAddress(hash), location.href)
  return answerSavedFile({ url, request: new Request(url, { headers: range ? { Range: range } : {} }) })
}

const bytesOf = async (response: Response) => new Uint8Array(await response.arrayBuffer())

describe('files on this device', () => {
  it('are listed as far as they are here, and read back whole', async () => {
    expect(await files.list()).toEqual([{ ...label, isWhole: false, gotBytes: sizeBytes }])
    await finish()
    expect(await files.list()).toEqual([{ ...label, isWhole: true, gotBytes: sizeBytes }])
    const blob = await files.blob(label)
    expect(blob?.type).toBe('video/mp4')
    expect(new Uint8Array((await blob?.arrayBuffer()) ?? new ArrayBuffer(0))).toEqual(content)
  })

  it('are not whole any more when the browser has cleared a part, whatever was noted', async () => {
    await finish()
    await (await caches.open('materi')).delete(`${savedAddress(hash)}/0`)
    expect(await files.list()).toEqual([{ ...label, isWhole: false, gotBytes: 1_000 }])
    expect(await files.blob(label)).toBeUndefined()
  })

  it('leave nothing behind when they are dropped', async () => {
    await files.drop(hash)
    expect(await (await caches.open('materi')).keys()).toEqual([])
  })
})

describe('the worker, asked for a saved file', () => {
  it('answers the two bytes that Safari asks for first, and any part across the seam', async () => {
    await finish()
    const first = await ask('bytes=0-1')
    expect([first.status, first.headers.get('Content-Range')]).toEqual([206, `bytes 0-1/${sizeBytes}`])
    expect(await bytesOf(first)).toEqual(content.slice(0, 2))
    const seam = await ask(`bytes=${partBytes - 5}-${partBytes + 4}`)
    expect(seam.headers.get('Content-Length')).toBe('10')
    expect(await bytesOf(seam)).toEqual(content.slice(partBytes - 5, partBytes + 5))
    expect(await bytesOf(await ask('bytes=-7'))).toEqual(content.slice(-7))
    expect(await bytesOf(await ask(`bytes=${partBytes}-`))).toEqual(content.slice(partBytes))
  })

  it('answers all of it without a range, and none behind its end', async () => {
    await finish()
    const all = await ask()
    expect([all.status, all.headers.get('Content-Range')]).toEqual([200, null])
    expect(await bytesOf(all)).toEqual(content)
    expect((await ask(`bytes=${sizeBytes}-`)).status).toBe(416)
  })

  it('gives no half file, and nothing that a page of its own could run', async () => {
    expect((await ask()).status).toBe(404)
    await finish()
    expect((await ask()).headers.get('Content-Security-Policy')).toBe("default-src 'none'; sandbox")
  })
})
