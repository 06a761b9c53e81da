import { execFileSync } from 'node:child_process'
import { closeSync, mkdirSync, openSync, rmSync, statfsSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { temporaryFolder } from '../support/server.ts'
import { type AtEnd, withCleanup } from './cleanup.ts'

export const run = (program: string, ...args: string[]) => execFileSync(program, args, { stdio: 'pipe' })

/** Mounts what is in a file; let go of also when this process is ended. */
export function mount(image: string, path: string, atEnd: AtEnd): void {
  mkdirSync(path)
  run('mount', '-o', 'loop', image, path)
  const letGo = () => run('umount', '--lazy', path)
  process.once('exit', letGo)
  atEnd(() => {
    process.off('exit', letGo)
    run('umount', path)
  })
}

/** A file system of its own in a file; what was not flushed to it is not in the file. */
export function makeDisk(folder: string, megabytes: number, atEnd: AtEnd): { image: string; path: string } {
  const image = join(folder, 'image')
  const path = join(folder, 'disk')
  run('truncate', '--size', `${megabytes}M`, image)
  /** Nothing is set aside for root, whom tests may run as. */
  run('mkfs.ext4', '-q', '-F', '-m', '0', image)
  mount(image, path, atEnd)
  return { image, path }
}

/** Why this machine cannot have a disk of its own, or `undefined` when it can. */
export async function whyNoDisk(): Promise<string | undefined> {
  const folder = temporaryFolder()
  try {
    await withCleanup(async (atEnd) => makeDisk(folder, 16, atEnd))
    return undefined
  } catch (error) {
    return error instanceof Error ? error.message.replaceAll('\n', ' ') : 'unknown'
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Takes all room on a disk but so many bytes, in addition to what it took before; returns what gives it all back. */
export function fillDisk(path: string, leftBytes: number): () => void {
  const filling = join(path, 'filling')
  const freeBytes = () => {
    const { bavail, bsize } = statfsSync(path)
    return bavail * bsize
  }
  const file = openSync(filling, 'a')
  for (const bytes of [1 << 20, 1 << 12])
    while (freeBytes() > leftBytes + bytes) writeSync(file, Buffer.alloc(bytes, 1))
  closeSync(file)
  run('sync', '--file-system', path)
  return () => rmSync(filling, { force: true })
}
