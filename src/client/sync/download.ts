import { backoffMs } from '../../core/backoff.ts'
import { toBase64Url } from '../../core/bytes.ts'
import { filesToDrop, partCount, partRange, reservedBytes, type SavedFile } from '../../core/savedFile.ts'
import { createSha256 } from '../../core/sha256.ts'
import type { Failure } from '../../protocol/failure.ts'
import type { GetPart } from './fileLink.ts'

/** Why a download does not go on by itself. `damaged`: what came is not what was put there. */
export type DownloadFailure = 'full' | 'gone' | 'damaged' | 'signedOut'
export type DownloadState = 'queued' | 'running' | 'waiting' | 'paused' | 'saved' | DownloadFailure

/** A file on its way or here. */
export type Download = SavedFile & { state: DownloadState }
export type Wanted = Pick<SavedFile, 'hash' | 'type' | 'sizeBytes'> & { space: string }

/** Where files are kept on this device (device/savedFiles.ts). */
export type FileShelf = {
  list: () => Promise<SavedFile[]>
  write: (label: Omit<SavedFile, 'gotBytes'>) => Promise<void>
  addPart: (hash: string, index: number, bytes: Uint8Array<ArrayBuffer>) => Promise<void>
  /** The parts that are here. */
  heldParts: (hash: string) => Promise<Set<number>>
  part: (hash: string, index: number) => Promise<Uint8Array | undefined>
  drop: (hash: string) => Promise<void>
}

export type DownloadParts = {
  shelf: FileShelf
  getPart: GetPart
  /** What the browser says is left for this site; `undefined` where it does not say. */
  freeBytes: () => Promise<number | undefined>
  /** What somebody looks at just now, in any tab. */
  openFiles: () => Promise<ReadonlySet<string>>
  /** Runs work unless another tab does some; whether it ran. */
  exclusively: (work: () => Promise<void>) => Promise<boolean>
  /** Nothing is fetched without being asked for, also not the rest of what was. */
  savesData: () => boolean
  wall: () => number
  random: () => number
  onChange: (downloads: Map<string, Download>) => void
  onWhole: (file: SavedFile) => void
}

const lengthOf = ({ start, end }: { start: number; end: number }) => end - start

/**
 * Fetches files that somebody wants to keep, one after the other and part by part: what is here stays when the line
 * breaks, the page is closed or the person stops it, and a file counts as saved only once its hash was found right.
 */
