import { flagOf, isFields, listOf, numberOf, textOf } from '../../core/fields.ts'
import { partCount, partRange, type SavedFile } from '../../core/savedFile.ts'

/**
 * Not named like the app's own caches, which go with their version. The service worker knows both names
 * (sw/savedFiles.ts).
 */
const cacheName = 'materi'
const folder = '/tersimpan/'

/** What a label says of a file; how much of it has come is counted. */
type Label = Omit<SavedFile, 'gotBytes'>

const labelPath = (hash: string) => folder + hash
const partPath = (hash: string, index: number) => `${folder}${hash}/${index}`

/**
 * Files in Cache Storage: a label and parts. A file is whole once its label says so, which is written after its hash
 * was found right, so nothing is copied at the end and a phone needs no room twice.
 */
export type SavedFiles = {
  list: () => Promise<SavedFile[]>
  write: (label: Label) => Promise<void>
  addPart: (hash: string, index: number, bytes: Uint8Array<ArrayBuffer>) => Promise<void>
  /** The parts that are here. */
  heldParts: (hash: string) => Promise<Set<number>>
  part: (hash: string, index: number) => Promise<Uint8Array | undefined>
  /** All of it, without reading it into memory where the browser can help it; `undefined` when a part is gone. */
  blob: (file: Pick<SavedFile, 'hash' | 'type' | 'sizeBytes'>) => Promise<Blob | undefined>
  drop: (hash: string) => Promise<void>
}

/** A page has no Cache Storage on plain http, and in some windows of other apps. */
export const canSaveFiles = (): boolean => 'caches' in globalThis

/** Whether anything was ever kept here. */
export const hasSavedFiles = async (): Promise<boolean> => canSaveFiles() && (await caches.has(cacheName))

export function createSavedFiles(): SavedFiles {
  const open = () => caches.open(cacheName)

  async function pathsOf(cache: Cache): Promise<string[]> {
    return (await cache.keys()).map(({ url }) => new URL(url).pathname.slice(folder.length))
  }

  async function list(): Promise<SavedFile[]> {
    if (!(await hasSavedFiles())) return []
    const cache = await open()
    const paths = await pathsOf(cache)
    const labels = await Promise.all(paths.filter((path) => !path.includes('/')).map((hash) => readLabel(cache, hash)))
    return labels.flatMap((label) => {
      if (!label) return []
      const parts = paths.filter((path) => path.startsWith(`${label.hash}/`)).map((path) => Number(path.split('/')[1]))
      const gotBytes = parts.reduce((sum, index) => {
        const { start, end } = partRange(label.sizeBytes, index)
        return sum + end - start
      }, 0)
      return [{ ...label, gotBytes, isWhole: label.isWhole && parts.length === partCount(label.sizeBytes) }]
    })
  }

  return {
    list,
    write: async (label) => (await open()).put(labelPath(label.hash), new Response(JSON.stringify(label))),
    addPart: async (hash, index, bytes) => (await open()).put(partPath(hash, index), new Response(bytes)),
    heldParts: async (hash) => {
      const paths = await pathsOf(await open())
      return new Set(paths.flatMap((path) => (path.startsWith(`${hash}/`) ? [Number(path.split('/')[1])] : [])))
    },
    part: async (hash, index) => {
      const response = await (await open()).match(partPath(hash, index))
      return response && new Uint8Array(await response.arrayBuffer())
    },
    blob: async ({ hash, type, sizeBytes }) => {
      const cache = await open()
      const parts: Blob[] = []
      for (let index = 0; index < partCount(sizeBytes); index++) {
        const response = await cache.match(partPath(hash, index))
        if (!response) return undefined
        parts.push(await response.blob())
      }
      return new Blob(parts, { type })
    },
    drop: async (hash) => {
      const cache = await open()
      const paths = (await pathsOf(cache)).filter((path) => path === hash || path.startsWith(`${hash}/`))
      for (const path of paths) await cache.delete(folder + path)
    },
  }
}

/** A label may be of another version of the app: what it lacks reads as not there. */
async function readLabel(cache: Cache, hash: string): Promise<Label | undefined> {
  const held: unknown = await (await cache.match(labelPath(hash)))?.json().catch(() => undefined)
  if (!isFields(held)) return undefined
  return {
    hash,
    spaces: listOf(held.spaces, (space) => (typeof space === 'string' ? space : undefined)),
    type: textOf(held, 'type'),
    sizeBytes: numberOf(held, 'sizeBytes') ?? 0,
    isWhole: flagOf(held, 'isWhole'),
    isPaused: flagOf(held, 'isPaused'),
    usedAt: numberOf(held, 'usedAt') ?? 0,
  }
}

/** Where the service worker answers from a saved file, also for a part of it. */
export const savedAddress = labelPath
