/**
 * `npm run backup -- FILE` and `npm run restore -- FILE`, while servers run or not. Both take the settings of the
 * server: `DATABASE_URL`, or `HADIR_DATA`. A restored server gets back from the devices what the backup lacks.
 */
import { newId } from '../src/server/auth/keys.ts'
import { readConfig } from '../src/server/config.ts'
import { type BackupContent, type BackupFailure, backUpSqlite, restoreSqlite } from '../src/server/store/backup.ts'
import { backUpPostgres, restorePostgres } from '../src/server/store/backupPostgres.ts'

const sentences: Record<BackupFailure['kind'], (detail: string) => string> = {
  exists: (path) => `${path} exists. Choose another name; a backup never overwrites.`,
  damaged: (path) => `${path} is not a whole backup.`,
  failed: (detail) => `${detail}.`,
  notNoted: (detail) =>
    `the backup is there and whole, but the database could not be told (${detail}), so devices still count on the one before.`,
  mayNotCreate: (detail) => `the role of DATABASE_URL may not make tables (${detail}).`,
  notTaken: (folder) =>
    `a server holds the data folder ${folder} and does not let go. Start it anew: it takes the backup then.`,
  inUse: (folder) => `another restore, or a rescue file, is at work in ${folder}. Try again when it is done.`,
  notWritable: (folder) => `cannot write to the data folder ${folder}.`,
  unreachable: (detail) => `the database of DATABASE_URL does not answer (${detail}).`,
}

/** A backup holds all that the database holds: it is its maker's alone. */
process.umask(0o077)

const [command, path] = process.argv.slice(2)
const config = readConfig(process.env, [])

async function work(file: string) {
  if (!config.ok) throw new Error(config.failure.detail)
  const { databaseUrl, dataFolder } = config.value
  const now = Date.now()
  if (command === 'restore')
    return databaseUrl
      ? restorePostgres(databaseUrl, file, now)
      : restoreSqlite(dataFolder, file, { newEpoch: newId, now })
  return databaseUrl ? backUpPostgres(databaseUrl, file, now) : backUpSqlite(dataFolder, file, now)
}

function tell({ spaces, ops }: BackupContent): string {
  return ` (spaces: ${spaces}, ops: ${ops})`
}

if (!path) {
  console.error(`npm run ${command} -- FILE`)
  process.exitCode = 1
} else {
  const result = await work(path)
  if (result.ok) console.log(`${command} ${path}: done and read back${tell(result.value)}.`)
  else console.error(`${command} ${path}: ${sentences[result.failure.kind](result.failure.detail)}`)
  if (result.ok && !result.value.isHistoryWhole)
    console.error("The server's own history in it was altered: its chain does not hold. Records are not concerned.")
  if (!result.ok) process.exitCode = 1
}
