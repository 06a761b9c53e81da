import { createReadStream } from 'node:fs'
import { mkdir, open, readdir, rename, rm, stat, statfs } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { Readable } from 'node:stream'
import type { FileStore, Part } from './fileStore.ts'

const isMissing = (error: unknown) => error instanceof Error && 'code' in error && error.code === 'ENOENT'

async function sizeOfFile(path: string): Promise<number | undefined> {
  try {
    return (await stat(path)).size
  } catch (error) {
    if (isMissing(error)) return undefined
    throw error
  }
}

/** A name that was given is on the disk only once its folder is. */
async function flushFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

/**
 * Contents as files under `folder`: `ab/abcd…`, in as many folders as there are first two letters, and what is on its
 * way as `parts/SPACE.HASH`. A part becomes a content by a rename, so that a crash leaves the one or the other.
 */
export async function openDisk(folder: string): Promise<FileStore> {
  const parts = join(folder, 'parts')
  await mkdir(parts, { recursive: true })
  const pathOf = (hash: string) => join(folder, hash.slice(0, 2), hash)
  const partPath = ({ space, hash }: Part) => join(parts, `${space}.${hash}`)

  return {
    writeChunk: async (part, offset, bytes) => {
      const path = partPath(part)
      const isNew = (await sizeOfFile(path)) === undefined
      const handle = await open(path, isNew ? 'wx' : 'r+')
      try {
        for (let written = 0; written < bytes.length; )
          written += (await handle.write(bytes, written, bytes.length - written, offset + written)).bytesWritten
        await handle.datasync()
      } finally {
        await handle.close()
      }
      if (isNew) await flushFolder(parts)
    },
    readPart: async function* (part, sizeBytes) {
      let read = 0
      for await (const bytes of createReadStream(partPath(part), { end: sizeBytes - 1, highWaterMark: 1_048_576 })) {
        read += bytes.length
        yield bytes
      }
      if (read < sizeBytes) throw new Error('A part is shorter than was noted')
    },
    readOfPart: async (part, from, to) => {
      const handle = await open(partPath(part), 'r')
      try {
        const { buffer, bytesRead } = await handle.read(new Uint8Array(Math.max(0, to - from)), 0, undefined, from)
        return buffer.subarray(0, bytesRead)
      } finally {
        await handle.close()
      }
    },
    sizeOfPart: async (part) => (await sizeOfFile(partPath(part))) ?? 0,
    finish: async (part) => {
      const path = pathOf(part.hash)
      if (await mkdir(dirname(path), { recursive: true })) await flushFolder(folder)
      await rename(partPath(part), path)
      await flushFolder(dirname(path))
    },
    dropPart: (part) => rm(partPath(part), { force: true }),
    listParts: async () =>
      (await readdir(parts)).map((name) => {
        const [space = '', hash = ''] = name.split('.')
        return { space, hash }
      }),

    sizeOf: (hash) => sizeOfFile(pathOf(hash)),
    read: async (hash, from, to) => {
      const handle = await open(pathOf(hash), 'r')
      return Readable.toWeb(handle.createReadStream({ start: from, end: to - 1 }))
    },
    remove: (hash) => rm(pathOf(hash), { force: true }),
    list: async () => {
      const folders = (await readdir(folder)).filter((name) => name.length === 2)
      return (await Promise.all(folders.map((name) => readdir(join(folder, name))))).flat()
    },
    freeBytes: async () => {
      const { bavail, bsize } = await statfs(folder)
      return bavail * bsize
    },
  }
}
