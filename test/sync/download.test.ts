import { createHash } from 'node:crypto'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { createDownloads, type Download, type DownloadParts, type FileShelf } from '../../src/client/sync/download.ts'
import type { GetPart } from '../../src/client/sync/fileLink.ts'
import { fail, ok } from '../../src/core/result.ts'
import { partBytes, reservedBytes, type SavedFile } from '../../src/core/savedFile.ts'

const space = 'kegiatan'
const pdf = 'application/pdf'

function contentOf(sizeBytes: number, seed = 1) {
  const bytes = Uint8Array.from({ length: sizeBytes }, (_, i) => (i * 7 + seed) % 251)
  return { bytes, hash: createHash('sha256').update(bytes).digest('base64url'), sizeBytes }
}

type File = ReturnType<typeof contentOf>

/** A device's disk, which outlives the page that wrote it. `roomBytes`: what it takes before it is full. */
function createShelf(roomBytes = Number.POSITIVE_INFINITY) {
  const labels = new Map<string, Omit<SavedFile, 'gotBytes'>>()
  const parts = new Map<string, Uint8Array<ArrayBuffer>>()
  const ofFile = (hash: string) => [...parts].filter(([key]) => key.startsWith(`${hash}/`))
  const used = () => [...parts.values()].reduce((sum, { length }) => sum + length, 0)
  const shelf: FileShelf = {
    list: async () =>
      [...labels.values()].map((label) => {
        return { ...label, gotBytes: ofFile(label.hash).reduce((sum, [, { length }]) => sum + length, 0) }
      }),
    write: async (label) => void labels.set(label.hash, label),
    addPart: async (hash, index, bytes) => {
      if (used() + bytes.length > roomBytes) throw new DOMException('full', 'QuotaExceededError')
      parts.set(`${hash}/${index}`, bytes)
    },
    heldParts: async (hash) => new Set(ofFile(hash).map(([key]) => Number(key.split('/')[1]))),
    part: async (hash, index) => parts.get(`${hash}/${index}`),
    drop: async (hash) => {
      labels.delete(hash)
      for (const [key] of ofFile(hash)) parts.delete(key)
    },
  }
  return { shelf, labels, parts }
}

/** A page with its downloads, over a disk. A line that broke is back with the next look at the clock. */
function openPage(disk: ReturnType<typeof createShelf>, getPart: GetPart, over: Partial<DownloadParts> = {}) {
  let now = 1
  let seen = new Map<string, Download>()
  const whole: string[] = []
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  onTestFinished(() => void vi.useRealTimers())
  const downloads = createDownloads({
    shelf: disk.shelf,
    getPart,
    freeBytes: async () => undefined,
    openFiles: async () => new Set(),
    exclusively: async (work) => {
      await work()
      return true
    },
    savesData: () => false,
    wall: () => now++,
    random: () => 0,
    onChange: (next) => {
      seen = next
    },
    onWhole: ({ hash }) => whole.push(hash),
    ...over,
  })
  const state = (hash: string) => seen.get(hash)?.state
  async function until(hash: string, wanted: string | undefined): Promise<void> {
    await vi.waitFor(async () => {
      await vi.advanceTimersByTimeAsync(60_000)
      expect(state(hash)).toBe(wanted)
    })
  }
  return { ...downloads, state, until, whole, got: (hash: string) => seen.get(hash)?.gotBytes }
}

/** A server with some content, and what was asked of it. */
function createServer(...contents: ReturnType<typeof contentOf>[]) {
  const asked: number[] = []
  const getPart: GetPart = async ({ hash, start, end }) => {
    asked.push(start / partBytes)
    const held = contents.find((one) => one.hash === hash)
    return held ? ok(held.bytes.slice(start, end)) : fail({ kind: 'notFound' as const })
  }
  return { asked, getPart }
}

const wantedOf = ({ hash, sizeBytes }: { hash: string; sizeBytes: number }) => ({ space, hash, sizeBytes, type: pdf })

