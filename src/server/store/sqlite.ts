import { existsSync, mkdirSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import Sqlite from 'better-sqlite3'
import { Kysely, type SqliteDatabase, SqliteDialect } from 'kysely'
import { fail, ok, type Result } from '../../core/result.ts'
import { createBallots } from './ballots.ts'
import { createLog } from './log.ts'
import { migrate } from './migrations/migrate.ts'
import { createPeople } from './people.ts'
import type { Store, StoreFailure } from './store.ts'
import type { Database, Tables } from './tables.ts'

/** Node's own `recursive` never comes back where nothing can be made (under /proc). */
function makeFolder(folder: string): void {
  if (existsSync(folder)) return
  makeFolder(dirname(folder))
  mkdirSync(folder)
}

/** Held for as long as the server runs. It is the operating system's, so that a crash releases it. */
export function holdFolder(folder: string): Result<Sqlite.Database, StoreFailure> {
  let lock: Sqlite.Database | undefined
  try {
    makeFolder(resolve(folder))
    lock = new Sqlite(join(folder, 'lock'), { timeout: 0 })
    lock.exec('begin exclusive')
    return ok(lock)
  } catch (error) {
    lock?.close()
    const inUse = error instanceof Sqlite.SqliteError && error.code.startsWith('SQLITE_BUSY')
    return fail({ kind: inUse ? 'inUse' : 'notWritable', detail: folder })
  }
}

/**
 * SQLite itself rolls back when the disk is full, and a second `rollback` would fail and hide that error. `immediate`
 * takes the write lock at once, so that a transaction never finds it taken half way.
 */
function withOwnRollback(file: Sqlite.Database): SqliteDatabase {
  const statements: Record<string, () => string> = {
    begin: () => 'begin immediate',
    rollback: () => (file.inTransaction ? 'rollback' : 'select 1'),
  }
  return { close: () => file.close(), prepare: (text) => file.prepare(statements[text]?.() ?? text) }
}

/** The embedded default: one file in the data folder, one process, every commit on the disk before it is answered. */
export async function openSqlite(folder: string): Promise<Result<Store, StoreFailure>> {
  const held = holdFolder(folder)
  if (!held.ok) return held
  const lock = held.value
  try {
    const file = new Sqlite(join(folder, 'hadir.db'))
    file.pragma('journal_mode = WAL')
    file.pragma('synchronous = FULL')
    const db = new Kysely<Tables>({ dialect: new SqliteDialect({ database: withOwnRollback(file) }) })
    await migrate(db, 'sqlite')
    const database: Database = { db, atomically: (work) => db.transaction().execute(work) }
    return ok({
      ...createLog(database),
      ...createPeople(database),
      ...createBallots(database),
      alone: (work) => work(),
      accounts: { db, type: 'sqlite' },
      close: async () => {
        await db.destroy()
        lock.close()
      },
    })
  } catch (error) {
    lock.close()
    if (!(error instanceof Sqlite.SqliteError)) throw error
    return fail({ kind: 'notWritable', detail: `${folder}: ${error.message}` })
  }
}
