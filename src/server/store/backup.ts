import { copyFileSync, existsSync, renameSync, rmSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import Sqlite from 'better-sqlite3'
import { Kysely, SqliteDialect } from 'kysely'
import type { AuditEntry } from '../../core/audit.ts'
import { chainStart, logLink } from '../../core/op.ts'
import { fail, ok, type Result } from '../../core/result.ts'
import { appendEntries } from './audit.ts'
import {
  databaseName,
  decideRestore,
  finishRestore,
  flush,
  holdFolder,
  isRestoreDecided,
  newRestoringFile,
} from './folder.ts'
import { createHistoryCheck } from './historyCheck.ts'
import { laterMigration } from './migrations/migrate.ts'
import { openSqliteBeside } from './sqlite.ts'
import { everySpace, type Store, type StoreFailure } from './store.ts'
import type { Tables } from './tables.ts'

/**
 * `exists`: a backup never overwrites. `noFile`, `noDatabase`: there is none to put back, or to copy. `noHadir`: what
 * PostgreSQL holds, or held, is another program's, or nothing. `noProgram`: one of PostgreSQL's own is missing.
 * `damaged`: the file is not a whole backup. `failed`: the program's own words. `notNoted`: the backup is there and
 * whole, but the database could not be told. `notTaken`: a restore is decided, and the server, which answers no more or
 * is of an older version, takes it when it is next started.
 */
export type BackupFailure =
  | StoreFailure
  | { kind: 'exists' | 'noFile' | 'noDatabase' | 'noHadir' | 'noProgram' | 'damaged'; detail: string }
  | { kind: 'failed' | 'notNoted' | 'notTaken'; detail: string }

/**
 * How many spaces and ops a backup holds, where the log of each ends in it, where the server's own history does, and
 * whether that is as it was written. One that was altered is told, and no reason to be without a backup; one that was
 * made before there was a history has no end.
 */
export type BackupContent = {
  spaces: number
  ops: number
  ends: LogEnd[]
  historyEnd: Tables['auditEnd'] | undefined
  isHistoryWhole: boolean
}
export type LogEnd = { space: string; epoch: string; head: number }

/** What the history of a server says of its backup, and of its being put in its place. */
export function copyEntry(kind: 'backedUp' | 'restored', { spaces, ops }: BackupContent, at: number): AuditEntry {
  return { at, kind, space: everySpace, account: null, dev: null, about: null, reason: '', detail: { spaces, ops } }
}

/** [S5] Says in the live database, for every device to hear, through which number the verified copy holds each log. */
export async function noteBackup(
  opened: Result<Store, { kind: string; detail: string }>,
  content: BackupContent,
  at: number,
): Promise<Result<BackupContent, BackupFailure>> {
  if (!opened.ok) return fail({ kind: 'notNoted', detail: opened.failure.detail })
  try {
    await opened.value.audit.noteBackup(content.ends, copyEntry('backedUp', content, at))
    return ok(content)
  } catch (error) {
    return fail({ kind: 'notNoted', detail: error instanceof Error ? error.message : '' })
  } finally {
    await opened.value.close()
  }
}

/** A copy bears another name until it was read back; nothing stays of one that is not whole. */
export async function makeCopy(
  path: string,
  copy: (unfinished: string) => Promise<Result<BackupContent, BackupFailure>>,
): Promise<Result<BackupContent, BackupFailure>> {
  if (existsSync(path)) return fail({ kind: 'exists', detail: path })
  const unfinished = `${path}.unfinished`
  rmSync(unfinished, { force: true })
  try {
    const content = await copy(unfinished)
    if (!content.ok) return content
    flush(unfinished)
    renameSync(unfinished, path)
    flush(dirname(resolve(path)))
    return content
  } finally {
    rmSync(unfinished, { force: true })
  }
}

function readHistory(file: Sqlite.Database): Pick<BackupContent, 'historyEnd' | 'isHistoryWhole'> {
  if (!file.prepare("select 1 from sqlite_master where name = 'auditEnd'").get())
    return { historyEnd: undefined, isHistoryWhole: true }
  const historyEnd = file.prepare<[], Tables['auditEnd']>('select * from auditEnd').get()
  const check = createHistoryCheck()
  for (const row of file.prepare<[], Tables['audit']>('select * from audit order by seq').iterate()) check.add(row)
  return { historyEnd, isHistoryWhole: historyEnd !== undefined && check.endsAt(historyEnd) }
}

/**
 * Reads a copy back: SQLite finds it whole, the numbers of every log are gapless and its chain holds. `newerDatabase`: this
 * version could not serve what it holds.
 */
function readBack(path: string): Result<BackupContent, BackupFailure> {
  const damaged = (detail: string) => fail({ kind: 'damaged' as const, detail })
  if (!existsSync(path)) return fail({ kind: 'noFile', detail: path })
  let file: Sqlite.Database | undefined
  try {
    file = new Sqlite(path, { readonly: true, fileMustExist: true })
    if (file.pragma('integrity_check', { simple: true }) !== 'ok') return damaged('SQLite finds it broken')
    const done = file.prepare<[], { name: string }>('select name from kysely_migration').all()
    const later = laterMigration(done.map(({ name }) => name))
    if (later) return fail({ kind: 'newerDatabase', detail: later })
    const spaces = file.prepare<[], Tables['spaces']>('select * from spaces').all()
    const opsOf = file.prepare<[string], Tables['ops']>('select * from ops where space = ? order by seq')
    let ops = 0
    for (const { space, head, chain } of spaces) {
      let link: Uint8Array = chainStart
      let seq = 0
      for (const row of opsOf.iterate(space)) {
        seq++
        if (row.seq !== seq) return damaged(`the log of ${space} lacks ${seq}`)
        link = logLink(link, seq, { ...row, body: row.body.toString() })
      }
      if (seq !== head || Buffer.from(link).toString('base64url') !== chain)
        return damaged(`the log of ${space} does not hold`)
      ops += seq
    }
    const ends = spaces.map(({ space, epoch, head }) => ({ space, epoch, head }))
    return ok({ spaces: spaces.length, ops, ends, ...readHistory(file) })
  } catch (error) {
    if (!(error instanceof Sqlite.SqliteError)) throw error
    return damaged(error.message)
  } finally {
    file?.close()
  }
}

/**
 * Copies the database of a data folder into a new file while a server works with it, as it was at one moment, and reads
 * the copy back before it gets its name. (`VACUUM INTO` reads in one transaction; an online backup starts again with
 * every write of another process.) Throws SQLite's error, as of a full disk.
 */
export async function backUpSqlite(
  folder: string,
  path: string,
  now: number,
): Promise<Result<BackupContent, BackupFailure>> {
  const database = join(folder, databaseName)
  if (!existsSync(database)) return fail({ kind: 'noDatabase', detail: folder })
  const content = await makeCopy(path, async (unfinished) => {
    const file = new Sqlite(database, { readonly: true })
    try {
      file.prepare('vacuum into ?').run(unfinished)
    } finally {
      file.close()
    }
    return readBack(unfinished)
  })
  if (!content.ok) return content
  return noteBackup(await openSqliteBeside(folder), content.value, now)
}

/**
 * [S7] Every log gets a new epoch, so that devices which read on past the backup notice, and bring back what it lacks.
 * The backup holds all of what it holds. That it was put in place is the next line of its history.
 */
async function beginAnew(
  db: Kysely<Tables>,
  content: BackupContent,
  { newEpoch, now }: { newEpoch: () => string; now: number },
): Promise<void> {
  await db.transaction().execute(async (transaction) => {
    for (const { space } of await transaction.selectFrom('spaces').select('space').execute())
      await transaction
        .updateTable('spaces')
        .set((of) => ({ epoch: newEpoch(), backed: of.ref('head') }))
        .where('space', '=', space)
        .execute()
    if (content.historyEnd) await appendEntries(transaction, [copyEntry('restored', content, now)])
  })
}

const [lookMs, takenWithinMs] = [100, 60_000]

/** Finishes a restore that was decided, or waits until the server that holds the folder has; whether it is finished. */
async function finishedBySomebody(folder: string): Promise<boolean> {
  for (const until = Date.now() + takenWithinMs; isRestoreDecided(folder) && Date.now() < until; await wait(lookMs)) {
    const held = holdFolder(folder)
    if (!held.ok) continue
    finishRestore(folder)
    held.value.close()
  }
  return !isRestoreDecided(folder)
}

/**
 * Puts a backup in the place of a database, which is set aside in the same folder, not deleted. A server that runs lets
 * go of it within a second, and goes on with the backup (`untilRestore`). Throws what the disk refuses, as when it is
 * full; then everything is as it was.
 */
export async function restoreSqlite(
  folder: string,
  path: string,
  making: { newEpoch: () => string; now: number },
): Promise<Result<BackupContent, BackupFailure>> {
  const content = readBack(path)
  if (!content.ok) return content
  const beside = holdFolder(folder, 'beside')
  if (!beside.ok) return beside
  const restoring = newRestoringFile(folder)
  try {
    copyFileSync(path, restoring)
    const db = new Kysely<Tables>({ dialect: new SqliteDialect({ database: new Sqlite(restoring) }) })
    await beginAnew(db, content.value, making).finally(() => db.destroy())
    flush(restoring)
    decideRestore(folder, restoring)
    return (await finishedBySomebody(folder)) ? content : fail({ kind: 'notTaken', detail: folder })
  } finally {
    rmSync(restoring, { force: true })
    beside.value.close()
  }
}