describe('a download', () => {
  it('that breaks twenty times fetches each part once that arrived, and is whole with its hash', async () => {
    const file = contentOf(20 * partBytes + 123)
    const server = createServer(file)
    let calls = 0
    const disk = createShelf()
    const page = openPage(disk, async (part, stop) =>
      calls++ % 2 === 0 ? fail({ kind: 'offline' as const }) : server.getPart(part, stop),
    )
    page.save(wantedOf(file))
    await page.until(file.hash, 'saved')
    expect(server.asked).toEqual(Array.from({ length: 21 }, (_, i) => i))
    expect(page.whole).toEqual([file.hash])
    const kept = Buffer.concat(Array.from({ length: 21 }, (_, i) => disk.parts.get(`${file.hash}/${i}`) ?? Buffer.of()))
    expect(createHash('sha256').update(kept).digest('base64url')).toBe(file.hash)
  })

  it('goes on in a page that was opened again, but rests where it was stopped or data is saved', async () => {
    const file = contentOf(3 * partBytes)
    const server = createServer(file)
    const disk = createShelf()
    let sent = 0
    const first = openPage(disk, async (part, stop) =>
      sent++ < 1 ? server.getPart(part, stop) : fail({ kind: 'offline' as const }),
    )
    first.save(wantedOf(file))
    await first.until(file.hash, 'waiting')
    await first.pause(file.hash)

    const second = openPage(disk, server.getPart)
    await second.start()
    expect(second.state(file.hash)).toBe('paused')
    expect(second.got(file.hash)).toBe(partBytes)

    disk.labels.set(file.hash, { ...wantedOf(file), spaces: [space], isWhole: false, isPaused: false, usedAt: 1 })
    const third = openPage(disk, server.getPart, { savesData: () => true })
    await third.start()
    expect(third.state(file.hash)).toBe('paused')
    expect(server.asked).toEqual([0])

    const fourth = openPage(disk, server.getPart)
    await fourth.start()
    await fourth.until(file.hash, 'saved')
    expect(server.asked).toEqual([0, 1, 2])
  })

  it('goes on after a browser that would not give the lock of all tabs', async () => {
    const file = contentOf(partBytes)
    let asked = 0
    const exclusively = async (work: () => Promise<void>) => {
      if (asked++ === 0) throw new DOMException('The document is not active', 'InvalidStateError')
      await work()
      return true
    }
    const page = openPage(createShelf(), createServer(file).getPart, { exclusively })
    page.save(wantedOf(file))
    await page.until(file.hash, 'saved')
    expect(page.got(file.hash)).toBe(file.sizeBytes)
  })

  it('whose content is not what was put there is never called saved, and leaves nothing behind', async () => {
    const file = contentOf(2 * partBytes)
    const other = { ...contentOf(2 * partBytes, 5), hash: file.hash }
    const disk = createShelf()
    const page = openPage(disk, createServer(other).getPart)
    page.save(wantedOf(file))
    await page.until(file.hash, 'damaged')
    expect([disk.parts.size, disk.labels.size]).toEqual([0, 0])
    expect(page.whole).toEqual([])
  })

  it('that fills the disk half way says so, and keeps what it has', async () => {
    const file = contentOf(4 * partBytes)
    const disk = createShelf(2.5 * partBytes)
    const page = openPage(disk, createServer(file).getPart)
    page.save(wantedOf(file))
    await page.until(file.hash, 'full')
    expect(page.got(file.hash)).toBe(2 * partBytes)
  })

  it('does not begin where it would leave less than records need', async () => {
    const file = contentOf(2 * partBytes)
    const server = createServer(file)
    const page = openPage(createShelf(), server.getPart, { freeBytes: async () => reservedBytes + partBytes })
    page.save(wantedOf(file))
    await page.until(file.hash, 'full')
    expect(server.asked).toEqual([])
  })

  it.each([
    ['notFound', 'gone'],
    ['forbidden', 'gone'],
    ['unauthorized', 'signedOut'],
  ] as const)('that the server refuses as %s says %s', async (kind, state) => {
    const file = contentOf(10)
    const page = openPage(createShelf(), async () => fail({ kind }))
    page.save(wantedOf(file))
    await page.until(file.hash, state)
  })
})

describe('room for records', () => {
  it('is made by what was used longest ago, never by what is open', async () => {
    const [a, b, c] = [contentOf(partBytes, 1), contentOf(partBytes, 2), contentOf(partBytes, 3)] as const
    const disk = createShelf()
    const page = openPage(disk, createServer(a, b, c).getPart, { openFiles: async () => new Set([b.hash]) })
    for (const file of [a, b, c]) {
      page.save(wantedOf(file))
      await page.until(file.hash, 'saved')
    }
    await page.use(a.hash)
    expect(await page.makeRoom(1)).toBe(partBytes)
    expect([a, b, c].map(({ hash }) => disk.labels.has(hash))).toEqual([true, true, false])
    await page.makeRoom(Number.POSITIVE_INFINITY)
    expect([...disk.labels.keys()]).toEqual([b.hash])
  })

  it('an event that was taken off the device takes along what no other event has', async () => {
    const [own, shared] = [contentOf(partBytes, 1), contentOf(partBytes, 2)] as const
    const disk = createShelf()
    const page = openPage(disk, createServer(own, shared).getPart)
    for (const file of [own, shared]) {
      page.save(wantedOf(file))
      await page.until(file.hash, 'saved')
    }
    page.save({ ...wantedOf(shared), space: 'lain' })
    await page.keepOnly(new Set(['lain']))
    expect([...disk.labels.keys()]).toEqual([shared.hash])
  })

  it('what the materials of an event name no more goes, but not what is open or what another event names', async () => {
    const [gone, shared, open, named] = [1, 2, 3, 4].map((seed) => contentOf(partBytes, seed)) as [
      File,
      File,
      File,
      File,
    ]
    const disk = createShelf()
    const looked = new Set([open.hash])
    const page = openPage(disk, createServer(gone, shared, open, named).getPart, { openFiles: async () => looked })
    page.save({ ...wantedOf(shared), space: 'lain' })
    for (const file of [gone, shared, open, named]) {
      page.save(wantedOf(file))
      await page.until(file.hash, 'saved')
    }
    await page.keepNamed(space, new Set([named.hash]))
    expect([...disk.labels.keys()].sort()).toEqual([shared.hash, open.hash, named.hash].sort())
    expect(disk.labels.get(shared.hash)?.spaces).toEqual(['lain'])
    looked.clear()
    await page.keepNamed('lain', new Set())
    await page.keepNamed(space, new Set([named.hash]))
    expect([...disk.labels.keys()]).toEqual([named.hash])
  })

  it('a file that is let go of while it comes is gone', async () => {
    const file = contentOf(3 * partBytes)
    let release: () => void = () => undefined
    const held = new Promise<void>((resolve) => {
      release = resolve
    })
    const server = createServer(file)
    const disk = createShelf()
    const page = openPage(disk, async (part, stop) => {
      if (part.start > 0) await held
      return server.getPart(part, stop)
    })
    page.save(wantedOf(file))
    await vi.waitFor(() => expect(page.got(file.hash)).toBe(partBytes))
    const removed = page.remove(file.hash)
    release()
    await removed
    expect([disk.parts.size, disk.labels.size, page.state(file.hash)]).toEqual([0, 0, undefined])
  })
})
