import { closeSync, existsSync, fsyncSync, mkdirSync, openSync, readdirSync, renameSync, rmSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import Sqlite from 'better-sqlite3'
import { fail, ok, type Result } from '../../core/result.ts'
import type { StoreFailure } from './store.ts'

export const databaseName = 'hadir.db'

/** `lock`: the server's, or whoever takes its place. `beside`: a program that writes while the server runs. */
type Lock = 'lock' | 'beside'

/** Node's own `recursive` never comes back where nothing can be made (under /proc). */
function makeFolder(folder: string): void {
  if (existsSync(folder)) return
  makeFolder(dirname(folder))
  mkdirSync(folder)
}

/** Held until it is closed. It is the operating system's, so that a crash releases it. */
export function holdFolder(folder: string, name: Lock = 'lock'): Result<Sqlite.Database, StoreFailure> {
  let lock: Sqlite.Database | undefined
  try {
    makeFolder(resolve(folder))
    lock = new Sqlite(join(folder, name), { timeout: 0 })
    lock.exec('begin exclusive')
    return ok(lock)
  } catch (error) {
    lock?.close()
    if (error instanceof Sqlite.SqliteError && error.code.startsWith('SQLITE_BUSY'))
      return fail({ kind: 'inUse', detail: folder })
    return fail({ kind: 'notWritable', detail: `${folder}: ${error instanceof Error ? error.message : ''}` })
  }
}

/** Returns when a file is on the disk itself, or of a folder the names in it. */
export function flush(path: string): void {
  const opened = openSync(path, 'r')
  fsyncSync(opened)
  closeSync(opened)
}

const restoredName = 'restored.db'

/** A file to prepare the restored database in, without what an earlier try may have left beside it. */
export function newRestoringFile(folder: string): string {
  const path = join(folder, 'restoring.db')
  for (const end of ['', '-journal', '-wal', '-shm']) rmSync(`${path}${end}`, { force: true })
  return path
}

/** From here on the restore is decided: what is left of it is done now, or when the server is next started. */
export function decideRestore(folder: string, restoring: string): void {
  renameSync(restoring, join(folder, restoredName))
  flush(folder)
}

/** Whether a restore was decided and not yet finished. */
export function isRestoreDecided(folder: string): boolean {
  return existsSync(join(folder, restoredName))
}

/**
 * Puts a restored database in the place of the one that is there, which is set aside with all of its files, not
 * deleted. A crash between any two of these renames leaves `restored.db`, and the next start goes on: without it a
 * server would begin an empty database. The folder is held.
 */
export function finishRestore(folder: string): void {
  if (!isRestoreDecided(folder)) return
  const isThere = existsSync(join(folder, databaseName))
  const begun = readdirSync(folder).filter((name) => name.startsWith('before-'))
  const latest = begun.sort().at(-1)
  const aside = !isThere && latest ? latest : `before-${new Date().toISOString().replaceAll(':', '-')}`
  makeFolder(join(folder, aside))
  /** The database first: without it nobody takes what is left for a database that lacks its newest commits. */
  for (const name of [databaseName, `${databaseName}-wal`, `${databaseName}-shm`])
    if (existsSync(join(folder, name))) renameSync(join(folder, name), join(folder, aside, name))
  renameSync(join(folder, restoredName), join(folder, databaseName))
  flush(folder)
}
