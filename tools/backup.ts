/**
 * `npm run backup -- FILE` and `npm run restore -- FILE`, while servers run or not. Both take the settings of the
 * server: `DATABASE_URL`, or `HADIR_DATA`. A restored server gets back from the devices what the backup lacks.
 */
import { fail, type Result } from '../src/core/result.ts'
import { newId } from '../src/server/auth/keys.ts'
import { readConfig } from '../src/server/config.ts'
import { databaseSentences } from '../src/server/explain.ts'
import { type BackupContent, type BackupFailure, backUpSqlite, restoreSqlite } from '../src/server/store/backup.ts'
import { backUpPostgres, restorePostgres } from '../src/server/store/backupPostgres.ts'
import { damageOf } from '../src/server/store/damage.ts'

type Failure = BackupFailure | { kind: 'badSetting'; detail: string }

const sentences: Record<Failure['kind'], (detail: string) => string> = {
  ...databaseSentences,
  newerDatabase: (migration) =>
    `a newer version of Hadir made the backup, or has worked with the database (${migration}). Update Hadir here first.`,
  badSetting: (detail) => `${detail}.`,
  exists: () => 'this file exists. Choose another name; a backup never overwrites.',
  noFile: () => 'there is no such file. Correct its name.',
  noDatabase: (folder) => `there is no database in ${folder}. Set HADIR_DATA to the server's folder, or DATABASE_URL.`,
  noHadir: () => 'this is a database without Hadir. Correct DATABASE_URL, or for a restore the name of the file.',
  noProgram: (name) => `${name} is missing. Install PostgreSQL's client programs (Debian: postgresql-client).`,
  damaged: (detail) =>
    `this is not a whole backup (${detail}). Take another one; one of PostgreSQL wants DATABASE_URL, one of SQLite ` +
    'does not.',
  failed: (detail) => `${detail}. Correct that, and run it again.`,
  notNoted: (detail) =>
    `the backup is there and whole, but the database could not be told (${detail}), so that devices still count on ` +
    'the one before. Make another.',
  notTaken: (folder) =>
    `a server holds the data folder ${folder} and does not let go. Start it anew: it takes the backup then.`,
  inUse: (folder) => `another restore, or a rescue file, is at work in ${folder}. Try again when it is done.`,
}

/** A backup holds all that the database holds: it is its maker's alone. */
process.umask(0o077)

const [command, path] = process.argv.slice(2)

async function work(file: string): Promise<Result<BackupContent, Failure>> {
  const config = readConfig(process.env, [])
  if (!config.ok) return config
  const { databaseUrl, dataFolder } = config.value
  const now = Date.now()
  if (command === 'restore')
    return databaseUrl
      ? restorePostgres(databaseUrl, file, now)
      : restoreSqlite(dataFolder, file, { newEpoch: newId, now })
  const made = await (databaseUrl ? backUpPostgres(databaseUrl, file, now) : backUpSqlite(dataFolder, file, now))
  if (made.ok || made.failure.kind !== 'damaged') return made
  /** What the database itself has copied and does not hold was so in it. */
  return fail({ ...made.failure, kind: databaseUrl ? 'brokenPostgres' : 'brokenDatabase' })
}

/** What the operating system or a database refuses, like room on a full disk, is told in its own words. */
function toFailure(error: unknown): Result<never, Failure> {
  const damage = damageOf(error)
  if (damage) return fail(damage)
  if (error instanceof Error && 'code' in error) return fail({ kind: 'failed', detail: error.message })
  throw error
}

function tell({ spaces, ops }: BackupContent): string {
  return ` (spaces: ${spaces}, ops: ${ops})`
}

if (!path || path.startsWith('-')) {
  console.error(`npm run ${command} -- FILE`)
  process.exitCode = 1
} else {
  const result = await work(path).catch(toFailure)
  if (result.ok) console.log(`${command} ${path}: done and read back${tell(result.value)}.`)
  else console.error(`${command} ${path}: ${sentences[result.failure.kind](result.failure.detail)}`)
  if (result.ok && !result.value.isHistoryWhole)
    console.error("The server's own history in it was altered: its chain does not hold. Records are not concerned.")
  if (!result.ok) process.exitCode = 1
}
