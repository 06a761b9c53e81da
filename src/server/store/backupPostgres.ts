import { execFile, spawn } from 'node:child_process'
import { existsSync, renameSync } from 'node:fs'
import { basename } from 'node:path'
import { promisify } from 'node:util'
import pg from 'pg'
import { fail, ok, type Result } from '../../core/result.ts'
import { type BackupContent, type BackupFailure, flush, type LogEnd } from './backup.ts'

const run = promisify(execFile)
const wordsOf = (error: unknown) => (error instanceof Error ? error.message : '')

/** Runs one of PostgreSQL's own programs. */
async function runProgram(program: string, args: string[]): Promise<Result<undefined, BackupFailure>> {
  try {
    await run(program, args)
    return ok(undefined)
  } catch (error) {
    return fail({ kind: 'failed', detail: `${program}: ${wordsOf(error)}` })
  }
}

async function withClient<T>(
  url: string,
  work: (client: pg.Client) => Promise<Result<T, BackupFailure>>,
): Promise<Result<T, BackupFailure>> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 10_000 })
  try {
    await client.connect()
    return await work(client)
  } catch (error) {
    return fail({ kind: 'unreachable', detail: wordsOf(error) })
  } finally {
    await client.end().catch(() => undefined)
  }
}

/** `pg_dump` of one moment, and where the logs ended at it: both see the same snapshot. */
function dump(url: string, path: string): Promise<Result<LogEnd[], BackupFailure>> {
  return withClient(url, async (client) => {
    await client.query('begin isolation level repeatable read read only')
    const [snapshot] = (await client.query<{ id: string }>('select pg_export_snapshot() as id')).rows
    const { rows } = await client.query<Record<keyof LogEnd, string>>('select space, epoch, head from spaces')
    const options = ['--format=custom', '--no-owner', `--snapshot=${snapshot?.id ?? ''}`]
    const dumped = await runProgram('pg_dump', [...options, `--file=${path}`, url])
    return dumped.ok ? ok(rows.map((row) => ({ ...row, head: Number(row.head) }))) : dumped
  })
}

/** [S5] Says in the live database, for every device to hear, through which number the verified copy holds each log. */
async function noteBackup(url: string, ends: LogEnd[]): Promise<Result<undefined, BackupFailure>> {
  const noted = await withClient(url, async (client) => {
    for (const { space, epoch, head } of ends)
      await client.query('update spaces set backed = $1 where space = $2 and epoch = $3 and backed < $1', [
        head,
        space,
        epoch,
      ])
    return ok(undefined)
  })
  return noted.ok ? noted : fail({ kind: 'notNoted', detail: noted.failure.detail })
}

/** A backup while servers work, read through once before it gets its name. */
export async function backUpPostgres(url: string, path: string): Promise<Result<BackupContent, BackupFailure>> {
  if (existsSync(path)) return fail({ kind: 'exists', detail: path })
  const unfinished = `${path}.unfinished`
  const dumped = await dump(url, unfinished)
  if (!dumped.ok) return dumped
  const read = await runProgram('pg_restore', ['--file=/dev/null', unfinished])
  if (!read.ok) return fail({ kind: 'damaged', detail: basename(path) })
  flush(unfinished)
  renameSync(unfinished, path)
  const noted = await noteBackup(url, dumped.value)
  const ops = dumped.value.reduce((sum, { head }) => sum + head, 0)
  return noted.ok ? ok({ spaces: dumped.value.length, ops, ends: dumped.value }) : noted
}

/** [S7] As `renewEpochs` in backup.ts does it, in SQL: a crash must not leave a restored log under its old epoch. */
const renewEpochs = `
reset search_path;
update spaces set backed = head,
  epoch = translate(rtrim(encode(uuid_send(gen_random_uuid()), 'base64'), '='), '+/', '-_');
commit;
`

/**
 * Puts a backup in the place of a database that no server uses, with new epochs, in one transaction: what ends early,
 * ours or PostgreSQL's, never reaches the commit.
 */
export async function restorePostgres(url: string, path: string): Promise<Result<undefined, BackupFailure>> {
  const read = await runProgram('pg_restore', ['--file=/dev/null', path])
  if (!read.ok) return fail({ kind: 'damaged', detail: path })
  const script = spawn('pg_restore', ['--clean', '--if-exists', '--no-owner', '--file=-', path])
  const psql = spawn('psql', ['--no-psqlrc', '--quiet', '--set=ON_ERROR_STOP=1', `--dbname=${url}`], {
    stdio: ['pipe', 'ignore', 'pipe'],
  })
  let complaint = ''
  psql.stderr.on('data', (part) => {
    complaint += part
  })
  const ended = new Promise<number | string>((resolve) => {
    psql.on('error', (error) => resolve(error.message))
    psql.on('close', (code) => resolve(code ?? 'killed'))
  })
  /** It may end before it has read everything; its exit code tells. */
  psql.stdin.on('error', () => undefined)
  psql.stdin.write('begin;\n')
  script.stdout.pipe(psql.stdin, { end: false })
  script.on('error', () => psql.kill('SIGKILL'))
  script.on('close', (code) => (code === 0 ? psql.stdin.end(renewEpochs) : psql.kill('SIGKILL')))
  const code = await ended
  return code === 0 ? ok(undefined) : fail({ kind: 'failed', detail: `psql: ${complaint.trim() || code}` })
}
