import { existsSync } from 'node:fs'
import { join } from 'node:path'
import Sqlite from 'better-sqlite3'
import { type DialectAdapter, Kysely, type SqliteDatabase, SqliteDialect } from 'kysely'
import { fail, ok, type Result } from '../../core/result.ts'
import { createAudit } from './audit.ts'
import { createBallots } from './ballots.ts'
import { createCredentials } from './credentials.ts'
import { damageOf } from './damage.ts'
import { createFiles } from './files.ts'
import { databaseName, finishRestore, holdFolder, isRestoreDecided } from './folder.ts'
import { createLog } from './log.ts'
import { migrate } from './migrations/migrate.ts'
import { createPeople } from './people.ts'
import { createQuarantine } from './quarantine.ts'
import { createQueue } from './queue.ts'
import { createRights } from './rights.ts'
import type { Store, StoreFailure } from './store.ts'
import type { AddRows, Database, Tables } from './tables.ts'

const [longestKept, mostKept] = [1_500, 500]
/** How often a running server looks whether a restore was decided. */
const lookMs = 500

/**
 * SQLite itself rolls back when the disk is full, and a second `rollback` would fail and hide that error. `immediate`
 * takes the write lock at once, so that a transaction never finds it taken half way. Statements are kept prepared:
 * Kysely asks for the same few hundred again and again; those of many rows differ each time, and are not.
 */
function withOwnStatements(file: Sqlite.Database): SqliteDatabase {
  const prepared = new Map<string, Sqlite.Statement>()
  const statements: Record<string, () => string> = {
    begin: () => 'begin immediate',
    rollback: () => (file.inTransaction ? 'rollback' : 'select 1'),
  }
  function prepare(text: string): Sqlite.Statement {
    const held = prepared.get(text)
    if (held) return held
    const made = file.prepare(text)
    if (text.length < longestKept && prepared.size < mostKept) prepared.set(text, made)
    return made
  }
  return { close: () => file.close(), prepare: (text) => prepare(statements[text]?.() ?? text) }
}

/**
 * SQLite undoes changes of tables like any other, which Kysely's adapter denies: then it would migrate outside of a
 * transaction, and a server that died on the way would find half of its tables there and never start again.
 */
class TransactionalDialect extends SqliteDialect {
  override createAdapter(): DialectAdapter {
    return Object.defineProperty(super.createAdapter(), 'supportsTransactionalDdl', { value: true })
  }
}

/** One row after the other, on the one connection that there is: the transaction's. */
function addRowsTo(file: Sqlite.Database): AddRows {
  return async (_, table, [first, ...others]) => {
    if (!first) return
    const columns = Object.keys(first)
    const ending = table === 'seals' ? 'on conflict do nothing' : ''
    const places = columns.map((name) => `:${name}`)
    const adding = file.prepare(`insert into ${table} (${columns}) values (${places}) ${ending}`)
    for (const row of [first, ...others]) adding.run(row)
  }
}

function toStore(folder: string, lock: Sqlite.Database): Store {
  const file = openFile(folder)
  let timer: ReturnType<typeof setInterval> | undefined
  const db = new Kysely<Tables>({ dialect: new TransactionalDialect({ database: withOwnStatements(file) }) })
  const database: Database = {
    db,
    atomically: (work) => db.transaction().execute(work),
    addRows: addRowsTo(file),
    broken: 'brokenDatabase',
  }
  return {
    ...createLog(database),
    ...createPeople(database),
    ...createCredentials(database),
    ...createBallots(database),
    ...createRights(database),
    ...createQuarantine(database),
    ...createFiles(database),
    audit: createAudit(database),
    alone: createQueue(),
    accounts: { db, type: 'sqlite' },
    untilRestore: () =>
      new Promise((resolve) => {
        timer = setInterval(() => isRestoreDecided(folder) && resolve(), lookMs).unref()
      }),
    close: async () => {
      clearInterval(timer)
      await db.destroy()
      lock.close()
    },
  }
}

/** The database of a data folder, whose commits are on the disk when they return ([S5]). */
function openFile(folder: string): Sqlite.Database {
  const file = new Sqlite(join(folder, databaseName))
  file.pragma('journal_mode = WAL')
  file.pragma('synchronous = FULL')
  return file
}

/** The embedded default: one file in the data folder, one process, every commit on the disk before it is answered. */
export async function openSqlite(folder: string): Promise<Result<Store, StoreFailure>> {
  const held = holdFolder(folder)
  if (!held.ok) return held
  let store: Store | undefined
  try {
    finishRestore(folder)
    store = toStore(folder, held.value)
    const migrated = await migrate(store.accounts.db, 'sqlite')
    if (migrated.ok) return ok(store)
    await store.close()
    return migrated
  } catch (error) {
    await store?.close()
    held.value.close()
    if (!(error instanceof Sqlite.SqliteError)) throw error
    const kind = damageOf(error)?.kind ?? 'notWritable'
    return fail({ kind, detail: `${folder}: ${error.message}` })
  }
}

/**
 * The database of a server that may be running, for a command that writes into it: WAL takes turns between writers,
 * each for one short transaction. A restore waits until it is closed. `noDatabase`: there is no database to write into.
 */
export async function openSqliteBeside(
  folder: string,
): Promise<Result<Store, StoreFailure | { kind: 'noDatabase'; detail: string }>> {
  if (!existsSync(join(folder, databaseName))) return fail({ kind: 'noDatabase', detail: folder })
  const alone = await openSqlite(folder)
  if (alone.ok || alone.failure.kind !== 'inUse') return alone
  const beside = holdFolder(folder, 'beside')
  return beside.ok ? ok(toStore(folder, beside.value)) : beside
}