export function createDownloads(parts: DownloadParts) {
  const { shelf, getPart, wall, random, onChange } = parts
  const downloads = new Map<string, Download>()
  let running: { hash: string; stop: AbortController; done: Promise<void> } | undefined
  let isWorking = false
  let attempt = 0
  let timer: ReturnType<typeof setTimeout> | undefined

  const announce = () => onChange(new Map(downloads))
  const labelOf = ({ state: _, gotBytes: __, ...label }: Download) => label

  function change(hash: string, part: Partial<Download>): Download | undefined {
    const held = downloads.get(hash)
    if (!held) return undefined
    const next = { ...held, ...part }
    downloads.set(hash, next)
    announce()
    return next
  }

  async function hashOf({ hash, sizeBytes }: Download): Promise<string | undefined> {
    const sha256 = createSha256()
    for (let index = 0; index < partCount(sizeBytes); index++) {
      const part = await shelf.part(hash, index)
      if (!part) return undefined
      sha256.add(part)
    }
    return toBase64Url(sha256.digest())
  }

  async function finish(file: Download): Promise<void> {
    const { hash, sizeBytes } = file
    if ((await hashOf(file)) !== hash) {
      await shelf.drop(hash)
      change(hash, { state: 'damaged', gotBytes: 0 })
      return
    }
    const whole = { ...file, isWhole: true, usedAt: wall(), gotBytes: sizeBytes, state: 'saved' as const }
    await shelf.write(labelOf(whole))
    if (change(hash, whole)) parts.onWhole(whole)
  }

  /** One file, from the first part that is not here; another tab may have fetched more of it since. */
  async function fetchFile(file: Download, stop: AbortSignal): Promise<void> {
    const { hash, sizeBytes, spaces } = file
    const held = await shelf.heldParts(hash)
    let gotBytes = [...held].reduce((sum, index) => sum + lengthOf(partRange(sizeBytes, index)), 0)
    change(hash, { gotBytes })
    const free = await parts.freeBytes()
    if (free !== undefined && free - (sizeBytes - gotBytes) < reservedBytes) {
      change(hash, { state: 'full' })
      return
    }
    await shelf.write(labelOf(file))
    for (let index = 0; index < partCount(sizeBytes); index++) {
      if (held.has(index)) continue
      if (stop.aborted) return
      const range = partRange(sizeBytes, index)
      const answer = await getPart({ space: spaces.at(-1) ?? '', hash, sizeBytes, ...range }, stop)
      if (stop.aborted) return
      if (!answer.ok) return giveUp(hash, answer.failure)
      await shelf.addPart(hash, index, answer.value)
      attempt = 0
      gotBytes += lengthOf(range)
      change(hash, { gotBytes })
    }
    if (!stop.aborted) await finish(file)
  }

  /** What is the line's fault waits for it. */
  function giveUp(hash: string, { kind, retryAfterMs }: Failure): void {
    const isGone = kind === 'notFound' || kind === 'forbidden'
    change(hash, { state: isGone ? 'gone' : kind === 'unauthorized' ? 'signedOut' : 'waiting' })
    retryLater(retryAfterMs)
  }

  async function fetchNext(file: Download): Promise<void> {
    const { hash } = file
    const stop = new AbortController()
    change(hash, { state: 'running' })
    const done = fetchFile(file, stop.signal).catch((error) => {
      const isFull = error instanceof Error && error.name === 'QuotaExceededError'
      change(hash, { state: isFull ? 'full' : 'waiting' })
      retryLater(undefined)
    })
    running = { hash, stop, done }
    await done
    running = undefined
  }

  async function work(): Promise<void> {
    if (isWorking) return
    isWorking = true
    const fetchAll = async () => {
      for (let next = nextQueued(); next; next = nextQueued()) await fetchNext(next)
    }
    const hasRun = await parts.exclusively(fetchAll).catch(() => false)
    isWorking = false
    if (!hasRun) retryLater(undefined)
    else if (nextQueued()) void work()
  }

  const nextQueued = () => [...downloads.values()].find(({ state }) => state === 'queued')

  function retryLater(retryAfterMs: number | undefined): void {
    clearTimeout(timer)
    timer = setTimeout(retry, backoffMs(attempt++, random(), retryAfterMs))
  }

  /** The line may be back. */
  function retry(): void {
    for (const { hash, state } of downloads.values()) if (state === 'waiting') change(hash, { state: 'queued' })
    void work()
  }

  /** Resolves once nothing more of a file is being written. */
  async function stopFetching(hash: string): Promise<void> {
    if (running?.hash !== hash) return
    running.stop.abort()
    await running.done
  }

  async function remove(hash: string): Promise<void> {
    await stopFetching(hash)
    downloads.delete(hash)
    announce()
    await shelf.drop(hash)
  }

  async function removeAll(files: readonly SavedFile[]): Promise<number> {
    let freed = 0
    for (const { hash, gotBytes } of files) {
      await remove(hash)
      freed += gotBytes
    }
    return freed
  }

  return {
    /** Reads what is here, and goes on with what was on its way. */
    start: async (): Promise<void> => {
      for (const file of await shelf.list()) {
        const rests = file.isPaused || parts.savesData()
        downloads.set(file.hash, { ...file, state: file.isWhole ? 'saved' : rests ? 'paused' : 'queued' })
      }
      announce()
      void work()
    },
    retry,
    /** Fetches a file, or goes on with it. */
    save: ({ space, ...wanted }: Wanted): void => {
      const held = downloads.get(wanted.hash)
      const spaces = [...(held?.spaces ?? []).filter((one) => one !== space), space]
      const fresh = { ...wanted, gotBytes: 0, isWhole: false, usedAt: wall() }
      const state = held?.isWhole ? ('saved' as const) : ('queued' as const)
      const next = { ...(held ?? fresh), spaces, isPaused: false, state }
      downloads.set(wanted.hash, next)
      announce()
      if (held?.isWhole) void shelf.write(labelOf(next))
      void work()
    },
    pause: async (hash: string): Promise<void> => {
      const held = change(hash, { state: 'paused', isPaused: true })
      await stopFetching(hash)
      if (held && downloads.has(hash)) await shelf.write(labelOf(held))
    },
    /** Frees its room again; a file that was on its way is given up. */
    remove,
    /** Somebody has opened it: it goes last when room is wanted. */
    use: async (hash: string): Promise<void> => {
      const held = downloads.get(hash)?.isWhole && change(hash, { usedAt: wall() })
      if (held) await shelf.write(labelOf(held))
    },
    /** Frees room for records, never what somebody is looking at; how many bytes it found. */
    makeRoom: async (bytes: number): Promise<number> => {
      const open = await parts.openFiles()
      const idle = [...downloads.values()].filter(({ hash }) => !open.has(hash))
      return removeAll(filesToDrop(idle, bytes))
    },
    /** Takes away what the materials of an event name no more. What somebody looks at goes another time. */
    keepNamed: async (space: string, named: ReadonlySet<string>): Promise<void> => {
      const open = await parts.openFiles()
      for (const { hash, spaces } of [...downloads.values()]) {
        if (!spaces.includes(space) || named.has(hash) || open.has(hash)) continue
        const others = spaces.filter((one) => one !== space)
        const held = others.length > 0 && change(hash, { spaces: others })
        await (held ? shelf.write(labelOf(held)) : remove(hash))
      }
    },
    /** Takes away what no event of this device has any more. */
    keepOnly: async (spaces: ReadonlySet<string>): Promise<void> => {
      await removeAll([...downloads.values()].filter((file) => !file.spaces.some((space) => spaces.has(space))))
    },
  }
}
export type Downloads = ReturnType<typeof createDownloads>
