import { reservedBytes } from '../../core/savedFile.ts'

/** What the browser says about the storage of this site; `undefined` where it does not say. */
export type StorageHealth = {
  /** Whether the browser promises not to clear it by itself. */
  persisted: boolean | undefined
  freeBytes: number | undefined
}

/** Whoever does not see Firefox's question never answers it, and a storage that is in trouble may never say anything. */
const answerWithinMs = 10_000

/** What the browser answers, or `otherwise` where it says nothing for long. */
async function inTime<T>(answer: Promise<T>, otherwise: T): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined
  const unanswered = new Promise<T>((resolve) => {
    timer = setTimeout(() => resolve(otherwise), answerWithinMs)
  })
  try {
    return await Promise.race([answer, unanswered])
  } finally {
    clearTimeout(timer)
  }
}

/**
 * Asks the browser to keep this site's storage. Chrome decides by itself; Firefox asks the person, and what she says
 * later still counts (platform.md 1.7).
 */
export async function keepStorage(): Promise<boolean> {
  try {
    const answer = navigator.storage?.persist?.()
    return answer ? await inTime(answer, false) : false
  } catch {
    return false
  }
}

/** What the browser says of its storage; `undefined` where it says nothing. */
export async function readStorageHealth(): Promise<StorageHealth> {
  try {
    const persisted = await navigator.storage?.persisted?.()
    const { quota, usage = 0 } = (await navigator.storage?.estimate?.()) ?? {}
    return { persisted, freeBytes: quota === undefined ? undefined : Math.max(0, quota - usage) }
  } catch {
    return { persisted: undefined, freeBytes: undefined }
  }
}

/** What is really written of a trial: of a full disk Chromium's own count knows nothing until the bytes are there. */
const writtenBytes = 10_000_000
const block = new Uint8Array(1_000_000)

/**
 * How much of a file of this size can be had now, in whole blocks. It is let go of again. A browser that is ended in the
 * middle leaves it there, which counts as used: the next trial takes it away first. Rejects where the browser has no such
 * files (TypeError), or no storage that answers.
 */
async function tryRoom(bytes: number): Promise<number> {
  let found = 0
  try {
    const root = await navigator.storage.getDirectory()
    const clear = () => root.removeEntry('ruang', { recursive: true }).catch(() => undefined)
    await clear()
    const folder = await root.getDirectoryHandle('ruang', { create: true })
    const file = await (await folder.getFileHandle('ruang', { create: true })).createWritable()
    try {
      await file.truncate(bytes)
      for (const most = Math.min(bytes, writtenBytes); found < most; found += block.length) await file.write(block)
      return bytes
    } finally {
      await file.abort().catch(() => undefined)
      await clear()
    }
  } catch (error) {
    if (error instanceof Error && error.name === 'QuotaExceededError') return found
    throw error
  }
}

/**
 * Whether the disk takes nothing more, which a browser seldom says of a write that failed (decision 123): one that is
 * full to the last byte lets no file begin. Firefox lets none in a private window, however much room there is.
 */
export async function isDiskFull(): Promise<boolean> {
  try {
    return (await tryRoom(block.length)) === 0
  } catch (error) {
    return !(error instanceof TypeError || (error instanceof Error && error.name === 'SecurityError'))
  }
}

/** What Chrome says since version 138 whatever is left: whole units of this, lest a site knows people by their disk. */
const madeUpUnit = 2 ** 30

/**
 * The same for a person who asks: of room that was made up it says whether `wanted` bytes are left, and else how much
 * at least, up to half of it. That takes the room for a moment, which is why nobody else asks so.
 */
export async function measureStorage(wanted: number): Promise<StorageHealth> {
  const told = await readStorageHealth()
  const { freeBytes } = told
  if (freeBytes === undefined || freeBytes % madeUpUnit !== 0) return told
  try {
    let asked = wanted
    let found = await tryRoom(asked)
    while (found === 0 && asked > block.length) {
      asked /= 2
      found = await tryRoom(asked)
    }
    return found === wanted ? told : { ...told, freeBytes: found }
  } catch {
    return told
  }
}

/** Why what is kept here may not last: the window ends with its storage, little room is left, or one of the two. */
export type Fleeting = 'private' | 'little' | 'either'

/** What Chrome's memory is measured by; 0 in other browsers. */
function heapBytes(): number {
  const memory = 'memory' in performance ? (performance.memory as { jsHeapSizeLimit?: unknown }) : {}
  return typeof memory.jsHeapSizeLimit === 'number' ? memory.jsHeapSizeLimit : 0
}

/**
 * As far as a page can know. Firefox refuses private files in a private window by `SecurityError`, Safari as it does
 * where a disk fails. Chrome gives such a window a share of the memory, and names it as it names what a small disk
 * gives, since version 138 rounded up to a whole unit.
 */
async function findFleeting(mayTry: boolean): Promise<Fleeting | undefined> {
  try {
    const { quota = Number.POSITIVE_INFINITY } = (await navigator.storage?.estimate?.()) ?? {}
    await navigator.storage?.getDirectory?.()
    const { freeBytes = quota } = await (mayTry ? measureStorage(reservedBytes) : readStorageHealth())
    if (freeBytes < reservedBytes) return 'little'
    return quota < heapBytes() * 2 ? 'either' : undefined
  } catch (error) {
    const name = error instanceof Error ? error.name : ''
    if (name === 'QuotaExceededError') return 'little'
    return name === 'SecurityError' ? 'private' : 'either'
  }
}

/** That, or nothing where the browser says nothing. `mayTry`: a person asks, so room is tried out as well. */
export function readFleeting({ mayTry = false } = {}): Promise<Fleeting | undefined> {
  return inTime(findFleeting(mayTry), undefined)
}

/** Whether this phone is set to use as little data as it can: then nothing is fetched that nobody asked for. */
export function savesData(): boolean {
  const { connection } = navigator as { connection?: { saveData?: boolean } }
  return connection?.saveData === true
}
