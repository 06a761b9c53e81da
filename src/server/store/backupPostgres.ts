import { execFile, spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { promisify } from 'node:util'
import pg from 'pg'
import { fail, ok, type Result } from '../../core/result.ts'
import { toRows } from './audit.ts'
import { type BackupContent, type BackupFailure, copyEntry, makeCopy, noteBackup } from './backup.ts'
import { damageOf } from './damage.ts'
import { checkEmptied } from './emptied.ts'
import { laterMigration } from './migrations/migrate.ts'
import { placeLock } from './place.ts'
import { openPostgres } from './postgres.ts'
import { readDump } from './readDump.ts'
import { tableNames } from './tables.ts'

const run = promisify(execFile)

/**
 * How one of PostgreSQL's programs reaches a database: what it is called with can be read by everybody on the machine,
 * so that the password goes its own way.
 */
function connectionOf(url: string): { address: string; env: NodeJS.ProcessEnv } {
  const place = new URL(url)
  const PGPASSWORD = decodeURIComponent(place.password)
  place.password = ''
  return { address: place.href, env: { ...process.env, ...(PGPASSWORD && { PGPASSWORD }) } }
}

/** What went wrong with a program: it is not there, or its own words. */
function failureOf(program: string, error: unknown): BackupFailure {
  if (!(error instanceof Error)) throw error
  if ('code' in error && error.code === 'ENOENT') return { kind: 'noProgram', detail: program }
  const said = 'stderr' in error && typeof error.stderr === 'string' ? error.stderr.trim() : ''
  return { kind: 'failed', detail: said || `${program}: ${error.message}` }
}

/** Runs one of PostgreSQL's own programs. */
async function runProgram(
  program: string,
  args: string[],
  env = process.env,
): Promise<Result<undefined, BackupFailure>> {
  try {
    await run(program, args, { env })
    return ok(undefined)
  } catch (error) {
    return fail(failureOf(program, error))
  }
}

/**
 * Damage that stopped `pg_dump`, which says so in the server's language and without its code: all that it reads is read
 * once more. `undefined`: it was something else.
 */
async function damageIn(url: string): Promise<BackupFailure | undefined> {
  const client = new pg.Client(url)
  /** A server that ends over the damage is told of by the query. */
  client.on('error', () => undefined)
  try {
    await client.connect()
    const found = await client.query<{ name: string }>(
      `select format('%I.%I', schemaname, tablename) as name from pg_tables where schemaname !~ '^(pg_|information_)'`,
    )
    /** Each row's text, so that what is stored apart from it is read as well. */
    for (const { name } of found.rows) await client.query(`select count(row::text) from ${name} as row`)
    return undefined
  } catch (error) {
    return damageOf(error)
  } finally {
    await client.end().catch(() => undefined)
  }
}

/** Reads a copy back: the whole file can be read, the numbers of every log are gapless and its chain holds. */
async function readBack(path: string): Promise<Result<BackupContent, BackupFailure>> {
  if (!existsSync(path)) return fail({ kind: 'noFile', detail: path })
  const read = await runProgram('pg_restore', ['--file=/dev/null', path])
  if (!read.ok) return fail({ ...read.failure, kind: read.failure.kind === 'noProgram' ? 'noProgram' : 'damaged' })
  const dump = await readDump(path)
  if (!dump) return fail({ kind: 'damaged', detail: 'a log in it does not hold' })
  const { migrations, ...content } = dump
  if (migrations.length === 0) return fail({ kind: 'noHadir', detail: path })
  const later = laterMigration(migrations)
  if (later) return fail({ kind: 'newerDatabase', detail: later })
  const { ends } = content
  return ok({ spaces: ends.length, ops: ends.reduce((sum, { head }) => sum + head, 0), ...content })
}

/** A backup while servers work, read through once before it gets its name. */
export async function backUpPostgres(
  url: string,
  path: string,
  now: number,
): Promise<Result<BackupContent, BackupFailure>> {
  const { address, env } = connectionOf(url)
  const content = await makeCopy(path, async (unfinished) => {
    const dumped = await runProgram('pg_dump', ['--format=custom', '--no-owner', `--file=${unfinished}`, address], env)
    const damage = dumped.ok
      ? await checkEmptied(url).then(() => undefined, damageOf)
      : dumped.failure.kind === 'failed' && (await damageIn(url))
    if (damage) return fail(damage)
    return dumped.ok ? readBack(unfinished) : dumped
  })
  if (!content.ok) return content
  return noteBackup(await openPostgres(url), content.value, now)
}

/** The line of `copyEntry` behind the last one of the backup, in SQL; of our own words only, none with a quote. */
function noteRestore(content: BackupContent, now: number): string {
  if (!content.historyEnd) return ''
  return toRows(content.historyEnd, [copyEntry('restored', content, now)])
    .map(
      ({ seq, at, kind, space, detail, chain }) => `
insert into audit (seq, at, kind, space, reason, detail, chain)
  values (${seq}, ${at}, '${kind}', '${space}', '', '${detail}', '${chain}');
update "auditEnd" set seq = ${seq}, chain = '${chain}';`,
    )
    .join('\n')
}

/** [S7] As `beginAnew` in backup.ts does it, in SQL: a crash must not leave a restored log under its old epoch. */
const beginAnew = (content: BackupContent, now: number) => `
reset search_path;
update spaces set backed = head,
  epoch = translate(rtrim(encode(uuid_send(gen_random_uuid()), 'base64'), '='), '+/', '-_');
${noteRestore(content, now)}
commit;
`

/**
 * Waits until every server has let go of the database (`untilRestore`), which takes each a second or two, and removes
 * what a backup from before an update does not know: its migrations are to make that again.
 */
const takePlace = `
begin;
set local lock_timeout = '60s';
set local client_min_messages = warning;
select pg_advisory_xact_lock(${placeLock});
drop table if exists ${tableNames.map((name) => `"${name}"`).join(', ')};
drop function if exists hadir_append_only;
`

/**
 * Puts a backup in the place of a database, with new epochs, in one transaction: what ends early, ours or PostgreSQL's,
 * never reaches the commit. Servers that run let go of it meanwhile, and go on with the backup.
 */
export async function restorePostgres(
  url: string,
  path: string,
  now: number,
): Promise<Result<BackupContent, BackupFailure>> {
  const content = await readBack(path)
  if (!content.ok) return content
  const script = spawn('pg_restore', ['--clean', '--if-exists', '--no-owner', '--file=-', path])
  const { address, env } = connectionOf(url)
  const psql = spawn('psql', ['--no-psqlrc', '--quiet', '--set=ON_ERROR_STOP=1', `--dbname=${address}`], {
    stdio: ['pipe', 'ignore', 'pipe'],
    env,
  })
  let complaint = ''
  psql.stderr.on('data', (part) => {
    complaint += part
  })
  const ended = new Promise<number | Error | null>((resolve) => {
    psql.on('error', resolve)
    psql.on('close', resolve)
  })
  /** It may end before it has read everything; its exit code tells. */
  psql.stdin.on('error', () => undefined)
  psql.stdin.write(takePlace)
  script.stdout.pipe(psql.stdin, { end: false })
  script.on('error', () => psql.kill('SIGKILL'))
  script.on('close', (code) => (code === 0 ? psql.stdin.end(beginAnew(content.value, now)) : psql.kill('SIGKILL')))
  const code = await ended
  if (code === 0) return content
  return fail(
    code instanceof Error
      ? failureOf('psql', code)
      : { kind: 'failed', detail: `psql: ${complaint.trim() || 'it was ended'}` },
  )
}
